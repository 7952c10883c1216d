"""When nobody is disturbed: from nine in the evening until six in the morning, where the families live."""

from __future__ import annotations

import datetime as dt

EVENING, MORNING = dt.time(21), dt.time(6)


def is_quiet(moment: dt.datetime, zone: dt.tzinfo) -> bool:
    """Whether it is night there."""
    clock = moment.astimezone(zone).time()
    return clock >= EVENING or clock < MORNING


def loud_again(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The moment itself, or at night when the night is over."""
    if not is_quiet(moment, zone):
        return moment
    here = moment.astimezone(zone)
    day = here.date() + dt.timedelta(days=here.time() >= EVENING)
    return dt.datetime.combine(day, MORNING, zone)
