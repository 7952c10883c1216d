"""A waiting line as a workbook for Dinas Sosial: who stands how, by which rule. No number of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from salur.core.officers.roles import Officer
from salur.core.waiting.answers import Entry, Line
from salur.words.casework import lines
from salur.words.language import Say

WIDTHS = (8, 30, 22, 22, 6, 6, 18, 18, 44)
HEADER_ROW = 2


def line_as_xlsx(line: Line, officer: Officer, say: Say, made_at: datetime) -> bytes:
    """One row each, under the rule and its decree. `made_at` is in the clock of the city, and all days are.

    `line` has all its entries on one page, and a quota.
    """
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": officer.username, "created": made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(say("Daftar tunggu"))
    bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(0, 0, say("Daftar tunggu {program}", program=line.programme_name), bold)
    if line.quota is not None:
        told = say("Urutan: {aturan}, lalu yang lebih dulu diajukan.", aturan=lines.rule(line.quota.rule, say))
        sheet.write_string(1, 0, f"{told} {line.quota.source}. {say.date(made_at)}")
    for column, (label, width) in enumerate(zip(_header(say), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW, column, label, bold)
    for row, entry in enumerate(line.entries or (), HEADER_ROW + 1):
        for column, value in enumerate(_cells(entry, say, made_at)):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value.replace(tzinfo=None), day)
            elif isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value:
                sheet.write_string(row, column, value)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return content.getvalue()


def _header(say: Say) -> tuple[str, ...]:
    return (
        say("Urutan"), say("Nama"), say("Kecamatan"), say("Kelurahan"), say("RW"), say("RT"), say("Disetujui"),
        say("Diajukan"), say("Keadaan"),
    )  # fmt: skip


def _cells(entry: Entry, say: Say, made_at: datetime) -> Iterator[str | int | datetime | None]:
    yield entry.position
    yield entry.name
    yield entry.territory.kecamatan
    yield entry.territory.kelurahan
    yield entry.territory.rw
    yield entry.territory.rt
    yield entry.since.astimezone(made_at.tzinfo)
    yield entry.sent_at.astimezone(made_at.tzinfo)
    told = lines.standing(entry.standing, say)
    yield f"{told}: {lines.skip_reason(entry.reason, say)}" if entry.reason else told
