"""The figures of an area as a workbook and as csv: a line for each of its parts and each round, sums first."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from salur.core.figures.answers import Dashboard, MarkSums, ProposalSums, RoundSums, Sums
from salur.core.officers.roles import Officer
from salur.documents.csv_cells import as_text
from salur.words import marks, neighbourhood
from salur.words.casework import cases
from salur.words.language import Say
from salur.words.officers import figures

CSV = "text/csv"
WIDTH = 16
Cell = str | int | float | None


def dashboard_as_xlsx(board: Dashboard, officer: Officer, say: Say) -> bytes:
    """A sheet of what became of the money, and where it is the officer's business one of proposals and one of marks."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, options) as book:
        book.set_properties({"author": officer.username, "created": board.made_at.replace(tzinfo=None)})
        bold, money = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
        sheets = [(say("Penyaluran"), _header(say), list(_rows(board, say)))]
        if board.proposals is not None:
            sheets.append((say("Pengajuan"), _proposal_header(say), [_proposal(one, say) for one in board.proposals]))
        if board.marks is not None:
            sheets.append((say("Tanda"), _mark_header(say), [_mark(one, say) for one in board.marks]))
        for title, header, rows in sheets:
            sheet: Worksheet = book.add_worksheet(title)
            sheet.write_string(0, 0, figures.place(board.area, board.way[-1].name, say), bold)
            sheet.write_string(1, 0, neighbourhood.made_by(officer, board.made_at, say))
            sheet.set_column(0, len(header) - 1, WIDTH)
            for column, label in enumerate(header):
                sheet.write_string(3, column, label, bold)
            for number, cells in enumerate(rows, 4):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write_number(number, column, cell, money)
            sheet.freeze_panes(4, 1)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
    return content.getvalue()


def dashboard_as_csv(board: Dashboard, say: Say) -> bytes:
    """What became of the money, with semicolons and a BOM, as Excel opens it where decimals have a comma."""
    content = StringIO()
    writer = csv.writer(content, delimiter=";")
    writer.writerow(_header(say))
    for row in _rows(board, say):
        writer.writerow(["" if cell is None else as_text(cell) for cell in row])
    return content.getvalue().encode("utf-8-sig")


def _header(say: Say) -> Sequence[str]:
    return (
        say("Wilayah"), say("Kode wilayah"), say("RW"), say("RT"), say("Program"), say("Periode"), say("Penerima"),
        say("Jumlah (Rp)"), say("Sudah dibayar"), say("Sudah dibayar (Rp)"), say("Belum dibayar"),
        say("Dikembalikan"), say("Gagal dibayar"), say("Dihentikan sementara"), say("Belum diambil"),
    )  # fmt: skip


def _rows(board: Dashboard, say: Say) -> Iterator[Sequence[Cell]]:
    """The whole area, then its parts; of each all rounds, then one after the other."""
    area = board.area
    whole = (say("Jumlah"), area.region_code, area.rw, area.rt)
    yield from _lines(whole, board.total, board.rounds, say)
    for part in board.parts:
        named = part.area
        place = (named.region_code, named.rw, named.rt) if named else (None, None, None)
        yield from _lines((figures.part(part, area, say), *place), part.sums, part.rounds, say)


def _lines(place: tuple[Cell, ...], sums: Sums, rounds: Iterable[RoundSums], say: Say) -> Iterator[Sequence[Cell]]:
    yield (*place, say("Semua program"), "", *_cells(sums))
    for one in rounds:
        yield (*place, one.round.key.programme, say.period(one.round.key.period), *_cells(one.sums))


def _cells(sums: Sums) -> Sequence[Cell]:
    rupiah, paid = (sums.rupiah, sums.paid_rupiah) if sums.priced else (None, None)
    return (
        sums.people, rupiah, sums.paid, paid, sums.due, sums.returned, sums.failed, sums.suspended, sums.not_collected,
    )  # fmt: skip


def _proposal_header(say: Say) -> Sequence[str]:
    return (
        say("Jenis"), say("Terbuka"), say("Lewat waktu"), say("Disetujui"), say("Tidak disetujui"),
        say("Masuk daftar"), say("Lama (hari)"),
    )  # fmt: skip


def _proposal(one: ProposalSums, say: Say) -> Sequence[Cell]:
    days = None if one.days is None else round(one.days, 1)
    return cases.kind_name(one.kind, say), one.open, one.late, one.accepted, one.rejected, one.granted, days


def _mark_header(say: Say) -> Sequence[str]:
    return say("Jenis"), say("Belum diperiksa"), say("Dibenarkan"), say("Selesai")


def _mark(one: MarkSums, say: Say) -> Sequence[Cell]:
    return marks.kind(one.kind, say), one.open, one.confirmed, one.handled
