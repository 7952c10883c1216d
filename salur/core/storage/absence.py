"""A database that is away is one error, `DatabaseAway`, whoever ran the statement; a silent one is waited for once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from sqlite3 import SQLITE_BUSY
from threading import Event, Lock, Thread

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from salur.core.errors import DatabaseAway

log = logging.getLogger("salur.core")
# Errors of the drivers that mean: not now, or not here.
ABSENCE = frozenset({"OperationalError", "InterfaceError", "UndefinedTable", "IdleInTransactionSessionTimeout"})
ABSENCE |= {"ReadOnlySqlTransaction"}  # a server that is no longer the one to write to
SILENCE = frozenset({"GoneSilent", "ConnectionTimeout"})  # what took as long as we wait, and will again
DRIVERS = frozenset({"sqlite3", "psycopg", "salur"})  # what is ours comes out of `postgres.py`
ASKS_EVERY = 1.0  # seconds


class Told:
    """Turns what drivers raise for a database that is away into DatabaseAway. A class: generators cost more here.

    While `watch` says that it is silent, nothing is asked of it at all.
    """

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch

    def __enter__(self) -> None:
        if self._watch is not None and self._watch.silent:
            raise DatabaseAway("Silent")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        told = _driver_error(error)
        if not _tells_of_absence(told):
            return
        if self._watch is not None:
            self._watch.heard(told)
        raise DatabaseAway(type(told).__name__) from None


class Watch:
    """Knows whether the database has gone silent. Then one thread asks for it, and everybody else is told at once.

    Else each page would wait as long as it may, until all threads of the site do, and what needs no database as well.
    `ask` raises DatabaseAway; `renew` lets go of all connections: those of a server that went away lead nowhere.
    """

    def __init__(self, ask: Callable[[], None], renew: Callable[[], None]) -> None:
        self.silent = False
        self._ask, self._renew = ask, renew
        self._lock = Lock()
        self._over = Event()

    def heard(self, error: BaseException) -> None:
        """Look at what the driver raised for a database that is away."""
        if _lost(error):
            self._renew()
        if _took_long(error):
            with self._lock:
                if self.silent or self._over.is_set():
                    return
                self.silent = True
                log.error("the database is silent: pages that need it are refused until it answers")
                Thread(target=self._look_out, name="salur-database", daemon=True).start()

    def close(self) -> None:
        """Ask no more."""
        self._over.set()

    def _look_out(self) -> None:
        while not self._over.wait(ASKS_EVERY):
            try:
                self._ask()
            except DatabaseAway:
                continue
            log.warning("the database answers again")
            break
        self.silent = False


def _driver_error(error: BaseException) -> BaseException:
    """The driver's own error: some statements run on its cursor, the others are wrapped by SQLAlchemy."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def _names(error: BaseException) -> list[str]:
    """What the driver calls it, the closest name first; nothing when it is no driver's."""
    return [kind.__name__ for kind in type(error).__mro__ if kind.__module__.partition(".")[0] in DRIVERS]


def _tells_of_absence(error: BaseException) -> bool:
    """Away, locked, full, slow, not migrated, or no database at all; not what is wrong with a statement or value."""
    if isinstance(error, PoolTimeout):
        return True
    names = _names(error)
    # sqlite3 says a bare DatabaseError of a file that is something else, or damaged.
    return bool(names) and (names[0] == "DatabaseError" or not ABSENCE.isdisjoint(names))


def _took_long(error: BaseException) -> bool:
    """Whether it was waited for, and in vain: also for SQLite's one writer, in another process."""
    return not SILENCE.isdisjoint(_names(error)) or getattr(error, "sqlite_errorcode", None) == SQLITE_BUSY


def _lost(error: BaseException) -> bool:
    """Whether PostgreSQL's connection is gone, and perhaps all others with it: what the server says has a code.

    25006: it leads to a server that may only be read (any more), and writes are another's.
    """
    state = getattr(error, "sqlstate", "of no server")
    return state is None or state.startswith(("08", "57P", "25006"))
