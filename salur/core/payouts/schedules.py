"""A schedule comes in: places and sittings. A changed row replaces the sitting and remembers what it replaced."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

from sqlalchemy import Connection, select

from salur.core.errors import Asked, Meanwhile, NotThere, Refused
from salur.core.lists.kinds import RowId
from salur.core.officers.roles import Officer
from salur.core.payouts.answers import FileKind, FileReport, FileState, PayoutFile, PlaceKind, Question
from salur.core.payouts.files import CONSOLE, PayoutFiles, file_of, insert_file, reported
from salur.core.payouts.kinds import Announcement, By, ScheduledSitting, SittingState
from salur.core.payouts.places.known import Facts, Places
from salur.core.payouts.planning.clashes import Clashes
from salur.core.payouts.planning.effects import built_on, changed, put_back, put_in_force
from salur.core.payouts.questions import questions
from salur.core.payouts.steps import Step, steps, usable
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ProgrammeRow
from salur.core.tables.payouts import PayoutFileRow, SittingRow

DOES = ("added", "changed", "deadline", "unchanged", "cancelled")
READ_BACK = {
    "kind": PlaceKind,
    "date": dt.date.fromisoformat,
    "deadline": dt.date.fromisoformat,
    "starts": dt.time.fromisoformat,
    "ends": dt.time.fromisoformat,
}


class Todo(NamedTuple):
    """What publishing a draft would do, as things stand now."""

    steps: list[Step]
    cancels: list[int]
    places: Places
    questions: tuple[Question, ...]  # all that is asked
    new: tuple[Question, ...]  # of these, what nobody has said yes to yet

    @property
    def digest(self) -> str:
        """Of all that somebody sees of it before they agree."""
        told = [[asdict(step.sitting), step.does, step.replaced.id if step.replaced else None] for step in self.steps]
        text = json.dumps([told, self.cancels, self.questions], default=str)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Schedules(PayoutFiles):
    """Takes schedules in, publishes and undoes them.

    `officer`: who plans at the desk, and then it is about their own area alone; None for the console.
    """

    kind = FileKind.SCHEDULE

    def check(self, read: Announcement, *, programme: str | None = None, period: str | None = None) -> FileReport:
        """What would become of each row, and what would be asked; writes nothing."""
        with self._database.reading() as connection:
            programmes = set(connection.execute(select(ProgrammeRow.code)).scalars())
            return self._looked_at(connection, read, programme, period, programmes)[1]

    def add(
        self,
        read: Announcement,
        digest: bytes,
        *,
        programme: str | None = None,
        period: str | None = None,
        agreed: bool = False,
    ) -> tuple[int, FileReport]:
        """Write a draft, which no resident sees; gives its number and what became of each row.

        `programme` and `period` fill what rows lack. `agreed`: the operator says yes to all that is asked.

        Raises: Asked; NothingFits; Refused with `unknown_programme` or `file_imported_before` (facts: file, state).
        """
        with self._database.writing() as connection:
            return self.draft(connection, read, digest, programme=programme, period=period, agreed=agreed)

    def draft(
        self,
        connection: Connection,
        read: Announcement,
        digest: bytes,
        *,
        programme: str | None = None,
        period: str | None = None,
        agreed: bool | None = None,
        cancels: Collection[int] = (),
        by: int | None = None,
        territory: Territory | None = None,
        plan: Mapping[str, object] | None = None,
        spread: Mapping[str, object] | None = None,
    ) -> tuple[int, FileReport]:
        """The same, in the caller's transaction. `agreed` None: what is asked is asked when the draft is published.

        `cancels`: sittings that will not be held. `territory`: rows about other areas are refused. `plan`: what was
        filled in at the desk; `spread`: what families are spread by.
        """
        programmes = self._lock_programmes(connection)
        if programme is not None and programme not in programmes:
            raise Refused("unknown_programme", programme=programme)
        sittings, report = self._looked_at(connection, read, programme, period, programmes, cancels, territory)
        values = self._add(connection, report, digest, programme=programme, period=period)
        if report.questions and agreed is False:
            raise Asked(report)
        content = {
            "sittings": [asdict(sitting) for sitting in sittings],
            "cancels": sorted(cancels),
            "agreed": report.questions if agreed else [],
            "faults": _unclear(read, sittings),
            "of": _regions_of(connection, cancels),
            "plan": plan or {},
            "spread": spread,
        }
        office = territory.region_code if territory else None
        values |= {"content": json.dumps(content, default=str), "made_by": by, "region_code": office}
        return insert_file(connection, values), report

    def publish(
        self, id: int, *, agreed: bool = False, seen: str | None = None, officer: Officer | None = None
    ) -> PayoutFile:
        """Let residents see what a draft says; a changed sitting tells what it was.

        `seen`: the digest of what was shown to whom publishes it.

        Raises: NotThere; Refused(`file_not_a_draft`, facts: state); Meanwhile, where it would do something else than
        was shown; Asked, about what was not asked when the draft was made.
        """

        def do(connection: Connection, row: AnyRow) -> dict[str, object]:
            refuse_elsewhere(row, officer)
            todo = self.todo(connection, row)
            if seen is not None and seen != todo.digest:
                raise Meanwhile()
            if todo.new and not agreed:
                file = file_of(row)
                raise Asked(FileReport(file.rows, file.counts, file.not_used, tuple(sorted(todo.new, key=str))))
            counts, by = _counted(todo.steps, todo.cancels), officer.account if officer else None
            done = put_in_force(connection, todo.steps, todo.cancels, todo.places, id, by, self._clock())
            return {"done": json.dumps(done), "counts": json.dumps(counts)}

        return self._publish(id, do, By(officer.account) if officer else CONSOLE)

    def take_back(self, id: int, officer: Officer) -> PayoutFile:
        """`undo`, by an officer whose area it is about. Raises: as `undo`."""
        with self._database.reading() as connection:
            refuse_elsewhere(self._row(connection, id), officer)
        return self.undo(id, By(officer.account))

    def todo(self, connection: Connection, row: AnyRow) -> Todo:
        """What publishing a draft would do now. Raises Meanwhile where a sitting that it is about stands no more."""
        content = json.loads(row.content)
        places = Places(connection)
        sittings, cancels = read_back(row), list(content.get("cancels", ()))
        _refuse_gone(connection, cancels)
        todo = steps(connection, sittings, places)
        asked = self._asked(connection, todo, places, cancels)
        asked += tuple(Question(*told) for told in content.get("faults", ()))
        kept = {Question(*told) for told in content["agreed"]}
        return Todo(todo, cancels, places, asked, tuple(one for one in asked if one not in kept))

    def _asked(
        self, connection: Connection, todo: Sequence[Step], places: Places, cancels: Collection[int]
    ) -> tuple[Question, ...]:
        now = self._clock()
        clashes = Clashes(connection, todo, places, now, cancels).found()
        return tuple(dict.fromkeys((*questions(connection, todo, places, now), *clashes)))

    def _looked_at(
        self,
        connection: Connection,
        read: Announcement,
        programme: str | None,
        period: str | None,
        programmes: set[str],
        cancels: Collection[int] = (),
        territory: Territory | None = None,
    ) -> tuple[list[ScheduledSitting], FileReport]:
        sittings, out = usable(read.sittings, programme, period, programmes, territory)
        places = Places(connection)
        todo = steps(connection, sittings, places)
        unclear = (Question(row, code) for row, code in _unclear(read, sittings))
        asked = (*self._asked(connection, todo, places, cancels), *unclear)
        rows = len(read.sittings) + len(cancels)
        return sittings, reported(read, rows, _counted(todo, cancels), out, questions=asked)

    def _take_back(self, connection: Connection, row: AnyRow) -> None:
        done = json.loads(row.done)
        later = select(PayoutFileRow.id, PayoutFileRow.done).where(
            PayoutFileRow.kind == self.kind, PayoutFileRow.state == FileState.PUBLISHED, PayoutFileRow.turn > row.turn
        )
        for other in connection.execute(later.order_by(PayoutFileRow.turn.desc())):
            if changed(done) & built_on(json.loads(other.done)):
                raise Refused("undo_first", file=other.id)
        put_back(connection, done, row.id, self._clock())

    def _lock(self, connection: Connection, row: AnyRow) -> None:
        self._lock_programmes(connection)

    @staticmethod
    def _lock_programmes(connection: Connection) -> set[str]:
        """All of them, so that two schedules go one after the other: they share places."""
        locked = select(ProgrammeRow.code).order_by(ProgrammeRow.code).with_for_update()
        return set(connection.execute(locked).scalars())


def refuse_elsewhere(row: AnyRow, officer: Officer | None) -> None:
    """Raises NotThere(`no_such_file`) for an officer, where a schedule is about more than their own area."""
    if officer is not None and not is_within(row, officer.territory):
        raise NotThere("no_such_file", file=row.id)


def is_within(row: AnyRow, territory: Territory) -> bool:
    """Whether all sittings of a schedule are for areas within this one; what older ones held is not known."""
    content = json.loads(row.content) if row.content else {"sittings": []}
    codes = {sitting["region_code"] for sitting in content["sittings"]} | set(content.get("of", ()))
    return bool(codes) and all(territory.covers(Territory(code)) for code in codes)


def read_back(row: AnyRow) -> list[ScheduledSitting]:
    """The sittings as a draft keeps them."""
    return [_read_back(sitting) for sitting in json.loads(row.content)["sittings"]]


def _unclear(read: Announcement, sittings: Sequence[ScheduledSitting]) -> list[tuple[RowId, str]]:
    used = {sitting.row for sitting in sittings}
    return [
        (fault.row, "deadline_unclear") for fault in read.faults if fault.column == "deadline" and fault.row in used
    ]


def _regions_of(connection: Connection, ids: Collection[int]) -> list[str]:
    found = select(SittingRow.region_code).where(SittingRow.id.in_(ids)).distinct()
    return sorted(connection.execute(found).scalars())


def _refuse_gone(connection: Connection, ids: Collection[int]) -> None:
    active = select(SittingRow.id).where(SittingRow.id.in_(ids), SittingRow.state == SittingState.ACTIVE)
    if len(set(connection.execute(active).scalars())) != len(set(ids)):
        raise Meanwhile()


def _counted(todo: Sequence[Step], cancels: Collection[int] = ()) -> dict[str, int]:
    counted = Counter(step.does for step in todo)
    counted["cancelled"] = len(cancels)
    return {does: counted[does] for does in DOES if counted[does] or does != "cancelled"}


def _read_back(kept: Facts) -> ScheduledSitting:
    """A sitting as a draft keeps it."""
    read: Facts = {
        name: READ_BACK[name](value) if name in READ_BACK and value is not None else value
        for name, value in kept.items()
    }
    return ScheduledSitting(**read)
