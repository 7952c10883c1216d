"""Opening an office's file: what kind it is by its content, not its name, and whether it is safe to read.

Offices send xlsx, xls, xls that is HTML inside, ods and csv in several encodings. Whatever is wrong with the file
as a whole is one `UnreadableFile`; no bytes lead to anything else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from salur.core.errors import UnreadableFile

MAX_BYTES = 200_000_000
MAX_ROWS = 2_000_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 4096

Cell = str | float | int | bool | date | datetime | time | timedelta
Row = list[Cell]


# Merged cells: first row, first column, last row, last column, all counted from 0.
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A sheet being read: its rows from row 1 on, to be taken once, its merged cells, and texts above the table.

    A row is a list of cells, empty text for nothing; rows may be of different lengths. `merged` and `titles` may
    grow while the rows are taken.
    """

    rows: Iterator[Row]
    merged: Sequence[Span] = ()
    titles: Sequence[str] = ()


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
    """A file that could be opened: its kind, how its text was read (csv only), and its visible sheets."""

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None


def open_file(path: str | os.PathLike[str]) -> OpenFile:
    """Open a spreadsheet of whatever kind.

    Raises: UnreadableFile.
    """
    # The readers are imported here: they need the types above, and a csv needs neither calamine nor lxml.
    from salur.intake import csvfile, markup, opendocument, workbook  # noqa: PLC0415

    path = Path(path)
    head = _head(path)
    if head.startswith(ZIP):
        return opendocument.open_ods(path) if b"opendocument.spreadsheet" in head else workbook.open_xlsx(path)
    if head.startswith(OLE):
        return workbook.open_xls(path)
    if markup.looks_like_markup(head):
        return markup.open_markup(path)
    return csvfile.open_csv(path)


def _head(path: Path) -> bytes:
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise UnreadableFile("not_a_table")
        if info.st_size > MAX_BYTES:
            raise UnreadableFile("too_large")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError as error:
        raise UnreadableFile("missing") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableFile("missing") from error
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty")
    return head


def count_rows(rows: Iterator[Row]) -> Iterator[Row]:
    """Pass rows on, and stop with `too_many_rows` at the limit."""
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            raise UnreadableFile("too_many_rows")
        yield row
