"""A table as a workbook of one sheet: what is written above it, a header that stays, days as days, to print on A4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from salur.core.officers.roles import Officer

Cell = str | int | datetime | None


def table_as_xlsx(
    title: str,
    columns: Sequence[tuple[str, int]],  # each with its width in characters
    rows: Iterable[Iterable[Cell]],
    officer: Officer,
    made_at: datetime,
    *,
    above: Sequence[str] = (),  # lines over the header, the first of them bold
    beside: int = 2,  # columns that stay when the rest is scrolled
    days: str = "dd/mm/yyyy",
) -> bytes:
    """The workbook. Nothing in it is a formula or a link, whatever it begins with; `made_at` has the city's clock."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"author": officer.username, "created": made_at.replace(tzinfo=None)})
        sheet, bold = book.add_worksheet(title), book.add_format({"bold": True, "text_wrap": True})
        for row, line in enumerate(above):
            sheet.write_string(row, 0, line, None if row else bold)
        header = len(above)
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(header, column, label, bold)
        _write(sheet, header + 1, rows, book.add_format({"num_format": days}))
        sheet.freeze_panes(header + 1, beside)
        sheet.repeat_rows(header)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return content.getvalue()


def _write(sheet: Worksheet, first: int, rows: Iterable[Iterable[Cell]], day: Format) -> None:
    for row, cells in enumerate(rows, first):
        for column, value in enumerate(cells):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value.replace(tzinfo=None), day)
            elif isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value:
                sheet.write_string(row, column, value)
