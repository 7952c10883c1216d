"""A schedule comes in: places and sittings. A changed row replaces the sitting and remembers what it replaced."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, insert, select, update

from salur.core.errors import Asked, Refused
from salur.core.payouts.answers import FileKind, FileReport, FileState, PayoutFile, PlaceKind, Question
from salur.core.payouts.files import PayoutFiles, file_of, insert_file, reported
from salur.core.payouts.kinds import Announcement, ScheduledSitting, SittingState
from salur.core.payouts.places import FACTS, Facts, Places
from salur.core.payouts.questions import questions
from salur.core.payouts.steps import Step, moments_of, steps, usable
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ProgrammeRow
from salur.core.tables.payouts import PayoutFileRow, PlaceRow, SittingRow

DOES = ("added", "changed", "deadline", "unchanged")
READ_BACK = {
    "kind": PlaceKind,
    "date": dt.date.fromisoformat,
    "deadline": dt.date.fromisoformat,
    "starts": dt.time.fromisoformat,
    "ends": dt.time.fromisoformat,
}


class Schedules(PayoutFiles):
    """Takes schedules in, publishes and undoes them."""

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
            programmes = self._lock_programmes(connection)
            if programme is not None and programme not in programmes:
                raise Refused("unknown_programme", programme=programme)
            sittings, report = self._looked_at(connection, read, programme, period, programmes)
            values = self._add(connection, report, digest, programme=programme, period=period)
            if report.questions and not agreed:
                raise Asked(report)
            content = {"sittings": [asdict(sitting) for sitting in sittings], "agreed": report.questions}
            return insert_file(connection, {**values, "content": json.dumps(content, default=str)}), report

    def publish(self, id: int, *, agreed: bool = False) -> PayoutFile:
        """Let residents see what a draft says; a changed sitting tells what it was.

        Raises: Refused with `no_such_file` or `file_not_a_draft` (facts: state); Asked, about what was not asked when
        the draft was made.
        """

        def put_in_force(connection: Connection, row: AnyRow) -> dict[str, object]:
            content = json.loads(row.content)
            places, now = Places(connection), self._clock()
            todo = steps(connection, [_read_back(sitting) for sitting in content["sittings"]], places)
            new = set(questions(connection, todo, places, now)) - {Question(*asked) for asked in content["agreed"]}
            if new and not agreed:
                file = file_of(row)
                raise Asked(FileReport(file.rows, file.counts, file.not_used, tuple(sorted(new, key=str))))
            counts = _counted(todo)
            return {"done": json.dumps(_do(connection, todo, places)), "counts": json.dumps(counts)}

        return self._publish(id, put_in_force)

    def _looked_at(
        self,
        connection: Connection,
        read: Announcement,
        programme: str | None,
        period: str | None,
        programmes: set[str],
    ) -> tuple[list[ScheduledSitting], FileReport]:
        sittings, out = usable(read.sittings, programme, period, programmes)
        places = Places(connection)
        todo = steps(connection, sittings, places)
        used = {sitting.row for sitting in sittings}
        unclear = [f.row for f in read.faults if f.column == "deadline" and f.row in used]
        asked = (
            *questions(connection, todo, places, self._clock()),
            *(Question(row, "deadline_unclear") for row in unclear),
        )
        return sittings, reported(read, len(read.sittings), _counted(todo), out, questions=asked)

    def _take_back(self, connection: Connection, row: AnyRow) -> None:
        done = json.loads(row.done)
        later = select(PayoutFileRow.id, PayoutFileRow.done).where(
            PayoutFileRow.kind == self.kind, PayoutFileRow.state == FileState.PUBLISHED, PayoutFileRow.turn > row.turn
        )
        for other in connection.execute(later.order_by(PayoutFileRow.turn.desc())):
            if _changed(done) & _built_on(json.loads(other.done)):
                raise Refused("undo_first", file=other.id)
        _set_state(connection, done["added"], SittingState.UNDONE)
        _set_state(connection, done["replaced"], SittingState.ACTIVE)
        for id, was in done["deadlines"]:
            day = dt.date.fromisoformat(was) if was else None
            connection.execute(update(SittingRow).where(SittingRow.id == id).values(deadline=day))
        for id, before in reversed(done["places"]):
            connection.execute(update(PlaceRow).where(PlaceRow.id == id).values(before))
        _forget_facts(connection, done["new_places"])

    def _lock(self, connection: Connection, row: AnyRow) -> None:
        self._lock_programmes(connection)

    @staticmethod
    def _lock_programmes(connection: Connection) -> set[str]:
        """All of them, so that two schedules go one after the other: they share places."""
        locked = select(ProgrammeRow.code).order_by(ProgrammeRow.code).with_for_update()
        return set(connection.execute(locked).scalars())


def _do(connection: Connection, todo: Sequence[Step], places: Places) -> Facts:
    """Write what the steps say; gives what was changed, as `_take_back` needs it."""
    done: Facts = {
        "added": [], "replaced": [], "deadlines": [], "places": [], "new_places": [], "at": []
    }  # fmt: skip
    for step in todo:
        place, is_new, before = places.bring_in_step(step.sitting)
        if before:
            done["places"].append([place, before])
        if is_new:
            done["new_places"].append(place)
        done["at"].append(place)
        if step.same is None:
            if step.replaced is not None:
                _set_state(connection, [step.replaced.id], SittingState.REPLACED)
                done["replaced"].append(step.replaced.id)
            done["added"].append(_insert(connection, step, place))
        elif step.does == "deadline":
            deadline = step.sitting.deadline
            connection.execute(update(SittingRow).where(SittingRow.id == step.same.id).values(deadline=deadline))
            was = step.same.deadline
            done["deadlines"].append([step.same.id, was.isoformat() if was else None])
    done["at"] = sorted(set(done["at"]))
    return done


def _insert(connection: Connection, step: Step, place: int) -> int:
    sitting = step.sitting
    starts, ends = moments_of(sitting)
    values = {
        "programme_code": sitting.programme,
        "period": sitting.period,
        "region_code": sitting.region_code,
        "rw": sitting.rw,
        "rt": sitting.rt,
        "place_id": place,
        "starts_at": starts,
        "ends_at": ends,
        "deadline": sitting.deadline,
        "state": SittingState.ACTIVE,
        "replaces_id": step.replaced.id if step.replaced is not None else None,
    }
    return int(connection.execute(insert(SittingRow).values(values).returning(SittingRow.id)).scalar_one())


def _changed(done: Facts) -> set[tuple[str, int]]:
    """The sittings that a schedule changed, and the places of which it said otherwise than was known."""
    sittings = [*done["added"], *done["replaced"], *(id for id, _ in done["deadlines"])]
    return {("sitting", id) for id in sittings} | {("place", id) for id, _ in done["places"]}


def _built_on(done: Facts) -> set[tuple[str, int]]:
    """The same, and the places that it named as they were."""
    return _changed(done) | {("place", id) for id in done["at"]}


def _forget_facts(connection: Connection, places: Collection[int]) -> None:
    """What a schedule said of new places goes with it, unless another has announced sittings there since."""
    for id in places:
        used = select(SittingRow.id).where(SittingRow.place_id == id, SittingRow.state != SittingState.UNDONE)
        if connection.execute(used.limit(1)).scalar() is None:
            connection.execute(update(PlaceRow).where(PlaceRow.id == id).values(dict.fromkeys(FACTS)))


def _set_state(connection: Connection, ids: Collection[int], state: SittingState) -> None:
    for id in ids:
        connection.execute(update(SittingRow).where(SittingRow.id == id).values(state=state))


def _counted(todo: Sequence[Step]) -> dict[str, int]:
    counted = Counter(step.does for step in todo)
    return {does: counted[does] for does in DOES}


def _read_back(kept: Facts) -> ScheduledSitting:
    """A sitting as a draft keeps it."""
    read: Facts = {
        name: READ_BACK[name](value) if name in READ_BACK and value is not None else value
        for name, value in kept.items()
    }
    return ScheduledSitting(**read)
