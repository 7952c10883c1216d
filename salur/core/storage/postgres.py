"""Connections to PostgreSQL, and how long anybody waits for it.

Limits are set in each transaction anew: behind a PgBouncer that lends connections by transaction, what is set for a
connection holds for whoever gets it next, and what is prepared is not found again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.pool import ConnectionPoolEntry

# Seconds. A server that is there begins a transaction in less than a millisecond, whatever it is at.
BEGINS_WITHIN = 3
LOCKS_WITHIN = 5  # a page's wait for what another transaction holds, and for a connection while others have them all
IDLE = 60  # a transaction of a page that asks nothing more is given up by the server
GRACE = 3  # the server says by itself that a statement took too long; that much later, it is not there
POOL = {"pool_recycle": 1800, "pool_size": 8, "max_overflow": 8, "pool_timeout": LOCKS_WITHIN}
# What a network swallows is noticed by either side, whoever waits. For a URL that does not say otherwise.
LINE: dict[str, int | str] = {
    "connect_timeout": BEGINS_WITHIN,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # ms
}
AVOIDED = 30  # as long, one of several servers that went silent is asked last
DEFAULT_PORT = "5432"
RV = TypeVar("RV")
_silent_at: dict[tuple[str, str], float] = {}


class GoneSilent(psycopg.OperationalError):
    """The server took longer to answer than it was to take, and has not said so itself. The connection is closed."""


class Connecting(psycopg.Connection[TupleRow]):
    """A connection that waits no longer than `patience` seconds for an answer; None waits as long as it takes."""

    patience: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for what has been asked. The server's own limits do not hold once it is stopped, or cut off."""
        if timeout is not None or self.patience is None:
            return super().wait(gen, interval, timeout)
        until = time.monotonic() + self.patience
        try:
            return super().wait(gen, interval, self.patience)
        except psycopg.OperationalError:
            if time.monotonic() < until or self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            _silent_at[self.info.host, str(self.info.port)] = time.monotonic()
            self.pgconn.finish()
            raise GoneSilent from None


def engine_of(url: URL, seconds: int | None) -> Engine:
    """An engine whose statements may take so many seconds, or as long as they need."""
    engine = create_engine(url, hide_parameters=True, **POOL)
    patience = None if seconds is None else seconds + GRACE
    begin_so = "; ".join(["BEGIN", *(f"SET LOCAL {limit}" for limit in _limits(seconds))])
    event.listen(engine, "do_connect", _connect)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        """Begin and set the limits in one message, and wait less for that than for what follows."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, Connecting)
        shorter = connection.get_execution_options().get("salur_patience")
        driver.patience = shorter or BEGINS_WITHIN
        try:
            driver.execute(begin_so, prepare=False)
        except psycopg.Error:
            connection.invalidate()
            raise
        driver.patience = shorter or patience

    return engine


def _connect(_dialect: Dialect, _entry: ConnectionPoolEntry, given: list[str], named: dict[str, str]) -> Connecting:
    """Connect; the driver begins no transaction by itself."""
    connection = _first_of(given, named) if "," in str(named.get("host", "")) else _reach(given, named)
    connection.patience = BEGINS_WITHIN
    [pid] = connection.execute("SELECT pg_backend_pid()").fetchone() or [0]
    if pid != connection.info.backend_pid:  # something stands in between, and lends out its own connections
        connection.prepare_threshold = None
    connection.patience = None
    return connection


def _reach(given: list[str], named: dict[str, str]) -> Connecting:
    connect: Callable[..., Connecting] = Connecting.connect
    return connect(*given, **(LINE | named), autocommit=True)


def _first_of(given: list[str], named: dict[str, str]) -> Connecting:
    """Connect to the first of several servers that is what is asked for; those that went silent of late come last.

    The driver would go by their order, and who comes would wait for one that is cut off each time.
    """
    hosts = named["host"].split(",")
    ports = named["port"].split(",") if "port" in named else [""] * len(hosts)
    wrong: psycopg.OperationalError | None = None
    slow = False
    for host, port in sorted(zip(hosts, ports, strict=True), key=lambda server: _gone_silent(*server)):
        try:
            return _reach(given, named | {"host": host, "port": port})
        except psycopg.OperationalError as error:
            if isinstance(error, psycopg.errors.ConnectionTimeout):
                _silent_at[host, port or DEFAULT_PORT] = time.monotonic()
                slow = True
            wrong = error
    assert wrong is not None
    # The last may have refused at once; but it was waited, and will be.
    raise psycopg.errors.ConnectionTimeout if slow else wrong


def _gone_silent(host: str, port: str) -> float:
    """When a server went silent, if that was of late; 0 for all others."""
    at = _silent_at.get((host, port or DEFAULT_PORT), 0.0)
    return at if time.monotonic() - at < AVOIDED else 0.0


def _limits(seconds: int | None) -> list[str]:
    return [
        f"statement_timeout = {(seconds or 0) * 1000}",
        f"lock_timeout = {0 if seconds is None else min(seconds, LOCKS_WITHIN) * 1000}",
        f"idle_in_transaction_session_timeout = {0 if seconds is None else IDLE * 1000}",
        # The default is of spinning disks: then all of a table is read for the few hundred rows of a neighbourhood.
        "random_page_cost = 1.1",
    ]
