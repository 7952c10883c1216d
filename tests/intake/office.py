"""Files as offices send them, for the stories: made in a folder of the test, people invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[object]]


def nik(number: int, *, district: str = "327104") -> str:
    """A well-formed NIK of a woman."""
    return f"{district}{41 + number % 20}0180{number:04}"


def kk(number: int, *, district: str = "327104") -> str:
    """A well-formed KK number."""
    return f"{district}{1 + number % 20:02}0110{number:04}"


def write_xlsx(
    path: Path, sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), merged: Mapping[str, str] | None = None
) -> Path:
    """A workbook: text stays text, numbers numbers, dates dates; `merged` is range to text, on the first sheet."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd-mmm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(line, column, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(line, column, cell)
                    elif cell is not None:
                        sheet.write(line, column, cell)
            if name in hidden:
                sheet.hide()
        for where, text in (merged or {}).items():
            book.worksheets()[0].merge_range(where, text)
    return path


def write_csv(path: Path, rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8") -> Path:
    """A text file; cells are joined as they are."""
    path.write_bytes("".join(delimiter.join(map(str, row)) + "\r\n" for row in rows).encode(encoding))
    return path
