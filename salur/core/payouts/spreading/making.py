"""From a few words of an office to the sittings that it means: each place, each working day, each pair of hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from salur.core.errors import FieldRefused
from salur.core.payouts.places.answers import KeptPlace
from salur.core.payouts.planning.holidays import holiday_on
from salur.core.payouts.planning.hours import is_open
from salur.core.payouts.spreading.answers import Made, Pattern, Skipped, WantedSitting

MOST_SITTINGS = 300  # that one plan is looked through with
MOST_DAYS = 120


def made(pattern: Pattern, places: Iterable[KeptPlace]) -> Made:
    """The sittings of a pattern, by day, then place; without holidays, and without hours in which a place is shut.

    No place is asked for more families in an hour than its office says that it can take.

    Raises: FieldRefused (last: `days_unclear`, `too_many_sittings`; places: `no_such_place`, `no_sittings`).
    """
    known = {one.id: one for one in places if one.merged_into is None}
    if any(place is not None and place not in known for place in pattern.places):
        raise FieldRefused("places", "no_such_place")
    if pattern.last < pattern.first:
        raise FieldRefused("last", "days_unclear")
    if (pattern.last - pattern.first).days >= MOST_DAYS:
        raise FieldRefused("last", "too_many_sittings")
    sittings: list[WantedSitting] = []
    skipped: list[Skipped] = []
    for number in range((pattern.last - pattern.first).days + 1):
        day = pattern.first + dt.timedelta(days=number)
        if day.weekday() not in pattern.weekdays:
            continue
        if (holiday := holiday_on(day)) is not None:
            skipped.append(Skipped(day, holiday))
            continue
        for place in pattern.places:
            kept = known[place] if place is not None else None
            for starts, ends in pattern.hours:
                if kept is not None and is_open(kept.place.opening_hours or "", day, starts, ends) is False:
                    skipped.append(Skipped(day, kept.place.opening_hours or "", kept.place.name))
                else:
                    sittings.append(_sitting(pattern, kept, day, starts, ends))
    if len(sittings) > MOST_SITTINGS:
        raise FieldRefused("last", "too_many_sittings")
    if not sittings:
        raise FieldRefused("places", "no_sittings")
    return Made(tuple(sittings), tuple(dict.fromkeys(skipped)))


def _sitting(pattern: Pattern, kept: KeptPlace | None, day: dt.date, starts: dt.time, ends: dt.time) -> WantedSitting:
    if kept is None:
        return WantedSitting(None, day, starts, ends, pattern.visits, pattern.officers, pattern.regions)
    most = pattern.per_hour if kept.per_hour is None else max(1, kept.per_hour // pattern.officers)
    per_hour = min(pattern.per_hour, most)
    return WantedSitting(kept.id, day, starts, ends, per_hour, pattern.officers, pattern.regions)
