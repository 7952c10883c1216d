"""Giving an office its faulty rows back as a workbook, with the reasons in a last column."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from salur.core.lists.kinds import RowId
from salur.intake.tables.corrections import MARK

ROW_HEADER, REASONS_HEADER = "BARIS", "ALASAN"
WIDTH = 22


def write_faults(
    path: str | os.PathLike[str] | BytesIO,
    rows: Iterable[tuple[RowId, Sequence[str], Sequence[str]]],
    header: Sequence[str] = (),
    mark: Callable[[str], str] | None = None,
) -> int:
    """Write rows of (row in the office's file, cells, reasons) under the file's own `header`; gives how many.

    Every cell is text: numbers keep their digits when the office sends the file back, and what begins with `=` is
    shown, not run. The reasons stand right of the widest row. `mark` gives each row what it is known by when it comes
    back, in a hidden last column. Into memory nothing is written to a disk on the way.

    Raises: OSError.
    """
    kept = list(rows)
    width = max((len(cells) for _, cells, _ in kept), default=0)
    width = max(width, len(header))
    # Nothing is turned into a formula, a link or a number, and the rows written are dropped from memory.
    in_memory = isinstance(path, BytesIO)
    plain = {"strings_to_formulas": False, "strings_to_urls": False}
    options = {"constant_memory": not in_memory, "in_memory": in_memory, **plain}
    try:
        with xlsxwriter.Workbook(path if isinstance(path, BytesIO) else os.fspath(path), options) as book:
            _fill(book, kept, header, width, mark)
    except FileCreateError as error:
        raise error.args[0] from None
    return len(kept)


def _fill(
    book: xlsxwriter.Workbook,
    rows: Iterable[tuple[RowId, Sequence[str], Sequence[str]]],
    header: Sequence[str],
    width: int,
    mark: Callable[[str], str] | None,
) -> None:
    as_text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "num_format": "@"})
    sheet = book.add_worksheet("Perbaikan")
    sheet.set_column(0, width + 1, WIDTH, as_text)
    sheet.freeze_panes(1, 0)
    marked = [MARK] if mark else []
    _write(sheet, 0, [ROW_HEADER, *_filled(header, width), REASONS_HEADER, *marked], bold)
    if mark:
        sheet.set_column(width + 2, width + 2, WIDTH, as_text, {"hidden": True})
    for line, (row, cells, reasons) in enumerate(rows, 1):
        hidden = [mark(str(row))] if mark else []
        _write(sheet, line, [str(row), *_filled(cells, width), "; ".join(reasons), *hidden], as_text)


def _filled(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, texts: Sequence[str], form: object) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(line, column, text[:32_000], form)
