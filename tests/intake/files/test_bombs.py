"""Small files that ask for more memory or time than a machine has, one trick each."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from salur.core.errors import UnreadableFile
from salur.intake.people import read_list
from tests.intake.office import nik, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def code_of(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_list(path)
    return caught.value.code


def a_list(path: Path) -> Path:
    return write_xlsx(path, {"A": [["NIK", "NAMA"], [nik(1), "SITI"], [nik(2), "ASEP"]]})


def changed(path: Path, **members: tuple[str, str]) -> Path:
    """The workbook with a text replaced in some members, which are named by the last part of their name."""
    out = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            before, after = members.get(Path(name).stem.partition(".")[0], ("", ""))
            text = old.read(name).decode()
            new.writestr(name, text.replace(before, after) if before else text)
    return out


@pytest.mark.parametrize(
    "cell",
    [
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>',
        '<row><c r="xfd1048576"><v>1</v></c></row>',
        '<row><c s="1" r="XFD1048576"><v>1</v></c></row>',
        '<row><c r="ZZZZ9999999"><v>1</v></c></row>',
        '<row><c x=">" r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_a_cell_at_the_end_of_the_sheet_reserves_no_memory_however_it_is_written(tmp_path, cell):
    bomb = changed(a_list(tmp_path / "a.xlsx"), sheet1=("</sheetData>", f"{cell}</sheetData>"))
    assert code_of(bomb) in ("zip_bomb", "damaged")


def test_a_sheet_that_is_kept_in_an_unusual_place_is_not_trusted(tmp_path):
    path = changed(a_list(tmp_path / "a.xlsx"), workbook=("worksheets/sheet1.xml", "elsewhere/sheet1.bin"))
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    out = tmp_path / "moved.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == SHEET:
                name, text = "xl/elsewhere/sheet1.bin", text.replace("</sheetData>", far)
            new.writestr(name, text)
    assert code_of(out) == "damaged"


def test_an_odd_but_honest_workbook_is_read(tmp_path):
    odd = changed(a_list(tmp_path / "a.xlsx"), sheet1=('<row r="2"', "<row r = '2'"))
    draft = read_list(odd)
    assert [person.name for person in draft.people] == ["SITI", "ASEP"]
    assert draft.understood.kind == "xlsx"


def test_a_long_text_shared_by_thousands_of_cells_is_not_copied_into_each(tmp_path):
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(10, 3000))
    bomb = changed(
        a_list(tmp_path / "a.xlsx"),
        sheet1=("</sheetData>", f"{cells}</sheetData>"),
        sharedStrings=("NAMA", "NAMA" * 250_000),
    )
    assert code_of(bomb) == "damaged"


def test_cells_that_an_ods_says_are_repeated_are_counted(tmp_path):
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>A</text:p>'
    row = f'<table:table-row table:number-rows-repeated="9000">{cell}</table:table-cell></table:table-row>'
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=row))
    assert code_of(tmp_path / "a.ods") == "zip_bomb"


def test_cells_of_a_page_over_many_rows_and_columns_do_not_add_up(tmp_path):
    wide = "<tr>" + '<td rowspan="9999" colspan="200">x</td>' * 50 + "</tr>"
    listed = f"<tr><td>NIK</td><td>NAMA</td></tr><tr><td>{nik(1)}</td><td>SITI</td></tr>"
    (tmp_path / "a.xls").write_text(f"<table>{listed}{wide * 300}</table>")
    assert [person.name for person in read_list(tmp_path / "a.xls").people] == ["SITI"]


def test_of_what_stands_above_a_table_only_the_beginning_is_kept(tmp_path):
    listed = f"<tr><td>NIK</td><td>NAMA</td></tr><tr><td>{nik(1)}</td><td>SITI</td></tr>"
    above = "<div>" * 100 + "PKH <b>tahap</b> " * 20_000 + "</div>" * 100
    (tmp_path / "a.xls").write_text(f"<html>{above}<table>{listed}</table></html>")
    lengths = _lengths_of_titles(tmp_path / "a.xls")
    assert max(lengths) < 10_000


def _lengths_of_titles(path: Path) -> list[int]:
    from salur.intake.files.opening import open_file

    (sheet,) = open_file(path).sheets
    loaded = sheet.load()
    list(loaded.rows)
    return [len(title) for title in loaded.titles]
