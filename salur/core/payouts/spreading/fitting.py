"""From the shares of a plan to rows of a schedule, fitted to what stands, so that residents read what was moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.kinds import BESIDE, ScheduledSitting, SittingState
from salur.core.payouts.places.known import AT_HOME, Places
from salur.core.payouts.spreading.answers import Neighbourhood, Share, WantedSitting, Wish
from salur.core.payouts.spreading.families import within
from salur.core.payouts.steps import moments_of
from salur.core.regions.zones import time_zone
from salur.core.storage.database import AnyRow
from salur.core.tables.payouts import PlaceRow, SittingRow

Kinds = dict[int, tuple[PlaceKind, str]]  # of places, by number: kind and name


def scheduled(wish: Wish, shares: Iterable[Share], places: Kinds) -> list[ScheduledSitting]:
    """A row for each RW and sitting; for each RT of an RW that comes to several."""
    counted: dict[Neighbourhood, dict[bool, dict[int, dict[Neighbourhood, int]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    )
    for share in shares:
        at_home = wish.sittings[share.sitting].place is None
        counted[share.where._replace(rt=None)][at_home][share.sitting][share.where] += share.families
    rows: list[ScheduledSitting] = []
    for rw, ways in sorted(counted.items(), key=lambda item: (item[0].region_code, item[0].rw or 0)):
        for by_sitting in ways.values():
            for number, rts in sorted(by_sitting.items()):
                areas = {rw: sum(rts.values())} if len(by_sitting) == 1 else rts
                rows += [
                    _row(wish, number, where, count, places)
                    for where, count in sorted(areas.items(), key=lambda item: item[0].rt or 0)
                ]
    return [replace(row, row=number) for number, row in enumerate(rows, 1)]


def _row(wish: Wish, number: int, where: Neighbourhood, families: int, places: Kinds) -> ScheduledSitting:
    wanted = wish.sittings[number]
    kind, name = (PlaceKind.HOME, AT_HOME) if wanted.place is None else places[wanted.place]
    return ScheduledSitting(
        row=0, place=name, kind=kind, date=wanted.date, starts=wanted.starts, ends=wanted.ends,
        deadline=wish.deadline, programme=wish.programme, period=wish.period, region_code=where.region_code,
        rw=where.rw, rt=where.rt, place_id=wanted.place, instead_of=BESIDE, slot=number, families=families,
    )  # fmt: skip


def fitted(
    connection: Connection, sittings: Sequence[ScheduledSitting], wish: Wish, places: Places, now: datetime
) -> tuple[list[ScheduledSitting], list[int]]:
    """The same rows, each with the sitting whose place it takes, and the sittings (ids) that none takes the place of.

    Those that stand to come for the round in these regions are replaced by the plan; those that are over stay.
    """
    stand = _standing(connection, wish, now)
    exactly = {(row.region_code, row.rw, row.rt, row.place_id, row.starts_at, row.ends_at): row for row in stand}
    used: set[int] = set()
    first: list[ScheduledSitting] = []
    for sitting in sittings:
        key = (sitting.region_code, sitting.rw, sitting.rt, places.number(sitting), *moments_of(sitting))
        if (same := exactly.get(key)) is not None:
            used.add(same.id)
            first.append(replace(sitting, instead_of=int(same.id)))
        else:
            first.append(sitting)
    replaced: set[int] = set()
    done = []
    for sitting in first:
        if sitting.instead_of == BESIDE:
            like = [row for row in stand if row.id not in used and _for_the_same(row, sitting)]
            starts, _ = moments_of(sitting)
            nearest = min(like, key=lambda row: (abs(row.starts_at - starts), row.id), default=None)
            if nearest is not None:
                replaced.add(nearest.id)
                sitting = replace(sitting, instead_of=int(nearest.id))
        done.append(sitting)
    return done, sorted(row.id for row in stand if row.id not in used | replaced)


def _for_the_same(row: AnyRow, sitting: ScheduledSitting) -> bool:
    """Whether families of both areas may be the same, by the same way: a visit at home is for others."""
    if row.region_code != sitting.region_code or (row.kind == PlaceKind.HOME) != (sitting.kind == PlaceKind.HOME):
        return False
    return all(a is None or b is None or a == b for a, b in ((row.rw, sitting.rw), (row.rt, sitting.rt)))


def _standing(connection: Connection, wish: Wish, now: datetime) -> list[AnyRow]:
    statement = (
        select(*SittingRow.__table__.columns, PlaceRow.kind)
        .join(PlaceRow, PlaceRow.id == SittingRow.place_id)
        .where(
            SittingRow.programme_code == wish.programme,
            SittingRow.period == wish.period,
            SittingRow.state == SittingState.ACTIVE,
            SittingRow.ends_at >= now,
            within(SittingRow.region_code, wish.regions),
        )
    )
    return list(connection.execute(statement.order_by(SittingRow.id)))


def newer_plan(connection: Connection, wish: Wish, plan: int) -> int | None:
    """A plan made after this one, by which somebody of the same round and regions comes now; None without one."""
    statement = select(func.max(SittingRow.plan_id)).where(
        SittingRow.programme_code == wish.programme,
        SittingRow.period == wish.period,
        SittingRow.state == SittingState.ACTIVE,
        SittingRow.plan_id > plan,
        within(SittingRow.region_code, wish.regions),
    )
    found = connection.execute(statement).scalar()
    return None if found is None else int(found)


def as_they_stand(connection: Connection, wish: Wish, plan: int) -> tuple[Wish, Moved]:
    """A published plan's wish with its sittings as they stand now; and to which slot an area has gone since.

    A sitting that was split since is two: what is moved away becomes a slot of its own. One that was cancelled is gone.
    Two that were moved, or whose places were merged, to be at the same time in one place, are one.
    """
    statement = select(SittingRow.__table__).where(SittingRow.plan_id == plan, SittingRow.state == SittingState.ACTIVE)
    stand: dict[int, dict[tuple[int, datetime, datetime], list[Neighbourhood]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(statement):
        moment = (row.place_id, row.starts_at, row.ends_at)
        stand[row.slot][moment].append(Neighbourhood(row.region_code, row.rw, row.rt))
    sittings, moved = list(wish.sittings), Moved()
    for number, wanted in enumerate(wish.sittings):
        groups = sorted(stand[number].items(), key=lambda item: -len(item[1]))
        for rank, (moment, areas) in enumerate(groups):
            slot = number if rank == 0 else len(sittings)
            now = _at(wanted, moment, areas[0].region_code)
            if rank == 0:
                sittings[number] = now
            else:
                sittings.append(now)
            moved.areas |= {(number, area): slot for area in areas}
    return _each_once(at_places_now(connection, replace(wish, sittings=tuple(sittings))), moved)


def at_places_now(connection: Connection, wish: Wish) -> Wish:
    """The same at the places that its places were merged into."""
    merged = select(PlaceRow.id, PlaceRow.merged_into_id).where(PlaceRow.merged_into_id.is_not(None))
    into = {row.id: row.merged_into_id for row in connection.execute(merged)}
    sittings = []
    for one in wish.sittings:
        place = one.place
        while place in into:
            place = into[place]
        sittings.append(replace(one, place=place))
    return replace(wish, sittings=tuple(sittings))


def _each_once(wish: Wish, moved: Moved) -> tuple[Wish, Moved]:
    """Without sittings that are the same as one before: whoever comes to either is paid by the officers of both."""
    used = set(moved.areas.values())
    kept: dict[tuple[object, ...], int] = {}
    sittings: list[WantedSitting] = []
    for number, one in enumerate(wish.sittings):
        key = (one.place, one.date, one.starts, one.ends)
        to = kept.setdefault(key, len(sittings))
        moved.numbers.append(to)
        if to == len(sittings):
            sittings.append(one)
            continue
        before = sittings[to]
        officers = before.officers + one.officers if number in used else before.officers
        regions = (*before.regions, *one.regions) if before.regions and one.regions else ()
        sittings[to] = replace(before, officers=officers, regions=tuple(dict.fromkeys(regions)))
    moved.areas = {area: moved.numbers[slot] for area, slot in moved.areas.items()}
    held = tuple(one._replace(sitting=moved.numbers[one.sitting]) for one in wish.held)
    return replace(wish, sittings=tuple(sittings), held=held), moved


class Moved:
    """Where the areas of the slots of a plan are now. `numbers`: which sitting each slot is."""

    def __init__(self) -> None:
        self.areas: dict[tuple[int, Neighbourhood], int] = {}
        self.numbers: list[int] = []

    def follow(self, share: Share) -> Share:
        """The same share where it is now."""
        to = self.slot(share.sitting, share.where)
        return replace(share, called_off=True) if to is None else replace(share, sitting=to)

    def slot(self, before: int, where: Neighbourhood) -> int | None:
        """The slot of a family that a plan had placed in `before`; None where that sitting is held no more."""
        for area in (where, where._replace(rt=None), where._replace(rw=None, rt=None)):
            if (before, area) in self.areas:
                return self.areas[before, area]
        return None


def _at(wanted: WantedSitting, moment: tuple[int, datetime, datetime], region_code: str) -> WantedSitting:
    place, starts, ends = moment
    zone = time_zone(region_code)
    starts, ends = starts.astimezone(zone), ends.astimezone(zone)
    at = None if wanted.place is None else place
    return replace(wanted, place=at, date=starts.date(), starts=starts.time(), ends=ends.time())
