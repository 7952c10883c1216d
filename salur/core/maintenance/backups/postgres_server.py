"""PostgreSQL: dumped from one snapshot, tried in a scratch database beside it, put in place in one transaction."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url, text

from salur.core.errors import DatabaseAway, Refused
from salur.core.maintenance.backups.contents import (
    Contents,
    Share,
    Tell,
    columns_of,
    is_empty,
    look_into,
    unhurried,
)
from salur.core.maintenance.backups.postgres_tools import conninfo, refuse_without_tools, run
from salur.core.storage.database import Database

LONGEST_WAIT = 2  # seconds, for who is just going
LEFT = 3600  # seconds after which nobody is just about to connect to a scratch database
SCRATCH = "salur_scratch_"
OTHERS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND coalesce(backend_type, 'client backend') = 'client backend'
"""


class PostgresServer:
    """A database on a server."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def folder(self) -> Path:
        """Where there is room to work."""
        return Path(tempfile.gettempdir())

    def dump(self, into: Path, tell: Tell) -> Contents:
        """Write one state of it into a new file, nobody waiting. Raises Refused, DatabaseAway."""
        self._refuse_without_tools()
        database = Database(self._url)
        try:
            with database.reading() as connection:
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
                unhurried(connection)
                snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
                contents = look_into(connection)
                words = ["--format=custom", "--no-owner", "--no-privileges", "--verbose"]
                words += [f"--snapshot={snapshot}", f"--file={into}"]
                run("pg_dump", self._url, words, _by_rows(contents.rows, tell))
        finally:
            database.dispose()
        return contents

    @contextmanager
    def scratch(self, dumped: Path, rows: dict[str, int], tell: Tell) -> Iterator[str]:
        """The address of a new database that holds what was dumped, and is dropped.

        Raises: Refused with `may_not_create_database`, or as `run`; DatabaseAway.
        """
        self._refuse_without_tools()
        name = f"{SCRATCH}{int(time.time())}_{secrets.token_hex(4)}"
        with closing(_connect(self._url)) as connection:
            _drop_left(connection)
            # Locales are the cluster's affair: bytes are ordered alike everywhere, and all Unicode fits.
            made = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            try:
                connection.execute(sql.SQL(made).format(sql.Identifier(name)))
            except psycopg.errors.InsufficientPrivilege:
                raise Refused("may_not_create_database") from None
        url = make_url(self._url).set(database=name).render_as_string(hide_password=False)
        try:
            words = ["--exit-on-error", "--no-owner", "--no-privileges", "--verbose", str(dumped)]
            with closing(_connect(url)):  # so that nobody takes it for one that was left
                run("pg_restore", url, words, _by_rows(rows, tell))
                yield url
        finally:
            with closing(_connect(self._url)) as connection:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def is_empty(self) -> bool:
        """Whether nothing would be lost. Raises DatabaseAway."""
        database = Database(self._url)
        try:
            return is_empty(database)
        finally:
            database.dispose()

    def refuse_if_used(self) -> None:
        """Raises Refused(`database_in_use`) while anybody is connected to it; DatabaseAway."""
        until = time.monotonic() + LONGEST_WAIT
        with closing(_connect(self._url)) as connection:
            while connection.execute(OTHERS).fetchone() != (0,):
                if time.monotonic() > until:
                    raise Refused("database_in_use")
                time.sleep(0.1)

    def put(self, url: str, room: Path, contents: Contents) -> None:
        """Let what the database at this address holds take the place of all tables, in one transaction that counts them
        again at its end. Raises Refused with `database_in_use`, or as `run`; DatabaseAway.
        """
        # Whole before it is begun: psql takes the end of a broken pipe for the end of the work.
        script = room / "script.sql"
        run("pg_dump", url, ["--format=plain", "--no-owner", "--no-privileges", f"--file={script}"])
        self.refuse_if_used()
        words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        words += ["--command=SET LOCAL lock_timeout = '30s'", "--command=SET LOCAL statement_timeout = 0"]
        words += [f"--command={drop}" for drop in self._drops()]
        words += [f"--file={script}", "--command=RESET search_path"]
        words += [f"--command={_count(name, rows)}" for name, rows in contents.rows.items()]
        run("psql", self._url, words)

    def _drops(self) -> list[str]:
        database = Database(self._url)
        try:
            with database.reading() as connection:
                quote = connection.dialect.identifier_preparer.quote
                return [f"DROP TABLE IF EXISTS {quote(name)} CASCADE" for name in columns_of(connection)]
        finally:
            database.dispose()

    def _refuse_without_tools(self) -> None:
        with closing(_connect(self._url)) as connection:
            refuse_without_tools(connection.info.server_version // 10_000)


def _connect(url: str) -> psycopg.Connection:
    info, password = conninfo(url)
    try:
        return psycopg.connect(info, password=password or None, autocommit=True)
    except psycopg.OperationalError as error:
        raise DatabaseAway(type(error).__name__) from None


def _drop_left(connection: psycopg.Connection) -> None:
    """Drop the scratch databases of programs that were killed: they are old, and nobody is connected to them."""
    mine = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datdba = current_user::regrole"
    for (name,) in connection.execute(mine, (SCRATCH,)).fetchall():
        made = name.removeprefix(SCRATCH).partition("_")[0]
        if made.isdecimal() and int(made) < time.time() - LEFT:
            with suppress(psycopg.errors.ObjectInUse):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _count(name: str, rows: int) -> str:
    """A statement that fails, and all with it, unless a table has so many rows."""
    return sql.SQL("SELECT 1 / (count(*) = {})::int FROM {}").format(rows, sql.Identifier(name)).as_string(None)


def _by_rows(rows: dict[str, int], tell: Tell) -> Callable[[str], None]:
    """Hears of each table as it is begun, and tells how many of all rows are behind."""
    share, total, behind, now = Share(tell), sum(rows.values()), 0, ""

    def begun(name: str) -> None:
        nonlocal behind, now
        behind, now = behind + rows.get(now, 0), name
        share.reached(behind, total)

    return begun
