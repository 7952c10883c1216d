"""Periods of lists: `2026-T1` (tahap, a quarter), `2021-B12` (a month), `2026` (a year)."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

PERIOD = re.compile(r"(?P<year>20\d\d)(?:-(?P<kind>[TB])(?P<number>\d{1,2}))?")
MONTHS_IN = {"T": 3, "B": 1}


def is_period(text: str) -> bool:
    """Whether this is a period: tahap 1-4, months 1-12."""
    found = PERIOD.fullmatch(text)
    if found is None:
        return False
    if found["kind"] is None:
        return True
    return 1 <= int(found["number"]) <= 12 // MONTHS_IN[found["kind"]]


@lru_cache(maxsize=1000)
def last_day(period: str) -> date:
    """The last day a period covers: what a list says is true until then. Raises ValueError for no period."""
    found = PERIOD.fullmatch(period)
    if found is None or not is_period(period):
        raise ValueError("not a period")
    year = int(found["year"])
    month = 12 if found["kind"] is None else int(found["number"]) * MONTHS_IN[found["kind"]]
    return date(year, month, calendar.monthrange(year, month)[1])


def first_day(period: str) -> date:
    """The first day a period covers. Raises ValueError for no period."""
    last = last_day(period)
    kind = period[5:6]
    return date(last.year, last.month - MONTHS_IN[kind] + 1 if kind else 1, 1)


def overlap(one: str, other: str) -> bool:
    """Whether two periods have a day in common. Raises ValueError when either is none."""
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


def period_of(stage: str | None, day: date) -> str | None:
    """The period of a bare tahap number that is paid on a day: the one nearest to it; None when it cannot be one.

    Tahap 4 paid in January is that of the year before.
    """
    if stage is None or not stage.isdecimal():
        return None
    periods = [f"{year}-T{int(stage)}" for year in (day.year - 1, day.year, day.year + 1)]
    possible = [period for period in periods if is_period(period)]
    return min(possible, key=lambda period: abs(last_day(period) - day), default=None)
