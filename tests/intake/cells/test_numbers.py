"""NIK and KK cells in whatever dress: the rules are the core's, here that every column of a list goes by them."""

from __future__ import annotations

import pytest

from salur.intake.cells.numbers import is_long_number, read_kk, read_nik
from salur.intake.cells.texts import rt_rw, text_of, value_of
from salur.intake.people import read_list
from tests.intake.office import kk, nik

NIK, KK = nik(1), kk(1)


@pytest.mark.parametrize(
    "around",
    ['="{}"', "'{}'", '"{}"', "{},", "NIK: {}", "\u202a{}\u202c", "\u2068{}\u2069", "\x1f{}", "({})", "*{}*", "{}\x00"],
)
def test_a_nik_is_read_in_any_dress(around):
    assert read_nik(around.format(NIK)) == (NIK, None)


@pytest.mark.parametrize(
    "cell", ["3.271.064.502.800.010", "3 271 064 502 800 010", NIK + ",00", NIK[:15] + ".1", "3,2E+15"]
)
def test_what_excel_made_of_a_nik_was_a_number(cell):
    assert read_nik(cell) == (None, "from_number")


@pytest.mark.parametrize("cell", [NIK + "**", "+" + NIK, "\u202e" + NIK, NIK + " " + NIK])
def test_what_may_be_another_number_is_none(cell):
    assert read_nik(cell) == (None, "not_16_digits")


def test_a_number_that_says_to_be_the_other_is_not_taken_for_it():
    assert read_nik(f"No. KK: {KK}") == (None, "other_number")
    assert read_kk(f"NIK: {KK}") == (None, "malformed")
    assert read_kk(f"No. KK: {KK}") == (KK, None)
    assert read_nik(f"NIK/KK {NIK}") == (NIK, None)


def test_a_dotted_number_is_a_sign_of_data_and_a_telephone_is_none():
    assert is_long_number("32.7106.4502800011")
    assert not is_long_number("0812-3456-7890")
    assert not is_long_number("DAFTAR PENERIMA 3271064502800011")


@pytest.mark.parametrize(
    "cell", ['="003"', "'003'", '"003"', "003,", "\u202a003\u202c", "\uff10\uff10\uff13", "(003)", "RT 003;"]
)
def test_an_rt_is_read_in_any_dress(cell):
    assert rt_rw(cell) == (3, None, True)


def test_a_text_is_read_without_what_excel_needs_to_keep_it():
    assert text_of('="SITI ""ACEH"" AMINAH"') == 'SITI "ACEH" AMINAH'
    assert value_of('"SITI AMINAH"') == "SITI AMINAH"
    assert value_of('"ABAH" SUPARMAN') == '"ABAH" SUPARMAN'
    assert value_of("'AISYAH") == "AISYAH"
    assert value_of("MA'RUF") == "MA'RUF"


@pytest.mark.parametrize("delimiter", [",", ";", "\x1f"])
def test_a_list_in_any_dress_is_read(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    rows = [
        ["NO", "NIK", "NAMA", "RT", "RW"],
        ["1", f'="{nik(1)}"', '="SITI"', '="003"', '="005"'],
        ["2", f"\u202a{nik(2)}\u202c", "\u202aANI\u202c", "\u202a003\u202c", "005"],
        ["3", f"\x1f{nik(3)}" if delimiter != "\x1f" else nik(3), "IDA", "003", "005"],
    ]
    path.write_text("".join(delimiter.join(row) + "\r\n" for row in rows), encoding="utf-8")
    draft = read_list(path)
    assert [(p.nik, p.name, p.rt, p.rw) for p in draft.people] == [
        (nik(1), "SITI", 3, 5),
        (nik(2), "ANI", 3, 5),
        (nik(3), "IDA", 3, 5),
    ]
    assert draft.faults == ()
