"""A database that cannot answer is one error, whoever runs the statement: SQLAlchemy or the driver's own cursor."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from salur.core.errors import DatabaseAway
from salur.core.limits.asker import Asker
from salur.core.people.nik import Nik
from salur.core.storage import database
from salur.core.storage.database import Database
from salur.core.tables.lists import ProgrammeRow

SOMEONE = Nik.parse("3271055505800001")
HOME = Asker.address("203.0.113.7")


def test_a_question_to_a_database_that_is_not_migrated_tells_that_it_is_away(services):
    with services.database.writing() as connection:
        connection.execute(text("ALTER TABLE attempt RENAME TO elsewhere"))
    with pytest.raises(DatabaseAway):
        services.lookup.ask(SOMEONE, "SITI", asker=HOME)


def test_a_file_that_another_holds_for_too_long_tells_that_it_is_away(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    mine = Database(f"sqlite:///{tmp_path / 'salur.sqlite3'}")
    mine.ping()
    with closing(sqlite3.connect(tmp_path / "salur.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseAway), mine.writing():
            pass
    mine.dispose()


def test_a_file_that_is_no_database_tells_that_it_is_away(tmp_path: Path):
    (tmp_path / "salur.sqlite3").write_bytes(b"a spreadsheet" * 500)
    other = Database(f"sqlite:///{tmp_path / 'salur.sqlite3'}")
    with pytest.raises(DatabaseAway):
        other.ping()
    other.dispose()


def test_sqlite_has_what_was_committed_on_the_disk_before_it_says_so(tmp_path: Path):
    """Else a power cut takes back a list of which people were told. NORMAL (1) writes it some half a minute later."""
    mine = Database(f"sqlite:///{tmp_path / 'salur.sqlite3'}")
    with mine.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
    mine.dispose()


def test_a_row_that_breaks_a_rule_is_not_taken_for_a_database_away(services):
    row = {"code": "PKH", "name": "twice", "kind": "cash"}
    with pytest.raises(IntegrityError), services.database.writing() as connection:
        connection.execute(insert(ProgrammeRow).values(row))


def test_ids_rise_however_fast_they_are_taken_and_by_however_many():
    with ThreadPoolExecutor(4) as threads:
        runs = list(threads.map(lambda count: list(database.fresh_ids(count)), [1, 700, 1, 2_000] * 500))
    given = [id for run in runs for id in run]
    assert len(set(given)) == len(given)
    assert all(run == list(range(run[0], run[0] + len(run))) for run in runs)
    assert next(database.fresh_ids(1)) > max(given)
