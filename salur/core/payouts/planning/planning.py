"""The desk's schedule: sittings of an office's own area, planned by hand or by workbook, looked at, published, undone.

Whatever is planned is a draft of `Schedules` first: no resident sees it, what speaks against it is asked, and one
transaction puts all of it in force.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from salur.core.errors import FieldRefused, Meanwhile, NotThere, Refused
from salur.core.officers.roles import Officer
from salur.core.officers.scope import inside
from salur.core.payouts.answers import AnnouncedSitting, FileKind, FileState, PayoutFile, PlaceKind
from salur.core.payouts.files import file_of
from salur.core.payouts.kinds import BESIDE, Announcement, ScheduledSitting
from salur.core.payouts.places.known import AT_HOME
from salur.core.payouts.places.queries import kept_place
from salur.core.payouts.planning.answers import LookedAt, Plan, PlanKind, WhenWhere, Whom
from salur.core.payouts.planning.looking import changes_of, plan_of
from salur.core.payouts.schedules import Schedules, is_within, refuse_elsewhere
from salur.core.payouts.timetable import TOLD, joined
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow, Database
from salur.core.tables.payouts import PayoutFileRow, SittingRow

OVER_SHOWN = timedelta(days=30)
MOST_FILES = 500  # the newest; older ones are on the console
HERE = SittingRow.__table__.c
Areas = Sequence[tuple[str, int | None, int | None, int]]  # region, RW, RT, and which sitting is replaced (or BESIDE)


class Planning:
    """Plans within an officer's area; what lies outside is not there."""

    def __init__(self, database: Database, clock: Callable[[], datetime], schedules: Schedules) -> None:
        self._database = database
        self._clock = clock
        self._schedules = schedules

    def board(self, officer: Officer, *, over: bool = False) -> tuple[AnnouncedSitting, ...]:
        """The sittings to come, soonest first; or those of the last 30 days that are over, latest first."""
        now = self._clock()
        statement = TOLD.where(inside(officer.territory, HERE), SittingRow.ends_at >= now - OVER_SHOWN)
        with self._database.reading() as connection:
            sittings = joined(connection.execute(statement))
        past = [one for one in sittings if one.sitting.ends < now]
        return tuple(reversed(past)) if over else tuple(one for one in sittings if one.sitting.ends >= now)

    def show(self, officer: Officer, id: int) -> AnnouncedSitting:
        """The sitting of this number, with all areas that come at the same time. Raises NotThere(`no_such_sitting`)."""
        with self._database.reading() as connection:
            return self._sitting(connection, officer, id)

    def files(self, officer: Officer) -> tuple[PayoutFile, ...]:
        """The schedules that are about the officer's own area, the newest first."""
        statement = select(PayoutFileRow.__table__).where(PayoutFileRow.kind == FileKind.SCHEDULE)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(PayoutFileRow.id.desc()).limit(MOST_FILES)).all()
        return tuple(file_of(row) for row in rows if is_within(row, officer.territory))

    def announce(
        self,
        officer: Officer,
        programme: str,
        period: str,
        whom: Whom,
        when: WhenWhere,
        *,
        instead: int | None = None,
    ) -> int:
        """Plan a sitting beside all that stand; gives the draft's number. `instead`: an earlier draft of it.

        Raises: FieldRefused (region_code: `not_your_area`, place: `no_such_place`); Refused(`unknown_programme`);
        NothingFits.
        """
        if not officer.territory.covers(Territory(whom.region_code)):
            raise FieldRefused("region_code", "not_your_area")
        areas = [(whom.region_code, rw, rt, BESIDE) for rw, rt in whom.areas]
        plan = Plan(PlanKind.NEW, None, programme, period, when, whom)
        return self._plan(officer, [(when, areas)], plan, instead)

    def move(self, officer: Officer, id: int, when: WhenWhere, *, instead: int | None = None) -> int:
        """Plan another day, hour or place for a sitting, all its areas; gives the draft's number.

        Raises: NotThere; FieldRefused(place); NothingFits.
        """
        sitting = self._active(officer, id)
        areas = [(area.region_code, area.rw, area.rt, area.sitting or 0) for area in sitting.areas]
        plan = Plan(PlanKind.MOVE, id, sitting.programme, sitting.period, when)
        return self._plan(officer, [(when, areas)], plan, instead)

    def split(
        self,
        officer: Officer,
        id: int,
        going: Collection[int],
        parts: tuple[tuple[int, ...], tuple[int, ...]],
        when: WhenWhere,
        *,
        instead: int | None = None,
    ) -> int:
        """Plan that some come at another time: of a sitting of several areas those `going`, by the sittings' numbers.

        A sitting of one area is split into its RW (of an RW: its RT): `parts` are those that stay and those that go.

        Raises: NotThere; FieldRefused (going: `nobody_goes`, `nobody_stays`; staying: `in_both`; place); NothingFits.
        """
        sitting = self._active(officer, id)
        stays = _as_it_is(sitting)
        told = (sitting.programme, sitting.period, when)
        plan = Plan(PlanKind.SPLIT, id, *told, going=tuple(sorted(going)), parts=parts)
        if len(sitting.areas) > 1:
            chosen = [area for area in sitting.areas if area.sitting in going]
            if not chosen or len(chosen) == len(sitting.areas):
                raise FieldRefused("going", "nobody_stays" if chosen else "nobody_goes")
            areas = [(area.region_code, area.rw, area.rt, area.sitting or 0) for area in chosen]
            return self._plan(officer, [(when, areas)], plan, instead)
        (area,) = sitting.areas
        if area.rt is not None:
            raise Refused("cannot_split")
        for numbers, code in zip(parts, ("nobody_stays", "nobody_goes"), strict=True):
            if not numbers:
                raise FieldRefused("parts", code)
        if set(parts[0]) & set(parts[1]):
            raise FieldRefused("parts", "in_both")
        halves = [
            [
                (area.region_code, *((area.rw, number) if area.rw is not None else (number, None)), area.sitting or 0)
                for number in part
            ]
            for part in parts
        ]
        both = [(stays, halves[0]), (when, halves[1])]
        return self._plan(officer, both, plan, instead)

    def cancel(self, officer: Officer, id: int) -> int:
        """Plan that a sitting is not held; gives the draft's number. Raises NotThere."""
        sitting = self._active(officer, id)
        ids = [area.sitting for area in sitting.areas if area.sitting is not None]
        with self._database.writing() as connection:
            draft = self._schedules.draft(
                connection, Announcement(), secrets.token_bytes(32), cancels=ids, by=officer.account,
                plan=asdict(Plan(PlanKind.CANCEL, id)), territory=officer.territory,
            )  # fmt: skip
        return draft[0]

    def look(self, officer: Officer, id: int) -> LookedAt:
        """One schedule. Raises NotThere(`no_such_file`)."""
        with self._database.reading() as connection:
            row = self._file(connection, officer, id)
            file = file_of(row)
            plan = plan_of(json.loads(row.content or "{}").get("plan"))
            if file.state is FileState.DRAFT:
                try:
                    todo = self._schedules.todo(connection, row)
                except Meanwhile:
                    return LookedAt(file, stale=True, plan=plan)
                changes = changes_of(connection, todo.steps, todo.cancels, todo.places)
                return LookedAt(file, changes, todo.new, todo.digest, plan=plan)
            done = json.loads(row.done or "{}")
            ids = [*done.get("added", ()), *done.get("cancelled", ()), *(one for one, _ in done.get("deadlines", ()))]
            told = TOLD.where(SittingRow.id.in_(ids[:1000]))
            return LookedAt(file, plan=plan, sittings=tuple(joined(connection.execute(told))))

    def publish(self, officer: Officer, id: int, seen: str, *, agreed: bool) -> PayoutFile:
        """Let residents see what a draft says. Raises: as `Schedules.publish`."""
        return self._schedules.publish(id, agreed=agreed, seen=seen, officer=officer)

    def take_back(self, officer: Officer, id: int) -> PayoutFile:
        """Undo it; a draft is put away. Raises: as `Schedules.undo`."""
        return self._schedules.take_back(id, officer)

    def taking_in(
        self, read: Announcement, digest: bytes, told: Mapping[str, object], account: int | None
    ) -> Callable[[Connection, str], int]:
        """What makes a draft of a workbook that an office sent, in a transaction; gives the draft's number.

        It takes the office's region. `told`: programme and period for rows that name none. Raises: as `draft`.
        """
        programme, period = (str(told[name]) if told.get(name) else None for name in ("programme", "period"))

        def make(connection: Connection, region_code: str) -> int:
            office = Territory(region_code)
            id, _ = self._schedules.draft(
                connection, read, digest, programme=programme, period=period, by=account, territory=office
            )
            return id

        return make

    def _plan(
        self,
        officer: Officer,
        parts: Sequence[tuple[WhenWhere, Areas]],
        plan: Plan,
        instead: int | None,
    ) -> int:
        with self._database.writing() as connection:
            sittings: list[ScheduledSitting] = []
            for part, areas in parts:
                kind, place = self._place(connection, officer, part.place)
                for region_code, rw, rt, instead_of in areas:
                    sittings.append(
                        ScheduledSitting(
                            row=len(sittings) + 1, place=place, kind=kind, date=part.date, starts=part.starts,
                            ends=part.ends, deadline=part.deadline, programme=plan.programme, period=plan.period,
                            region_code=region_code, rw=rw, rt=rt, place_id=part.place, instead_of=instead_of,
                        )
                    )  # fmt: skip
            if instead is not None:
                self._drop(connection, officer, instead)
            read = Announcement(sittings=tuple(sittings))
            digest = secrets.token_bytes(32)
            id, _ = self._schedules.draft(
                connection, read, digest, by=officer.account, plan=asdict(plan), territory=officer.territory
            )
            return id

    def _drop(self, connection: Connection, officer: Officer, id: int) -> None:
        """The draft that was planned before it was changed; one that was published meanwhile stays."""
        row = self._file(connection, officer, id)
        draft = delete(PayoutFileRow).where(PayoutFileRow.id == row.id, PayoutFileRow.state == FileState.DRAFT)
        connection.execute(draft)

    def _place(self, connection: Connection, officer: Officer, id: int | None) -> tuple[PlaceKind, str]:
        if id is None:
            return PlaceKind.HOME, AT_HOME
        try:
            place = kept_place(connection, officer, self._clock(), id).place
        except NotThere:
            raise FieldRefused("place", "no_such_place") from None
        return place.kind, place.name

    def _file(self, connection: Connection, officer: Officer, id: int) -> AnyRow:
        found = select(PayoutFileRow.__table__).where(PayoutFileRow.id == id, PayoutFileRow.kind == FileKind.SCHEDULE)
        row = connection.execute(found).one_or_none()
        if row is None:
            raise NotThere("no_such_file", file=id)
        refuse_elsewhere(row, officer)
        return row

    def _active(self, officer: Officer, id: int) -> AnnouncedSitting:
        sitting = self.show(officer, id)
        if sitting.sitting.cancelled:
            raise NotThere("no_such_sitting")
        return sitting

    def _sitting(self, connection: Connection, officer: Officer, id: int) -> AnnouncedSitting:
        """With its whole group, as residents read it: those of the same programme, place and time."""
        mine = TOLD.where(inside(officer.territory, HERE))
        row = connection.execute(select(SittingRow.__table__).where(SittingRow.id == id)).one_or_none()
        if row is not None:
            alike = mine.where(
                SittingRow.programme_code == row.programme_code,
                SittingRow.period == row.period,
                SittingRow.place_id == row.place_id,
                SittingRow.starts_at == row.starts_at,
            )
            for one in joined(connection.execute(alike)):
                if any(area.sitting == id for area in one.areas):
                    return one
        raise NotThere("no_such_sitting")


def _as_it_is(announced: AnnouncedSitting) -> WhenWhere:
    """When and where a sitting is held."""
    sitting = announced.sitting
    place = None if sitting.place.kind is PlaceKind.HOME else sitting.place.id
    starts, ends = (moment.time() for moment in (sitting.starts, sitting.ends))
    return WhenWhere(sitting.starts.date(), starts, ends, sitting.deadline, place)
