"""Nobody waits for PostgreSQL longer than a page may take, and commands as long as they have to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, text

from salur.core.errors import DatabaseAway
from salur.core.storage import absence, postgres
from salur.core.storage.database import Database
from tests.fixtures.hung import Line

SHORT = 1.0  # seconds


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "BEGINS_WITHIN", SHORT)
    monkeypatch.setattr(postgres, "GRACE", SHORT)
    monkeypatch.setattr(absence, "ASKS_EVERY", 0.05)


Make = Callable[..., Database]


@pytest.fixture
def make(line: Line) -> Iterator[Make]:
    """Databases at the end of the line, closed afterwards."""
    made: list[Database] = []

    def make(url: str = line.url, seconds: int | None = 1) -> Database:
        made.append(Database(url, seconds=seconds))
        return made[-1]

    yield make
    for database in made:
        database.dispose()


def limits(connection: Connection) -> list[str]:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    return [str(connection.execute(text(f"SHOW {name}")).scalar()) for name in names]


def _write_and_hang(connection: Connection, line: Line) -> None:
    connection.execute(text("INSERT INTO told VALUES ('lost')"))
    line.hangs()
    connection.execute(text("SELECT 1"))


def until_it_answers(database: Database) -> None:
    until = time.monotonic() + 150
    while True:
        try:
            with database.writing() as connection:
                connection.execute(text("SELECT 1"))
            return
        except DatabaseAway:
            assert time.monotonic() < until
            time.sleep(0.02)


def test_a_statement_of_a_page_ends_in_time_and_the_next_is_answered(make):
    database = make()
    since = time.monotonic()
    with pytest.raises(DatabaseAway, match="QueryCanceled"), database.reading() as connection:
        connection.execute(text("SELECT pg_sleep(30)"))
    assert time.monotonic() - since < 10
    with database.writing() as connection:
        assert limits(connection) == ["1s", "1s", "1min"]


def test_a_command_takes_what_it_needs(make):
    with make(seconds=None).writing() as connection:
        assert limits(connection) == ["0", "0", "0"]
        connection.execute(text("SELECT pg_sleep(2)"))  # longer than any of the limits here


def test_a_row_that_another_holds_is_not_waited_for_without_end(make):
    database = make()
    with database.writing() as connection, make().writing() as other:
        other.execute(text("SELECT * FROM programme FOR UPDATE"))
        with pytest.raises(DatabaseAway), database.reading():
            connection.execute(text("SELECT * FROM programme FOR UPDATE"))
        connection.rollback()


def test_a_connection_that_comes_free_too_late_tells_that_the_database_is_away(monkeypatch, make):
    monkeypatch.setattr(postgres, "POOL", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.1})
    database = make()
    with database.reading(), pytest.raises(DatabaseAway, match="Timeout"), database.reading():
        pass
    database.ping()


def test_a_silent_server_is_waited_for_once_and_all_is_well_when_it_answers(line, make):
    database = make()
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE told (word text)"))
    with pytest.raises(DatabaseAway, match="GoneSilent"), database.writing() as connection:
        _write_and_hang(connection, line)
    since = time.monotonic()
    for _ in range(100):
        with pytest.raises(DatabaseAway, match="Silent"), database.reading():
            pass
    assert time.monotonic() - since < 30  # each that waited would take one second
    line.goes_on()
    until_it_answers(database)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM told")).scalar() == 0


def test_a_silent_server_is_found_silent_where_a_transaction_begins_and_where_one_connects(line, make):
    used, fresh = make(seconds=60), make(seconds=60)
    used.ping()
    line.hangs()
    for database in (used, fresh):
        since = time.monotonic()
        with pytest.raises(DatabaseAway), database.reading():
            pass
        assert time.monotonic() - since < 10
    line.goes_on()
    until_it_answers(used)
    until_it_answers(fresh)


def test_after_a_restart_of_the_server_one_at_most_is_refused(line, make):
    database = make()
    with database.reading() as first, database.reading() as second:  # two connections wait in the pool from now on
        first.execute(text("SELECT 1"))
        second.execute(text("SELECT 1"))
    killer = create_engine(line.url)
    with killer.begin() as connection:
        others = "pid != pg_backend_pid() AND datname = current_database()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    killer.dispose()
    with pytest.raises(DatabaseAway), database.writing():
        pass
    for _ in range(3):
        with database.writing() as connection:
            connection.execute(text("SELECT 1"))


def test_behind_a_pgbouncer_each_transaction_has_its_own_limits_and_nothing_is_prepared(line, make, pgbouncer):
    url = pgbouncer(line.url)
    page, other_page, command = make(url), make(url), make(url, seconds=None)  # they share one connection
    for _ in range(8):  # the driver would prepare at the sixth time
        for database, expected in ((page, "1s"), (command, "0"), (other_page, "1s")):
            with database.writing() as connection:
                assert limits(connection)[0] == expected
                assert connection.execute(text("SELECT :n + 1"), {"n": 1}).scalar() == 2
    with psycopg.connect(url.replace("+psycopg", ""), prepare_threshold=None) as stranger:  # gets it next
        assert stranger.execute("SHOW statement_timeout").fetchone() == ("0",)
    with pytest.raises(DatabaseAway, match="QueryCanceled"), page.reading() as connection:
        connection.execute(text("SELECT pg_sleep(30)"))
    page.ping()
