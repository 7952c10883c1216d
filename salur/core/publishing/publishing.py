"""Publishing as a job: asked for on the site, done by a runner, in one transaction as ever.

What was agreed to is kept with the job, and looked at again when its time has come: if publishing would change anything
else by then, nothing is published, and the office is asked anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from salur.core.errors import FieldRefused, Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import JobKind
from salur.core.jobs.lease import Lease
from salur.core.lists.answers import Agreement, Published
from salur.core.lists.kinds import ListEvent, ListState
from salur.core.lists.lists import Lists
from salur.core.publishing.ahead import Ahead
from salur.core.storage.database import Database

LATEST = timedelta(days=60)  # a change that was looked at so long ago is another


class Publishing:
    """The office's side, and the runner's."""

    def __init__(
        self, database: Database, jobs: Jobs, lists: Lists, ahead: Ahead, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._lists = lists
        self._ahead = ahead
        self._clock = clock

    def plan(self, agreement: Agreement, *, by: int, at: datetime | None = None) -> None:
        """Have a draft published, as it was agreed to, as soon as there is a runner, or at a time.

        Raises: FieldRefused(`time_past` or `time_too_far`) for `at`; what `Lists.publish` raises, Refused with
        `change_under_way` while it is not known what changes, or with `job_under_way` when it is planned already.
        """
        now = self._clock()
        if at is not None and at < now:
            raise FieldRefused("at", "time_past")
        if at is not None and at > now + LATEST:
            raise FieldRefused("at", "time_too_far", days=LATEST.days)
        change = self._ahead.change(agreement.list, by=by)
        if isinstance(change, Job):
            raise Refused("change_under_way")
        self._lists.check(agreement, by=by, change=change)
        told = {"digest": agreement.digest.hex(), "yes": agreement.yes, "states": agreement.states}
        with self._database.writing() as connection:
            row = self._lists.locked(connection, agreement.list)
            if row.state != ListState.DRAFT:
                raise Refused("not_a_draft", list=row.id, state=row.state)
            self._jobs.refuse_another(connection, agreement.list, JobKind.PUBLISH)
            self._jobs.add(connection, JobKind.PUBLISH, agreement.list, told, by, not_before=at)
            self._lists.note(connection, agreement.list, ListEvent.PLANNED, by=by)

    def planned(self, list_id: int) -> Job | None:
        """What was planned of a list last; None where nothing was."""
        return self._jobs.last_of([list_id], JobKind.PUBLISH).get(list_id)

    def call_off(self, list_id: int, *, by: int) -> bool:
        """Publish it not, after all; False where it is too late, or was never planned."""
        job = self.planned(list_id)
        if job is None:
            return False
        with self._database.writing() as connection:
            self._lists.locked(connection, list_id)  # before the job, in the order in which a runner takes them
            called_off = self._jobs.stop_within(connection, job.id)
            if called_off:
                self._lists.note(connection, list_id, ListEvent.CALLED_OFF, by=by)
        return called_off

    def run(self, job: Job, lease: Lease) -> Published:
        """Publish, in one transaction with the end of the job. Raises LeaseLost, StopAsked, and as `publish`."""

        def end(connection: Connection) -> None:
            lease.end(connection, {"list": job.subject})

        yes, states = (bool(job.told.get(name)) for name in ("yes", "states"))
        agreement = Agreement(job.subject, bytes.fromhex(str(job.told["digest"])), yes=yes, states=states)
        return self._lists.publish(agreement, by=job.made_by, within=end)
