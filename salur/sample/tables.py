"""Writing tables row by row, so that a city of a million takes no more memory than a village.

The same rows give the same bytes: no clock and no chance goes into a file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path
from string import ascii_uppercase
from typing import Protocol

from xlsxwriter import Workbook
from xlsxwriter.worksheet import CellNumberTuple, CellStringTuple, Worksheet

from salur.sample.dirt import Cell

ROWS_IN_A_SHEET = 1_000_000  # Excel's limit is 1,048,576
PLAIN = re.compile(r"\w(?:[\w .,/:()'-]*[\w.)])?")  # nothing that XML or Excel would read otherwise
SHOWN_IN_FULL = 10**11
CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's properties have no zone
Span = tuple[int, int, str]


class Table(Protocol):
    """A file that takes rows; `sheet` begins another sheet where there are sheets."""

    def sheet(self, name: str) -> None:
        """Begin a sheet."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""

    def spans(self, spans: Sequence[Span]) -> None:
        """Write a row of merged cells, each (first column, last column, text)."""

    def full(self) -> bool:
        """Whether this sheet should take no more rows."""

    def close(self) -> None:
        """Finish the file."""


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A sheet that writes plain words and numbers the short way, which takes a third of the time; all else as usual."""

    # Positions are always numbers here: the check whether they are such as "A1" is left out.
    write_string, write_number = Worksheet._write_string, Worksheet._write_number

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        if isinstance(cell, CellStringTuple) and cell.format is None and PLAIN.fullmatch(cell.string):
            self.fh.write(f'<c r="{ascii_uppercase[col]}{row + 1}" t="inlineStr"><is><t>{cell.string}</t></is></c>')
        elif isinstance(cell, CellNumberTuple) and cell.format is None:
            self.fh.write(f'<c r="{ascii_uppercase[col]}{row + 1}"><v>{cell.number}</v></c>')
        else:
            super()._write_cell(row, col, cell)


class XlsxTable:
    """A workbook, written a row at a time."""

    def __init__(self, path: Path) -> None:
        self._book = Workbook(str(path), {"constant_memory": True, "default_date_format": "dd-mmm"})
        self._book.set_properties({"created": CREATED, "author": "Dinas Sosial"})
        self._day = self._book.add_format({"num_format": "dd-mmm"})
        self._sheet: Worksheet | None = None
        self._next = 0
        self._names: dict[str, int] = {}

    def sheet(self, name: str) -> None:
        """Begin a sheet; a second one of the same name gets a number."""
        self._names[name] = count = self._names.get(name, 0) + 1
        self._sheet = self._book.add_worksheet(name if count == 1 else f"{name} {count}", PlainSheet)
        self._next = 0

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row: text as text, numbers as numbers, dates as Excel's day and month."""
        sheet, at = self._sheet, self._next
        assert sheet is not None
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(at, column, cell)
            elif isinstance(cell, int):
                sheet.write_number(at, column, cell)
            elif cell is not None:
                sheet.write_datetime(at, column, cell, self._day)
        self._next += 1

    def spans(self, spans: Sequence[Span]) -> None:
        """Write a row of merged cells."""
        assert self._sheet is not None
        for first, last, text in spans:
            if first == last:
                self._sheet.write_string(self._next, first, text)
            else:
                self._sheet.merge_range(self._next, first, self._next, last, text)
        self._next += 1

    def full(self) -> bool:
        """Whether the sheet nears Excel's limit."""
        return self._next >= ROWS_IN_A_SHEET

    def close(self) -> None:
        """Put the workbook together."""
        self._book.close()


class CsvTable:
    """Semicolons and a byte-order mark, as Excel in Indonesia saves it. It has one sheet only."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";")

    def sheet(self, name: str) -> None:
        """Nothing to do."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        self._writer.writerow([_as_text(cell) for cell in cells])

    def spans(self, spans: Sequence[Span]) -> None:
        """Write the texts of merged cells, each in its first column."""
        cells = [""] * (max(last for _, last, _ in spans) + 1)
        for first, _, text in spans:
            cells[first] = text
        self.row(cells)

    def full(self) -> bool:
        """Never."""
        return False

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class HtmlTable:
    """An HTML table that calls itself .xls, as the national system exports it. It has one sheet only."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._file.write("<html><head><meta charset='utf-8'></head><body><table border=1>\n")
        self._tag = "th"

    def sheet(self, name: str) -> None:
        """Nothing to do."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row; the first is the header."""
        tag = self._tag
        text = "".join(f"<{tag}>{escape(_as_text(cell))}</{tag}>" for cell in cells)
        self._file.write(f"<tr>{text}</tr>\n")
        self._tag = "td"

    def spans(self, spans: Sequence[Span]) -> None:
        """Write a row of merged cells."""
        cells = (f"<th colspan={last - first + 1}>{escape(text)}</th>" for first, last, text in spans)
        self._file.write(f"<tr>{''.join(cells)}</tr>\n")

    def full(self) -> bool:
        """Never."""
        return False

    def close(self) -> None:
        """End the table and close the file."""
        self._file.write("</table></body></html>\n")
        self._file.close()


def _as_text(cell: Cell) -> str:
    """A cell as Excel in Indonesia writes it into text: long numbers lose their digits."""
    if cell is None:
        return ""
    if isinstance(cell, int) and cell >= SHOWN_IN_FULL:
        return f"{cell:.5E}".replace(".", ",")
    return f"{cell:%d-%b}" if isinstance(cell, date) else str(cell)


def open_table(path: Path) -> Table:
    """Open a table of the kind that the file's ending tells. Raises: KeyError for another ending."""
    kinds: dict[str, type[XlsxTable] | type[CsvTable] | type[HtmlTable]] = {
        ".xlsx": XlsxTable,
        ".csv": CsvTable,
        ".xls": HtmlTable,
    }
    return kinds[path.suffix](path)
