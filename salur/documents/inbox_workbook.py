"""Proposals as a workbook for Dinas Sosial: who, where, since when, and where each lies. No number of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from io import BytesIO

from xlsxwriter import Workbook

from salur.core.casework.answers import InboxEntry
from salur.core.officers.roles import Officer
from salur.words.casework import cases
from salur.words.language import Say

WIDTHS = (16, 30, 30, 22, 22, 6, 6, 18, 18, 30)


def inbox_as_xlsx(entries: Iterable[InboxEntry], officer: Officer, say: Say, made_at: datetime) -> bytes:
    """One row each, days as days. `made_at` is in the clock of the city, and all days are."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": officer.username, "created": made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(say("Pengajuan"))
    bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for column, (label, width) in enumerate(zip(_header(say), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, bold)
    for row, entry in enumerate(entries, 1):
        for column, value in enumerate(_cells(entry, say, made_at)):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value.replace(tzinfo=None), day)
            elif isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value:
                sheet.write_string(row, column, value)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return content.getvalue()


def _header(say: Say) -> tuple[str, ...]:
    return (
        say("Jenis"), say("Nama"), say("Alasan"), say("Kecamatan"), say("Kelurahan"), say("RW"), say("RT"),
        say("Dikirim"), say("Batas waktu"), say("Keadaan"),
    )  # fmt: skip


def _cells(entry: InboxEntry, say: Say, made_at: datetime) -> Iterator[str | int | datetime | None]:
    zone: tzinfo | None = made_at.tzinfo
    due = made_at + entry.left if entry.left is not None else None
    yield cases.kind_name(entry.kind, say)
    yield entry.name
    yield cases.sent_for(entry.kind, entry.reason, say)
    yield entry.territory.kecamatan
    yield entry.territory.kelurahan
    yield entry.territory.rw
    yield entry.territory.rt
    yield entry.sent_at.astimezone(zone)
    yield _to_the_minute(due)
    yield cases.standing(entry, say)


def _to_the_minute(moment: datetime | None) -> datetime | None:
    return None if moment is None else (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
