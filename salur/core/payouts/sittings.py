"""From the rows of a sitting and its place to what doors show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from salur.core.payouts.answers import Place, PlaceKind, Sitting
from salur.core.payouts.kinds import SittingState
from salur.core.regions.zones import time_zone
from salur.core.storage.prepared import columns_of
from salur.core.storage.statements import AnyColumn
from salur.core.tables.payouts import PlaceRow, SittingRow


class PlaceRead(NamedTuple):
    """A place as its columns say it."""

    id: int
    name: str
    kind: str
    address: str | None
    latitude: float | None
    longitude: float | None
    opening_hours: str | None


class SittingRead(NamedTuple):
    """A sitting as its columns say it, and the area that it is for."""

    id: int
    region_code: str
    rw: int | None
    rt: int | None
    starts_at: datetime
    ends_at: datetime
    deadline: date | None
    state: str
    place: PlaceRead
    replaced: SittingRead | None


_OWN = len(SittingRead._fields) - 2  # columns before those of the place
_ALL = _OWN + len(PlaceRead._fields)


def sitting_columns(sitting: type[SittingRow], place: type[PlaceRow], prefix: str) -> tuple[AnyColumn, ...]:
    """The columns of a sitting and its place, for `read_sitting`; `prefix` tells them from other columns."""
    own = {name: getattr(sitting, name) for name in SittingRead._fields[:_OWN]}
    return columns_of(SittingRead, prefix, **own) + place_columns(place, f"{prefix}place_")


def place_columns(place: type[PlaceRow], prefix: str = "") -> tuple[AnyColumn, ...]:
    """The columns of a place, for `PlaceRead`."""
    return columns_of(PlaceRead, prefix, **{name: getattr(place, name) for name in PlaceRead._fields})


def read_sitting(values: Sequence[object]) -> SittingRead:
    """Read the columns of a sitting, or of a sitting and the one it replaced, if there is one."""
    replaced = read_sitting(values[_ALL:]) if len(values) > _ALL and values[_ALL] is not None else None
    return SittingRead._make((*values[:_OWN], PlaceRead._make(values[_OWN:_ALL]), replaced))


def sitting_of(read: SittingRead) -> Sitting:
    """Say when and where, and what it replaced."""
    zone = time_zone(read.region_code)
    return Sitting(
        id=read.id,
        starts=read.starts_at.astimezone(zone),
        ends=read.ends_at.astimezone(zone),
        place=place_of(read.place),
        deadline=read.deadline,
        replaced=sitting_of(read.replaced) if read.replaced else None,
        cancelled=read.state == SittingState.CANCELLED,
    )


def place_of(read: PlaceRead) -> Place:
    """Say what is known of the place."""
    return Place(read.id, read.name, PlaceKind(read.kind), *read[3:])


def fits(sitting: SittingRead) -> int:
    """How closely a sitting's area fits: the RT is closer than the RW, that than the kelurahan, and so up."""
    return len(sitting.region_code) + (100 if sitting.rw is not None else 0) + (1000 if sitting.rt is not None else 0)
