"""Recognising a column by what stands in it, where its header says nothing that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from salur.core.people.written import digits_meant
from salur.core.regions.gazetteer import Gazetteer
from salur.core.regions.spelling import readings
from salur.intake.cells.texts import value_of
from salur.intake.cells.wordings import programme_of
from salur.intake.files.sheet import Row
from salur.intake.tables.columns import Guess, How

LOOKED_AT = 200
ENOUGH = 2  # values a column must have
MOSTLY = 0.8
NUMBER = re.compile(r"[\dOo]{15,17}")
WOMAN = re.compile(r"\d{6}[4-7]")
NEIGHBOURHOOD = re.compile(r"(?:RT)?[.\s]*\d{1,3}\s*[/\s]\s*(?:RW)?[.\s]*\d{1,3}", re.I)
MONEY = re.compile(r"RP[.\s]*\d[\d.,]+[-=,]*|\d{1,3}(?:[.,]\d{3})+|\d{2,4}000(?:\.0+)?", re.I)
STREET = re.compile(r"(?:JL|JLN|JALAN|KP|KAMP|KAMPUNG|GG|GANG|DUSUN|DSN|PERUM|PERUMAHAN|BLOK|LINGK|LINGKUNGAN)\b", re.I)
NAME = re.compile(r"[^\W\d_][^\W\d_'.,’ -]*(?:[ ,.'’-]+[^\W\d_][^\W\d_'.,’-]*){0,6}[.,]?")
CODE = re.compile(r"(?=.*\d)(?=.*[A-Z-])[A-Z0-9/.-]{5,24}", re.I)


def by_content(rows: Iterable[Row], unknown: Iterable[int], wanted: set[str]) -> dict[int, Guess]:
    """Tell what the `unknown` columns are, where fields are `wanted` and the content leaves no doubt."""
    columns = {column: values for column in sorted(unknown) if len(values := _values(rows, column)) >= ENOUGH}
    found = {column: Guess(How.CONTENT, 0, field) for field, column in _numbers(columns, wanted)}
    for field, share, fits in TESTS:
        left = [column for column in columns if column not in found]
        if field not in wanted or not left:
            continue
        if field == "letter_code" and (found or not {"nik", "kk"} <= wanted):
            continue  # only a list without numbers goes by letter codes; elsewhere it is some other office's code
        best = max(left, key=lambda column: (_share(columns[column], fits), len(set(columns[column]))))
        if _share(columns[best], fits) >= share and _distinct_enough(field, columns[best]):
            found[best] = Guess(How.CONTENT, 0, field)
    return found


def _values(rows: Iterable[Row], column: int) -> list[str]:
    cells = (row[column] for row in list(rows)[:LOOKED_AT] if column < len(row))
    return [text for cell in cells if (text := value_of(cell))]


def _numbers(columns: dict[int, list[str]], wanted: set[str]) -> list[tuple[str, int]]:
    """NIK and KK numbers look alike, but about half of all NIKs are women's, with 40 added to the day.

    Without women the years tell: KK cards were issued in the last twenty, and hardly anybody listed is so young. Where
    neither tells, nothing is guessed.
    """
    numbers = {
        column: digits
        for column, values in columns.items()
        if _share(digits := [digits_meant(value) or value for value in values], NUMBER.fullmatch) >= 0.6
    }
    womens = [column for column, digits in numbers.items() if _share(digits, WOMAN.match)]
    others = [column for column in numbers if column not in womens]
    recent = [column for column in others if _share(numbers[column], is_recent) >= MOSTLY]
    older = [column for column in others if _share(numbers[column], is_of_birth) >= MOSTLY]
    if "nik" not in wanted:
        niks, kks = [], others
    elif womens:
        niks, kks = womens, others
    else:
        niks, kks = older, recent
    found = [("nik", niks), ("kk", kks)]
    return [(field, offers[0]) for field, offers in found if field in wanted and len(offers) == 1]


def is_recent(digits: str) -> bool:
    """Whether the year in a number is one in which KK cards were issued: hardly anybody on a list is born in it."""
    year = digits[10:12]
    return year.isdecimal() and 5 <= int(year) <= date.today().year % 100  # noqa: DTZ011  # a day more or less


def is_of_birth(digits: str) -> bool:
    """Whether the year in a number is one in which no card was numbered so: 1930 to 1999."""
    year = digits[10:12]
    return year.isdecimal() and int(year) >= 30


def _share(values: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(bool(fits(value)) for value in values) / len(values)


def _distinct_enough(field: str, values: Sequence[str]) -> bool:
    """Names and codes differ from row to row; the names of regions do not."""
    return len(set(values)) / len(values) >= {"name": 0.3, "letter_code": 0.95, "address": 0.2}.get(field, 0)


@lru_cache(maxsize=4096)
def _is_village(text: str) -> bool:
    return re.match(r"(?:KEL|DESA|KELURAHAN)\b", text, re.I) is not None or _known(text, "village")


@lru_cache(maxsize=4096)
def _is_district(text: str) -> bool:
    return re.match(r"(?:KEC|KECAMATAN)\b", text, re.I) is not None or _known(text, "district")


def _known(text: str, kind: str) -> bool:
    return any(Gazetteer.load().knows(key, kind) for key in readings(text))


# Field, the share of values that must fit, and what fits; tried in this order.
TESTS: tuple[tuple[str, float, Callable[[str], object]], ...] = (
    ("rt_rw", 0.7, NEIGHBOURHOOD.fullmatch),
    ("amount", 0.8, MONEY.fullmatch),
    ("programme", 0.8, programme_of),
    ("address", 0.5, STREET.match),
    ("kecamatan", 0.8, _is_district),
    ("kelurahan", 0.8, _is_village),
    ("letter_code", 0.9, CODE.fullmatch),
    ("name", 0.85, NAME.fullmatch),
)
