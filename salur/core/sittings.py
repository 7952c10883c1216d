"""From the rows of a sitting and its place to what doors show."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from salur.core.answers import Payout, Place, PlaceKind
from salur.core.database import AnyRow
from salur.core.regions import time_zone

SITTING = ("id", "region_code", "rw", "rt", "starts_at", "ends_at", "deadline")
PLACE = ("id", "name", "kind", "address", "latitude", "longitude", "opening_hours")


def sitting_columns(session: Any, place: Any, prefix: str) -> list[ColumnElement[Any]]:
    """The columns of a sitting and its place, labelled `<prefix>_<name>`; the place's id is `<prefix>_place_id`."""
    columns = [getattr(session, name).label(f"{prefix}_{name}") for name in SITTING]
    columns += [place.id.label(f"{prefix}_place_id")]
    columns += [getattr(place, name).label(f"{prefix}_{name}") for name in PLACE if name != "id"]
    return columns


def payout_of(row: AnyRow, prefix: str, replaced_prefix: str | None = None) -> Payout:
    """Build the payout from labelled columns, with what it replaced when that is in the row too."""
    zone = time_zone(getattr(row, f"{prefix}_region_code"))
    replaced = None
    if replaced_prefix is not None and getattr(row, f"{replaced_prefix}_id") is not None:
        replaced = payout_of(row, replaced_prefix)
    return Payout(
        id=getattr(row, f"{prefix}_id"),
        starts=getattr(row, f"{prefix}_starts_at").astimezone(zone),
        ends=getattr(row, f"{prefix}_ends_at").astimezone(zone),
        place=place_of(row, prefix),
        deadline=getattr(row, f"{prefix}_deadline"),
        replaced=replaced,
    )


def place_of(row: AnyRow, prefix: str) -> Place:
    """Build the place from labelled columns."""
    return Place(
        id=getattr(row, f"{prefix}_place_id"),
        name=getattr(row, f"{prefix}_name"),
        kind=PlaceKind(getattr(row, f"{prefix}_kind")),
        address=getattr(row, f"{prefix}_address"),
        latitude=getattr(row, f"{prefix}_latitude"),
        longitude=getattr(row, f"{prefix}_longitude"),
        opening_hours=getattr(row, f"{prefix}_opening_hours"),
    )


def fits(row: AnyRow) -> int:
    """How closely a sitting's area fits: the RT is closer than the RW, that than the kelurahan, and so up."""
    return len(row.s_region_code) + (100 if row.s_rw is not None else 0) + (1000 if row.s_rt is not None else 0)
