"""Numbers as people type them: what is accepted, what is refused and why, and that none leaks."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.errors import MalformedKk, MalformedLetterCode, MalformedNik
from salur.core.nik import PROVINCES, Kk, LetterCode, Nik, recognise

adults = st.dates(date(1930, 1, 1), date(2008, 12, 31))


@given(
    province=st.sampled_from(sorted(PROVINCES)),
    place=st.integers(0, 9999),
    born=adults,
    woman=st.booleans(),
    serial=st.integers(1, 9999),
)
def test_any_adults_nik_is_read(province, place, born, woman, serial):
    day = born.day + 40 * woman
    digits = f"{province}{place:04d}{day:02d}{born:%m%y}{serial:04d}"
    nik = Nik.parse(digits)
    assert nik.reveal() == digits
    assert nik.is_a_womans is woman
    assert born in nik.birth_date.candidates


@pytest.mark.parametrize(
    "typed",
    ["3271 0155 0580 0001", "3271.0155.0580.0001", "3271-0155-0580-0001", " 3271015505800001\u00a0\n",
     "３２７１０１５５０５８００００１", "٣٢٧١٠١٥٥٠٥٨٠٠٠٠١", "3271\u20110155\u20130580 0001",
     "３２７１－０１５５．０５８０　０００１"],
)  # fmt: skip
def test_spaces_dots_hyphens_and_other_digits_are_read(typed):
    assert Nik.parse(typed) == Nik.parse("3271015505800001")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "not_16_digits"),
        ("327101550580001", "not_16_digits"),
        ("32710155058000011", "not_16_digits"),
        ("327101550580000l", "not_16_digits"),
        ("+3271015505800001", "not_16_digits"),
        ("3271015505800000", "serial_zero"),
        ("3271013202800001", "impossible_date"),
        ("3271014002800001", "impossible_date"),
        ("3271017202800001", "impossible_date"),
        ("3271010013800001", "impossible_date"),
        ("3271013002800001", "impossible_date"),
        ("3271012902010001", "impossible_date"),
        ("0071015505800001", "unknown_province"),
        ("9971015505800001", "unknown_province"),
        ("3271060107230015", "looks_like_kk"),
    ],
)
def test_a_malformed_nik_says_what_is_wrong(typed, code):
    with pytest.raises(MalformedNik) as refused:
        Nik.parse(typed)
    assert refused.value.code == code


def test_a_slip_says_how_many_digits_were_typed():
    with pytest.raises(MalformedNik) as refused:
        Nik.parse("3271 0155 0580 001")
    assert refused.value.digits == 15


@pytest.mark.parametrize("province", ["54", "65", "91", "92", "93", "94", "95", "96"])
def test_provinces_that_are_new_or_gone_are_known(province):
    assert Nik.parse(f"{province}71015505800001").province == province


def test_the_29th_of_february_exists_in_some_century():
    assert Nik.parse("3271012902000001").birth_date.candidates == (date(2000, 2, 29),)
    assert Nik.parse("3271016902840001").birth_date.candidates == (date(1984, 2, 29),)


def test_a_birth_date_leaves_the_century_open():
    assert Nik.parse("3271011505050001").birth_date.candidates == (date(2005, 5, 15), date(1905, 5, 15))


def test_a_number_that_could_be_either_is_known_as_such():
    assert Nik.parse("3271051203050001").may_be_a_kk
    assert not Nik.parse("3271051203850001").may_be_a_kk
    assert not Nik.parse("3271055203050001").may_be_a_kk


def test_a_boys_nik_is_read_where_children_are_listed():
    assert Nik.parse("3271060107230015", of_a_child=True).last_four == "0015"


def test_a_kk_number_has_no_womans_day():
    assert Kk.parse("3271060107230015").last_four == "0015"
    with pytest.raises(MalformedKk) as refused:
        Kk.parse("3271015505800001")
    assert refused.value.code == "impossible_date"


@pytest.mark.parametrize("number", [Nik.parse("3271015505801234"), Kk.parse("3271060107231234")])
def test_a_printed_number_shows_four_digits_only(number):
    shown = f"{number} {number!r} {number:>20} {[number]} {number!s}"
    assert "1234" in shown
    assert "5801234" not in shown
    assert "3271" not in shown


@pytest.mark.parametrize("number", [Nik.parse("3271015505801234"), Kk.parse("3271060107231234")])
def test_a_number_is_copied_but_never_pickled(number):
    assert copy.copy(number) is number
    assert copy.deepcopy({"asked": number}) == {"asked": number}
    with pytest.raises(TypeError) as refused:
        pickle.dumps(number)
    assert "1234" not in str(refused.value)


@pytest.mark.parametrize("typed", ["3271015505800000", "123", "NIK 3271015505800001", "x" * 10_000])
def test_an_error_does_not_repeat_what_was_typed(typed):
    with pytest.raises(MalformedNik) as refused:
        Nik.parse(typed)
    assert typed not in repr(refused.value) + str(refused.value)


def test_one_field_tells_the_three_apart():
    assert isinstance(recognise("3271 0155 0580 0001"), Nik)
    assert isinstance(recognise("3271060107230015"), Kk)
    assert recognise(" 16100-000001 ") == LetterCode.parse("16100 000001")
    assert recognise("pbp0001") == LetterCode.parse("PBP 0001")


@pytest.mark.parametrize("typed", ["SITI", "", "a1", "#1234", "A" * 30 + "1", "NIK3271015505800001"])
def test_what_is_no_number_at_all_is_refused(typed):
    with pytest.raises(MalformedLetterCode):
        recognise(typed)


def test_a_letter_o_for_zero_is_read_as_meant():
    assert recognise("3271 O155 o580 0OO1") == Nik.parse("3271015505800001")


def test_a_long_number_that_is_not_16_digits_is_meant_as_a_nik():
    with pytest.raises(MalformedNik):
        recognise("327101550580001")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(text):
    try:
        number = recognise(text)
    except (MalformedNik, MalformedLetterCode):
        return
    assert recognise(number.reveal()) == number
