"""In which order the people of a list are written.

It is not that of the source file, which a stolen database would tell. Ids follow the order of writing, and so do
SQLite's hidden row numbers and PostgreSQL's pages; random ids would hide the first alone. So people are shuffled before
they are written. Those who share a number, or without any a name, keep their order among themselves: of two rows of one
person the first is shown, as the office wrote them.

Neighbours are written at about the same time, as an index of places would else be written all over again and again with
every thousand people. That tells nothing: each row says where its person lives. In which order the neighbourhoods come
is drawn anew for each list, and so is everybody's place among some two thousand neighbours.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain
from operator import itemgetter
from random import SystemRandom
from secrets import token_bytes

from salur.core.lists.importing.kept import Kept, Packed, person_of
from salur.core.lists.importing.parts import pairs, parts
from salur.core.lists.kinds import ListedPerson
from salur.core.people.families import LARGEST_FAMILY

BUCKET = 2_048  # people that are put in their order at once
OPEN = 32  # of each bucket that are not packed yet
WORD = 8  # bytes
MASK = (1 << 8 * WORD) - 1
WITHIN = 48  # bits of a place that tell it within its bucket; those before them tell the bucket
Bucket = Packed[tuple[int, tuple[object, ...]]]  # places, and what makes people
AREA = ("region_code", "rw", "rt")
_area_of = itemgetter(*map(ListedPerson.__slots__.index, AREA))
_known_by = itemgetter(*map(ListedPerson.__slots__.index, ("nik", "kk", "name", *AREA)))


def scattered(people: Kept) -> Iterator[ListedPerson]:
    """The same people in an order that nobody can know: each has a random place, and is sent there by its beginning."""
    return chain.from_iterable(map(in_order, buckets_of(people)))


def buckets_of(people: Kept) -> Iterator[Bucket]:
    """The same people in buckets, to be put `in_order` one after the other."""
    places = _places(people)
    buckets: list[Bucket] = [Packed(OPEN) for _ in range(_buckets(people))]
    for place, values in zip(places, people.values(), strict=True):
        buckets[place >> WITHIN].add((place, values))
    for number, bucket in enumerate(buckets):
        buckets[number] = Packed()  # what is written is kept no longer
        yield bucket


def in_order(bucket: Bucket) -> Iterator[ListedPerson]:
    """The people of a bucket by their places."""
    for _, values in sorted(bucket, key=lambda placed: placed[0]):
        yield person_of(values)


def _places(people: Kept) -> array[int]:
    """For each of them a place, by chance, near neighbours; relatives have theirs in the order of their rows."""
    # By the system's source: the usual generator could be reckoned out by who knows some of the file.
    places = array("Q", token_bytes(WORD * len(people)))
    order = list(range(_buckets(people)))
    SystemRandom().shuffle(order)
    first, spans = 0, {}
    for area, count in sorted(people.tally.places.items(), key=lambda item: [(part is None, part) for part in item[0]]):
        spans[area] = first, count
        first += count
    for row, values in enumerate(people.values()):
        first, count = spans[_area_of(values)]
        chance = places[row]
        # Who live in a large area come into one or another of the buckets that it takes.
        places[row] = order[(first + chance % count) // BUCKET] << WITHIN | chance >> (8 * WORD - WITHIN)
    for rows in _together(people):
        for row, place in zip(rows, sorted(places[row] for row in rows), strict=True):
            places[row] = place
    return places


def _buckets(people: Kept) -> int:
    return -(-len(people) // BUCKET)


def _together(people: Kept) -> Iterator[list[int]]:
    """The rows of each person or family that stands in several; no crowd under a number that was copied down."""
    leads = array("I", range(len(people)))  # of each row: an earlier one of its family, or itself

    def leader(row: int) -> int:
        while leads[row] != row:
            leads[row] = row = leads[leads[row]]
        return row

    for part in _keys(people):
        first: dict[int, int] = {}
        for key, row in pairs(part):
            if (known := first.setdefault(key, row)) != row:
                one, other = leader(known), leader(row)
                leads[max(one, other)] = min(one, other)
    following, last = array("I", bytes(4 * len(people))), array("I", range(len(people)))
    for row in range(len(people)):
        if (lead := leader(row)) != row:
            following[last[lead]] = row
            last[lead] = row
    for row in range(len(people)):
        if leads[row] == row and following[row]:
            rows = [row]
            while next_one := following[rows[-1]]:
                rows.append(next_one)
            if len(rows) <= LARGEST_FAMILY:
                yield rows


def _keys(people: Kept) -> Iterator[array[int]]:
    """By what rows belong together: their numbers, else name and home."""
    one, other = array("Q"), array("Q")
    for nik, kk, *named in map(_known_by, people.values()):
        if nik or kk:
            one.append(int(nik or 0))
            other.append(int(kk or 0))
        else:
            one.append(hash(tuple(named)) & MASK)
            other.append(0)
    rows = range(len(people))
    for by_one, by_other in zip(parts(one, rows), parts(other, rows), strict=True):
        yield by_one + by_other
