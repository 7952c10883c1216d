"""Offices lay their lists out as they like; the people come out all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from salur.core.errors import Refused
from salur.intake.people import read_list
from tests.intake.office import Rows, kk, nik, write_csv, write_xlsx

EXAMPLES = Path(__file__).parents[1] / "examples"
HEADER = ["NO", "NIK", "NO KK", "NAMA", "RT/RW", "KELURAHAN", "KECAMATAN"]


def row(number, *rest):
    return [
        number,
        nik(number),
        kk(number),
        f"SITI {'ABCDEFGHIJ'[number % 10]}",
        "001/002",
        "LOJI",
        "BOGOR BARAT",
        *rest,
    ]


def test_sheets_that_share_a_header_are_read_together_and_hidden_ones_are_not(tmp_path):
    sheets = {
        "RW 01": [HEADER, row(1)],
        "RW 02": [HEADER, row(2)],
        "REKAP": [["KELURAHAN", "JUMLAH"], ["LOJI", 2]],
        "lama": [HEADER, row(3)],
    }
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", sheets, hidden=["lama"]))
    assert [person.row for person in draft.people] == ["RW 01!2", "RW 02!2"]
    assert draft.understood.skipped == ("REKAP",)


def test_the_same_person_on_two_sheets_is_listed_twice(tmp_path):
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": [HEADER, row(1)], "B": [HEADER, row(1)]}))
    assert draft.faults == (("B!2", "nik", "nik_duplicate"),)


def test_the_same_nik_in_two_programmes_is_fine(tmp_path):
    rows = [[*HEADER, "BANSOS"], row(1, "PKH"), row(1, "BPNT")]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    assert [person.programme for person in draft.people] == ["PKH", "SEMBAKO"]
    assert draft.faults == ()


def test_titles_say_what_the_columns_do_not(tmp_path):
    rows = [
        ["DAFTAR KPM PROGRAM KELUARGA HARAPAN"],
        ["KELURAHAN : EMPANG KEC. BOGOR SELATAN RW 05"],
        ["TRIWULAN II TAHUN 2026"],
        [],
        ["NIK PENGURUS", "NAMA PENGURUS", "RT"],
        [nik(1), "ENTIN", "003"],
    ]
    (person,) = read_list(write_xlsx(tmp_path / "a.xlsx", {"Sheet1": rows})).people
    assert (person.programme, person.stage, person.kelurahan, person.kecamatan) == (
        "PKH",
        "2",
        "Empang",
        "Bogor Selatan",
    )
    assert (person.rt, person.rw, person.region_code) == (3, 5, "32.71.01.1003")


def test_a_header_over_two_rows_tells_the_payee_from_the_head_of_the_family(tmp_path):
    rows: Rows = [
        ["NO", "", "", "", "", "JUMLAH"],
        ["", "NAMA", "NIK", "NAMA", "NIK", ""],
        [1, "PAK A", "3271041201800001", "IBU A", nik(1), 300000],
    ]
    merged = {"A1:A2": "NO", "B1:C1": "KEPALA KELUARGA", "D1:E1": "PENERIMA", "F1:F2": "JUMLAH"}
    (person,) = read_list(write_xlsx(tmp_path / "a.xlsx", {"Data": rows}, merged=merged)).people
    assert (person.name, person.nik, person.head_name, person.amount) == ("IBU A", nik(1), "PAK A", 300000)


def test_columns_with_unknown_names_are_told_by_what_stands_in_them(tmp_path):
    rows = [["Kolom1", "Kolom2", "Kolom3", "Kolom4", "Kolom5"]]
    rows += [[kk(i), nik(i), f"SITI {'ABCDEFGHI'[i]}", f"00{i}/002", "Rp 300.000"] for i in range(1, 9)]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    person = draft.people[2]
    assert (person.nik, person.kk, person.name, person.rt, person.rw, person.amount) == (
        nik(3),
        kk(3),
        "SITI D",
        3,
        2,
        300000,
    )


def test_a_misspelt_header_is_recognised_by_likeness(tmp_path):
    rows: Rows = [
        ["N I K", "NAMA PENERIMAA", "ALMAT", "KELURAHN", "KECAMTAN", "NOMNAL"],
        [nik(1), "ANI", "Jl. A", "LOJI", "BOGOR BARAT", 5000],
    ]
    (person,) = read_list(write_csv(tmp_path / "a.csv", rows)).people
    assert (person.name, person.address, person.kelurahan, person.amount) == ("ANI", "Jl. A", "Loji", 5000)


def test_what_the_operator_says_of_a_column_counts_more_than_its_header(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["NIK", "NAMA", "NO KK"], [nik(1), "ANI", nik(2)]])
    (person,) = read_list(path, columns={"nik": "C"}).people
    assert person.nik == nik(2)


@pytest.mark.parametrize("columns", [{"nik": "9"}, {"nick": "A"}])
def test_an_operator_naming_what_there_is_not_is_told_so(tmp_path, columns):
    path = write_csv(tmp_path / "a.csv", [["NIK", "NAMA"], [nik(1), "ANI"]])
    with pytest.raises(Refused):
        read_list(path, columns=columns)


def test_numbered_rows_subtotals_repeated_headers_and_signatures_are_nobody(tmp_path):
    rows = [
        HEADER,
        [1, 2, 3, 4, 5, 6, 7],
        row(1),
        ["JUMLAH RT 001", "", "", "", "", "", 1],
        HEADER,
        row(2),
        ["TOTAL", "", "", "", "", "", 2],
        ["", "", "Bogor, 12 Januari 2026"],
        ["", "", "LURAH LOJI"],
        ["", "", "NIP. 19700101 199001 1 001"],
        ["###"],
        row(3),
    ]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    assert [person.row for person in draft.people] == [3, 6]
    assert draft.faults == ()


def test_headings_inside_the_table_hold_for_the_rows_under_them(tmp_path):
    header = ["NO", "NIK", "NAMA", "ALAMAT"]
    rows: Rows = [
        header,
        ["RT 001 RW 004"],
        [1, nik(1), "ANI", "Jl. A"],
        ["RT 002 RW 004"],
        [2, nik(2), "IDA", "Jl. B"],
    ]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    assert [(person.rt, person.rw) for person in draft.people] == [(1, 4), (2, 4)]


@pytest.mark.parametrize("mark", ["sda", "SDA", "s.d.a", "idem", '"', '-"-', "- sda -", "''"])
def test_repeat_marks_repeat_the_row_above(tmp_path, mark):
    header = ["NIK", "NAMA", "ALAMAT", "KELURAHAN", "KECAMATAN"]
    rows = [
        header,
        [nik(1), "ANI", "Jl. A", "LOJI", "BOGOR BARAT"],
        [nik(2), "IDA", mark, mark, mark],
        [nik(3), "UUN", mark, mark, mark],
    ]
    for path in (write_xlsx(tmp_path / "a.xlsx", {"A": rows}), write_csv(tmp_path / "a.csv", rows)):
        people = read_list(path).people
        assert [(p.address, p.kelurahan) for p in people] == [("Jl. A", "Loji")] * 3


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_csv_is_read_whatever_its_delimiter_and_encoding(tmp_path, delimiter, encoding):
    rows = [["NIK", "NAMA", "ALAMAT"], [nik(1), "SITI’S", "Jl. Café"], [nik(2), "ANI", "Jl. B"]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows, delimiter=delimiter, encoding=encoding))
    assert [(p.row, p.name, p.address) for p in draft.people] == [(2, "SITI’S", "Jl. Café"), (3, "ANI", "Jl. B")]
    assert draft.understood.delimiter == delimiter


def test_an_open_quote_does_not_swallow_the_people_below(tmp_path):
    rows = [
        ["NAMA", "NIK", "ALAMAT"],
        ["ANI", nik(1), '"Jl. A'],
        *([f"IDA {c}", nik(ord(c)), "Jl. B"] for c in "BCDEFGHIJKLM"),
    ]
    assert len(read_list(write_csv(tmp_path / "a.csv", rows)).people) == 13


def test_a_page_called_xls_is_read_with_its_title_and_merged_header(tmp_path):
    page = f"""<html><h3>PENERIMA PKH TAHAP 2 KELURAHAN MENTENG KECAMATAN BOGOR BARAT</h3><table>
    <tr><th rowspan=2>NO</th>
    <th colspan=2>IDENTITAS</th><th rowspan=2>RT/RW</th></tr><tr><th>NIK KTP</th><th>NAMA PM</th></tr>
    <tr><td>1<td>{nik(1)}<td>A&nbsp;B<td>001/002</tr><tr><td>2</td><td>{nik(2)}</td><td>C<br>D</td><td>''</td></tr></table>"""
    (tmp_path / "a.xls").write_text(page)
    people = read_list(tmp_path / "a.xls").people
    assert [(p.name, p.rt, p.rw, p.kelurahan, p.stage) for p in people] == [
        ("A B", 1, 2, "Menteng", "2"),
        ("C D", 1, 2, "Menteng", "2"),
    ]


def test_an_xls_of_old_excel_is_read():
    draft = read_list(EXAMPLES / "bpnt-bubulak.xls")
    assert [(p.row, p.programme, p.stage, p.kelurahan, p.rt, p.rw) for p in draft.people][0] == (
        5,
        "SEMBAKO",
        "3",
        "Bubulak",
        1,
        2,
    )
    assert draft.faults == ((6, "nik", "nik_from_number"), (10, "rt", "rt_unclear"))


def test_an_ods_is_read_without_its_hidden_sheet():
    draft = read_list(EXAMPLES / "bst-loji.ods")
    assert [(p.row, p.name, p.kelurahan, p.amount) for p in draft.people] == [
        (4, "A B", "Loji", 300000),
        (5, "C D", "Sindang Barang", 300000),
    ]
    assert draft.faults == ((5, "nik", "nik_from_number"), (5, "rt", "rt_unclear"))


def test_a_list_without_any_header_is_read_by_its_content(tmp_path):
    people = [row(number) for number in range(1, 6)]
    for title in ([], [["DAFTAR PENERIMA PKH TAHAP 2"]]):
        draft = read_list(write_csv(tmp_path / f"{len(title)}.csv", title + people))
        assert [person.nik for person in draft.people] == [nik(number) for number in range(1, 6)]
        assert {(person.rt, person.rw, person.kelurahan, person.kk is None) for person in draft.people} == {
            (1, 2, "Loji", False)
        }
        assert draft.people[0].row == len(title) + 1
        assert draft.people[0].stage == ("2" if title else None)


def test_a_column_that_the_file_does_not_have_is_refused(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", {"RW 01": [HEADER, row(1)], "kosong": []})
    with pytest.raises(Refused) as refused:
        read_list(path, {"nik": "ZZ"})
    assert refused.value.code == "no_such_column"
    assert read_list(path, {"nik": "B"}).people[0].nik == nik(1)
