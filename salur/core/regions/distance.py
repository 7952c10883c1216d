"""How far it is from one point to another, and which way: as people would say it, in a straight line."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians
from typing import NamedTuple

METRES_OF_A_DEGREE = 111_195  # of latitude, on a sphere
NEXT_TO, FAR = 40, 3_000  # metres: nearer it is the same place, farther it helps nobody who walks


class Way(NamedTuple):
    """East and north in metres."""

    east: float
    north: float

    @property
    def metres(self) -> int:
        """Its length, rounded as it is known: to 10 m, from 200 m on to 50 m, from 1 km on to 100 m."""
        exact = hypot(self.east, self.north)
        step = 10 if exact < 200 else 50 if exact < 1_000 else 100
        return round(exact / step) * step

    @property
    def octant(self) -> int:
        """The point of the compass: 0 is north, 1 north-east, … 7 north-west."""
        return round(degrees(atan2(self.east, self.north)) / 45) % 8

    @property
    def worth_telling(self) -> bool:
        """Whether it says something to who walks."""
        return NEXT_TO <= hypot(self.east, self.north) <= FAR


def way_from(start: tuple[float, float], end: tuple[float, float]) -> Way:
    """The way between two points, each latitude and longitude in degrees; true for some kilometres."""
    north = (end[0] - start[0]) * METRES_OF_A_DEGREE
    east = (end[1] - start[1]) * METRES_OF_A_DEGREE * cos(radians((start[0] + end[0]) / 2))
    return Way(east, north)
