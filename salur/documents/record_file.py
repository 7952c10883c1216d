"""The record of who did what, as a workbook or csv to keep."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from salur.core.chronicle.answers import Entry
from salur.documents.csv_cells import as_text
from salur.words.language import Say
from salur.words.officers import record

WIDTHS = (12, 8, 24, 40, 44, 34, 34)
CSV = "text/csv"


def record_as_xlsx(entries: Iterable[Entry], say: Say, zone: tzinfo) -> bytes:
    """A row for each entry, under a header that stays in sight. All cells are text: nothing is a formula."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, options) as book:
        sheet, bold = book.add_worksheet(say("Catatan")), book.add_format({"bold": True})
        for column, (label, width) in enumerate(zip(_header(say), WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, label, bold)
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(_rows(entries, say, zone), 1):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell)
    return content.getvalue()


def record_as_csv(entries: Iterable[Entry], say: Say, zone: tzinfo) -> bytes:
    """The same with semicolons and a BOM, as Excel opens it where decimals have a comma."""
    content = StringIO()
    writer = csv.writer(content, delimiter=";")
    writer.writerow(_header(say))
    for row in _rows(entries, say, zone):
        writer.writerow(map(as_text, row))
    return content.getvalue().encode("utf-8-sig")


def _header(say: Say) -> tuple[str, ...]:
    return (
        say("Tanggal"),
        say("Jam"),
        say("Jenis"),
        say("Apa"),
        say("Siapa"),
        say("Wilayah"),
        say("Keterangan"),
    )


def _rows(entries: Iterable[Entry], say: Say, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        at = entry.at.astimezone(zone)
        yield (
            at.date().isoformat(),
            at.strftime("%H:%M"),
            record.kind(entry.kind, say),
            record.what(entry, say),
            record.who(entry, say),
            record.where(entry),
            record.more(entry, say),
        )
