"""A file that could be opened, its sheets and their rows: what every reader gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from salur.core.errors import UnreadableFile

MAX_ROWS = 2_000_000
Cell = str | float | int | bool | date | datetime | time | timedelta
Row = list[Cell]
Element = Any  # of lxml, which has no types
# Merged cells: first row, first column, last row, last column, all counted from 0.
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A sheet being read: its rows from row 1 on, to be taken once, its merged cells, and texts above the table.

    A row is a list of cells, empty text for nothing; rows may be of different lengths. `hidden` are the rows, counted
    from 0, that the file does not show. `merged` comes in the order of the rows; `merged`, `titles` and `hidden` may
    grow while the rows are taken.
    """

    rows: Iterator[Row]
    merged: Sequence[Span] = ()
    titles: Sequence[str] = ()
    hidden: Collection[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet.

    `broken` counts, by column index, the formulas that have an error or nothing for a value: those cells come as
    empty text.
    """

    name: str
    load: Callable[[], Loaded]
    broken: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that could be opened: its kind, how its text was read (csv only), its visible sheets, and its rows.

    `rows` is how many there are at most, None where that is known only at the end.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None
    rows: int | None = None


def count_rows(rows: Iterator[Row]) -> Iterator[Row]:
    """Pass rows on, and stop with `too_many_rows` at the limit."""
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            raise UnreadableFile("too_many_rows")
        yield row
