"""Sittings and places of a kelurahan: nothing personal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Integer, func, select
from sqlalchemy.orm import aliased

from salur.core.payouts.answers import AnnouncedSitting, Area, KelurahanSchedule, PlacePage, Schedule, Sitting
from salur.core.payouts.kinds import SittingState
from salur.core.payouts.sittings import (
    Part,
    PlaceRead,
    SittingRead,
    place_columns,
    place_of,
    read_sitting,
    sitting_columns,
    sitting_of,
    window_of,
)
from salur.core.regions.offices import office_of
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE, VILLAGE_CODE, district_of, regency_of
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.statements import AnySelect
from salur.core.tables.lists import ProgrammeRow
from salur.core.tables.payouts import PlaceRow, SittingRow
from salur.core.tables.regions import RegionRow

PAST_SHOWN = timedelta(days=30)
MOST_PARTS = 24  # of a sitting: no day has more hours


_old, _old_place = aliased(SittingRow, name="old_sitting"), aliased(PlaceRow, name="old_place")
_SITTINGS: AnySelect = (
    select(
        SittingRow.programme_code,
        ProgrammeRow.name.label("programme_name"),
        SittingRow.period,
        RegionRow.name.label("region_name"),
        *sitting_columns(SittingRow, PlaceRow, "sitting_"),
        *sitting_columns(_old, _old_place, "old_"),
    )
    .join(PlaceRow, PlaceRow.id == SittingRow.place_id)
    .join(ProgrammeRow, ProgrammeRow.code == SittingRow.programme_code)
    .outerjoin(RegionRow, RegionRow.code == SittingRow.region_code)
    .outerjoin(_old, _old.id == SittingRow.replaces_id)
    .outerjoin(_old_place, _old_place.id == _old.place_id)
    .order_by(SittingRow.starts_at, SittingRow.id)
)
# With those that will not be held, so that whoever comes by reads that.
SHOWN = (SittingState.ACTIVE, SittingState.CANCELLED)
TOLD = _SITTINGS.where(SittingRow.state.in_(SHOWN))


class _Row(NamedTuple):
    """A row of TOLD."""

    programme: str
    programme_name: str
    period: str
    region_name: str | None
    sitting: SittingRead


class Payouts:
    """The public side of the schedule."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def kelurahan(self) -> tuple[KelurahanSchedule, ...]:
        """All kelurahan that have sittings, by regency, district and name."""
        village, district, regency = (aliased(RegionRow) for _ in range(3))
        to_come = (SittingRow.ends_at >= self._clock()) & (SittingRow.state == SittingState.ACTIVE)
        upcoming = func.sum(to_come.cast(Integer))
        statement = (
            select(village.code, village.name, district.name, regency.name, upcoming)
            .join(SittingRow, SittingRow.region_code == village.code)
            .join(district, district.code == func.substr(village.code, 1, DISTRICT))
            .join(regency, regency.code == func.substr(village.code, 1, REGENCY))
            .where(SittingRow.state.in_(SHOWN), func.length(village.code) == VILLAGE)
            .group_by(village.code, village.name, district.name, regency.name)
            .order_by(regency.name, district.name, village.name)
        )
        with self._database.reading() as connection:
            return tuple(KelurahanSchedule(*row) for row in connection.execute(statement))

    def schedule(self, code: str) -> Schedule | None:
        """The sittings of a kelurahan and of the district and city around it; None for an unknown kelurahan."""
        # Anything may stand in an address, and PostgreSQL refuses some of it (NUL).
        if not VILLAGE_CODE.fullmatch(code):
            return None
        now = self._clock()
        around = (code, district_of(code), regency_of(code))
        with self._database.reading() as connection:
            names = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(around))
            named = {row.code: row.name for row in connection.execute(names)}
            if code not in named:
                return None
            statement = TOLD.where(SittingRow.region_code.in_(around), SittingRow.ends_at >= now - PAST_SHOWN)
            sittings = joined(connection.execute(statement))
            office = office_of(connection, code)
        upcoming = tuple(s for s in sittings if s.sitting.ends >= now)
        past = tuple(s for s in reversed(sittings) if s.sitting.ends < now and not s.sitting.cancelled)
        coming = sum(not s.sitting.cancelled for s in upcoming)
        own = KelurahanSchedule(code, named[code], named.get(around[1], ""), named.get(around[2], ""), coming)
        return Schedule(own, upcoming, past, office)

    def sitting(self, id: int, part: tuple[int, int] | None = None) -> AnnouncedSitting | None:
        """One sitting; one that was replaced, or taken back, gives what stands in its place now.

        `part`: which (from 0) of how many equal parts is asked for; its hours are the sitting's `window`. One that
        cannot be is none.
        """
        with self._database.reading() as connection:
            back = _before_undone(connection, id)
            while back is not None:
                if found := joined(connection.execute(TOLD.where(SittingRow.id == back))):
                    here = found[0].sitting.id
                    told = replace(found[0], first_id=_first(connection, here), undone_id=_undone(connection, here))
                    return replace(told, sitting=_with_window(told.sitting, part))
                # Moved, perhaps more than once; what replaces always has the higher number, so this ends.
                after = select(SittingRow.id).where(
                    SittingRow.replaces_id == back, SittingRow.state != SittingState.UNDONE
                )
                back = connection.execute(after).scalar()
        return None

    def place(self, id: int) -> PlacePage | None:
        """A place and what is to come there; of one that was merged, the place that it is."""
        merged = select(PlaceRow.merged_into_id).where(PlaceRow.id == id)
        statement = (
            select(RegionRow.name.label("region_name"), *place_columns(PlaceRow))
            .outerjoin(RegionRow, RegionRow.code == PlaceRow.region_code)
            .where(PlaceRow.id == id)
        )
        with self._database.reading() as connection:
            if (into := connection.execute(merged).scalar()) is not None:
                return self.place(into)
            row = connection.execute(statement).one_or_none()
            if row is None:
                return None
            upcoming = TOLD.where(SittingRow.place_id == id, SittingRow.ends_at >= self._clock())
            sittings = joined(connection.execute(upcoming))
        return PlacePage(place_of(PlaceRead._make(row[1:])), row.region_name, tuple(sittings))


def _with_window(sitting: Sitting, part: tuple[int, int] | None) -> Sitting:
    if part is None or not 0 <= part[0] < part[1] <= MOST_PARTS:
        return sitting
    return replace(sitting, window=window_of(sitting.starts, sitting.ends, Part(0, 0, *part)))


def _first(connection: Connection, id: int) -> int:
    """The number of the sitting that this one goes back to, over all its moves."""
    while (
        before := connection.execute(select(SittingRow.replaces_id).where(SittingRow.id == id)).scalar()
    ) is not None:
        id = before
    return id


def _before_undone(connection: Connection, id: int) -> int | None:
    """The number itself; of a sitting that was taken back with its schedule, that of the one it had replaced."""
    statement = select(SittingRow.state, SittingRow.replaces_id)
    while (row := connection.execute(statement.where(SittingRow.id == id)).one_or_none()) is not None:
        if row.state != SittingState.UNDONE:
            return id
        if row.replaces_id is None:
            return None
        id = row.replaces_id
    return None


def _undone(connection: Connection, id: int) -> int | None:
    """The last that stood in place of a sitting and was taken back."""
    undone = (SittingRow.replaces_id == id) & (SittingRow.state == SittingState.UNDONE)
    return connection.execute(select(func.max(SittingRow.id)).where(undone)).scalar()


def joined(rows: Iterable[AnyRow]) -> list[AnnouncedSitting]:
    """One sitting for all areas that come to the same place at the same time for the same programme."""
    joined: dict[tuple[object, ...], AnnouncedSitting] = {}
    for row in (_Row._make((*row[:4], read_sitting(row[4:]))) for row in rows):
        of = row.sitting
        area = Area(row.region_name or "", of.rw, of.rt, of.region_code, of.id)
        before = of.replaced.starts_at if of.replaced else None
        key = (row.programme, row.period, of.place.id, of.starts_at, of.ends_at, of.state, before)
        if key in joined:
            joined[key] = replace(joined[key], areas=(*joined[key].areas, area))
        else:
            joined[key] = AnnouncedSitting(sitting_of(of), row.programme, row.programme_name, row.period, (area,))
    return list(joined.values())
