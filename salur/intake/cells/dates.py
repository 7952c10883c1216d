"""Reading days and hours as Indonesian offices write them. The day comes before the month."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from salur.intake.cells.texts import text_of, value_of
from salur.intake.cells.wordings import MONTH, MONTHS
from salur.intake.files.sheet import Cell

# Excel counts days from here; the 1900 leap year that never was is in it.
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(36526, 73051)  # 2000 to 2099
YEARS = range(2000, 2100)
# Behind a day may stand the time, and nothing else: a second day, or DITUNDA, says that it is not this one.
CLOCK = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2}(?:\.\d+)?)?\s*(?:[AP]M|Z|[+-]\d\d:?\d\d)?"
BEHIND = (
    rf"(?:[\sT,;]*(?:(?:JAM|PUKUL|PKL|PK)\b[.:]?\s*)?{CLOCK}"
    rf"(?:\s*(?:-|–|S\s?[/.]?\s?D\.?|SAMPAI)\s*(?:{CLOCK}|SELESAI))?\s*(?:WIB|WITA|WIT)?)?[\s.,;]*"
)
NUMERIC = re.compile(rf"(\d{{1,2}})\s*[/.\- ]\s*(\d{{1,2}})\s*[/.\- ]\s*(\d{{4}}|\d{{2}})(?!\d){BEHIND}")
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d){BEHIND}")
WORDY = re.compile(rf"(\d{{1,2}})\s*[-\s./]*\s*({MONTH})\s*[-\s./,]*\s*(\d{{4}}|\d{{2}})(?!\d){BEHIND}")
WEEKDAYS = {"SENIN": 0, "SELASA": 1, "RABU": 2, "KAMIS": 3, "JUMAT": 4, "SABTU": 5, "MINGGU": 6, "AHAD": 6}
WEEKDAY = r"(SENIN|SELASA|RABU|KAMIS|JUM['’`]?AT|SABTU|MINGGU|AHAD)"
BEFORE = re.compile(rf"^(?:(?:HARI|TANGGAL|TGL)\b[.:\s]*)*(?:{WEEKDAY}\b\s*[,/.-]?\s*)?(?:(?:TANGGAL|TGL)\b[.:\s]*)?")
AFTER = re.compile(rf"\s*[,(]\s*(?:HARI\s+)?{WEEKDAY}\)?\s*$")
HOUR = r"(\d{1,2})(?:\s*[.:]\s*(\d{2}))?(?:[.:]\d{2})?\s*(PAGI|SIANG|SORE|AM|PM)?"
ZONE = re.compile(r"\b(?:WIB|WITA|WIT|JAM|PUKUL|PKL|PK)\b[.:]?|\bPKL\.")
HOURS = re.compile(rf"{HOUR}\s*(?:-|–|—|/|S\s?[./]?\s?D\.?|SD|SAMPAI(?: DENGAN)?|HINGGA|TO)\s*(?:{HOUR}|(SELESAI|SLS))")
AFTERNOON = {"SORE", "PM"}


class Day(NamedTuple):
    """A day, or none; not `clear` when something is written that cannot be read as one."""

    day: date | None
    clear: bool = True


UNCLEAR = Day(None, clear=False)


class Hours(NamedTuple):
    """From and until; not `clear` when something is written that cannot be read. `ends` is None for "until done"."""

    starts: time | None
    ends: time | None
    clear: bool = True


class Order(Enum):
    """How the days of a column are written, by what can be read in one way only."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    BOTH = auto()  # which of the two a day is that may be either, nobody knows
    SPOILT = auto()  # Excel read what it could with the month first: its days are wrong, the texts are right


def order_of(cells: Collection[Cell]) -> Order:
    """Tell how a column writes its days. One text with the month first is a slip, where no other may be a day."""
    texts = [(int(match[1]), int(match[2])) for cell in cells if (match := _numeric(cell))]
    days = [cell.day for cell in cells if isinstance(cell, date)]
    day_first, month_first = sum(a > 12 for a, _ in texts), sum(b > 12 for _, b in texts)
    if day_first and not month_first:
        # What Excel takes for days with the month first are those up to the 12th; the others stay texts.
        return Order.SPOILT if day_first == len(texts) and days and max(days) <= 12 else Order.DAY_FIRST
    if month_first:
        return Order.MONTH_FIRST if not day_first and len(texts) > 1 else Order.BOTH
    return Order.DAY_FIRST


def _numeric(cell: Cell) -> re.Match[str] | None:
    return NUMERIC.fullmatch(_bare(text_of(cell).upper())[0]) if isinstance(cell, str) else None


@lru_cache(maxsize=4096, typed=True)
def day_of(cell: Cell, order: Order = Order.DAY_FIRST) -> Day:
    """Read a day: `24/02/2026`, `24-2-26`, `Selasa, 24 Februari 2026`, `2026-02-24`, an Excel date or its number.

    What says more than a day, or another day of the week, is unclear.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return Day(cell) if cell.year in YEARS and order != Order.SPOILT else UNCLEAR
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        known = cell in EXCEL_DAYS or (cell == cell and 36526 <= cell < 73051)
        return Day(EXCEL_DAY_ZERO + timedelta(days=int(cell))) if known else UNCLEAR
    text = value_of(cell) if isinstance(cell, str) else text_of(cell)
    if not text:
        return Day(None)
    bare, weekday = _bare(text.upper())
    day = _day(bare, order)
    return UNCLEAR if day.day and weekday is not None and day.day.weekday() != weekday else day


def _bare(text: str) -> tuple[str, int | None]:
    """A day without the day of the week that stands before or behind it, and that."""
    before = BEFORE.match(text)
    rest = text[before.end() :] if before else text
    after = AFTER.search(rest)
    names = [match[1] for match in (before, after) if match and match[1]]
    numbers = {WEEKDAYS[re.sub(r"\W", "", name)] for name in names}
    return (rest[: after.start()] if after else rest).strip(), numbers.pop() if len(
        numbers
    ) == 1 else -1 if numbers else None


def names_another_weekday(cell: Cell, day: date) -> bool:
    """Whether a cell names days of the week, and not that of a day."""
    named = re.findall(rf"\b{WEEKDAY}\b", text_of(cell).upper())
    return bool(named) and any(WEEKDAYS[re.sub(r"\W", "", name)] != day.weekday() for name in named)


def _day(text: str, order: Order) -> Day:
    if match := ISO.fullmatch(text):
        return _real(int(match[1]), int(match[2]), int(match[3]))
    if match := WORDY.fullmatch(text):
        return _real(_year(match[3]), MONTHS[match[2]], int(match[1]))
    if match := NUMERIC.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        if order == Order.BOTH and first <= 12:
            return UNCLEAR
        return _real(year, first, second) if order == Order.MONTH_FIRST else _real(year, second, first)
    return UNCLEAR


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _real(year: int, month: int, day: int) -> Day:
    try:
        found = date(year, month, day)
    except ValueError:
        return UNCLEAR
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
