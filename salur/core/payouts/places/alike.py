"""Which places are likely one that was written twice. It is only proposed: a person says whether it is so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import KeptPlace, Twins
from salur.core.payouts.places.kinds import Alike
from salur.core.payouts.places.known import words_of
from salur.core.regions.region import VILLAGE, cut, regency_of

NEAR = 0.0007  # degrees, some 75 m: what stands in one yard
FAR = 0.01  # some 1.1 km: two of one name so far apart are two
NAMES_ALIKE, NAMES_OF_NEIGHBOURS = 88, 60  # rapidfuzz's ratio, 0-100


def twins_among(places: Sequence[KeptPlace], apart: Iterable[frozenset[int]] = ()) -> tuple[Twins, ...]:
    """The pairs, those with most in common first; `apart` are pairs of which somebody said that they are two."""
    known = set(apart)
    found = []
    for one, other in _pairs(places):
        why = why_alike(one, other)
        if why and frozenset((one.id, other.id)) not in known:
            first, second = sorted((one, other), key=lambda place: place.id)
            found.append(Twins(first, second, why))
    return tuple(sorted(found, key=lambda twins: (-len(twins.why), twins.one.place.name, twins.other.id)))


def why_alike(one: KeptPlace, other: KeptPlace) -> tuple[Alike, ...]:
    """What two places have in common, if that is enough to ask about; else nothing."""
    apart = _degrees_apart(one, other)
    if apart is not None and apart > FAR:
        return ()
    likeness = _likeness(one.place.name, other.place.name)
    same_address = bool(one.place.address) and words_of(one.place.address or "") == words_of(other.place.address or "")
    near = apart is not None and apart <= NEAR
    why = [
        *([Alike.NAME] if likeness >= NAMES_ALIKE else []),
        *([Alike.ADDRESS] if same_address else []),
        *([Alike.SPOT] if near else []),
    ]
    # Offices share a yard and an address: of these the names have to be alike somehow, or the kinds the same.
    related = likeness >= NAMES_OF_NEIGHBOURS or (one.place.kind == other.place.kind and likeness > 0)
    return tuple(why) if related else ()


def _likeness(one: str, other: str) -> float:
    """How alike two names are, 0-100; nothing where their numbers differ: SD 1 is not SD 2."""
    words, others = (re.findall(r"\w+", name.casefold()) for name in (one, other))
    if [w for w in words if w.isdigit()] != [w for w in others if w.isdigit()]:
        return 0
    return max(
        fuzz.ratio(" ".join(words), " ".join(others)), fuzz.ratio("".join(sorted(words)), "".join(sorted(others)))
    )


def _degrees_apart(one: KeptPlace, other: KeptPlace) -> float | None:
    spots = (one.place.latitude, one.place.longitude, other.place.latitude, other.place.longitude)
    if None in spots:
        return None
    latitude, longitude, others_latitude, others_longitude = (float(number or 0) for number in spots)
    return max(abs(latitude - others_latitude), abs(longitude - others_longitude))


def _pairs(places: Sequence[KeptPlace]) -> Iterator[tuple[KeptPlace, KeptPlace]]:
    """Those of one kelurahan, post offices of one city, and those that lie side by side; each pair once."""
    groups: dict[object, list[KeptPlace]] = defaultdict(list)
    for place in places:
        groups[cut(place.region_code, VILLAGE)].append(place)
        if place.place.kind is PlaceKind.POST_OFFICE:
            groups["post", regency_of(place.region_code)].append(place)
        if place.place.latitude is not None and place.place.longitude is not None:
            north, east = int(place.place.latitude / NEAR), int(place.place.longitude / NEAR)
            for cell in ((north + n, east + e) for n in (0, 1) for e in (0, 1)):
                groups[cell].append(place)
    done: set[tuple[int, int]] = set()
    for group in groups.values():
        for one, other in combinations(group, 2):
            if (pair := (one.id, other.id)) not in done and pair[::-1] not in done:
                done.add(pair)
                yield one, other
