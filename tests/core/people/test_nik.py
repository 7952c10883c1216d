"""Numbers as people type them: what is accepted, what is refused and why, and that none leaks."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.errors import MalformedKk, MalformedLetterCode, MalformedNik
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import PROVINCES, Kk, Nik, are_swapped, recognise

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


def test_the_year_of_birth_is_the_later_one_that_may_be():
    assert Nik.parse("3271011505050001").birth_year == 2005
    assert Nik.parse("3271015505800001").birth_year == 1980
    assert Nik.parse("3271015505991234").birth_year == 1999


def test_a_number_that_could_be_either_is_known_as_such():
    assert Nik.parse("3271051203050001").may_be_a_kk
    assert not Nik.parse("3271051203850001").may_be_a_kk
    assert not Nik.parse("3271055203050001").may_be_a_kk


def test_a_boys_nik_is_read_where_children_are_listed():
    assert Nik.parse("3271060107230015", of_a_child=True).last_four == "0015"


def test_a_date_that_cannot_be_is_taken_when_the_same_number_comes_again():
    odd = "3271017202800001"
    assert recognise(odd, warned="3271.0172.0280.0001").reveal() == odd
    assert recognise(odd.replace("0", "O"), warned=odd.replace("0", "O")).reveal() == odd
    assert recognise("3271015505800001", warned=odd) == Nik.parse("3271015505800001")
    for warned in ("", odd[:-1] + "2", "halo"):
        with pytest.raises(MalformedNik, match="impossible_date"):
            recognise(odd, warned=warned)
    for wrong in ("0071017202800001", "3271017202800000", odd[:-1]):
        with pytest.raises(MalformedNik):
            recognise(wrong, warned=wrong)


def test_a_nik_with_a_date_that_cannot_be_tells_no_birth():
    odd = Nik.parse("3271017202800001", warned="3271017202800001")
    assert (odd.birth_year, odd.birth_date.candidates, odd.may_be_a_kk) == (None, (), False)


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


@pytest.mark.parametrize("typed", ["3271015505800000", "123", "HP 3271015505800001", "x" * 10_000])
def test_an_error_does_not_repeat_what_was_typed(typed):
    with pytest.raises(MalformedNik) as refused:
        Nik.parse(typed)
    assert typed not in repr(refused.value) + str(refused.value)


def test_one_field_tells_the_three_apart():
    assert isinstance(recognise("3271 0155 0580 0001"), Nik)
    assert isinstance(recognise("3271060107230015"), Kk)
    assert recognise(" 16100-000001 ") == LetterCode.parse("16100 000001")
    assert recognise("pbp0001") == LetterCode.parse("PBP 0001")


@pytest.mark.parametrize("typed", ["SITI", "", "a1", "#1234", "A" * 30 + "1", "HP3271015505800001"])
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


@pytest.mark.parametrize("dress", ["0{}", "62{}", "+62{}", "+62 (0) {}", "HP {}", "No. WA: 0{}", "(0{})"])
@given(national=st.from_regex(r"8[1-9]\d{8,9}", fullmatch=True))
def test_a_telephones_number_is_known_however_it_is_written(dress, national):
    typed = dress.format(national if dress != "HP {}" else "0" + national)
    with pytest.raises(MalformedNik) as raised:
        recognise(typed)
    assert raised.value.code == "phone_number"


@pytest.mark.parametrize("code", ["16100-000001", "62812345678", "8112345678901234", "6281015505800001"])
def test_what_only_begins_like_a_telephones_number_is_none(code):
    assert not _refused_as_a_phones(code)


def _refused_as_a_phones(typed):
    try:
        recognise(typed)
    except MalformedNik as error:
        return error.code == "phone_number"
    return False


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("Siti Maesaroh", "3271015505800001"),
        ("Siti", "NIK: 3271 0155 0580 0001"),
        ("siti", "PBP0040"),
        ("Siti", "327101550580001"),
        ("Siti", "0812-3456-7890"),
    ],
)
def test_a_name_where_the_number_belongs_is_seen_with_a_number_beside_it_only(number, name):
    assert are_swapped(number, name)
    assert not are_swapped(name, number)
    assert not are_swapped(number, number)
    assert not are_swapped(name, name)
    assert not are_swapped("", name)
    assert not are_swapped(number, "")
    assert not are_swapped(number, "Asep 2")
