"""A place as an office keeps it, what was done with it, and what seems to be the same place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from salur.core.payouts.answers import Place, PlaceKind
from salur.core.payouts.places.kinds import Alike, PlaceEvent


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What an office says of a place. `per_hour`: how many families can be paid there in an hour."""

    name: str
    kind: PlaceKind
    region_code: str
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    opening_hours: str | None = None
    per_hour: int | None = None


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """A place. `upcoming` counts sittings to come there; `seen` the steps that were done with it."""

    place: Place
    region_code: str
    region_name: str
    per_hour: int | None
    upcoming: int = 0
    merged_into: int | None = None
    seen: int = 0

    @property
    def id(self) -> int:
        """Its number."""
        return self.place.id

    @property
    def facts(self) -> PlaceFacts:
        """What is known of it."""
        place = self.place
        spot = (place.latitude, place.longitude)
        return PlaceFacts(
            place.name, place.kind, self.region_code, place.address, *spot, place.opening_hours, self.per_hour
        )


@dataclass(frozen=True, slots=True)
class Twins:
    """Two places that may be one: `one` is the older."""

    one: KeptPlace
    other: KeptPlace
    why: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class PlaceHappened:
    """One thing that was done with a place: `by` an account (None: the console). `before` are the facts that changed.

    `sittings`: how many followed a merge. `can_undo`: it is the last thing, and can be taken back.
    """

    id: int
    what: PlaceEvent
    at: datetime
    by: int | None
    place: int
    place_name: str
    other: int | None
    other_name: str | None
    before: Mapping[str, object] = field(default_factory=dict)
    sittings: int = 0
    undone_at: datetime | None = None
    can_undo: bool = False
