"""Plans of many families, which a runner works out while their office looks at how far it is."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select

from salur.core.errors import NotThere, Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import JobKind
from salur.core.jobs.lease import Lease
from salur.core.officers.queries import OFFICER, officer_of
from salur.core.officers.roles import Officer
from salur.core.payouts.places.known import Facts
from salur.core.payouts.spreading.answers import Begun, UnderWay, Wish
from salur.core.payouts.spreading.spreading import AT_A_GLANCE, Spreading
from salur.core.payouts.spreading.wishes import read_wish, told_wish
from salur.core.regions.territory import Territory
from salur.core.storage.database import Database
from salur.core.storage.open_accounts import is_open
from salur.core.tables.officers import AccountRow


class LargePlans:
    """Puts plans of an office into the queue, one at a time, and works them out."""

    def __init__(self, database: Database, jobs: Jobs, spreading: Spreading) -> None:
        self._database = database
        self._jobs = jobs
        self._spreading = spreading

    def begin(self, officer: Officer, wish: Wish, *, instead: int | None = None) -> Begun:
        """Make a plan at once, or have it made where it is about more families than somebody likes to wait for.

        Raises: as `Spreading.propose`; Refused(`job_under_way`).
        """
        if self._spreading.count(officer, wish) <= AT_A_GLANCE:
            return Begun(draft=self._spreading.propose(officer, wish, instead=instead))
        subject = _office(officer.territory)
        with self._database.writing() as connection:
            self._jobs.refuse_another(connection, subject, JobKind.SPREAD)
            told = {"wish": told_wish(wish), "instead": instead}
            return Begun(job=self._jobs.add(connection, JobKind.SPREAD, subject, told, officer.account))

    def show(self, officer: Officer, id: int) -> UnderWay:
        """One of the officer's own office. Raises NotThere(`no_such_job`)."""
        job = self._jobs.show(id)
        if job.kind is not JobKind.SPREAD or job.subject != _office(officer.territory):
            raise NotThere("no_such_job")
        return _under_way(job)

    def newest(self, officer: Officer) -> UnderWay | None:
        """The last that the office began, whatever became of it."""
        subject = _office(officer.territory)
        job = self._jobs.last_of([subject], JobKind.SPREAD).get(subject)
        return _under_way(job) if job is not None else None

    def stop(self, officer: Officer, id: int) -> None:
        """Let it be. Raises NotThere(`no_such_job`)."""
        self._jobs.stop(self.show(officer, id).job.id)

    def run(self, job: Job, lease: Lease) -> None:
        """Work one out, as a runner, for the account that asked for it.

        Raises: as `Spreading.propose`; Refused(`planner_gone`); LeaseLost, StopAsked.
        """
        of = _under_way(job)
        with self._database.reading() as connection:
            asked = select(*OFFICER).where(AccountRow.id == job.made_by, is_open(connection, AccountRow))
            row = connection.execute(asked).one_or_none()
        if row is None:
            raise Refused("planner_gone")
        self._spreading.propose(
            officer_of(row),
            of.wish,
            instead=of.instead,
            then=lambda connection, id: lease.end(connection, {"draft": id}),
        )


def _office(territory: Territory) -> int:
    """An office as the subject of a job: the digits of its region."""
    return int(territory.region_code.replace(".", ""))


def _under_way(job: Job) -> UnderWay:
    instead = job.told.get("instead")
    return UnderWay(job, read_wish(cast("Facts", job.told["wish"])), instead if isinstance(instead, int) else None)
