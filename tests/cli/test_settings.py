"""Settings an operator got wrong are refused by name, before anything is served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from salur.config import Settings
from salur.core.errors import ConfigError
from salur.core.regions.shipped import regencies
from salur.core.regions.zones import time_zone
from salur.words.language import language
from salur.words.settings import what_is_wrong_with

ROOT = Path(__file__).resolve().parents[2]

COMPLETE = {
    "SALUR_ENV": "production",
    "SALUR_DATABASE_URL": "postgresql://salur@db/salur",
    "SALUR_KEYS_FILE": "/etc/salur/keys.json",
    "SALUR_SECRET_KEY": "c2VjcmV0" * 5,
    "SALUR_PUBLIC_URL": "https://salur.example.go.id",
    "SALUR_REDIS_URL": "redis://cache/0",
}


def refusal(**changed: str) -> ConfigError:
    with pytest.raises(ConfigError) as refused:
        Settings.from_env(COMPLETE | changed)
    return refused.value


def test_complete_settings_are_taken():
    settings = Settings.from_env(COMPLETE)
    assert settings.https
    assert settings.database_url == "postgresql+psycopg://salur@db/salur"


def test_the_site_is_named_without_a_slash_at_the_end():
    assert Settings.from_env(COMPLETE | {"SALUR_PUBLIC_URL": "https://salur.example.go.id/"}).site == (
        "https://salur.example.go.id"
    )
    assert Settings().site == ""


def test_the_clock_is_that_of_the_city_served():
    assert Settings.from_env(COMPLETE | {"SALUR_CITY": "91.71"}).zone.key == "Asia/Jayapura"


@pytest.mark.parametrize("variable", ["SALUR_DATABASE_URL", "SALUR_KEYS_FILE", "SALUR_SECRET_KEY", "SALUR_PUBLIC_URL"])
def test_production_asks_for_what_is_missing_by_name(variable):
    assert refusal(**{variable: ""}).setting == variable


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SALUR_ENV", "staging"),
        ("SALUR_SECRET_KEY", "short"),
        ("SALUR_PUBLIC_URL", "salur.example.go.id"),
        ("SALUR_PUBLIC_URL", "https:/salur.example.go.id"),
        ("SALUR_REDIS_URL", "cache:6379"),
        ("SALUR_CITY", "3271"),
        ("SALUR_CITY", "99.01"),
        ("SALUR_CITY", "32.99"),
        ("SALUR_CITY", "32.71.05"),
        ("SALUR_CITY", "Bogor"),
        ("SALUR_DATABASE_SECONDS", "601"),
        ("SALUR_PROXY_HEADER", "X-Real-IP"),
        ("SALUR_TRUSTED_PROXIES", "all"),
        ("SALUR_TRUSTED_PROXIES", "11"),
    ],
)
def test_a_wrong_value_is_refused_and_not_repeated(variable, value):
    refused = refusal(**{variable: value})
    assert refused.setting == variable
    assert value not in str(refused)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3271", "32.71 (Kota Bogor)"),
        ("32.71.05", "32.71 (Kota Bogor)"),
        ("kota bogor", "32.71 (Kota Bogor)"),
        ("polewali", "76.04 (Kabupaten Polewali Mandar)"),
        ("Bogor", "32.01 (Kabupaten Bogor), 32.71 (Kota Bogor)"),
    ],
)
def test_a_city_that_is_none_is_told_which_may_be_meant(written, meant):
    told = what_is_wrong_with(refusal(SALUR_CITY=written), language("id"))
    assert told == f"SALUR_CITY harus kode kabupaten atau kota, misalnya 32.71. Mungkin maksud Anda {meant}."


def test_every_regency_has_a_clock():
    assert {time_zone(code).key for code in regencies()} == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}


def test_a_site_that_was_not_set_up_says_what_to_do_in_one_line(tmp_path):
    environment = os.environ | {"SALUR_INSTANCE": str(tmp_path), "SALUR_SECRET_KEY": "", "LC_ALL": "id_ID.UTF-8"}
    command = [sys.executable, "-m", "flask", "run"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (
        1,
        "SALUR_SECRET_KEY belum ada: jalankan dulu `make run` atau `python -m salur setup`.\n",
    )
