"""Two lists side by side as a workbook: the sums, and a sheet for each group. No number of anybody stands in it whole.

Every text is written as text: what starts with `=` in a name is a name, and no formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from salur.core.comparing.answers import Comparison, Line
from salur.core.comparing.kinds import Kind
from salur.core.officers.roles import Officer
from salur.words import neighbourhood
from salur.words.language import Say, parts
from salur.words.lists import comparing

HEADER_ROW = 4
WIDTHS = (28, 24, 8, 8, 16, 18, 60)
UNSURE_WIDTHS = (10, 14, *WIDTHS[:-1], 10, 10)
Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Made:
    """By whom, when, and of which part."""

    officer: Officer
    at: datetime  # on the clock of the city
    kelurahan: str = ""  # its name; empty: all of them


def comparison_as_xlsx(comparison: Comparison, lines: Mapping[Kind, Sequence[Line]], made: Made, say: Say) -> bytes:
    """A sheet of sums and one of each group. On top of each: who made it, when, and that it must not be shared."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": made.officer.username, "created": made.at.replace(tzinfo=None)})
    _Sheet(book, say("Ringkasan"), made, say).write(
        _told(comparison, say), (say("Kelurahan"), *comparing.columns(comparison, say)), _sums(comparison, say), (28,)
    )
    for kind, found in lines.items():
        header, widths = (_unsure_header(say), UNSURE_WIDTHS) if kind is Kind.UNSURE else (_header(say), WIDTHS)
        rows = (_cells(line, kind, comparison, say) for line in found)
        told = [comparing.meant(kind, comparison, say), *_hidden(comparison, kind, say)]
        _Sheet(book, comparing.kind(kind, say), made, say).write([" ".join(told)], header, rows, widths)
    book.close()
    return content.getvalue()


class _Sheet:
    def __init__(self, book: Workbook, name: str, made: Made, say: Say) -> None:
        self._sheet = book.add_worksheet(name)
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE8E2"})
        self._text: Format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._number: Format = book.add_format({"num_format": "#,##0", "valign": "top"})
        self._made, self._say = made, say

    def write(
        self, told: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]
    ) -> None:
        sheet, say = self._sheet, self._say
        who = neighbourhood.made_by(self._made.officer, self._made.at, say)
        part = say("Hanya: {saringan}", saringan=self._made.kelurahan) if self._made.kelurahan else ""
        sheet.write_string(0, 0, " ".join(filter(None, (*told, part))), self._bold)
        sheet.write_string(1, 0, who)
        sheet.write_string(2, 0, "".join(piece for piece, _ in parts(neighbourhood.not_to_be_shared(say))), self._bold)
        for column, label in enumerate(header):
            sheet.set_column(column, column, widths[column] if column < len(widths) else 14)
            sheet.write_string(HEADER_ROW, column, label, self._head)
        for row, cells in enumerate(rows, HEADER_ROW + 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(row, column, cell, self._number)
                elif cell:
                    sheet.write_string(row, column, cell, self._text)
        sheet.freeze_panes(HEADER_ROW + 1, 1)
        sheet.repeat_rows(HEADER_ROW)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        foot = f"{who} {say('Jangan dibagikan.')}".replace("&", "&&")  # in a footer an ampersand begins a code
        sheet.set_footer(f"&L&8{foot}&R&8&P / &N")


def _told(comparison: Comparison, say: Say) -> list[str]:
    lists = (comparing.in_short(one, say) + "." for one in (comparison.before, comparison.after))
    return [*lists, *comparing.adds_up(comparison, say)]


def _hidden(comparison: Comparison, kind: Kind, say: Say) -> list[str]:
    count = comparison.hidden.get(kind, 0)
    return [say("{jumlah} baris lain di luar wilayah kantor ini, atau tanpa wilayah.", jumlah=count)] if count else []


def _sums(comparison: Comparison, say: Say) -> Iterable[Sequence[Cell]]:
    yield (say("Semua"), *comparing.of_kelurahan(comparison.total))
    for code, sums in comparison.sums.items():
        name = comparison.names.get(code or "", code) or say("kelurahan tidak diketahui")
        yield (name, *comparing.of_kelurahan(sums))


def _header(say: Say) -> tuple[str, ...]:
    return (
        say("Nama"), say("Kelurahan"), say("RT"), say("RW"), say("Jumlah (Rp)"), say("Keadaan"), say("Yang berubah")
    )  # fmt: skip


def _unsure_header(say: Say) -> tuple[str, ...]:
    return (say("Kelompok"), say("Daftar"), *_header(say)[:-1], say("NIK"), say("Nomor KK"))


def _cells(line: Line, kind: Kind, comparison: Comparison, say: Say) -> Sequence[Cell]:
    side = line.one
    if side is None:
        return (say("di luar wilayah kantor ini"),)
    rt, rw = ("" if number is None else f"{number:03}" for number in (side.rt, side.rw))
    person = (side.name, side.kelurahan or "", rt, rw, side.amount, comparing.standing(side, say))
    if kind is Kind.UNSURE:
        numbers = (f"…{digits}" if digits else "" for digits in (side.nik, side.kk))
        return (line.group, comparing.on_list(line, comparison, say), *person, *numbers)
    told = (f"{what}: {was} → {now}" for what, was, now in comparing.differences(line, say))
    return (*person, "; ".join(told))
