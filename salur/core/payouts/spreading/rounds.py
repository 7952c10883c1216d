"""Visits at home in rounds that one officer can walk, and who comes within which part of a sitting."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from salur.core.payouts.spreading.answers import Neighbourhood

PARTLY = 0.6  # a round that is so full ends with its RW, so that the next begins in the next one


class Turn(NamedTuple):
    """Where a family is in a sitting: `turn` from 1, `window` from 0, and of visits at home whose round, from 1."""

    turn: int
    window: int
    party: int | None


class Round(NamedTuple):
    """One officer's way within a sitting, with room for so many families."""

    sitting: int
    party: int
    room: int


def rounds(people: Sequence[tuple[int, Neighbourhood]], wanted: Sequence[Round]) -> list[list[int]]:
    """Of people (ids, in walking order) who comes into which round; who finds no room is in none.

    A round ends where an RW does, and never goes on in another kelurahan, as long as there are rounds enough.
    """
    for careful in (True, False):
        walked = _walked(people, [one.room for one in wanted], careful=careful)
        if sum(map(len, walked)) == len(people):
            break
    return walked


def _walked(people: Sequence[tuple[int, Neighbourhood]], sizes: Sequence[int], *, careful: bool) -> list[list[int]]:
    """The rounds one after the other, each no larger than its officer can walk."""
    found: list[list[int]] = [[] for _ in sizes]
    number, last = 0, None
    for person, where in people:
        while number < len(sizes):
            here = found[number]
            elsewhere = last is not None and here and where.region_code != last.region_code
            next_rw = last is not None and where.rw != last.rw and len(here) >= PARTLY * sizes[number]
            if len(here) < sizes[number] and not (careful and (elsewhere or next_rw)):
                here.append(person)
                break
            number += 1
        last = where
    return found


def turns(
    people: Iterable[int], windows: int, kept: Mapping[int, Turn], *, party: int | None = None
) -> dict[int, Turn]:
    """Parts of a sitting for people (ids, in their order), equally full; those in `kept` keep theirs."""
    everybody = list(people)
    found = {person: kept[person] for person in everybody if person in kept}
    new = [person for person in everybody if person not in found]
    most = math.ceil(len(everybody) / windows)
    taken = Counter(turn.window for turn in found.values())
    last = max((turn.turn for turn in found.values()), default=0)
    window = 0
    for person in new:
        while window < windows - 1 and taken[window] >= most:
            window += 1
        taken[window] += 1
        last += 1
        found[person] = Turn(last, window, party)
    return found
