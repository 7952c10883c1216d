"""How far families walk: between where their RW or RT lies and a place, or guessed by whose place it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from salur.core.payouts.spreading.answers import Neighbourhood, Spot
from salur.core.regions.region import district_of, regency_of

KM_OF_A_DEGREE = 111.2
# Where nobody said where something lies: kilometres that put the own kelurahan first, then kecamatan, then city.
OWN_KELURAHAN, OWN_KECAMATAN, OWN_CITY, ELSEWHERE = 0.5, 3.0, 8.0, 30.0


class Where(NamedTuple):
    """A place of payment: its kelurahan and, where it is known, its spot."""

    region_code: str
    spot: Spot | None


class Ways:
    """Measures the ways; `spots` are those of neighbourhoods, `places` those of places by number."""

    def __init__(self, spots: Mapping[Neighbourhood, Spot], places: Mapping[int, Where]) -> None:
        self._spots = spots
        self._places = places
        self._middles = _middles([where for where in places.values() if where.spot is not None])

    def known(self, of: Neighbourhood, place: int) -> float | None:
        """Kilometres, as the crow flies, where both spots are known."""
        here = self._spot(of)
        there = self._places[place].spot
        return None if here is None or there is None else _apart(here, there)

    def cost(self, of: Neighbourhood, place: int) -> float:
        """The same, in the middle of the kelurahan where its RW is nowhere, and guessed where that is unknown too."""
        found = self.known(of, place)
        if found is not None:
            return found
        middle, there = self._middles.get(of.region_code), self._places[place]
        if middle is not None and there.spot is not None and there.region_code != of.region_code:
            return max(OWN_KELURAHAN, _apart(middle, there.spot))
        return _related(of.region_code, there.region_code)

    def _spot(self, of: Neighbourhood) -> Spot | None:
        for wider in (of, of._replace(rt=None), of._replace(rw=None, rt=None)):
            if wider in self._spots:
                return self._spots[wider]
        return None


def _middles(places: Sequence[Where]) -> dict[str, Spot]:
    """The middle of the places of each kelurahan."""
    found: dict[str, list[Spot]] = {}
    for where in places:
        if where.spot is not None:
            found.setdefault(where.region_code, []).append(where.spot)
    return {
        code: Spot(sum(s.latitude for s in spots) / len(spots), sum(s.longitude for s in spots) / len(spots))
        for code, spots in found.items()
    }


def _apart(one: Spot, other: Spot) -> float:
    """Kilometres; the earth is flat within a city."""
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return KM_OF_A_DEGREE * math.hypot(north, east)


def _related(one: str, other: str) -> float:
    if other == one:
        return OWN_KELURAHAN
    if district_of(other) == district_of(one):
        return OWN_KECAMATAN
    return OWN_CITY if regency_of(other) == regency_of(one) else ELSEWHERE
