"""A runner's hold on a job: every transaction of the work passes by here, and nobody passes who lost it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, func, update

from salur.core.errors import DatabaseAway
from salur.core.jobs.kinds import JobState
from salur.core.storage.database import Database
from salur.core.tables.jobs import JobRow

LEASE = timedelta(seconds=45)
BEATS = 10.0  # seconds
LONGEST = timedelta(hours=2)  # what takes longer hangs: its lease is no longer renewed


class LeaseLost(Exception):
    """The job is another runner's, or nobody's. Nothing of this one may be written."""


class StopAsked(Exception):
    """Whoever looks at the job wants it stopped."""


class Lease:
    """Held by one runner, for one job."""

    def __init__(self, database: Database, clock: Callable[[], datetime], job: int, runner: str) -> None:
        self._database = database
        self._clock = clock
        self._job = job
        self._runner = runner

    def step(self, connection: Connection, done: int | None = None, total: int | None = None) -> None:
        """Go on, in a transaction of the work: how much is done of how much. The row is locked until that ends.

        Raises: LeaseLost, StopAsked. The transaction has to be taken back then.
        """
        told = {name: value for name, value in (("done", done), ("total", total)) if value is not None}
        self._write(connection, self._mine().values(leased_until=self._clock() + LEASE, **told))

    def report(self, done: int, total: int | None = None) -> None:
        """Say how far it is, outside of any transaction of the work. Raises: LeaseLost, StopAsked."""
        with self._database.writing() as connection:
            self.step(connection, done, total)

    def end(self, connection: Connection, result: Mapping[str, object]) -> None:
        """Say that it is done, in the last transaction of the work. Raises: LeaseLost, StopAsked."""
        values = {"state": JobState.DONE, "result": json.dumps(result), "lease": None, "ended_at": self._clock()}
        self._write(connection, self._mine().values(**values, done=func.coalesce(JobRow.total, JobRow.done)))

    def fail(self, code: str, facts: Mapping[str, object]) -> None:
        """Say what was refused: it will not be tried again by itself."""
        values = {"refused": code, "facts": json.dumps(facts, default=str)}
        self._over({"state": JobState.FAILED, **values})

    def stopped(self) -> None:
        """Say that it was stopped, and has left nothing behind."""
        self._over({"state": JobState.STOPPED})

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Renew it again and again meanwhile, where the work itself writes for a long time nothing."""
        over, since = threading.Event(), self._clock()

        def beat() -> None:
            while not over.wait(BEATS) and self._clock() - since < LONGEST:
                try:
                    with self._database.writing() as connection:
                        connection.execute(self._mine().values(leased_until=self._clock() + LEASE))
                except DatabaseAway:
                    continue  # the work meets it as well, or the next beat comes through

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _mine(self) -> Update:
        held = (JobRow.id == self._job, JobRow.lease == self._runner, JobRow.state == JobState.RUNNING)
        return update(JobRow).where(*held)

    def _write(self, connection: Connection, change: Update) -> None:
        row = connection.execute(change.returning(JobRow.stop_asked)).one_or_none()
        if row is None:
            raise LeaseLost
        if row.stop_asked:
            raise StopAsked

    def _over(self, values: Mapping[str, object]) -> None:
        with self._database.writing() as connection:
            connection.execute(self._mine().values(**values, lease=None, ended_at=self._clock()))
