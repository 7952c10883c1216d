"""What speaks against a sitting as the world stands: a holiday, a closed door, another sitting, too many families."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from salur.core.payouts.answers import PlaceKind, Question
from salur.core.payouts.kinds import ScheduledSitting, SittingState
from salur.core.payouts.places.known import Places
from salur.core.payouts.planning.families import Families
from salur.core.payouts.planning.holidays import holiday_on
from salur.core.payouts.planning.hours import is_open
from salur.core.payouts.steps import Step, moments_of
from salur.core.regions.region import REGENCY, regency_of
from salur.core.tables.payouts import PlaceRow, SittingRow


class Held(NamedTuple):
    """A sitting that stands, or will when this is published. `id` is None for one that is planned."""

    id: int | None
    programme: str
    period: str
    region_code: str
    rw: int | None
    rt: int | None
    place: object
    kind: str
    starts: dt.datetime
    ends: dt.datetime

    def at_once_with(self, other: Held) -> bool:
        """Whether the two overlap in time."""
        return self.starts < other.ends and other.starts < self.ends

    def shares_families_with(self, other: Held) -> bool:
        """Whether somebody may live in the areas of both."""
        one, two = sorted((self.region_code, other.region_code), key=len)
        if two != one and not two.startswith(one + "."):
            return False
        return all(a is None or b is None or a == b for a, b in ((self.rw, other.rw), (self.rt, other.rt)))


class Clashes:
    """Compares planned sittings with each other and with those that stand."""

    def __init__(
        self,
        connection: Connection,
        steps: Sequence[Step],
        places: Places,
        now: dt.datetime,
        cancels: Iterable[int] = (),
    ) -> None:
        self._connection, self._places, self._now = connection, places, now
        self._steps = [step for step in steps if step.same is None]
        gone = {step.replaced.id for step in steps if step.replaced is not None} | set(cancels)
        planned = [self._planned(step.sitting) for step in self._steps]
        self._planned_sittings = planned
        self._by_place: dict[object, list[Held]] = defaultdict(list)
        self._by_region: dict[str, list[Held]] = defaultdict(list)
        for held in (*(one for one in self._standing() if one.id not in gone), *planned):
            self._by_place[held.place].append(held)
            self._by_region[held.region_code].append(held)
        self._families = Families(connection)

    def found(self) -> Iterator[Question]:
        """What is asked, step by step. `about` names the holiday, the opening hours, or counts families."""
        for step, held in zip(self._steps, self._planned_sittings, strict=True):
            sitting, by_hand = step.sitting, step.sitting.instead_of is not None
            yield from self._of_the_day(sitting, held, by_hand=by_hand)
            yield from self._of_families(sitting, held)
            if by_hand and step.replaced is not None and sitting.slot is None:
                yield from self._of_those_left_out(step)
            if sitting.kind != PlaceKind.HOME:
                yield from self._of_room(sitting, held, by_hand=by_hand)

    def _of_the_day(self, sitting: ScheduledSitting, held: Held, *, by_hand: bool) -> Iterator[Question]:
        day = held.starts.date()
        if by_hand and held.ends < self._now:
            yield Question(sitting.row, "sitting_past")
        if held.ends < self._now:
            return
        if (name := holiday_on(day)) is not None:
            yield Question(sitting.row, "public_holiday", name)
        row = self._places.known(sitting)
        hours = sitting.opening_hours or (row.opening_hours if row is not None else None)
        open_then = hours and is_open(hours, day, held.starts.time(), held.ends.time())
        if sitting.kind != PlaceKind.HOME and hours and open_then is False:
            yield Question(sitting.row, "place_closed", hours)

    def _of_families(self, sitting: ScheduledSitting, held: Held) -> Iterator[Question]:
        """Others for the same people: two of one round, or two places at one hour. A visit at home is for others."""
        twice = elsewhere = False
        for other in self._around(held.region_code):
            if other is held or not held.shares_families_with(other):
                continue
            if (held.kind == PlaceKind.HOME) != (other.kind == PlaceKind.HOME):
                continue
            same_round = (held.programme, held.period) == (other.programme, other.period)
            exactly = (held.region_code, held.rw, held.rt) == (other.region_code, other.rw, other.rt)
            # Within one file the narrower area is the exception to the wider one, as the answer takes it.
            if same_round and other.id is not None and (exactly or sitting.instead_of is not None):
                twice = twice or other.ends >= self._now
            if other.id is not None and held.at_once_with(other) and held.place != other.place:
                elsewhere = True
        if twice:
            yield Question(sitting.row, "families_twice")
        if elsewhere:
            yield Question(sitting.row, "families_elsewhere")

    def _of_room(self, sitting: ScheduledSitting, held: Held, *, by_hand: bool) -> Iterator[Question]:
        at_once = [one for one in self._by_place[held.place] if one.at_once_with(held)]
        if sitting.slot is not None:  # a plan has room for all whom it places; others may come at the same time
            if any(one.id is not None for one in at_once):
                yield Question(sitting.row, "place_busy", str(sitting.families or 0))
            return
        row = self._places.known(sitting)
        if row is not None and row.per_hour:
            hours = (held.ends - held.starts).total_seconds() / 3600
            come = sum(self._families.inside(*one[1:6]) for one in at_once)
            if come > row.per_hour * hours:
                yield Question(sitting.row, "place_full", f"{come}/{round(row.per_hour * hours)}")
        elif by_hand and any(one.id is not None for one in at_once):
            come = sum(self._families.inside(*one[1:6]) for one in at_once)
            yield Question(sitting.row, "place_busy", str(come))

    def _of_those_left_out(self, step: Step) -> Iterator[Question]:
        """Families of the sitting that is replaced who live in none of the areas that take its place."""
        old = step.replaced
        assert old is not None
        counted = self._families.by_neighbourhood(old.programme_code, old.period, old.region_code)
        instead = [one.sitting for one in self._steps if one.replaced is not None and one.replaced.id == old.id]
        left = sum(
            families
            for (rw, rt), families in counted.items()
            if old.rw in (None, rw)
            and old.rt in (None, rt)
            and not any(one.rw in (None, rw) and one.rt in (None, rt) for one in instead)
        )
        if left and instead[0] is step.sitting:
            yield Question(step.sitting.row, "families_left_out", str(left))

    def _around(self, region_code: str) -> Iterator[Held]:
        """Those whose region holds this one or lies in it."""
        for code, held in self._by_region.items():
            if code == region_code or region_code.startswith(code + ".") or code.startswith(region_code + "."):
                yield from held

    def _planned(self, sitting: ScheduledSitting) -> Held:
        starts, ends = moments_of(sitting)
        area = (sitting.programme or "", sitting.period or "", sitting.region_code or "", sitting.rw, sitting.rt)
        return Held(None, *area, self._places.number(sitting), sitting.kind, starts, ends)

    def _standing(self) -> Iterator[Held]:
        """The sittings that hold in these cities, and those at these places."""
        if not self._planned_sittings:
            return
        cities = {regency_of(one.region_code) for one in self._planned_sittings}
        places = [one.place for one in self._planned_sittings if isinstance(one.place, int)]
        since = min(self._now, *(one.starts for one in self._planned_sittings))
        here = or_(func.substr(SittingRow.region_code, 1, REGENCY).in_(cities), SittingRow.place_id.in_(places[:500]))
        statement = (
            select(
                SittingRow.id,
                SittingRow.programme_code,
                SittingRow.period,
                SittingRow.region_code,
                SittingRow.rw,
                SittingRow.rt,
                SittingRow.place_id,
                PlaceRow.kind,
                SittingRow.starts_at,
                SittingRow.ends_at,
            )
            .join(PlaceRow, PlaceRow.id == SittingRow.place_id)
            .where(SittingRow.state == SittingState.ACTIVE, SittingRow.ends_at >= since, here)
        )
        for row in self._connection.execute(statement):
            yield Held._make(row)
