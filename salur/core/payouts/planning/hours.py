"""Whether a place is open: opening hours as offices write them, `Senin-Jumat 08.00-15.00, Sabtu 08.00-12.00`."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import lru_cache

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
SPELT = {
    "jum'at": "jumat",
    "ahad": "minggu",
    "sen": "senin",
    "sel": "selasa",
    "kam": "kamis",
    "jum": "jumat",
    "sab": "sabtu",
}
_DAY = "|".join(sorted((*DAYS, *SPELT), key=len, reverse=True))
_TO = r"(?:-|–|—|s\s?[/.]?\s?d\.?|sampai(?: dengan)?|hingga)"
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
TOKEN = re.compile(
    rf"(?P<range>\b({_DAY})\b\.?\s*{_TO}\s*\b({_DAY})\b)|(?P<day>\b({_DAY})\b)"
    rf"|(?P<hours>{_CLOCK}\s*{_TO}\s*{_CLOCK})|(?P<always>24 jam)|(?P<every>setiap hari|tiap hari)"
    r"|(?P<closed>tutup|libur)|(?P<noise>\b(?:hari|jam|pukul|pkl|buka|kerja|wib|wita|wit|dan)\b|[\s,;.:&/()|]+)"
)
Hours = tuple[dt.time, dt.time]


def is_open(opening_hours: str, day: dt.date, starts: dt.time, ends: dt.time) -> bool | None:
    """Whether it is open all the time from `starts` to `ends`, breaks aside; None where nobody can tell."""
    week = _week(" ".join(opening_hours.casefold().split()))
    if week is None:
        return None
    hours = week.get(day.weekday(), ())
    return bool(hours) and min(h[0] for h in hours) <= starts and ends <= max(h[1] for h in hours)


@lru_cache(maxsize=512)
def _week(text: str) -> dict[int, tuple[Hours, ...]] | None:
    """The hours of each day of the week, Monday 0; None where a word is none of those known."""
    found: dict[int, list[Hours]] = defaultdict(list)
    days: list[int] = []
    used = False  # the days before have their hours; the next day begins anew
    position, told = 0, False
    for match in TOKEN.finditer(text):
        if match.start() != position:
            return None
        position = match.end()
        if match["range"] or match["day"] or match["every"]:
            days, used = ([] if used else days) + _days(match), False
        elif match["closed"]:
            used = True
        elif match["hours"] or match["always"]:
            hours = _hours(match)
            if hours is None:
                return None
            for day in days or range(7):
                found[day].append(hours)
            used = told = True
    return {day: tuple(hours) for day, hours in found.items()} if told and position == len(text) else None


def _days(match: re.Match[str]) -> list[int]:
    if match["every"]:
        return list(range(7))
    if match["day"]:
        return [_number(match["day"])]
    first, last = (_number(name) for name in match.group(2, 3))
    return [day % 7 for day in range(first, last + (1 if last >= first else 8))]


def _number(name: str) -> int:
    return DAYS.index(SPELT.get(name, name))


def _hours(match: re.Match[str]) -> Hours | None:
    if match["always"]:
        return dt.time.min, dt.time.max
    start_hour, start_minute, end_hour, end_minute = (int(text or 0) for text in match.group(7, 8, 9, 10))
    try:
        starts, ends = dt.time(start_hour, start_minute), dt.time(end_hour, end_minute)
    except ValueError:
        return None
    return (starts, ends) if starts < ends else None
