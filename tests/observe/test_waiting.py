"""What the exporter asks of the database: not at each question, and a silence is a figure, too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from salur.config import Settings
from salur.core.errors import ConfigError
from salur.core.jobs.kinds import JobKind
from salur.core.maintenance.vitals import Vital
from salur.core.storage.database import Database
from salur.observe import exporter
from salur.observe.exporter import Waiting
from salur.wiring import Services


def told(waiting: Waiting) -> dict[str, float]:
    return {f"{s.name}{'/'.join(s.labels.values())}": s.value for family in waiting.collect() for s in family.samples}


def test_what_was_just_asked_is_said_again(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Waiting(services)
    assert told(waiting)["salur_jobswaiting"] == 0
    with services.database.writing() as connection:
        services.jobs.add(connection, JobKind.READ, 1, {}, None)
    assert told(waiting)["salur_jobswaiting"] == 0
    monkeypatch.setattr(exporter, "FRESH", 0.0)
    assert told(waiting)["salur_jobswaiting"] == 1


def test_a_database_that_is_away_is_told_and_nothing_is_made_up(services: Services, clock, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "salur-20260220T020000Z.tar").touch()
    away = Vital(Database(f"sqlite:///{tmp_path}/no/where.sqlite3"), clock, tmp_path / "backups")
    assert told(Waiting(replace(services, vital=away))) == {
        "salur_backup_timestamp_seconds": 1771552800,
        "salur_database_up": 0,
    }


def test_without_a_port_nothing_is_served(services: Services) -> None:
    with pytest.raises(ConfigError, match="SALUR_METRICS_PORT"):
        exporter.serve(services)


@pytest.mark.parametrize("wrong", ["nine", "127.0.0.1", "99999", ":9464"])
def test_a_port_that_is_none_is_refused_at_the_start(wrong: str) -> None:
    with pytest.raises(ConfigError, match="must be port or host:port"):
        Settings.from_env({"SALUR_METRICS_PORT": wrong})


@pytest.mark.parametrize(
    ("given", "meant"),
    [("9464", ("127.0.0.1", 9464)), ("192.0.2.5:9464", ("192.0.2.5", 9464)), ("[::1]:9464", ("::1", 9464)), ("", None)],
)
def test_a_port_alone_is_of_this_machine(given: str, meant: tuple[str, int] | None) -> None:
    assert Settings.from_env({"SALUR_METRICS_PORT": given}).metrics_listen == meant
