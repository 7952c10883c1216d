"""Sittings and places of a kelurahan: nothing personal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Select, func, select
from sqlalchemy.orm import aliased

from salur.core.answers import Payout, Place
from salur.core.database import AnyRow, Database
from salur.core.sittings import PLACE, payout_of, place_of, sitting_columns
from salur.core.tables import PlaceRow, ProgrammeRow, RegionRow, SessionRow

PAST_SHOWN = timedelta(days=30)
# Anything may stand in an address, and PostgreSQL refuses some of it (NUL).
VILLAGE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Area:
    """Whom a sitting is for: a region, and RW and RT when it is for these only."""

    region_name: str
    rw: int | None
    rt: int | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A payout with its programme and everyone it is for; `first_id` is its number before it ever moved."""

    payout: Payout
    programme: str
    programme_name: str
    period: str
    areas: tuple[Area, ...]
    first_id: int | None = None


@dataclass(frozen=True, slots=True)
class KelurahanSchedule:
    """A kelurahan or desa for which there are sittings; `upcoming` counts those not over yet."""

    code: str
    name: str
    district: str
    regency: str
    upcoming: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """The sittings of one kelurahan, soonest first; `past` are those of the last 30 days, latest first."""

    kelurahan: KelurahanSchedule
    upcoming: tuple[Sitting, ...]
    past: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place and the sittings to come there."""

    place: Place
    region_name: str | None
    upcoming: tuple[Sitting, ...]


_old, _old_place = aliased(SessionRow, name="old_session"), aliased(PlaceRow, name="old_place")
SITTINGS: Select[*tuple[Any, ...]] = (
    select(
        *sitting_columns(SessionRow, PlaceRow, "s"),
        *sitting_columns(_old, _old_place, "o"),
        SessionRow.programme_code,
        SessionRow.period,
        ProgrammeRow.name.label("programme_name"),
        RegionRow.name.label("region_name"),
    )
    .join(PlaceRow, PlaceRow.id == SessionRow.place_id)
    .join(ProgrammeRow, ProgrammeRow.code == SessionRow.programme_code)
    .outerjoin(RegionRow, RegionRow.code == SessionRow.region_code)
    .outerjoin(_old, _old.id == SessionRow.replaces_id)
    .outerjoin(_old_place, _old_place.id == _old.place_id)
    .where(SessionRow.state == "active")
    .order_by(SessionRow.starts_at, SessionRow.id)
)


class Payouts:
    """The public side of the schedule."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def kelurahan(self) -> tuple[KelurahanSchedule, ...]:
        """All kelurahan that have sittings, by regency, district and name."""
        village, district, regency = (aliased(RegionRow) for _ in range(3))
        upcoming = func.sum((SessionRow.ends_at >= self._clock()).cast(Integer))
        statement = (
            select(village.code, village.name, district.name, regency.name, upcoming)
            .join(SessionRow, SessionRow.region_code == village.code)
            .join(district, district.code == func.substr(village.code, 1, 8))
            .join(regency, regency.code == func.substr(village.code, 1, 5))
            .where(SessionRow.state == "active", func.length(village.code) == 13)
            .group_by(village.code, village.name, district.name, regency.name)
            .order_by(regency.name, district.name, village.name)
        )
        with self._database.reading() as connection:
            return tuple(KelurahanSchedule(*row) for row in connection.execute(statement))

    def schedule(self, code: str) -> Schedule | None:
        """The sittings of a kelurahan and of the district and city around it; None for an unknown kelurahan."""
        if not VILLAGE.fullmatch(code):
            return None
        now = self._clock()
        around = (code, code[:8], code[:5])
        with self._database.reading() as connection:
            names = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(around))
            named = {row.code: row.name for row in connection.execute(names)}
            if code not in named:
                return None
            statement = SITTINGS.where(SessionRow.region_code.in_(around), SessionRow.ends_at >= now - PAST_SHOWN)
            sittings = _joined(connection.execute(statement))
        upcoming = tuple(s for s in sittings if s.payout.ends >= now)
        past = tuple(s for s in reversed(sittings) if s.payout.ends < now)
        own = KelurahanSchedule(code, named[code], named.get(around[1], ""), named.get(around[2], ""), len(upcoming))
        return Schedule(own, upcoming, past)

    def session(self, id: int) -> Sitting | None:
        """One sitting; one that was replaced gives what stands in its place now."""
        with self._database.reading() as connection:
            while True:
                if found := _joined(connection.execute(SITTINGS.where(SessionRow.id == id))):
                    return replace(found[0], first_id=_first(connection, found[0].payout.id))
                # Moved, perhaps more than once; what replaces always has the higher number, so this ends.
                after = connection.execute(select(SessionRow.id).where(SessionRow.replaces_id == id)).scalar()
                if after is None:
                    return None
                id = after

    def place(self, id: int) -> PlacePage | None:
        """A place and what is to come there."""
        columns = [getattr(PlaceRow, name).label(f"s_{'place_id' if name == 'id' else name}") for name in PLACE]
        statement = (
            select(*columns, RegionRow.name.label("region_name"))
            .outerjoin(RegionRow, RegionRow.code == PlaceRow.region_code)
            .where(PlaceRow.id == id)
        )
        with self._database.reading() as connection:
            row = connection.execute(statement).one_or_none()
            if row is None:
                return None
            upcoming = SITTINGS.where(SessionRow.place_id == id, SessionRow.ends_at >= self._clock())
            return PlacePage(place_of(row, "s"), row.region_name, tuple(_joined(connection.execute(upcoming))))


def _first(connection: Connection, id: int) -> int:
    """The number of the sitting that this one goes back to, over all its moves."""
    while (
        before := connection.execute(select(SessionRow.replaces_id).where(SessionRow.id == id)).scalar()
    ) is not None:
        id = before
    return id


def _joined(rows: Iterable[AnyRow]) -> list[Sitting]:
    """One sitting for all areas that come to the same place at the same time for the same programme."""
    joined: dict[tuple[object, ...], Sitting] = {}
    for row in rows:
        area = Area(row.region_name or "", row.s_rw, row.s_rt)
        key = (row.programme_code, row.period, row.s_place_id, row.s_starts_at, row.s_ends_at, row.o_starts_at)
        if key in joined:
            joined[key] = replace(joined[key], areas=(*joined[key].areas, area))
        else:
            payout = payout_of(row, "s", "o")
            joined[key] = Sitting(payout, row.programme_code, row.programme_name, row.period, (area,))
    return list(joined.values())
