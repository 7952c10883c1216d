"""What lines above a table say of its rows: a wrong RT shows a family to the wrong head, so unclear is better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.intake.people import read_list
from salur.intake.tables.titles import read_heading, read_titles
from tests.intake.office import nik, write_csv, write_xlsx

NUMBERS = st.integers(1, 999)


@pytest.mark.parametrize(
    "line",
    [
        "RT/RW : 003/005",
        "RW/RT : 005/003",
        "RT / RW = 3 / 5",
        "RT-RW: 003-005",
        "RT DAN RW : 003 DAN 005",
        "RT 003/005",
        "Alamat: RT.03/05",
        "RT.003/RW.005",
        "RT01RW05".replace("01", "03"),
        "RT_03_RW_05",
        "RW05-RT03",
        "RT : 003 RW : 005",
        "RT | : | 003 | RW | : | 005",
        "RT NO. 3, RW NO. 5",
        "RT ke-3 RW ke-5",
        "R.T. 003 / R.W. 005",
        "Rukun Tetangga 003 Rukun Warga 005",
        "RT III RW V",
        "RT 003 RW 05, 12 JANUARI 2026",
        "RT 3 RW 5 TAHUN 2026",
        "RT/RW/KELURAHAN : 003/005/LOJI",
    ],
)
def test_rt_three_of_rw_five_is_said_in_many_ways(line):
    titles = read_titles([line])
    assert (titles.rt, titles.rw, titles.unclear) == (3, 5, frozenset())


@given(rt=NUMBERS, rw=NUMBERS, between=st.sampled_from(["/", " / ", "-", "/RW ", " RW ", " RW : ", ", RW."]))
def test_rt_and_rw_come_back_from_a_title(rt, rw, between):
    key = "RT" if "RW" in between else "RT/RW :"
    titles = read_titles([f"DAFTAR PENERIMA {key} {rt:03}{between}{rw:03}"])
    assert (titles.rt, titles.rw, titles.unclear) == (rt, rw, frozenset())


@pytest.mark.parametrize(
    "line", ["RT 01, 02 DAN 03", "RT 01 S/D 05", "RT 01-05", "RT 3A", "RT 01/02/03", "RT/RW : 003", "RT 01 s.d. RT 03"]
)
def test_several_rt_or_half_a_pair_are_unclear(line):
    titles = read_titles([line])
    assert (titles.rt, "rt" in titles.unclear) == (None, True)


@pytest.mark.parametrize(
    "line",
    [
        "JUMLAH RT : 5",
        "RT 000 RW 000",
        "JML RT/RW : 5/2",
        "KETUA RT 03",
        "RT/RW : -",
        "SMART 01",
        "DATA RT/RW SE-KELURAHAN LOJI",
        "RT :",
    ],
)
def test_what_counts_or_signs_or_says_nothing_names_no_rt(line):
    titles = read_titles([line])
    assert (titles.rt, titles.rw, titles.unclear) == (None, None, frozenset())


def test_lines_or_sheets_that_say_different_things_are_unclear():
    assert read_titles(["RT 01", "RT 02"]).unclear == {"rt"}
    assert read_titles(["RT 001"], read_titles(["RT02"])).unclear == {"rt"}
    assert read_titles(["RT 001"], read_titles(["RT01"])).rt == 1
    assert read_titles(["RT 001"], read_titles(["RT01-RT03"])).rt == 1


@pytest.mark.parametrize(
    ("lines", "kelurahan", "kecamatan", "city"),
    [
        (
            ["DATA PENERIMA BLT DESA TAHUN 2026", "DESA CIBANON KEC. SUKARAJA KAB. BOGOR"],
            "CIBANON",
            "SUKARAJA",
            "KAB. BOGOR",
        ),
        (["BLT DESA CIBANON"], "CIBANON", None, None),
        (["DAFTAR DESA TERTINGGAL", "KELURAHAN LOJI"], "LOJI", None, None),
        (["DESA SE KECAMATAN SUKARAJA"], None, "SUKARAJA", None),
        (["KELURAHAN/KECAMATAN : LOJI/BOGOR BARAT"], "LOJI", "BOGOR BARAT", None),
        (["KEL/DESA : LOJI KEC : BOGOR BARAT"], "LOJI", "BOGOR BARAT", None),
        (["KELURAHAN | : | LOJI"], "LOJI", None, None),
        (["KAB/KOTA : BOGOR"], None, None, "BOGOR"),
        (["KAB/KOTA : KOTA BOGOR"], None, None, "KOTA BOGOR"),
        (["KELURAHAN : LOJI / RT 003 / RW 005"], "LOJI", None, None),
    ],
)
def test_places_are_named_in_titles_and_years_are_none(lines, kelurahan, kecamatan, city):
    titles = read_titles(lines)
    assert (titles.kelurahan, titles.kecamatan, titles.kab_kota) == (kelurahan, kecamatan, city)


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("RT 002", ("LOJI", 5, 2)),
        ("RW 006", ("LOJI", 6, None)),
        ("RW 005", ("LOJI", 5, 1)),
        ("RT 002 RW 006", ("LOJI", 6, 2)),
        ("KELURAHAN PABATON", ("PABATON", None, None)),
        ("RT 01 S/D 03", ("LOJI", 5, None)),
        ("LANJUTAN", ("LOJI", 5, 1)),
    ],
)
def test_a_heading_ends_what_was_said_of_smaller_areas(heading, told):
    titles = read_heading(heading, read_titles(["KELURAHAN LOJI RW 005 RT 001"]))
    assert (titles.kelurahan, titles.rw, titles.rt) == told


def test_key_and_value_in_cells_of_their_own_are_no_header(tmp_path):
    for colon in (":", None):
        rows = [
            [key, *([colon] if colon else []), value, ""]
            for key, value in (("KELURAHAN", "KEBON PEDES"), ("RT", "003"), ("RW", "005"))
        ]
        rows += [["NO", "NIK", "NAMA", "NOMINAL"], ["1", nik(1), "SITI", "600000"], ["2", nik(2), "ANI", "600000"]]
        people = read_list(write_xlsx(tmp_path / "a.xlsx", {"Sheet1": rows})).people
        assert [(p.rt, p.rw, p.row) for p in people] == [(3, 5, 5), (3, 5, 6)]


def test_a_column_that_says_rw_first_is_read_so(tmp_path):
    rows = [["NIK", "NAMA", "RW/RT"], [nik(1), "SITI", "005/003"], [nik(2), "ANI", "RT 3 RW 5"], [nik(3), "IDA", "005"]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(p.rt, p.rw) for p in draft.people] == [(3, 5), (3, 5), (None, None)]
    assert [fault[1:] for fault in draft.faults] == [("rt", "rt_unclear")]


def test_a_cell_that_says_rt_is_not_read_as_rw(tmp_path):
    rows = [["NIK", "NAMA", "RT", "RW"], [nik(1), "SITI", "RT 003", "RT 005"], [nik(2), "ANI", "3", "RW 5"]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(p.rt, p.rw) for p in draft.people] == [(3, None), (3, 5)]
    assert [fault[1:] for fault in draft.faults] == [("rw", "rt_unclear")]


def test_an_unclear_title_is_a_fault_of_each_row_that_does_not_say_it_itself(tmp_path):
    rows = [["RT 01 S/D 03 RW 005", "", ""], ["NIK", "NAMA", "RT"], [nik(1), "SITI", "003"], [nik(2), "ANI", ""]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(p.rt, p.rw) for p in draft.people] == [(3, 5), (None, 5)]
    assert draft.faults == ((4, "rt", "rt_unclear"),)


def test_the_sheet_names_the_rt(tmp_path):
    sheets = {f"RT{number:02}": [["NIK", "NAMA"], [nik(number), "SITI"]] for number in (1, 2)}
    assert [p.rt for p in read_list(write_xlsx(tmp_path / "a.xlsx", sheets)).people] == [1, 2]


def test_a_kelurahan_of_the_titles_that_does_not_exist_is_a_fault(tmp_path):
    rows = [["DESA ATLANTIS KEC. BOGOR BARAT", ""], ["NIK", "NAMA"], [nik(1), "SITI"]]
    assert read_list(write_csv(tmp_path / "a.csv", rows)).faults == ((3, "kelurahan", "region_unknown"),)


@pytest.mark.parametrize(
    "line",
    [
        "Jl. Raya Cibanon No. 1 RT 01 RW 02 Kode Pos 16710",
        "Kantor: Kp. Baru RT 001/002 Telp. (0251) 123456",
        "RT 01 RW 02 desa@example.id",
        "Nomor : 460/05/RW.01/2026",
        "Keputusan Lurah Nomor 460 / 05-RT.03 / 2026",
    ],
)
def test_an_offices_address_and_the_number_of_its_letter_are_no_rt_of_the_people(line):
    titles = read_titles([line, "DAFTAR PENERIMA RT 003 RW 005"])
    assert (titles.rt, titles.rw, titles.unclear) == (3, 5, frozenset())
    assert (read_titles([line]).rt, read_titles([line]).rw) == (None, None)


def test_a_street_with_an_rt_above_a_table_may_be_the_offices_and_is_unclear():
    titles = read_titles(["Jl. Raya Cibanon No. 1 RT 01 RW 02"])
    assert (titles.rt, titles.rw, titles.unclear) == (None, None, frozenset(("rt", "rw")))
    assert read_heading("JL. MERDEKA RT 01 RW 02", titles).rt == 1


@pytest.mark.parametrize(
    "line",
    ["KELURAHAN LOJI DAN EMPANG", "KEL. LOJI & KEL. EMPANG", "DATA KELURAHAN LOJI DAN KELURAHAN EMPANG TAHUN 2026"],
)
def test_two_kelurahan_in_a_title_are_not_the_first(tmp_path, line):
    rows = [[line, "", ""], ["NIK", "NAMA", "RT"], [nik(1), "ANI", "3"], [nik(2), "INA", "3"]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [person.kelurahan for person in draft.people] == [None, None]
    assert {fault.code for fault in draft.faults} == {"region_unknown"}
