"""How letters are handed over, RT by RT, as a workbook and as csv. Numbers of letters, nobody's name."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from salur.core.letters.handing.answers import Withheld, WithheldIn
from salur.core.officers.roles import Officer
from salur.documents.csv_cells import as_text
from salur.words import neighbourhood
from salur.words.language import Say
from salur.words.printing.handing import withheld_in

WIDTH, HEADER_ROW = 16, 3
Cell = str | int | None


def withheld_as_xlsx(found: Withheld, officer: Officer, say: Say) -> bytes:
    """All RT in the order of the page, the sums first."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"author": officer.username, "created": found.made_at.replace(tzinfo=None)})
        sheet, bold = book.add_worksheet(say("Surat")), book.add_format({"bold": True, "text_wrap": True})
        sheet.write_string(0, 0, say("Surat yang tertahan"), bold)
        sheet.write_string(1, 0, neighbourhood.made_by(officer, found.made_at, say))
        sheet.set_column(0, 0, 2 * WIDTH)
        sheet.set_column(1, 12, WIDTH)
        for number, cells in enumerate(_rows(found, say), HEADER_ROW):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell, bold if number == HEADER_ROW else None)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(HEADER_ROW + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return content.getvalue()


def withheld_as_csv(found: Withheld, say: Say) -> bytes:
    """The same with semicolons and a BOM, as Excel opens it where decimals have a comma."""
    content = StringIO()
    writer = csv.writer(content, delimiter=";")
    for row in _rows(found, say):
        writer.writerow(["" if cell is None else as_text(cell) for cell in row])
    return content.getvalue().encode("utf-8-sig")


def _rows(found: Withheld, say: Say) -> Iterator[Sequence[Cell]]:
    """The header, the sums, and each RT. Reports have a column only where they are told."""
    reports = [] if found.total.reports is None else [say("Laporan surat ditahan")]
    yield (
        say("Wilayah"), say("Kode wilayah"), say("RW"), say("RT"), say("Dicetak"), say("Diserahkan"),
        say("Belum diserahkan"), say("Diganti"), say("Ditarik"), say("Lebih dari 3 hari"),
        say("Harinya dekat atau lewat"), *reports,
    )  # fmt: skip
    yield _row(say("Jumlah"), found.total)
    for one in found.parts:
        yield _row(withheld_in(one, say), one)


def _row(name: str, one: WithheldIn) -> Sequence[Cell]:
    counts, area = one.counts, one.area
    reports = [] if one.reports is None else [one.reports]
    return (
        name, area.region_code, area.rw, area.rt, counts.printed, counts.handed, counts.waiting, counts.replaced,
        counts.withdrawn, one.long, one.soon, *reports,
    )  # fmt: skip
