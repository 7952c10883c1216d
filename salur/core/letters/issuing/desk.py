"""The office's side of letters: choose, see how many, have them printed, fetch the file, withdraw.

All within an officer's area. Letters themselves are made by a runner (`work.py`); one family's at once (`single.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from salur.core.errors import NotThere, Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import JobKind
from salur.core.letters.issuing.answers import Choice, Counted, KnownRound, Printing
from salur.core.letters.issuing.gathering import gather
from salur.core.letters.issuing.keeping import FETCHED, add_printing, drop_old_files, opened, parts_kept
from salur.core.letters.issuing.kinds import Paper, PrintingKind, WhyNot, Withdrawal
from salur.core.letters.issuing.queries import NONE, Sums, basis_of, people_of, rounds_in, sums_of
from salur.core.limits.kinds import Door
from salur.core.officers.roles import DESK, Officer
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.people.letter_codes import LetterState
from salur.core.privacy.access_log import AccessLog
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.regions.region import VILLAGE
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.letters import LetterRow, PrintingRow
from salur.core.tables.lists import ProgrammeRow
from salur.core.tables.payouts import SittingRow
from salur.core.tables.regions import RegionRow

MOST = 10_000  # letters of one printing
ON_A_PAGE = 20


class LetterDesk:
    """Answers offices: kelurahan, kecamatan, Dinas Sosial. For other roles there is no such desk."""

    def __init__(
        self, database: Database, vault: Vault, access: AccessLog, jobs: Jobs, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._jobs = jobs
        self._clock = clock

    def rounds(self, officer: Officer) -> tuple[KnownRound, ...]:
        """For which programmes and periods lists are in force in the officer's area."""
        _check(officer)
        with self._database.reading() as connection:
            return rounds_in(connection, Scope.of(officer))

    def count(self, officer: Officer, choice: Choice) -> Counted:
        """How many letters that would be, as things are now.

        Raises: NotThere; Refused with `choose_kelurahan` or `too_many_letters` (facts: found, most).
        """
        _check(officer)
        with self._database.reading() as connection:
            choice = self._within(connection, officer, choice)
            people = Scope.of(officer, choice.area).people
            _, counted = gather(
                connection, self._vault, people, choice.programme, choice.period, self._clock(), sitting=choice.sitting
            )
        return counted

    def print(self, officer: Officer, choice: Choice) -> int:
        """Have letters printed; gives the number of the printing. The same choice again is a reprint: when it is ready,
        the letters of before are replaced.

        Raises as `count`, and Refused(`job_under_way`) where the same office has the same under way.
        """
        _check(officer)
        with self._database.writing() as connection:
            choice = self._within(connection, officer, choice)
            self._refuse_another(connection, officer, choice)
            id = add_printing(connection, _values(officer, choice, self._clock()))
            self._jobs.add(connection, JobKind.PRINT, id, {}, officer.account)
        return id

    def printings(self, officer: Officer, asked: int) -> Page[Printing]:
        """A page of what was printed in the officer's area, the newest first."""
        _check(officer)
        with self._database.reading() as connection:
            count = connection.execute(select(func.count()).select_from(_official(officer).subquery())).scalar_one()
            newest = _official(officer).order_by(PrintingRow.id.desc())
            page = Page.read(asked, count, ON_A_PAGE, lambda limit, offset: connection.execute(
                newest.limit(limit).offset(offset)).all())  # fmt: skip
            sums = sums_of(connection, [row.id for row in page])
        jobs = self._jobs.last_of([row.id for row in page], JobKind.PRINT)
        return page.map(lambda row: self._printing(row, officer, sums.get(row.id, NONE), jobs.get(row.id)))

    def show(self, officer: Officer, id: int) -> Printing:
        """One printing. Raises NotThere(`no_such_printing`)."""
        _check(officer)
        with self._database.reading() as connection:
            row = _row(connection, officer, id)
            sums = sums_of(connection, [id]).get(id, NONE)
        return self._printing(row, officer, sums, self._jobs.last_of([id], JobKind.PRINT).get(id))

    def parts(self, officer: Officer, id: int) -> int:
        """How many files there are to fetch: none for anybody but who printed them, and none after a day."""
        printing = self.show(officer, id)
        if printing.fetched_until is None:
            return 0
        with self._database.reading() as connection:
            return parts_kept(connection, id)

    def fetch(self, officer: Officer, id: int, part: int) -> bytes:
        """A file to print, for whoever had it made, within a day. That it was fetched is recorded, of each payee too.

        Raises NotThere(`no_such_printing`).
        """
        printing = self.show(officer, id)
        if printing.fetched_until is None:
            raise NotThere("no_such_printing")
        with self._database.writing() as connection:
            content = b"".join(opened(connection, self._vault, id, part))
            if not content:
                raise NotThere("no_such_printing")
            payees = people_of(connection, id)
            self._access.record(connection, payees, officer, door=Door.SITE, what="letter")
            self._note(connection, officer, "fetched", printing, file=part)
        return content

    def withdraw(self, officer: Officer, id: int, why: Withdrawal, number: int | None = None) -> int:
        """Letters are good no longer: all of a printing, or the one of this number; gives how many that were.

        Raises: NotThere(`no_such_printing`, `no_such_letter`).
        """
        printing, now = self.show(officer, id), self._clock()
        with self._database.writing() as connection:
            mine = update(LetterRow).where(LetterRow.printing_id == id, LetterRow.state == LetterState.GENUINE)
            if number is not None:
                mine = mine.where(LetterRow.number == number)
            count = connection.execute(mine.values(state=LetterState.WITHDRAWN, state_at=now)).rowcount
            if number is not None and not count:
                raise NotThere("no_such_letter")
            if number is None:
                self._jobs.stop_all_within(connection, id, JobKind.PRINT)
                values = {"withdrawn_at": now, "withdrawn_by": officer.account, "withdrawn_why": str(why)}
                connection.execute(update(PrintingRow).where(PrintingRow.id == id).values(values))
                drop_old_files(connection, now)
            self._note(connection, officer, "withdrawn", printing, letters=count, why=str(why))
        return count

    def stop(self, officer: Officer, id: int) -> None:
        """Stop a printing that is under way: nothing of it is left. Raises NotThere(`no_such_printing`)."""
        self.show(officer, id)
        with self._database.writing() as connection:
            self._jobs.stop_all_within(connection, id, JobKind.PRINT)

    def _within(self, connection: Connection, officer: Officer, choice: Choice) -> Choice:
        """The choice with its area: of the sitting, or as it is, cut to the officer's own."""
        area = choice.area
        if choice.sitting is not None:
            area = _area_of(connection, officer, choice)
        elif len(area.region_code) < VILLAGE:
            raise Refused("choose_kelurahan")
        elif not officer.territory.covers(area):
            raise NotThere("no_such_area")
        found, _ = basis_of(connection, Scope.of(officer, area).people, choice.programme, choice.period)
        if found > MOST:
            raise Refused("too_many_letters", found=found, most=MOST)
        return Choice(choice.programme, choice.period, area, choice.sitting, choice.paper, choice.language)

    def _refuse_another(self, connection: Connection, officer: Officer, choice: Choice) -> None:
        same = _official(officer).where(
            PrintingRow.ready_at.is_(None),
            PrintingRow.withdrawn_at.is_(None),
            PrintingRow.programme_code == choice.programme,
            PrintingRow.period == choice.period,
            PrintingRow.region_code == choice.area.region_code,
            PrintingRow.rw.is_not_distinct_from(choice.area.rw),
            PrintingRow.rt.is_not_distinct_from(choice.area.rt),
        )
        for row in connection.execute(same):
            self._jobs.refuse_another(connection, row.id, JobKind.PRINT)

    def _printing(self, row: AnyRow, officer: Officer, sums: Sums, job: Job | None) -> Printing:
        until = row.ready_at + FETCHED if row.ready_at is not None else None
        fetched = until is not None and row.made_by == officer.account and row.withdrawn_at is None
        area = Territory(row.region_code, row.rw, row.rt)
        return Printing(
            id=row.id,
            choice=Choice(row.programme_code, row.period, area, row.sitting_id, Paper(row.paper), row.language),
            kind=PrintingKind(row.kind),
            programme_name=row.programme_name,
            place=row.place or row.region_code,
            letters=row.letters if row.ready_at is not None else 0,
            first_number=row.first_number,
            made_at=row.made_at,
            ready_at=row.ready_at,
            withdrawn_at=row.withdrawn_at,
            withdrawn_why=Withdrawal(row.withdrawn_why) if row.withdrawn_why else None,
            counted=_counted(job.result) if job is not None and job.result else None,
            job=job,
            fetched_until=until if fetched and until is not None and until > self._clock() else None,
            **sums._asdict(),
        )

    def _note(
        self, connection: Connection, officer: Officer, what: str, printing: Printing, **facts: str | int
    ) -> None:
        choice = printing.choice
        note(
            connection, officer, RecordKind.LETTERS, what, self._clock(), territory=choice.area,
            printing=printing.id, programme=choice.programme, period=choice.period, **facts,
        )  # fmt: skip


def _check(officer: Officer) -> None:
    if officer.role not in DESK:
        raise NotThere("no_such_desk")


def _official(officer: Officer) -> AnySelect:
    """Official printings of the officer's area."""
    own = Scope.of(officer).within(PrintingRow, PrintingRow.kind == PrintingKind.OFFICIAL)
    place = select(RegionRow.name).where(RegionRow.code == PrintingRow.region_code).scalar_subquery()
    return (
        select(PrintingRow.__table__, ProgrammeRow.name.label("programme_name"), place.label("place"))
        .join(ProgrammeRow, ProgrammeRow.code == PrintingRow.programme_code)
        .where(PrintingRow.id.in_(select(own.c.id)))
    )


def _row(connection: Connection, officer: Officer, id: int) -> AnyRow:
    row = connection.execute(_official(officer).where(PrintingRow.id == id)).one_or_none()
    if row is None:
        raise NotThere("no_such_printing")
    return row


def _area_of(connection: Connection, officer: Officer, choice: Choice) -> Territory:
    """Whom a sitting is for, as far as that is the officer's business."""
    row = connection.execute(select(SittingRow.__table__).where(SittingRow.id == choice.sitting)).one_or_none()
    area = Territory(row.region_code, row.rw, row.rt) if row is not None else None
    if row is None or area is None or (row.programme_code, row.period) != (choice.programme, choice.period):
        raise NotThere("no_such_sitting")
    if officer.territory.covers(area):
        return area
    if area.covers(officer.territory):
        return officer.territory
    raise NotThere("no_such_sitting")


def _values(officer: Officer, choice: Choice, now: datetime) -> Mapping[str, object]:
    return {
        "kind": str(PrintingKind.OFFICIAL),
        "programme_code": choice.programme,
        "period": choice.period,
        "region_code": choice.area.region_code,
        "rw": choice.area.rw,
        "rt": choice.area.rt,
        "sitting_id": choice.sitting,
        "paper": str(choice.paper),
        "language": choice.language,
        "made_by": officer.account,
        "made_at": now,
    }


def _counted(result: Mapping[str, object]) -> Counted:
    left_out = result["left_out"]
    assert isinstance(left_out, dict)
    return Counted(int(str(result["listed"])), int(str(result["letters"])), {WhyNot(w): n for w, n in left_out.items()})
