"""What is wrong with a row is said by code, and only who is nobody is refused."""

from __future__ import annotations

import pytest

from salur.intake import read_list
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
        ("3271013213800001", "nik_impossible_date"),
        ("9971010101800001", "nik_unknown_province"),
    ],
)
def test_a_spoilt_nik_is_flagged_and_never_repaired(tmp_path, cell, code):
    draft = one(tmp_path, nik=cell)
    assert draft.faults == ((2, "nik", code),)
    assert draft.people[0].nik is None


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
    assert (nameless.faults, nameless.refused, nameless.people) == (((2, "name", "name_missing"),), (2,), ())
    assert (numberless.faults, numberless.refused, numberless.people) == (((2, "nik", "no_identity"),), (2,), ())


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
