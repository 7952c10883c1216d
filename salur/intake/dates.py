"""Reading days and hours as Indonesian offices write them. The day comes before the month."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from salur.intake.cells import text_of, value_of
from salur.intake.files import Cell
from salur.intake.wordings import MONTH, MONTHS

# Excel counts days from here; the 1900 leap year that never was is in it.
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(36526, 73051)  # 2000 to 2099
YEARS = range(2000, 2100)
NUMERIC = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})(?![\d])")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
WORDY = re.compile(rf"(\d{{1,2}})\s*[-\s./]*\s*({MONTH})\s*[-\s./,]*\s*(\d{{4}}|\d{{2}})(?!\d)")
WEEKDAY = re.compile(
    r"^(?:HARI\s*)?(?:SENIN|SELASA|RABU|KAMIS|JUM'?AT|SABTU|MINGGU|AHAD)\s*[,/]?\s*|^(?:TANGGAL|TGL)\b[.:\s]*"
)
HOUR = r"(\d{1,2})(?:\s*[.:]\s*(\d{2}))?(?:[.:]\d{2})?\s*(PAGI|SIANG|SORE|AM|PM)?"
ZONE = re.compile(r"\b(?:WIB|WITA|WIT|JAM|PUKUL|PKL|PK)\b[.:]?|\bPKL\.")
HOURS = re.compile(rf"{HOUR}\s*(?:-|–|—|/|S\s?[./]?\s?D\.?|SD|SAMPAI(?: DENGAN)?|HINGGA|TO)\s*(?:{HOUR}|(SELESAI|SLS))")
AFTERNOON = {"SORE", "PM"}


class Day(NamedTuple):
    """A day, or none; not `clear` when something is written that cannot be read as one."""

    day: date | None
    clear: bool = True


class Hours(NamedTuple):
    """From and until; not `clear` when something is written that cannot be read. `ends` is None for "until done"."""

    starts: time | None
    ends: time | None
    clear: bool = True


@lru_cache(maxsize=4096, typed=True)
def day_of(cell: Cell) -> Day:
    """Read a day: `24/02/2026`, `24-2-26`, `Selasa, 24 Februari 2026`, `2026-02-24`, an Excel date or its number."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return Day(cell) if cell.year in YEARS else Day(None, clear=False)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        known = cell in EXCEL_DAYS or (cell == cell and 36526 <= cell < 73051)
        return Day(EXCEL_DAY_ZERO + timedelta(days=int(cell))) if known else Day(None, clear=False)
    text = value_of(cell) if isinstance(cell, str) else text_of(cell)
    return _day(text.upper()) if text else Day(None)


def _day(text: str) -> Day:
    text = WEEKDAY.sub("", WEEKDAY.sub("", text)).strip()
    if match := ISO.fullmatch(text):
        return _real(int(match[1]), int(match[2]), int(match[3]))
    if match := WORDY.match(text):
        return _real(_year(match[3]), MONTHS[match[2]], int(match[1]))
    if match := NUMERIC.match(text):
        return _real(_year(match[3]), int(match[2]), int(match[1]))
    return Day(None, clear=False)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _real(year: int, month: int, day: int) -> Day:
    try:
        found = date(year, month, day)
    except ValueError:
        return Day(None, clear=False)
    return Day(found) if year in YEARS else Day(None, clear=False)


@lru_cache(maxsize=4096, typed=True)
def hours_of(cell: Cell) -> Hours:
    """Read a span of hours: `08.00-11.00`, `08:00 s.d. 11:00 WIB`, `Jam 8 - 11`, `8 pagi s/d selesai`."""
    if isinstance(cell, time | datetime | timedelta):
        one = hour_of(cell)
        return Hours(one, None, clear=one is not None)
    text = value_of(cell) if isinstance(cell, str) else text_of(cell)
    if not text:
        return Hours(None, None)
    upper = " ".join(ZONE.sub(" ", text.upper()).split()).strip(" .,;")
    if match := HOURS.fullmatch(upper):
        starts = _time(match[1], match[2], match[3])
        ends = _time(match[4], match[5], match[6]) if match[4] else None
        if starts and ends and ends <= starts and match[3] is None and match[6] is None and ends.hour < 7:
            ends = ends.replace(hour=ends.hour + 12)  # "8 - 2" is until two in the afternoon
        wrong = starts is None or (match[4] and ends is None) or (ends is not None and ends <= starts)
        return Hours(None, None, clear=False) if wrong else Hours(starts, ends)
    starts = hour_of(text)
    return Hours(starts, None, clear=starts is not None)


@lru_cache(maxsize=4096, typed=True)
def hour_of(cell: Cell) -> time | None:
    """Read one time of day: a time cell, part of a day as Excel counts it, `08.00`, `Jam 8`; None if it is none."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return time(minutes // 60, minutes % 60) if 0 <= minutes < 1440 else None
    if isinstance(cell, float) and 0 < cell < 1:
        minutes = min(round(cell * 1440), 1439)
        return time(minutes // 60, minutes % 60)
    match = re.fullmatch(HOUR, " ".join(ZONE.sub(" ", text_of(cell).upper()).split()))
    return _time(match[1], match[2], match[3]) if match else None


def _time(hour: str, minute: str | None, part: str | None) -> time | None:
    hours = int(hour)
    if (part in AFTERNOON and hours < 12) or (part == "SIANG" and hours < 6):
        hours += 12
    return time(hours, int(minute or 0)) if hours < 24 and int(minute or 0) < 60 else None
