"""Lists as workbooks. Every text is written as text: what starts with `=` in a name is a name, and no formula."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter import Workbook

from salur import words
from salur.core.neighbourhood_answers import Filter, Line, Page
from salur.core.roles import Officer
from salur.words import Say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER_ROW = 5
WIDTHS = (5, 30, 6, 6, 26, 20, 13, 32, 30, 22, 13, 16, 30)


def list_as_xlsx(page: Page, filter: Filter, officer: Officer, say: Say) -> bytes:
    """The lines of a list. On top, and under each printed page: who made it, when, and that it must not be shared."""
    content = BytesIO()
    # Nothing of this machine in the properties: only what stands on the sheet.
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": officer.username, "created": page.made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(say("Daftar"))
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "border": 1})
    money = book.add_format({"num_format": "#,##0", "valign": "top", "border": 1})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#DDE8E2"})
    bold = book.add_format({"bold": True})
    made, warning = words.neighbourhood.made_by(officer, page.made_at, say), _plain(_warning(say))
    sheet.write_string(0, 0, _title(page, say), bold)
    sheet.write_string(1, 0, _narrowed(filter, say))
    sheet.write_string(2, 0, made)
    sheet.write_string(3, 0, warning, bold)
    for column, (label, width) in enumerate(zip(_header(say), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW, column, label, head)
    for number, line in enumerate(page.lines, 1):
        row = HEADER_ROW + number
        for column, value in enumerate((str(number), *_cells(line, say))):
            if isinstance(value, int):
                sheet.write_number(row, column, value, money)
            else:
                sheet.write_string(row, column, value, text)
    last = HEADER_ROW + max(1, len(page.lines))
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
        say("Pengambilan"),
        say("Tempat"),
        say("Keadaan"),
        say("Akhir NIK"),
        say("Perlu diantar"),
        say("Tanda"),
    )


def _cells(line: Line, say: Say) -> tuple[str | int, ...]:
    return (
        line.name,
        "" if line.rt is None else f"{line.rt:03}",
        "" if line.rw is None else f"{line.rw:03}",
        words.programme_name(line.programme, say, default=line.programme_name),
        say.period(line.period),
        "" if line.amount is None else line.amount,
        words.neighbourhood.when(line, say),
        words.neighbourhood.where(line, say),
        words.neighbourhood.state(line.state, say),
        line.last_four or "",
        say("ya") if line.care else "",
        ", ".join(
            [*(words.marks.kind(kind, say) for kind in line.marks), *([say("Data ganda")] if line.double else [])]
        ),
    )


def _title(page: Page, say: Say) -> str:
    return say("Daftar penerima bantuan {tempat}", tempat=words.area(page.area, page.place))


def _narrowed(filter: Filter, say: Say) -> str:
    """What the list is narrowed by, so that nobody takes a part for the whole."""
    chips = [told for _, told in words.neighbourhood.chips(filter, say)]
    return say("Hanya: {saringan}", saringan="; ".join(chips)) if chips else say("Seluruh daftar")


def _warning(say: Say) -> str:
    return words.neighbourhood.not_to_be_shared(say)


def _plain(sentence: str) -> str:
    return "".join(piece for piece, _ in words.parts(sentence))
