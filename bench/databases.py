"""A new instance of Salur on each database that can be had, one after the other."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from salur.cli.setup import set_up
from salur.wiring import Services


def instances() -> Generator[tuple[str, Services]]:
    """Name of each kind of database, and services on a migrated one: SQLite, then PostgreSQL where there is a server.

    This process's environment names the instance meanwhile, so that programs started here use the same one.
    """
    with _instance("") as services:
        yield "SQLite", services
    if server := os.environ.get("SALUR_TEST_POSTGRES"):
        with _database(server) as url, _instance(url) as services:
            yield "PostgreSQL", services
    else:
        print("without PostgreSQL: SALUR_TEST_POSTGRES names no server")


@contextmanager
def on_postgres() -> Iterator[Services]:
    """Services on a new instance; several may be open at once. Raises KeyError where there is no server."""
    with _database(os.environ["SALUR_TEST_POSTGRES"]) as url, _instance(url) as services:
        yield services


@contextmanager
def _instance(url: str) -> Iterator[Services]:
    with tempfile.TemporaryDirectory(prefix="salur-bench-") as folder:
        os.environ |= {
            "SALUR_INSTANCE": str(Path(folder) / "instance"),
            "SALUR_DATABASE_URL": url,
            # Each request comes from another address, as told by a proxy: nobody is refused for asking much.
            "SALUR_TRUSTED_PROXIES": "1",
        }
        services = set_up()
        yield services
        services.database.dispose()


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"salur_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
