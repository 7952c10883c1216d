"""The queue: work is put in by whoever asks for it, in the transaction of that, and taken out by runners.

A runner holds a job by a lease that it renews. One that died loses it, and the job is taken up again; one that only
seemed dead finds that out at its next write, because every transaction of the work goes by `Lease.step`, which writes
to the job's row as long as the lease is its own, and refuses after that. So whoever held a job before writes nothing
any more, and two never write at once: the row is locked until the transaction ends.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from salur.core.errors import NotThere, Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.kinds import OVER, JobKind, JobState
from salur.core.jobs.lease import LEASE, Lease
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.statements import AnySelect
from salur.core.tables.jobs import JobRow

MOST_TRIES = 4  # a job whose runners die again and again kills them
JSON_FIELDS = ("told", "result", "facts")


class Jobs:
    """Puts jobs in, shows and stops them, and hands them to runners."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        connection: Connection,
        kind: JobKind,
        subject: int,
        told: Mapping[str, object],
        made_by: int | None,
        *,
        not_before: datetime | None = None,
    ) -> int:
        """Put a job in, in the caller's transaction; gives its id. `told` is what JSON can hold, nothing personal."""
        values = {
            "kind": kind,
            "state": JobState.WAITING,
            "made_by": made_by,
            "subject": subject,
            "told": json.dumps(told),
            "done": 0,
            "tries": 0,
            "made_at": self._clock(),
            "not_before": not_before,
        }
        return int(connection.execute(insert(JobRow).values(values).returning(JobRow.id)).scalar_one())

    def last_of(self, subjects: list[int], *kinds: JobKind) -> dict[int, Job]:
        """Of each subject its newest job of these kinds; subjects without one are left out."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(JobRow.__table__).where(JobRow.subject.in_(subjects), JobRow.kind.in_(kinds)).order_by(JobRow.id)
            ).all()
        return {row.subject: _job(row) for row in found}

    def show(self, id: int) -> Job:
        """One job. Raises NotThere(`no_such_job`)."""
        with self._database.reading() as connection:
            row = connection.execute(select(JobRow.__table__).where(JobRow.id == id)).one_or_none()
        if row is None:
            raise NotThere("no_such_job")
        return _job(row)

    def stop(self, id: int) -> None:
        """Ask a job to stop: one that waits does at once, one that runs at its next step; one that is over stays so."""
        with self._database.writing() as connection:
            self.stop_within(connection, id)

    def stop_within(self, connection: Connection, id: int) -> bool:
        """The same in the caller's transaction; False where the job is over, so that nothing stops it any more."""
        waiting = update(JobRow).where(JobRow.id == id, JobRow.state == JobState.WAITING)
        stopped = connection.execute(waiting.values(state=JobState.STOPPED, ended_at=self._clock())).rowcount
        running = update(JobRow).where(JobRow.id == id, JobRow.state == JobState.RUNNING)
        return bool(stopped + connection.execute(running.values(stop_asked=True)).rowcount)

    def stop_all_within(self, connection: Connection, subject: int, kind: JobKind) -> bool:
        """Stop what of this kind is to be done with a subject, in the caller's transaction; False where nothing is."""
        stopped = [self.stop_within(connection, id) for id in connection.execute(_going_on(subject, [kind])).scalars()]
        return any(stopped)

    def makers(self, subject: int, *kinds: JobKind) -> frozenset[int]:
        """The accounts that had something of these kinds done with a subject."""
        with self._database.reading() as connection:
            made = select(JobRow.made_by).where(JobRow.subject == subject, JobRow.kind.in_(kinds))
            return frozenset(by for by in connection.execute(made).scalars() if by is not None)

    def waits(self) -> bool:
        """Whether there is a job to take; a runner asks it again and again, and it writes nothing."""
        with self._database.reading() as connection:
            return connection.execute(select(JobRow.id).where(self._free()).limit(1)).scalar() is not None

    def take(self, runner: str) -> tuple[Job, Lease] | None:
        """Take the oldest job that waits, or whose runner's lease has run out; None when there is none.

        `runner` is a word that no other runner has. A job that was taken up too often fails with `gave_up`.
        """
        while True:
            with self._database.writing() as connection:
                oldest = select(JobRow.__table__).where(self._free()).order_by(JobRow.id).limit(1)
                row = connection.execute(oldest.with_for_update(skip_locked=True)).one_or_none()
                if row is None:
                    return None
                if row.tries < MOST_TRIES and not row.stop_asked:
                    now = self._clock()
                    values: dict[str, object] = {"state": JobState.RUNNING, "lease": runner, "tries": row.tries + 1}
                    values |= {"leased_until": now + LEASE, "started_at": now, "done": 0, "total": None}
                    taken = update(JobRow).where(JobRow.id == row.id).values(values).returning(JobRow.__table__)
                    job = _job(connection.execute(taken).one())
                    return job, Lease(self._database, self._clock, job.id, runner)
                ended = JobState.STOPPED if row.stop_asked else JobState.FAILED
                values = {"state": ended, "ended_at": self._clock(), "lease": None}
                values |= {} if row.stop_asked else {"refused": "gave_up", "facts": "{}"}
                connection.execute(update(JobRow).where(JobRow.id == row.id).values(values))

    def let_go(self, runner: str) -> None:
        """Say that a runner is dead: what it held waits again, without the rest of its lease."""
        with self._database.writing() as connection:
            held = update(JobRow).where(JobRow.lease == runner, JobRow.state == JobState.RUNNING)
            connection.execute(held.values(state=JobState.WAITING, lease=None))

    def refuse_another(self, connection: Connection, subject: int, *kinds: JobKind) -> None:
        """Raises Refused(`job_under_way`) when something of these kinds is being done with a subject already."""
        if self.is_under_way(connection, subject, *kinds):
            raise Refused("job_under_way")

    @staticmethod
    def is_under_way(connection: Connection, subject: int, *kinds: JobKind) -> bool:
        """Whether something of these kinds waits or is being done."""
        return connection.execute(_going_on(subject, kinds).limit(1)).scalar() is not None

    def _free(self) -> ColumnElement[bool]:
        now = self._clock()
        lapsed = and_(JobRow.state == JobState.RUNNING, JobRow.leased_until < now)
        due = or_(JobRow.not_before.is_(None), JobRow.not_before <= now)
        return or_(and_(JobRow.state == JobState.WAITING, due), lapsed)


def _going_on(subject: int, kinds: Sequence[JobKind]) -> AnySelect:
    over = [str(state) for state in OVER]
    return select(JobRow.id).where(JobRow.subject == subject, JobRow.kind.in_(kinds), JobRow.state.not_in(over))


def _job(row: AnyRow) -> Job:
    values = {name: getattr(row, name) for name in Job.__dataclass_fields__}
    opened = {name: json.loads(values[name] or "null") for name in JSON_FIELDS}
    opened["facts"] = opened["facts"] or {}
    return Job(**{**values, **opened, "kind": JobKind(row.kind), "state": JobState(row.state)})
