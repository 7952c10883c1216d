"""A file that cannot be read as a whole is one clear error, and no bytes lead to anything else."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salur.core.errors import Refused, UnreadableFile
from salur.intake.files import opening, sheet
from salur.intake.payments import read_payments
from salur.intake.people import read_list
from salur.intake.schedule import read_schedule
from salur.words.lists.files import OTHER_KINDS
from tests.intake.office import nik, write_csv, write_xlsx

EXAMPLES = Path(__file__).parents[1] / "examples"
REAL = [p for p in sorted(EXAMPLES.iterdir()) if p.suffix != ".json"]


def code_of(path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_list(path)
    return caught.value.code


def zip_of(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"%PDF-1.4 \x00\x01", "pdf"),
        (b"only words\nand no columns\n", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "picture"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html><table><tr><td>NIK</td>", "web_page"),
        (
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: file:///a\r\nSubject: a\r\n b\r\nMIME-Version: 1.0",
            "web_page",
        ),
        (b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:x">', "flat_ods"),
        (b"{\\rtf1\\ansi NIK}", "word"),
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "online"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"<html><p>no table</p></html>", "not_a_table"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not_a_table"),
        (b"a;b;c\n1;2;3\n", "no_header"),
    ],
)
def test_what_is_no_spreadsheet_is_named(tmp_path, content, code):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert code_of(tmp_path / "a.xlsx") == code


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("xl/workbook.bin", "xlsb"),
        ("xl\\workbook.bin", "xlsb"),
        ("word/document.xml", "word"),
        ("Index/Document.iwa", "numbers"),
        ("Data KPM/RW 01.xlsx", "archive"),
        ("readme", "not_a_table"),
    ],
)
def test_what_is_another_kind_of_zip_is_named(tmp_path, member, code):
    path = zip_of(tmp_path / "a.xlsx", {"[Content_Types].xml": b"<Types/>", member: b"x"})
    assert code_of(path) == code
    assert code not in OTHER_KINDS or "xlsx" in OTHER_KINDS[code] or code == "archive"


def test_a_word_document_of_old_is_named(tmp_path):
    (tmp_path / "a.doc").write_bytes(opening.OLE + bytes(600) + "WordDocument".encode("utf-16-le"))
    assert code_of(tmp_path / "a.doc") == "word"


def test_a_file_that_is_not_there_is_missing(tmp_path):
    assert code_of(tmp_path / "none.xlsx") == "missing"
    assert code_of(tmp_path) == "not_a_table"


def test_a_locked_workbook_asks_for_the_open_one():
    assert code_of(EXAMPLES / "locked.xlsx") == "password"


def test_formulas_that_were_never_calculated_are_no_list():
    assert code_of(EXAMPLES / "formulas-without-values.xlsx") == "formula_errors"


def test_errors_all_over_a_column_are_no_list(tmp_path):
    rows = [["NIK", "NAMA", "KELURAHAN"], *(["#REF!", f"ANI {c}", "LOJI"] for c in "ABCDE")]
    assert code_of(write_csv(tmp_path / "a.csv", rows)) == "formula_errors"


def test_a_total_that_was_never_calculated_does_no_harm(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {
            "A": [
                ["NIK", "NAMA", "JUMLAH"],
                *([nik(i), "ANI", 5000] for i in range(1, 6)),
                ["TOTAL", None, "=SUM(C2:C6)"],
            ]
        },
    )
    assert len(read_list(path).people) == 5


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    bomb = {"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": b"<si>" * 20_000_000}
    path = zip_of(tmp_path / "a.xlsx", bomb)
    assert code_of(path) == "zip_bomb"
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.rfind(b"PK\x01\x02") + 24, 1000)  # its directory says: a thousand bytes
    path.write_bytes(content)
    assert code_of(path) == "zip_bomb"


def test_a_sheet_with_two_cells_a_million_rows_apart_does_not_fill_the_memory(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", {"A": [["NIK", "NAMA"]]})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far)
    assert code_of(zip_of(path, members)) == "zip_bomb"


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    path = tmp_path / "a.csv"
    path.touch()
    os.truncate(path, opening.MAX_BYTES + 1)
    assert code_of(path) == "too_large"


def test_too_many_rows_are_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MAX_ROWS", 10)
    rows = [["NIK", "NAMA"], *([nik(i), "ANI"] for i in range(1, 20))]
    assert code_of(write_csv(tmp_path / "a.csv", rows)) == "too_many_rows"


READERS = [read_list, read_schedule, read_payments]
NASTY = [
    b"",
    b'"',
    b"<",
    b"\0",
    b";",
    b"\r",
    b"&#0;",
    b"<table><tr><td colspan=99999999 rowspan=99999999>",
    b"\xff\xfe",
    b"99999999999",
]


def tried(read, path: Path) -> None:
    with contextlib.suppress(UnreadableFile, Refused):  # Refused: a column is asked about
        read(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", opening.OLE, b"<table>", b"NIK;NAMA\r\n", b"\xff\xfe"]),
    read=st.sampled_from(READERS),
)
def test_no_bytes_break_the_reader(tmp_path, content, start, read):
    path = tmp_path / "any"
    path.write_bytes(start + content)
    tried(read, path)


changes = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(NASTY) | st.binary(min_size=1, max_size=4), st.integers(0, 30)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(real=st.sampled_from(REAL), changed=changes, read=st.sampled_from(READERS), inside=st.floats(0, 1))
def test_no_damage_to_a_real_file_breaks_the_reader(tmp_path, real, changed, read, inside):
    content = real.read_bytes()
    path = tmp_path / real.name
    if (
        content.startswith(opening.ZIP) and inside > 0.3
    ):  # damage what is in the zip, which would else only fail its checksum
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        chosen = sorted(members)[int((inside - 0.3) / 0.7 * (len(members) - 1))]
        zip_of(path, members | {chosen: damaged(members[chosen], changed)})
    else:
        path.write_bytes(damaged(content, changed))
    tried(read, path)


def damaged(content: bytes, changed) -> bytes:
    for where, what, dropped in changed:
        at = int(where * len(content))
        content = content[:at] + what + content[at + dropped :]
    return content
