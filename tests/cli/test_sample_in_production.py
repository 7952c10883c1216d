"""The sample city stays out of production: it is not made there, not loaded there, and not served unnoticed."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from salur.cli.main import main
from salur.cli.try_out import LOADED
from salur.core.officers.roles import Role
from salur.core.regions.territory import Territory
from tests.fixtures.office import TEGAL_GUNDIL
from tests.fixtures.officers import PASSWORD

PORT = "--port=18765"


@pytest.fixture
def in_production(monkeypatch, tmp_path):
    """Settings of production, in a folder that is not there yet; the database can be another one."""

    def set_to(database_url: str = "", keys_file: str = "") -> Path:
        instance = tmp_path / "instance"
        for name, value in {
            "SALUR_ENV": "production",
            "SALUR_INSTANCE": str(instance),
            "SALUR_DATABASE_URL": database_url or f"sqlite:///{instance}/salur.sqlite3",
            "SALUR_KEYS_FILE": keys_file or str(instance / "keys.json"),
            "SALUR_SECRET_KEY": "only-for-tests-" * 3,
            "SALUR_PUBLIC_URL": "https://salur.example.go.id",
        }.items():
            monkeypatch.setenv(name, value)
        return instance

    return set_to


@pytest.fixture
def kept(monkeypatch):
    """What `serve` would keep running, were this no test."""
    programs: list[str] = []

    def keep_running(kept):
        programs.extend(one.name for one in kept)
        return 0

    monkeypatch.setattr(importlib.import_module("salur.cli.serve"), "keep_running", keep_running)
    return programs


def test_serve_setup_is_refused_before_anything_is_written(in_production, kept):
    instance = in_production()
    told = CliRunner().invoke(main, ["serve", "--setup", PORT])
    assert (told.exit_code, kept, instance.exists()) == (1, [], False)
    assert "python -m salur setup\n    python -m salur serve" in told.stderr


def test_its_files_are_not_written_either(in_production, tmp_path):
    in_production()
    told = CliRunner().invoke(main, ["sample", "--people=20", "--out", str(tmp_path / "lists")])
    assert (told.exit_code, (tmp_path / "lists").exists()) == (1, False)
    assert "not for production" in told.stderr


def test_a_database_with_its_accounts_is_not_served_until_they_are_closed(in_production, kept, services, settings):
    code = services.invitations.invite(None, Role.RT, Territory(TEGAL_GUNDIL, 5, 2)).code
    services.invitations.accept(code, "coba.rt", PASSWORD)
    in_production(settings.database_url, settings.keys_file)
    told = CliRunner().invoke(main, ["serve", PORT])
    assert (told.exit_code, kept) == (1, [])
    assert "python -m salur accounts close coba.rt" in told.stderr
    assert PASSWORD not in told.output
    assert CliRunner().invoke(main, ["accounts", "close", "coba.rt"]).exit_code == 0
    assert CliRunner().invoke(main, ["serve", PORT]).exit_code == 0
    assert kept == ["site", "jobs", "sender"]


def test_a_folder_with_a_sample_is_warned_of_since_it_may_be_another_databases(in_production, kept, services, settings):
    folder = in_production(settings.database_url, settings.keys_file) / "sample"
    folder.mkdir(parents=True)
    (folder / LOADED).touch()
    told = CliRunner().invoke(main, ["serve", PORT])
    assert (told.exit_code, kept) == (0, ["site", "jobs", "sender"])
    assert f"Warning: there is a sample city in {folder}" in told.stderr


def test_a_database_of_real_people_is_served_without_a_word(in_production, kept, services, settings):
    in_production(settings.database_url, settings.keys_file)
    told = CliRunner().invoke(main, ["serve", PORT])
    assert (told.exit_code, told.output, kept) == (0, "", ["site", "jobs", "sender"])
