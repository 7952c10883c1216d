"""How far and which way, as one would tell who asks on the street."""

from __future__ import annotations

import pytest

from salur.core.regions.distance import way_from

HERE = (-6.5790, 106.8105)


@pytest.mark.parametrize(
    ("there", "metres", "octant"),
    [
        ((-6.5762, 106.8131), 400, 1),
        ((-6.5790, 106.8115), 110, 2),
        ((-6.5990, 106.8105), 2200, 4),
        ((-6.5781, 106.8096), 140, 7),
    ],
)
def test_the_way_is_told_in_round_metres_and_a_point_of_the_compass(there, metres, octant):
    way = way_from(HERE, there)
    assert (way.metres, way.octant) == (metres, octant)
    assert way.worth_telling
    assert (way_from(there, HERE).octant - octant) % 8 == 4


def test_what_is_the_same_place_or_far_away_is_not_told():
    assert not way_from(HERE, (-6.5791, 106.8106)).worth_telling
    assert not way_from(HERE, (-6.6190, 106.8105)).worth_telling
