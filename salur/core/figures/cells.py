"""What was counted, put together by the areas inside an area, and by round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from salur.core.figures.answers import KnownRound, RoundKey, RoundSums, Sums
from salur.core.figures.begun import Begun
from salur.core.figures.counting import Count
from salur.core.figures.entered import Key
from salur.core.neighbourhood.answers import LineState
from salur.core.regions.region import LEVELS, VILLAGE
from salur.core.regions.territory import Territory

Cell = tuple[Territory | None, RoundKey]


@dataclass(frozen=True)
class Cells:
    """Sums by part and round. `total` is counted apart from them."""

    by: Mapping[Cell, Sums]
    total: Sums

    @property
    def parts(self) -> set[Territory | None]:
        """The areas in which there is somebody; None: somebody of whom it is not known in which."""
        return {part for part, _ in self.by}

    def of_part(self, part: Territory | None) -> Sums:
        """All rounds of one."""
        return _sum(sums for (one, _), sums in self.by.items() if one == part)

    def rounds(self, known: Iterable[KnownRound]) -> tuple[RoundSums, ...]:
        """All parts of each of these rounds in which there is somebody."""
        return self._rounds(known, self.by.items())

    def rounds_of(self, known: Iterable[KnownRound], part: Territory | None) -> tuple[RoundSums, ...]:
        """The same for one part."""
        return self._rounds(known, [item for item in self.by.items() if item[0][0] == part])

    @staticmethod
    def _rounds(known: Iterable[KnownRound], of: Collection[tuple[Cell, Sums]]) -> tuple[RoundSums, ...]:
        found: dict[RoundKey, Sums] = defaultdict(Sums)
        for (_, key), sums in of:
            found[key] += sums
        return tuple(RoundSums(one, found[one.key]) for one in known if one.key in found)


def cells_of(area: Territory, counted: Mapping[Key, Count], begun: Begun) -> Cells:
    """Everybody of the area, in the parts of the next level. An RT has but one part, itself."""
    total = [0] * WIDTH
    by: dict[Cell, list[int]] = defaultdict(lambda: [0] * WIDTH)
    parts: dict[tuple[object, ...], Territory | None] = {}
    for key, one in counted.items():
        place = key[:3]
        # Who lives nowhere that is known is of the whole city.
        if key.region_code is not None and not area.covers(Territory(key.region_code, key.rw, key.rt)):
            continue
        if place not in parts:
            parts[place] = part_of(area, key.region_code, key.rw, key.rt)
        cell = by[parts[place], RoundKey(key.programme, key.period)]
        for column, value in enumerate(_values(key, one, begun)):
            cell[column] += value
            total[column] += value
    return Cells({cell: Sums(*values) for cell, values in by.items()}, Sums(*total))


def part_of(area: Territory, code: str | None, rw: int | None, rt: int | None) -> Territory | None:
    """In which of the areas inside an area a place lies; None where that is not known."""
    if area.rt is not None:
        return area
    if area.rw is not None:
        return Territory(area.region_code, area.rw, rt) if rt is not None else None
    if len(area.region_code) == VILLAGE:
        return Territory(area.region_code, rw) if rw is not None else None
    length = next(length for length in LEVELS if length > len(area.region_code))
    return Territory(code[:length]) if code is not None and len(code) >= length else None


def _values(key: Key, one: Count, begun: Begun) -> tuple[int, ...]:
    """The fields of `Sums`, in their order."""
    people, state = one.people, key.state
    paid, back = state is LineState.PAID, state in (LineState.RETURNED, LineState.FAILED)
    waits = back or (state is LineState.DUE and begun.for_whom(key))
    return (
        people,
        one.rupiah,
        one.priced,
        people if paid else 0,
        one.rupiah if paid else 0,
        people if state is LineState.RETURNED else 0,
        people if state is LineState.FAILED else 0,
        people if state is LineState.SUSPENDED else 0,
        people if waits else 0,
    )


WIDTH = len(Sums.__dataclass_fields__)


def _sum(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())
