"""Lists as workbooks, to count with and to sign on paper.

Dates and amounts are such, so that they sort and add up; numbers that are codes (RT, RW) stay text. Every text is
written as text: what starts with `=` in a name is a name, and no formula.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from salur.core.neighbourhood.answers import Filter, Line, ListOfArea
from salur.core.officers.roles import Officer
from salur.words import marks, neighbourhood
from salur.words.language import Say, parts
from salur.words.officers.offices import area

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER_ROW = 5
Cell = str | int | date | None
# Of each column. The last two are empty: for a pen.
WIDTHS = (5, 28, 5, 5, 24, 19, 12, 12, 23, 27, 20, 8, 9, 24, 20, 24)
AMOUNT = 6  # the column with separators; other numbers are years, and running ones


def list_as_xlsx(page: ListOfArea, filter: Filter, officer: Officer, say: Say) -> bytes:
    """The lines of a list. On top, and under each printed page: who made it, when, and that it must not be shared."""
    content = BytesIO()
    # Nothing of this machine in the properties: only what stands on the sheet.
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": officer.username, "created": page.made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(say("Daftar"))
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "border": 1})
    money, plain, day = (
        book.add_format({"num_format": shown, "valign": "top", "border": 1}) for shown in ("#,##0", "0", "dd/mm/yyyy")
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#DDE8E2"})
    bold = book.add_format({"bold": True})
    made, warning = neighbourhood.made_by(officer, page.made_at, say), _plain(_warning(say))
    sheet.write_string(0, 0, _title(page, say), bold)
    sheet.write_string(1, 0, _narrowed(filter, say))
    sheet.write_string(2, 0, made)
    sheet.write_string(3, 0, warning, bold)
    for column, (label, width) in enumerate(zip(_header(say), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW, column, label, head)
    for number, line in enumerate(page.lines, 1):
        row = HEADER_ROW + number
        for column, value in enumerate((number, *_cells(line, say))):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(row, column, value, money if column == AMOUNT else plain)
            elif value:
                sheet.write_string(row, column, value, text)
            else:
                sheet.write_blank(row, column, None, text)
    last = HEADER_ROW + max(1, len(page.lines))
    sheet.ignore_errors({"number_stored_as_text": f"C{HEADER_ROW + 2}:D{last + 1}"})
    sheet.autofilter(HEADER_ROW, 0, last, len(WIDTHS) - 1)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    # In headers and footers an ampersand begins a code.
    warning = say("Jangan dibagikan.")
    foot = f"{made} {warning}".replace("&", "&&")
    sheet.set_footer(f"&L&8{foot}&R&8&P / &N")
    book.close()
    return content.getvalue()


def _header(say: Say) -> tuple[str, ...]:
    return (
        say("No."),
        say("Nama"),
        say("RT"),
        say("RW"),
        say("Program"),
        say("Periode"),
        say("Jumlah (Rp)"),
        say("Tanggal"),
        say("Pengambilan"),
        say("Tempat"),
        say("Keadaan"),
        say("Tahun lahir"),
        say("Perlu diantar"),
        say("Tanda"),
        say("Tanda tangan"),
        say("Catatan"),
    )


def _cells(line: Line, say: Say) -> tuple[Cell, ...]:
    return (
        line.name,
        "" if line.rt is None else f"{line.rt:03}",
        "" if line.rw is None else f"{line.rw:03}",
        line.programme_name,
        say.period(line.period),
        line.amount,
        neighbourhood.day(line),
        neighbourhood.besides_day(line, say),
        neighbourhood.where(line, say),
        neighbourhood.state(line.state, say),
        line.birth_year,
        say("ya") if line.care else "",
        ", ".join([*(marks.kind(kind, say) for kind in line.marks), *([say("Data ganda")] if line.double else [])]),
        None,
        None,
    )


def _title(page: ListOfArea, say: Say) -> str:
    return say("Daftar penerima bantuan {tempat}", tempat=area(page.area, page.place))


def _narrowed(filter: Filter, say: Say) -> str:
    """What the list is narrowed by, so that nobody takes a part for the whole."""
    chips = [told for _, told in neighbourhood.chips(filter, say)]
    return say("Hanya: {saringan}", saringan="; ".join(chips)) if chips else say("Seluruh daftar")


def _warning(say: Say) -> str:
    return neighbourhood.not_to_be_shared(say)


def _plain(sentence: str) -> str:
    return "".join(piece for piece, _ in parts(sentence))
