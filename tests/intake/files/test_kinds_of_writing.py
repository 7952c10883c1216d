"""Workbooks as odd programs write them: Excel and LibreOffice show the same people."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from salur.intake.people import read_list
from tests.intake.office import nik, write_csv, write_xlsx

ROWS = [["NIK", "NAMA", "RT"], [nik(1), "SITI MAESAROH", "003"], [nik(2), "UJANG SURYANA", "003"]]
PEOPLE = [(nik(1), "SITI MAESAROH", 3), (nik(2), "UJANG SURYANA", 3)]


def rewritten(path: Path, names: Callable[[str], str], sheet: Callable[[bytes], bytes]) -> Path:
    """The same workbook, with other names of members and another way to write its sheet."""
    with zipfile.ZipFile(path) as archive:
        content = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(names(name))
            info.filename = names(name)  # as written by others, strokes and all
            archive.writestr(info, sheet(data) if name.endswith("sheet1.xml") else data)
    return path


def inline(written: str) -> Callable[[bytes], bytes]:
    """Write each shared text of the sheet in its cell."""
    texts = list(dict.fromkeys(text for row in ROWS for text in row))

    def write(sheet: bytes) -> bytes:
        return re.sub(
            rb'<c r="(\w+)" t="s"><v>(\d+)</v></c>',
            lambda cell: b'<c r="%s" ' % cell[1] + written.format(texts[int(cell[2])]).encode() + b"</c>",
            sheet,
        )

    return write


@pytest.mark.parametrize(
    "written",
    [
        't="inlineStr"><v>{}</v>',
        't="inlineStr"><f>A1</f><v>{}</v>',
        "t='inlineStr'><v>{}</v>",
        't="inlineStr"><is><t>{}</t></is>',
        't="inlineStr"><is><t>{}</t></is><v></v>',
        't="inlineStr"><is><t>{}</t></is><v/>',
        't="str"><v>{}</v>',
    ],
)
@pytest.mark.parametrize("stroke", ["/", "\\"])
def test_texts_called_inline_and_other_strokes_hide_nobody(tmp_path, written, stroke):
    path = write_xlsx(tmp_path / "a.xlsx", {"A": ROWS})
    rewritten(path, lambda name: name.replace("/", stroke), inline(written))
    assert [(p.nik, p.name, p.rt) for p in read_list(path).people] == PEOPLE


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Data">{}</table:table></office:spreadsheet></office:body></office:document-content>"""


@pytest.mark.parametrize(
    "name",
    [
        "<text:p>SITI<text:tab/>MAESAROH</text:p>",
        "<text:p>SITI<text:line-break/>MAESAROH</text:p>",
        '<text:p>SITI<text:s text:c="3"/>MAESAROH</text:p>',
        "<text:p><text:span>SITI</text:span><text:s/><text:span>MAESA</text:span>ROH</text:p>",
        "<text:p>SITI</text:p><text:p>MAESAROH</text:p>",
        "<text:h>SITI</text:h><text:p>MAESAROH</text:p>",
        "<office:annotation><text:p>cek lagi</text:p></office:annotation><text:p>SITI MAESAROH</text:p>",
        "<text:p>SITI <office:annotation><text:p>cek</text:p></office:annotation>MAESAROH</text:p>",
        '<text:p>SITI <text:a xmlns:xlink="x" xlink:href="y">MAESAROH</text:a></text:p>',
    ],
)
def test_what_divides_words_of_an_ods_is_a_space(tmp_path, name):
    cells = [["<text:p>NIK</text:p>", "<text:p>NAMA</text:p>"], [f"<text:p>{nik(1)}</text:p>", name]]
    cell = '<table:table-cell office:value-type="string">{}</table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in cells)
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    assert [person.name for person in read_list(path).people] == ["SITI MAESAROH"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("behind", ["", ";;;"])
def test_lines_that_were_quoted_as_a_whole_are_read(tmp_path, delimiter, behind):
    lines = [delimiter.join(row) for row in [*ROWS[:2], [nik(2), '""UJANG SURYANA""', "003"]]]
    path = tmp_path / "a.csv"
    path.write_text("".join(f'"{line}"{behind}\r\n' for line in lines))
    assert [(person.nik, person.name, person.rt) for person in read_list(path).people] == PEOPLE


@pytest.mark.parametrize("apart", [1, 2, 3])
def test_two_quotes_left_open_swallow_nobody_between_them(tmp_path, apart):
    rows: list[list[str]] = [["NIK", "NAMA", "RT"], *([nik(n), f"ORANG {'ABCDEF'[n]}", "003"] for n in range(1, 6))]
    for row in (1, 1 + apart):
        rows[row][1] = '"' + rows[row][1]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(person.nik, person.name) for person in draft.people] == [
        (nik(n), f"ORANG {'ABCDEF'[n]}") for n in range(1, 6)
    ]


def test_a_cell_of_several_lines_may_hold_numbers_and_commas(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'NIK,NAMA,KET\n{nik(1)},ANI,"anggota:\n{nik(3)},\nKP. BARU, GG. 4"\n{nik(2)},INA,\n')
    assert [person.nik for person in read_list(path).people] == [nik(1), nik(2)]
