"""The places of an office's area, and what was done with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.orm import aliased

from salur.core.errors import NotThere
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.payouts.answers import Place, PlaceKind
from salur.core.payouts.kinds import SittingState
from salur.core.payouts.places.answers import KeptPlace, PlaceHappened
from salur.core.payouts.places.kinds import PlaceEvent
from salur.core.payouts.sittings import PlaceRead, place_columns, place_of
from salur.core.storage.database import AnyRow
from salur.core.tables.payouts import PlaceEventRow, PlaceRow, SittingRow
from salur.core.tables.regions import RegionRow

UNDOABLE = (PlaceEvent.CHANGED, PlaceEvent.MERGED, PlaceEvent.DIFFERENT)


def kept_places(
    connection: Connection, officer: Officer, now: datetime, ids: Collection[int] | None = None
) -> tuple[KeptPlace, ...]:
    """The places of an officer's area by region and name, or those of some numbers; homes of payees are no places."""
    own = Scope.of(officer).within(PlaceRow).c
    upcoming = (
        select(func.count())
        .where(SittingRow.place_id == own.id, SittingRow.state == SittingState.ACTIVE, SittingRow.ends_at >= now)
        .scalar_subquery()
    )
    of_place = or_(PlaceEventRow.place_id == own.id, PlaceEventRow.other_id == own.id)
    steps = func.count(PlaceEventRow.id) + func.count(PlaceEventRow.undone_at)
    seen = select(steps).where(of_place).scalar_subquery()
    told = [own[name] for name in PlaceRead._fields]
    statement = (
        select(*told, own.region_code, RegionRow.name, own.per_hour, upcoming, own.merged_into_id, seen)
        .outerjoin(RegionRow, RegionRow.code == own.region_code)
        .where(own.kind != PlaceKind.HOME)
        .order_by(RegionRow.name, own.name, own.id)
    )
    if ids is not None:
        statement = statement.where(own.id.in_(ids))
    width = len(PlaceRead._fields)
    return tuple(
        KeptPlace(place_of(PlaceRead._make(row[:width])), row[width], row[width + 1] or row[width], *row[width + 2 :])
        for row in connection.execute(statement)
    )


def kept_place(connection: Connection, officer: Officer, now: datetime, id: int, *, whole: bool = True) -> KeptPlace:
    """One place; `whole`: of one that was merged nothing may be changed. Raises NotThere(`no_such_place`)."""
    found = kept_places(connection, officer, now, [id])
    if not found or (whole and found[0].merged_into is not None):
        raise NotThere("no_such_place")
    return found[0]


def told_apart(connection: Connection) -> list[frozenset[int]]:
    """The pairs of which somebody said that they are two places."""
    statement = select(PlaceEventRow.place_id, PlaceEventRow.other_id).where(
        PlaceEventRow.what == PlaceEvent.DIFFERENT, PlaceEventRow.undone_at.is_(None)
    )
    return [frozenset((row.place_id, row.other_id)) for row in connection.execute(statement)]


def happened_with(connection: Connection, id: int) -> tuple[PlaceHappened, ...]:
    """What was done with a place, the latest first; of two places that were merged both tell it."""
    one, other = aliased(PlaceRow), aliased(PlaceRow)
    statement = (
        select(PlaceEventRow.__table__, one.name.label("place_name"), other.name.label("other_name"))
        .join(one, one.id == PlaceEventRow.place_id)
        .outerjoin(other, other.id == PlaceEventRow.other_id)
        .where(or_(PlaceEventRow.place_id == id, PlaceEventRow.other_id == id))
        .order_by(PlaceEventRow.id.desc())
    )
    rows = connection.execute(statement).all()
    return tuple(_happened(connection, row) for row in rows)


def later_than(connection: Connection, row: AnyRow) -> bool:
    """Whether something that holds was done since with one of the places of a step."""
    places = [id for id in (row.place_id, row.other_id) if id is not None]
    later = select(PlaceEventRow.id).where(
        or_(PlaceEventRow.place_id.in_(places), PlaceEventRow.other_id.in_(places)),
        PlaceEventRow.id > row.id,
        PlaceEventRow.undone_at.is_(None),
    )
    return connection.execute(later.limit(1)).scalar() is not None


def _happened(connection: Connection, row: AnyRow) -> PlaceHappened:
    kept = json.loads(row.before)
    return PlaceHappened(
        id=row.id,
        what=PlaceEvent(row.what),
        at=row.at,
        by=row.account_id,
        place=row.place_id,
        place_name=row.place_name,
        other=row.other_id,
        other_name=row.other_name,
        before=kept.get("facts", {}),
        sittings=len(kept.get("sittings", ())),
        undone_at=row.undone_at,
        can_undo=row.what in UNDOABLE and row.undone_at is None and not later_than(connection, row),
    )


def located_in(connection: Connection, region_codes: Collection[str]) -> dict[str, list[Place]]:
    """The places of these kelurahan of which it is known where they lie, by kelurahan."""
    statement = select(PlaceRow.region_code, *place_columns(PlaceRow)).where(
        PlaceRow.region_code.in_(sorted(region_codes)),
        PlaceRow.kind != PlaceKind.HOME,
        PlaceRow.merged_into_id.is_(None),
        PlaceRow.latitude.is_not(None),
        PlaceRow.longitude.is_not(None),
    )
    found: dict[str, list[Place]] = defaultdict(list)
    for code, *told in connection.execute(statement.order_by(PlaceRow.id)):
        found[code].append(place_of(PlaceRead._make(told)))
    return found
