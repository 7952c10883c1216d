"""A plan as it is drawn: a calendar of its places and days, who is visited in which round, and its lines per RT."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from salur.core.payouts.spreading.answers import Neighbourhood, Share, Spread, WantedSitting


@dataclass(frozen=True, slots=True)
class Bar:
    """How full a sitting is."""

    number: int
    wanted: WantedSitting
    coming: int


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a week on which there is something, and by place (None: at home) the sittings of each of them."""

    days: tuple[dt.date, ...]
    rows: tuple[tuple[int | None, tuple[tuple[Bar, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Party:
    """What one officer walks in a sitting at home."""

    number: int
    families: int
    areas: tuple[Neighbourhood, ...]


def weeks(spread: Spread, names: Mapping[int, str]) -> list[Week]:
    """The calendar. `names`: of places, by which they stand in order; homes come last."""
    coming = spread.by_sitting
    bars = [Bar(number, wanted, coming[number]) for number, wanted in enumerate(spread.wish.sittings)]
    bars.sort(key=lambda bar: (bar.wanted.date, bar.wanted.starts))
    found = []
    for _, some in groupby(bars, key=lambda bar: bar.wanted.date.isocalendar()[:2]):
        by_place: dict[int | None, dict[dt.date, list[Bar]]] = defaultdict(lambda: defaultdict(list))
        for bar in some:
            by_place[bar.wanted.place][bar.wanted.date].append(bar)
        days = tuple(sorted({day for by_day in by_place.values() for day in by_day}))
        places = sorted(by_place, key=lambda place: (place is None, names.get(place or 0, "")))
        found.append(Week(days, tuple((p, tuple(tuple(by_place[p][day]) for day in days)) for p in places)))
    return found


def parties(spread: Spread) -> list[tuple[WantedSitting, list[Party]]]:
    """The rounds of each sitting at home."""
    found: dict[int, dict[int, list[Share]]] = defaultdict(lambda: defaultdict(list))
    for share in spread.shares:
        if share.party is not None and not share.called_off:
            found[share.sitting][share.party].append(share)
    return [
        (
            spread.wish.sittings[number],
            [
                Party(party, sum(share.families for share in some), tuple(share.where for share in some))
                for party, some in sorted(by_party.items())
            ],
        )
        for number, by_party in sorted(found.items())
    ]


def lines(spread: Spread, kelurahan: str = "") -> list[Share]:
    """Who comes where, by kelurahan, RW and RT: those of one RT who come to the same sitting are one line."""
    counted: Counter[tuple[Neighbourhood, int, bool]] = Counter()
    for share in spread.shares:
        if not kelurahan or share.where.region_code == kelurahan:
            counted[share.where, share.sitting, share.called_off] += share.families
    found = [Share(where, sitting, count, None, off) for (where, sitting, off), count in counted.items()]
    return sorted(
        found,
        key=lambda one: (
            spread.names.get(one.where.region_code, ""), one.where.rw or 0, one.where.rt or 0, one.sitting,
        ),
    )  # fmt: skip
