"""Another server takes the place of the one that wrote, and nobody has to start the site anew."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from sqlalchemy import text

from salur.core.errors import DatabaseAway
from salur.core.storage import absence
from salur.core.storage.database import Database
from tests.fixtures.pair import Cluster

PATIENCE = 150  # seconds


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(absence, "ASKS_EVERY", 0.05)


@pytest.fixture
def database(cluster: Cluster):
    database = Database(cluster.url, seconds=5)
    yield database
    database.dispose()


def write(database: Database, word: str) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO told VALUES (:word)"), {"word": word})


def until_it_is_done(what: Callable[[], None]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return what()
        except DatabaseAway:
            assert time.monotonic() < until
            time.sleep(0.02)


def test_of_several_servers_the_one_that_may_be_written_to_is_found(cluster, database):
    with database.writing() as connection:
        assert connection.execute(text("SELECT NOT pg_is_in_recovery()")).scalar()


def test_who_finds_himself_on_a_server_that_may_only_be_read_asks_for_another(cluster):
    """As behind a proxy for databases, which handed out a connection to the one that wrote before."""
    database = Database(cluster.to_standby.url, seconds=5)
    with database.reading() as one, database.reading() as other:
        one.execute(text("SELECT 1"))
        other.execute(text("SELECT 1"))
    assert "in pool: 2" in database.engine.pool.status()
    with pytest.raises(DatabaseAway, match="ReadOnlySqlTransaction"), database.writing() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS told (word text)"))
    assert "in pool: 0" in database.engine.pool.status()  # all of them were let go
    database.dispose()


def test_a_promoted_standby_is_written_to_without_a_restart_and_has_what_was_written_before(cluster, database):
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS told (word text)"))
    for word in ("one", "two", "three"):
        write(database, word)
    cluster.pair.level()
    cluster.pair.primary.dies()
    with pytest.raises(DatabaseAway):
        write(database, "to nobody")
    with pytest.raises(DatabaseAway):  # the standby is there, but not to be written to
        write(database, "to the standby")
    cluster.pair.promote()
    until_it_is_done(lambda: write(database, "four"))
    with database.reading() as connection:
        told = connection.execute(text("SELECT word FROM told ORDER BY ctid")).scalars().all()
    assert told == ["one", "two", "three", "four"]
