"""Engine, connections, bulk load, migrations. SQLite and PostgreSQL differ here, in `bulk` and in `postgres` only."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from salur.core.errors import ConfigError, DatabaseAway
from salur.core.storage.absence import Told, Watch
from salur.core.storage.servers import address
from salur.core.storage.vault import Vault
from salur.core.tables.metadata import METADATA

# A row of whatever columns a statement selects.
AnyRow = Row[*tuple[Any, ...]]
MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"
BUSY_SECONDS = 30  # how long a SQLite writer waits for another: as long as an import may write
PAGE_BUSY_SECONDS = 5  # and a page: longer, all threads of the site would wait, and who only reads with them
SQLITE_MOST, POSTGRES_MOST = 15, 16  # connections of a process: the library's own bound, and that of `postgres.POOL`
READY = 2  # connections to SQLite that are kept at hand
MANY = 1_000  # rows, from which on what is known of a table may mislead
LOG_BYTES = 16 << 20  # what SQLite's log keeps of the disk after something large was written
# What is deleted or changed is overwritten: else it would stand in the file long after it was to be forgotten. And what
# is committed is on the disk: with NORMAL a power cut takes back the last half minute, of which people were told.
PRAGMAS = (
    "journal_mode=WAL",
    f"journal_size_limit={LOG_BYTES}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "secure_delete=ON",
)


class Connections(NamedTuple):
    """Connections that are in use, and may be; and whether the database has gone silent."""

    in_use: int
    most: int
    silent: bool


class Database:
    """Hands out connections. `reading` takes no lock; `writing` is one transaction, committed at its end.

    Both raise DatabaseAway when the database cannot be reached or used, or takes longer than people wait: a statement
    may take so many `seconds`, None leaves it the time it needs. `sample` says whether the sample city belongs into
    it, and `today` which day it is in the city: `open_accounts` asks both.
    """

    def __init__(
        self, url: str, *, sample: bool = False, today: Callable[[], date] | None = None, seconds: int | None = None
    ) -> None:
        self.url = url
        self.engine = make_engine(url, seconds)
        self.engine.update_execution_options(salur_sample=sample)
        if today is not None:
            self.engine.update_execution_options(salur_today=today)
        self._watch = Watch(self._knock, self.engine.dispose)
        self._told = Told(self._watch)
        # What is read from SQLite waits for no writer.
        self._is_sqlite = self.engine.dialect.name == "sqlite"
        self._told_reading = Told() if self._is_sqlite else self._told
        self._ready: list[Connection] = []  # SQLite's, for who asks next: getting one is a tenth of a question

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for SELECTs only."""
        with self._told_reading:
            connection = self._take(reading=True)
            try:
                with connection.begin() as transaction:  # for statements on the driver's own cursor as well
                    yield connection
                    transaction.rollback()
            except BaseException:
                connection.close()
                raise
            self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction; an exception takes all of it back. On SQLite it waits for the write lock at once."""
        done = False
        try:
            with self._told:
                connection = self._take(reading=False)
                try:
                    with connection.begin():
                        yield connection
                        done = True
                except BaseException:
                    connection.close()
                    raise
                self._give_back(connection)
        except DatabaseAway as away:
            away.perhaps_written = done
            raise

    def _take(self, *, reading: bool) -> Connection:
        try:
            connection = self._ready.pop()
        except IndexError:
            connection = self.engine.connect()
        return connection.execution_options(salur_reading=reading)

    def _give_back(self, connection: Connection) -> None:
        """Keep one of SQLite's at hand, unless somebody may be waiting for one of the pool's. PostgreSQL's may lead
        nowhere by the next time, which its pool finds out."""
        pool = self.engine.pool
        free = isinstance(pool, QueuePool) and pool.checkedout() < SQLITE_MOST
        if free and self._is_sqlite and len(self._ready) < READY:
            self._ready.append(connection)
        else:
            connection.close()

    def ping(self, seconds: float | None = None) -> None:
        """Ask the database for nothing, and wait no longer than that for an answer. Raises DatabaseAway."""
        if self._watch.silent:
            raise DatabaseAway("Silent")
        options = {"salur_reading": True, "salur_patience": seconds}
        with Told(), self.engine.connect().execution_options(**options) as connection:
            connection.execute(text("SELECT 1"))

    def connections(self) -> Connections:
        """How the pool of this process stands."""
        pool = self.engine.pool
        in_use = pool.checkedout() - len(self._ready) if isinstance(pool, QueuePool) else 0
        return Connections(in_use, SQLITE_MOST if self._is_sqlite else POSTGRES_MOST, self._watch.silent)

    def _knock(self) -> None:
        """Ask one that was silent, and of SQLite whether its writer is done. Raises DatabaseAway."""
        with Told(), self.engine.begin() as connection:
            connection.execute(text("SELECT 1"))

    def count_rows(self, changed: int = MANY) -> None:
        """Let the database look at its tables anew. After a large import it would plan by what was there before.

        `changed`: how many rows. Of a few PostgreSQL hears soon enough by itself: what it plans by is hardly wrong.
        """
        if not self._is_sqlite and changed < MANY:
            return
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":
                # Without names it would count the server's own catalogues too: fifty times the work, for nobody.
                connection.execute(text("ANALYZE " + ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)))
                return
            # A part of each index tells enough: reading all of them would hold up everybody who writes.
            connection.execute(text("PRAGMA analysis_limit = 1000"))
            connection.execute(text("PRAGMA optimize"))

    def rewrite(self) -> None:
        """Write all of it anew, so that the files hold nothing more of what was changed or deleted; nobody else can
        use it meanwhile. What PostgreSQL keeps apart (its log of changes, copies of it) is the operator's.
        """
        statements = ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
        if self.engine.dialect.name == "postgresql":
            statements = [f'VACUUM (FULL, ANALYZE) "{table.name}"' for table in METADATA.sorted_tables]
        with self._told, closing(self.engine.raw_connection()) as connection:
            for statement in statements:
                connection.cursor().execute(statement)

    def dispose(self) -> None:
        """Close all connections."""
        self._watch.close()
        while self._ready:
            self._ready.pop().close()
        self.engine.dispose()


def make_engine(url: str, seconds: int | None = None) -> Engine:
    """Build an engine; nothing is connected yet. Errors of statements do not show the values, which may be personal.

    `seconds`: how long a statement may take, and a writer of SQLite wait for another; without, as long as it needs.
    Raises: ConfigError when the URL cannot be used.
    """
    try:
        if make_url(url).get_backend_name() != "sqlite":
            from salur.core.storage.postgres import engine_of

            return engine_of(address(url), seconds)
        patience = BUSY_SECONDS if seconds is None else min(seconds, PAGE_BUSY_SECONDS)
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": patience})
    except (ArgumentError, ImportError):
        raise ConfigError("SALUR_DATABASE_URL", "must be postgresql://… or sqlite:///…") from None
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: _begin_sqlite does, for writers only.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("salur_reading")
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("BEGIN" if reading else "BEGIN IMMEDIATE")


def create_sqlite_file(url: str) -> None:
    """Make the SQLite file with mode 0600 before anything opens it; other databases are left alone."""
    path = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and path and not Path(path).exists():
        Path(path).touch(mode=0o600)


def migrate(url: str, vault: Vault | None = None) -> bool:
    """Bring the database at `url` to the newest migration; says whether there was an older one. Safe to call again.

    `vault`: for a database with people in it, of whom something may have to be sealed or indexed.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext

    create_sqlite_file(url)
    engine = make_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        connection = stack.enter_context(engine.begin())
        config.attributes |= {"connection": connection, "vault": vault}
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(config, "head")
        after = MigrationContext.configure(connection).get_current_revision()
    return before not in (None, after)


class _Ids:
    """Ids that only rise within a process: `fresh_ids` says what they are made of."""

    MILLISECOND = 1 << 21

    def __init__(self) -> None:
        self._newest = 0
        self._lock = Lock()

    def take(self, count: int) -> range:
        """The next run of them."""
        room = max(1, self.MILLISECOND - count)
        start = time.time_ns() // 1_000_000 * self.MILLISECOND + random.randrange(room)  # noqa: S311 - not a secret
        with self._lock:
            start = max(start, self._newest + 1)
            self._newest = start + count - 1
        return range(start, start + count)


_ids = _Ids()


def fresh_ids(count: int) -> Iterator[int]:
    """Give `count` ids (at most 2 million) that are larger than all that this process gave before.

    Milliseconds in the upper 42 bits, a run of numbers in the lower 21, so that rows keep the order of their making
    and data can be sealed to a row before it is written. Two processes that write in one millisecond could clash on the
    primary key, loudly; the random start makes that as good as never for single rows.
    """
    return iter(_ids.take(count))
