"""Merged cells hold for all their rows, in every kind of file; what a file hides is said, or not read."""

from __future__ import annotations

import zipfile

import pytest
import xlsxwriter

from salur.core.errors import Refused
from salur.intake.files.sheet import Loaded, OpenFile, Sheet
from salur.intake.people import read_list
from salur.intake.schedule import read_schedule
from tests.intake.office import kk, nik, write_xlsx

HEADER = ("NO", "NIK", "NAMA", "RT", "RW", "NOMINAL")
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def cells(number):
    return str(number), nik(number), ("ANI", "IDA", "UUN")[number - 1]


def as_xlsx(path, hidden):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADER, *map(cells, (1, 2, 3)))):
            sheet.write_row(number, 0, row)
        for column, text in (("D", "003"), ("E", "005"), ("F", "600000")):
            sheet.merge_range(f"{column}2:{column}4", text)
        for row in hidden:
            sheet.set_row(row - 1, None, None, {"hidden": True})


def as_ods(path, hidden):
    def cell(text, more=""):
        return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'

    merged = [cell(text, ' table:number-rows-spanned="3"') for text in ("003", "005", "600000")]
    covered = ["<table:covered-table-cell/>"] * 3
    rows = [map(cell, HEADER), *([*map(cell, cells(n)), *(merged if n == 1 else covered)] for n in (1, 2, 3))]
    shown = [' table:visibility="filter"' if n in hidden else "" for n in range(1, 5)]
    lines = [f"<table:table-row{how}>{''.join(row)}</table:table-row>" for how, row in zip(shown, rows, strict=True)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format("".join(lines)))


def as_html(path, hidden):
    merged = "".join(f"<td rowspan=3>{text}" for text in ("003", "005", "600000"))
    rows = [HEADER, *map(cells, (1, 2, 3))]
    shown = ["style='height:15pt; display: none'" if n in hidden else "" for n in range(1, 5)]
    lines = [f"<tr {how}><td>{'<td>'.join(row)}" for how, row in zip(shown, rows, strict=True)]
    lines[1] += merged
    path.write_text(f"<table>{''.join(lines)}</table>")


def as_xml(path, hidden, prefix=""):
    def cell(text, more=""):
        return f'<{prefix}Cell{more}><{prefix}Data ss:Type="String">{text}</{prefix}Data></{prefix}Cell>'

    merged = "".join(cell(text, ' ss:MergeDown="2"') for text in ("003", "005", "600000"))
    rows = ["".join(map(cell, row)) for row in (HEADER, *map(cells, (1, 2, 3)))]
    rows[1] += merged
    shown = [' ss:Hidden="1"' if n in hidden else "" for n in range(1, 5)]
    lines = [f"<{prefix}Row{how}>{row}</{prefix}Row>" for how, row in zip(shown, rows, strict=True)]
    write_xml(path, {"A": "".join(lines)}, prefix=prefix)


def as_prefixed_xml(path, hidden):
    as_xml(path, hidden, prefix="ss:")


def write_xml(path, sheets, *, hidden=(), prefix=""):
    """A spreadsheet of Excel 2003: rows as they are, by the name of their worksheet."""
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>{}</Visible></WorksheetOptions>'
    )
    written = "".join(
        f'<{prefix}Worksheet ss:Name="{name}"><{prefix}Table>{rows}</{prefix}Table>'
        f"{options.format('SheetHidden') if name in hidden else ''}</{prefix}Worksheet>"
        for name, rows in sheets.items()
    )
    space = f'xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}"'
    path.write_text(f'<?xml version="1.0"?><{prefix}Workbook {space}>{written}</{prefix}Workbook>')


@pytest.mark.parametrize("write", [as_xlsx, as_ods, as_html, as_xml, as_prefixed_xml])
def test_cells_merged_downwards_hold_for_all_their_rows(tmp_path, write):
    write(tmp_path / "a", hidden=())
    people = read_list(tmp_path / "a").people
    assert [(p.nik, p.name) for p in people] == [(nik(1), "ANI"), (nik(2), "IDA"), (nik(3), "UUN")]
    assert {(p.rt, p.rw, p.amount) for p in people} == {(3, 5, 600_000)}


@pytest.mark.parametrize("write", [as_xlsx, as_ods, as_html, as_xml, as_prefixed_xml])
def test_hidden_rows_are_read_and_named(tmp_path, write):
    write(tmp_path / "a", hidden=(1, 3, 4))
    draft = read_list(tmp_path / "a")
    assert (len(draft.people), draft.rows.hidden) == (3, (3, 4))


def test_cells_of_an_old_workbook_merged_downwards_hold_as_well(tmp_path, monkeypatch):
    rows = [[*HEADER], [*cells(1), "003", "005", "600000"], [*cells(2)], [*cells(3)]]
    spans = [(1, column, 3, column) for column in (3, 4, 5)]
    sheet = Sheet("A", lambda: Loaded(iter([list(row) for row in rows]), spans))
    monkeypatch.setattr("salur.intake.tables.reading.open_file", lambda _: OpenFile("xls", (sheet,)))
    assert {(p.rt, p.rw, p.amount) for p in read_list(tmp_path / "a.xls").people} == {(3, 5, 600_000)}


def test_a_sitting_for_several_rw_is_announced_to_each(tmp_path):
    rows = [
        ["NO", "KELURAHAN", "RW", "TEMPAT", "TANGGAL", "JAM"],
        ["1", "", "001", "", "", ""],
        ["2", "", "002", "", "", ""],
        ["3", "", "003", "", "", ""],
        ["4", "KEDUNG BADAK", "001", "KANTOR POS", "25 Februari 2026", "08.00-11.00"],
    ]
    merged = {"B2:B4": "KEBON PEDES", "D2:D4": "AULA", "E2:E4": "24 Februari 2026", "F2:F4": "08.00-11.00"}
    draft = read_schedule(write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged=merged))
    assert [(s.rw, s.place, s.date and s.date.day) for s in draft.sittings] == [
        (1, "AULA", 24),
        (2, "AULA", 24),
        (3, "AULA", 24),
        (1, "KANTOR POS", 25),
    ]


def test_a_number_merged_over_two_names_is_not_the_second_ones(tmp_path):
    rows = [["NIK", "NO KK", "NAMA"], ["", kk(1), "ANI"], ["", kk(1), "IDA"]]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged={"A2:A3": nik(1)}))
    assert [(p.nik, p.name) for p in draft.people] == [(nik(1), "ANI"), (None, "IDA")]
    assert draft.faults == ((3, "nik", "nik_missing"),)


def test_a_person_merged_over_two_programmes_is_listed_for_both(tmp_path):
    rows = [["NIK", "NAMA", "BANSOS"], ["", "", "PKH"], ["", "", "BPNT"]]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged={"A2:A3": nik(1), "B2:B3": "ANI"}))
    assert [(p.nik, p.name, p.programme) for p in draft.people] == [(nik(1), "ANI", "PKH"), (nik(1), "ANI", "SEMBAKO")]


def test_a_second_line_of_an_address_is_no_second_person(tmp_path):
    rows = [["NIK", "NAMA", "ALAMAT"], ["", "", "KP. BARU"], ["", "", "GG. MELATI"], [nik(2), "IDA", "KP. BARU"]]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged={"A2:A3": nik(1), "B2:B3": "ANI"}))
    assert [(p.nik, p.row) for p in draft.people] == [(nik(1), 2), (nik(2), 4)]
    assert [row for row, _ in draft.rows.left_out] == [3]


def test_a_header_merged_down_into_the_data_is_no_data(tmp_path):
    rows = [["NIK", "NAMA", ""], [nik(1), "ANI", ""], [nik(2), "IDA", ""]]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged={"C1:C3": "ALAMAT"}))
    assert [p.address for p in draft.people] == [None, None]


def row_of(*texts):
    return f"<Row>{''.join(f'<Cell><Data>{text}</Data></Cell>' for text in texts)}</Row>"


def test_worksheets_of_an_xml_spreadsheet_are_sheets_and_hidden_ones_are_not_read(tmp_path):
    sheets = {
        "RT 01": row_of("NIK", "NAMA") + row_of(nik(1), "ANI"),
        "RT 02": row_of("NAMA", "NIK") + row_of("IDA", nik(2)),
        "LAMA": row_of("NIK", "NAMA") + row_of(nik(3), "UUN"),
    }
    write_xml(tmp_path / "a.xls", sheets, hidden=["LAMA"])
    people = read_list(tmp_path / "a.xls").people
    assert [(p.row, p.nik, p.rt) for p in people] == [("RT 01!2", nik(1), 1), ("RT 02!2", nik(2), 2)]


def test_rows_that_an_xml_spreadsheet_leaves_out_count(tmp_path):
    second = row_of("IDA", nik(2)).replace("<Row>", '<Row ss:Index="9">')
    write_xml(tmp_path / "a.xls", {"A": row_of("NAMA", "NIK") + row_of("ANI", nik(1)) + second})
    assert [p.row for p in read_list(tmp_path / "a.xls").people] == [2, 9]


def test_a_header_merged_to_the_right_tells_the_payee_in_xml_too(tmp_path):
    upper = (
        '<Row><Cell ss:MergeDown="1"><Data>NO</Data></Cell><Cell ss:MergeAcross="1"><Data>KEPALA KELUARGA</Data></Cell>'
        '<Cell ss:MergeAcross="1"><Data>PENERIMA</Data></Cell></Row>'
    )
    lower = row_of("NIK", "NAMA", "NIK", "NAMA").replace("<Cell>", '<Cell ss:Index="2">', 1)
    data = row_of("1", "3271061203750012", "UJANG", nik(1), "ANI")
    write_xml(tmp_path / "a.xls", {"A": upper + lower + data})
    (person,) = read_list(tmp_path / "a.xls").people
    assert (person.nik, person.name, person.head_name) == (nik(1), "ANI", "UJANG")


def test_the_same_header_without_its_spans_is_asked_about(tmp_path):
    upper, lower = row_of("NO", "KEPALA KELUARGA", "PENERIMA"), row_of("", "NIK", "NAMA", "NIK", "NAMA")
    data = row_of("1", "3271061203750012", "UJANG", nik(1), "ANI")
    write_xml(tmp_path / "a.xls", {"A": upper + lower + data})
    with pytest.raises(Refused):
        read_list(tmp_path / "a.xls")
