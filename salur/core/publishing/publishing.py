"""Publishing at a set time: planned by whoever agreed to the change, checked again when the time has come.

If what it would change is no longer what was agreed to, nothing is published, and the office is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from salur.core.errors import Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import JobKind, JobState
from salur.core.jobs.lease import Lease
from salur.core.lists.answers import Agreement
from salur.core.lists.history import note
from salur.core.lists.kinds import ListEvent
from salur.core.lists.lists import Lists
from salur.core.storage.database import Database

FURTHEST = timedelta(days=60)


class Publishing:
    """Plans, cancels, and publishes when it is time."""

    def __init__(self, database: Database, jobs: Jobs, lists: Lists, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._jobs = jobs
        self._lists = lists
        self._clock = clock

    def plan(self, agreement: Agreement, at: datetime, *, by: int) -> int:
        """Have a draft published at a time; gives the id of the job. What may not be published may not be planned.

        Raises: as `Lists.publish`; Refused with `time_over`, `time_far` or `job_under_way`.
        """
        now = self._clock()
        if at <= now:
            raise Refused("time_over")
        if at > now + FURTHEST:
            raise Refused("time_far")
        self._lists.check(agreement, by=by)
        told = {"digest": agreement.digest.hex(), "yes": agreement.yes}
        with self._database.writing() as connection:
            self._lists.lock(connection, agreement.list)
            self._jobs.refuse_another(connection, agreement.list, lists=True)
            note(connection, agreement.list, ListEvent.PLANNED, now, by)
            return self._jobs.add(connection, JobKind.PUBLISH, agreement.list, told, by, not_before=at)

    def newest(self, id: int) -> Job | None:
        """The newest plan of a list, whatever became of it; None where there never was one."""
        return self._jobs.last_of([id], lists=True).get(id)

    def cancel(self, id: int, *, by: int) -> None:
        """Take the plan of a list back; what is over stays so."""
        job = self.newest(id)
        if job is None or job.state is not JobState.WAITING:
            return
        self._jobs.stop(job.id)
        with self._database.writing() as connection:
            note(connection, id, ListEvent.PLAN_CANCELLED, self._clock(), by)

    def carry_out(self, job: Job, lease: Lease) -> None:
        """Publish what is due, in one transaction with the job's end: it is both, or neither.

        Raises: as `Lists.publish`; LeaseLost, StopAsked.
        """
        agreed = Agreement(job.subject, bytes.fromhex(str(job.told["digest"])), yes=bool(job.told["yes"]))
        self._lists.publish(agreed, by=job.made_by, within=lambda connection: lease.end(connection, {}))
