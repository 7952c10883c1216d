"""Days on which offices are closed all over Indonesia: public holidays, and days off beside them (cuti bersama)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays


def holiday_on(day: dt.date) -> str | None:
    """The Indonesian name of a day's holiday. Of years for which none are decreed yet, moving feasts are computed."""
    return _of_year(day.year).get(day)


@lru_cache(maxsize=16)
def _of_year(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("ID", years=year, language="id", categories=("public", "government"))
