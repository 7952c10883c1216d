"""What only PostgreSQL has: one transaction that takes all of it back, rights, and what a killed run left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from salur.core.errors import Refused
from salur.core.maintenance.backups.contents import look_into
from salur.core.maintenance.backups.postgres_server import LEFT, SCRATCH, PostgresServer
from tests.fixtures.backups import City

pytestmark = pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)


@pytest.fixture
def server(city: City) -> Iterator[psycopg.Connection]:
    """The administrator's own connection to the city's database."""
    url = city.services.settings.database_url.replace("+psycopg", "")
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        yield connection


def test_what_comes_over_short_by_a_row_is_taken_back_whole(city: City, elsewhere: str, tmp_path: Path) -> None:
    url = city.services.settings.database_url
    with city.services.database.reading() as connection:
        contents = look_into(connection)
    city.services.database.dispose()
    short = replace(contents, rows=contents.rows | {"person": contents.rows["person"] + 1})
    before = replace(contents, rows=contents.rows | {"person": 61})
    with pytest.raises(Refused, match="tool_failed"):
        PostgresServer(elsewhere).put(url, tmp_path, short)
    assert PostgresServer(elsewhere).is_empty()
    PostgresServer(elsewhere).put(url, tmp_path, before)
    assert not PostgresServer(elsewhere).is_empty()


def test_who_may_make_no_database_is_told_so(city: City, server: psycopg.Connection) -> None:
    file = city.makes().file
    url = make_url(city.services.settings.database_url)
    role = f"plain_{url.database}"
    server.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'plain'")
    try:
        plain = url.set(username=role, password="plain").render_as_string(hide_password=False)
        with pytest.raises(Refused, match="may_not_create_database"):
            type(city.backups)(plain, city.keys_file, city.services.clock).verify(file)
    finally:
        server.execute(f"DROP ROLE {role}")


def test_what_a_killed_run_left_is_dropped_once_it_is_old(city: City, server: psycopg.Connection) -> None:
    def scratches() -> set[str]:
        rows = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (SCRATCH,))
        return {name for (name,) in rows.fetchall()}

    old, new = f"{SCRATCH}1000_{make_url(city.services.settings.database_url).database}", f"{SCRATCH}9999999999_new"
    for name in (old, new):
        server.execute(f"CREATE DATABASE {name}")
    try:
        city.backups.verify(city.makes().file)
        assert old not in scratches()
        assert new in scratches()
        assert LEFT >= 600
    finally:
        server.execute(f"DROP DATABASE {new}")
