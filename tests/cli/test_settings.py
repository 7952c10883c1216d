"""Settings an operator got wrong are refused by name, before anything is served."""

from __future__ import annotations

import pytest

from salur.config import Settings
from salur.core.errors import ConfigError

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
        ("SALUR_TRUSTED_PROXIES", "all"),
        ("SALUR_TRUSTED_PROXIES", "11"),
    ],
)
def test_a_wrong_value_is_refused_and_not_repeated(variable, value):
    refused = refusal(**{variable: value})
    assert refused.setting == variable
    assert value not in str(refused)
