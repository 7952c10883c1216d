"""What is wrong with a row is said by code, and only who is nobody is refused."""

from __future__ import annotations

import pytest

from salur.intake.people import read_list
from tests.intake.office import kk, nik, write_csv, write_xlsx

HEADER = ["NIK", "NO KK", "NAMA", "RT", "RW", "KELURAHAN", "KECAMATAN", "NOMINAL", "NO REKENING", "KET"]


def one(tmp_path, **given):
    """A list of one row; what is not given is in order."""
    cells = {
        "nik": nik(1),
        "kk": kk(1),
        "name": "ANI",
        "rt": "1",
        "rw": "2",
        "kelurahan": "LOJI",
        "kecamatan": "BOGOR BARAT",
        "amount": "5000",
        "account": "",
        "note": "",
    }
    return read_list(write_xlsx(tmp_path / "a.xlsx", {"A": [HEADER, list((cells | given).values())]}))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (3271010101010001, "nik_from_number"),
        ("3,27101E+15", "nik_from_number"),
        ("3271010101010001.0", "nik_from_number"),
        (nik(1)[:15], "nik_not_16_digits"),
        (nik(1) + "1", "nik_not_16_digits"),
        (nik(1)[:12] + "0000", "nik_serial_zero"),
        ("", "nik_missing"),
        ("-", "nik_missing"),
        ("9971010101800001", "nik_unknown_province"),
    ],
)
def test_a_spoilt_nik_is_flagged_and_never_repaired(tmp_path, cell, code):
    draft = one(tmp_path, nik=cell)
    assert draft.faults == ((2, "nik", code),)
    assert draft.people[0].nik is None


def test_a_nik_with_a_date_that_cannot_be_is_kept_and_flagged(tmp_path):
    draft = one(tmp_path, nik="3271013213800001")
    assert draft.faults == ((2, "nik", "nik_impossible_date"),)
    assert draft.people[0].nik == "3271013213800001"


@pytest.mark.parametrize(
    "cell",
    [
        "'" + nik(1),
        "3271 0442 0180 0001",
        "3271.0442.0180.0001",
        nik(1).replace("0", "O"),
        "NIK " + nik(1),
        nik(1) + "\xa0",
    ],
)
def test_a_nik_that_is_only_untidily_written_is_read(tmp_path, cell):
    draft = one(tmp_path, nik=cell)
    assert draft.people[0].nik == nik(1)
    assert draft.faults == ()


def test_a_boys_nik_is_fine_on_a_list(tmp_path):
    assert one(tmp_path, nik="3271041501200001").faults == ()


@pytest.mark.parametrize(
    ("cell", "code"),
    [("", "kk_missing"), (kk(1)[:15], "kk_malformed"), (float(kk(1)), "kk_malformed"), (nik(1), "kk_malformed")],
)
def test_a_spoilt_kk_is_flagged(tmp_path, cell, code):
    draft = one(tmp_path, kk=cell)
    assert draft.faults == ((2, "kk", code),)
    assert draft.people[0].kk is None


def test_who_has_no_name_or_no_number_is_refused(tmp_path):
    nameless, numberless = one(tmp_path, name=""), one(tmp_path, nik="", kk="")
    assert (nameless.faults, nameless.refused, [*nameless.people]) == (((2, "name", "name_missing"),), (2,), [])
    assert (numberless.faults, numberless.refused, [*numberless.people]) == (((2, "nik", "no_identity"),), (2,), [])


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"rt": "03-May"}, ("rt", "rt_unclear")),
        ({"amount": "tiga ratus ribu"}, ("amount", "amount_unclear")),
        ({"kelurahan": "ATLANTIS"}, ("kelurahan", "region_unknown")),
        ({"kelurahan": "PABATON"}, ("kelurahan", "region_unknown")),  # it is not in Bogor Barat
    ],
)
def test_what_is_unclear_is_flagged_and_the_person_kept(tmp_path, given, fault):
    draft = one(tmp_path, **given)
    assert [f[1:] for f in draft.faults] == [fault]
    assert draft.people[0].name == "ANI"


def test_that_there_is_an_account_counts_and_its_number_is_not_kept(tmp_path):
    draft = one(tmp_path, account="00112233445566")
    assert draft.people[0].channel == "bank_card"
    assert "00112233445566" not in repr([getattr(draft.people[0], field) for field in draft.people[0].__slots__])


def test_a_note_takes_a_person_off_the_list(tmp_path):
    person = one(tmp_path, note="Meninggal dunia").people[0]
    assert (person.state, person.reason, person.note) == ("taken_off", "died", "Meninggal dunia")


def test_a_remark_takes_nobody_off_and_is_kept_in_the_draft(tmp_path):
    person = one(tmp_path, note="RUMAH TIDAK LAYAK HUNI").people[0]
    assert (person.state, person.reason, person.note) == (None, None, "RUMAH TIDAK LAYAK HUNI")


def test_the_sick_are_paid_at_home(tmp_path):
    assert one(tmp_path, note="stroke, antar ke rumah").people[0].care is True


def test_the_cells_of_a_faulty_row_are_kept_for_the_office(tmp_path):
    draft = one(tmp_path, nik="")
    assert draft.header == tuple(HEADER)
    assert draft.faulty_cells[2][1:3] == (kk(1), "ANI")


def test_a_person_in_a_log_shows_neither_name_nor_address(tmp_path):
    assert "ANI" not in repr(one(tmp_path).people[0])
    assert "ANI" not in repr(one(tmp_path))


def test_the_city_of_the_list_decides_where_a_kelurahan_alone_is(tmp_path):
    rows = [["NIK", "NAMA", "KELURAHAN"], *([nik(i), "ANI", "SUKARESMI"] for i in range(1, 6))]
    assert {p.region_code for p in read_list(write_csv(tmp_path / "a.csv", rows)).people} == {"32.71.06.1004"}


@pytest.mark.parametrize(
    "cells",
    [
        ["003", "005", "600000"],
        ["003", "005", "600.000"],
        ["003", "005", ""],
        ["KP. BARU NO. 3", "GG. 4", "004"],
        ["KP. BARU", "300.000", "5"],
        ["KP. BARU", "3", "Rp300.000"],
    ],
)
def test_where_the_cells_of_a_row_moved_neither_rt_nor_rw_is_read(tmp_path, cells):
    rows = [["NIK", "NAMA", "ALAMAT", "RT", "RW"], [nik(1), "ANI", "KP. BARU", "003", "005"], [nik(2), "INA", *cells]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(person.rt, person.rw) for person in draft.people] == [(3, 5), (None, None)]
    assert [(fault.row, fault.code) for fault in draft.faults] == [(3, "rt_unclear")]


@pytest.mark.parametrize("cells", [("RT 3", "RW. 5"), ("III", "V"), ("003/005", ""), ("0003", "5"), ("003005", "")])
def test_rt_and_rw_that_did_not_move_are_read(tmp_path, cells):
    draft = one(tmp_path, rt=cells[0], rw=cells[1])
    assert [(person.rt, person.rw) for person in draft.people] == [(3, 5)]


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("KP. BARU RT 3/RW 5", (3, 5)),
        ("KP BARU RT.003 RW.005 KEL. LOJI", (3, 5)),
        ("JL. MERDEKA NO. 12 RT03/RW05", (3, 5)),
        ("GG. KARTINI RT 003/005", (3, 5)),
        ("KP. BARU RW 05 NO. 12", (None, 5)),
        ("KP. BARU NO. 12", (None, None)),
        ("JL. KARTINI 003/005", (None, None)),
    ],
)
def test_an_address_tells_rt_and_rw_where_nothing_else_does(tmp_path, address, read):
    rows = [["NIK", "NAMA", "ALAMAT"], [nik(1), "ANI", address], [nik(2), "INA", address]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(person.rt, person.rw) for person in draft.people] == [read] * 2
    assert not draft.faults


def test_an_address_says_nothing_against_a_column_or_a_title(tmp_path):
    rows = [["NIK", "NAMA", "ALAMAT", "RT"], [nik(1), "ANI", "RT 9 RW 9", "3"], [nik(2), "INA", "RT 1 DAN RT 2", ""]]
    draft = read_list(write_csv(tmp_path / "a.csv", [["RW 005"], *rows]))
    assert [(person.rt, person.rw) for person in draft.people] == [(3, 5), (None, 5)]
    draft = read_list(write_csv(tmp_path / "b.csv", rows))
    assert [(person.rt, person.rw) for person in draft.people] == [(3, None), (None, None)]
    assert [(fault.row, fault.column, fault.code) for fault in draft.faults] == [(3, "address", "rt_unclear")]


def test_a_sheet_that_is_called_like_a_kelurahan_of_the_city_is_one(tmp_path):
    sheets = {
        name: [["NIK", "NAMA"], [nik(number), "ANI"]]
        for number, name in enumerate(["LOJI", "Empang", "Sheet1", "REKAP"], 1)
    }
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert [person.kelurahan for person in draft.people] == ["Loji", "Empang", None, None]
    assert not draft.faults


@pytest.mark.parametrize("name", ["sda", "s.d.a.", "idem", "sama dengan atas"])
def test_a_name_is_not_repeated_from_above(tmp_path, name):
    draft = one(tmp_path, name=name)
    assert ([*draft.people], [fault.code for fault in draft.faults]) == ([], ["name_missing"])


def test_an_address_of_a_ktp_or_one_of_two_tells_no_rt(tmp_path):
    for labels in (["ALAMAT KTP"], ["ALAMAT KTP", "ALAMAT DOMISILI"], ["ALAMAT", "DOMISILI"]):
        row = ["KP. BARU RT 3 RW 5", "KP. LAMA RT 1 RW 2"][: len(labels)]
        rows = [["NIK", "NAMA", *labels], [nik(1), "ANI", *row], [nik(2), "INA", *row]]
        people = read_list(write_csv(tmp_path / "a.csv", rows)).people
        assert [(person.rt, person.rw) for person in people] == [(None, None)] * 2


@pytest.mark.parametrize("cells", [["46", "003", "005"], ["003", "005"], ["P", "003"]])
def test_a_csv_row_that_ends_before_its_rw_lacks_a_cell(tmp_path, cells):
    header = ["NIK", "NAMA", "JK", "UMUR", "RT", "RW"]
    rows = [header, [nik(1), "ANI", "P", "46", "003", "005"], [nik(2), "INA", *cells]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(person.rt, person.rw) for person in draft.people] == [(3, 5), (None, None)]
    assert [(fault.row, fault.code) for fault in draft.faults] == [(3, "rt_unclear")]


def test_a_csv_row_that_ends_after_its_rw_has_no_remark(tmp_path):
    rows = [["NIK", "NAMA", "RT", "RW", "KET"], [nik(1), "ANI", "3", "5", "x"], [nik(2), "INA", "3", "5"]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert ([(person.rt, person.rw) for person in draft.people], draft.faults) == ([(3, 5)] * 2, ())


@pytest.mark.parametrize("number", ["3271044502800011", "3271041203750012"])
def test_nik_and_kk_that_traded_places_in_one_row_are_refused(tmp_path, number):
    rows = [["NIK", "NO KK", "NAMA"], *([nik(n), kk(n), "ANI"] for n in range(1, 9)), [kk(9), number, "INA"]]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert (len(draft.people), draft.refused) == (8, (10,))
    assert [(fault.row, fault.code) for fault in draft.faults] == [(10, "nik_other_number")]
