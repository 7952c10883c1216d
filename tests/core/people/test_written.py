"""A number is the same in any dress, and no dress makes another number of it."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.errors import Malformed
from salur.core.people.among import numbers_in, stands_in, without_numbers
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Nik, recognise
from salur.core.people.written import UNSEEN, bare, label_of, plain_digits, visible, was_a_number

NUMBER = "3271064502800011"
NIKS = st.builds(
    lambda place, day, year, serial: f"{place}{day + 40:02}05{year:02}{serial:04}",
    st.sampled_from(["327106", "110101", "940301", "620105"]),
    st.integers(1, 28),
    st.integers(40, 99),
    st.integers(1, 9999),
)
SIGNS = ["\u200b", "\u202a", "\u2069", "\ufeff", "\u00ad", "\u2060", "\x00", "\x1f", "\u180e", "\ufe0f\u20e3"]
SEPARATORS = [" ", ".", "-", "/", "_", "\u00a0", "\u2013", " - ", "\u2212"]
SCRIPTS = [0x30, 0xFF10, 0x0660, 0x06F0, 0x1D7CE, 0x1D7F6, 0xA9D0]  # Javanese is the last
AROUND = [
    *("{},", "{}.", "{};", "'{}", "'{}'", '"{}"', '="{}"', "'{}'", "({})", "[{}]", "*{}*", "_{}_", "`{}`", "| {} |"),
    *("NIK: {}", "NIK {}", "nik:{}", "NIK.{}", "No. NIK = {}", "NO. KK : {}", "Nomor KTP: '{}'", "NIK/KTP: {}"),
    *("NIK (KTP): {}", "{} (NIK)", "# {}", "No. #{}", "• {}", "KTP_{}", " {}\n", "NIK saya: {}.", "E-KTP {}"),
]


@given(
    digits=NIKS,
    groups=st.sampled_from([(16,), (4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4), (8, 8)]),
    separator=st.sampled_from(SEPARATORS),
    sign=st.sampled_from(["", *SIGNS]),
    script=st.sampled_from(SCRIPTS),
    around=st.lists(st.sampled_from(AROUND), max_size=2),
)
def test_a_number_is_read_in_any_dress(digits, groups, separator, sign, script, around):
    parts, rest = [], digits
    for length in groups:
        parts.append("".join(chr(script + int(digit)) + sign for digit in rest[:length]))
        rest = rest[length:]
    written = separator.join(parts)
    for form in around:
        written = form.format(written)
    assert recognise(written).reveal() == digits
    assert stands_in(f"Bu, ini {written} ya")
    assert [recognise(visible(written)[a:b]).reveal() for a, b in numbers_in(visible(written))] == [digits]


@given(
    digits=NIKS,
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from("0123456789OoIl.,*'E+ /-")),
    at=st.integers(0, 16),
)
def test_no_dress_makes_another_number_of_it(digits, text, at):
    """Whatever is written into a number: it is that number still, or no number at all."""
    try:
        number = recognise(digits[:at] + text + digits[at:])
    except Malformed:
        return
    new = [sign for sign in text if unicodedata.decimal(sign, None) is not None or sign in "OoIl"]
    assert isinstance(number, LetterCode) or number.reveal() == digits or new


@pytest.mark.parametrize(
    "written",
    [
        "3.271.064.502.800.010",
        "3,271,064,502,800,010",
        "3 271 064 502 800 010",
        "3.271.064.502.800.010,00",
        "3,27106E+15",
        "3.27106E15",
        NUMBER + ".0",
        NUMBER[:15] + ".0",
        NUMBER[:15] + ",1",
    ],
)
def test_what_excel_made_of_a_number_is_none(written):
    assert was_a_number(written)
    assert plain_digits(written) is None
    with pytest.raises(Malformed):
        recognise(written)


@pytest.mark.parametrize(
    "written",
    [
        NUMBER + "**",
        NUMBER[:14] + "**",
        "***" + NUMBER,
        "+" + NUMBER,
        "Rp" + NUMBER,
        "Rp " + NUMBER,
        "1) " + NUMBER,
        "1. " + NUMBER,
        "~" + NUMBER + "~",
        NUMBER + " 1",
        NUMBER + "\u20e0",
        "HP: " + NUMBER,
        "NIK: **" + NUMBER,
        "NIK: +" + NUMBER,
        "NIK 1: " + NUMBER,
        "\u202e" + NUMBER,
        "\u0336".join(NUMBER),
        NUMBER[:15] + "\u00b9",
        NUMBER[:15] + " l",
        NUMBER[:15] + "S",
        NUMBER[:15] + "\U0001f51f",
    ],
)
def test_signs_that_may_say_something_are_not_taken_off(written):
    with pytest.raises(Malformed):
        Nik.parse(written)
    assert plain_digits(written) != NUMBER


def test_every_sign_of_format_is_known_but_the_one_that_turns_digits_round():
    unseen = {chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"}
    assert {sign for sign in unseen if not UNSEEN.match(sign)} == {"\u202e"}
    assert all(not UNSEEN.match(sign) for sign in "\t\n\r a1é")


@pytest.mark.parametrize(
    ("written", "said"),
    [("NIK: 1", "nik"), ("No. KK 1", "kk"), ("KTP/1", "nik"), ("NIK/KK: 1", None), ("1", None), ("1234 (KK)", "kk")],
)
def test_the_word_beside_a_number_says_what_it_is(written, said):
    assert label_of(written) == said


def test_a_letter_code_keeps_its_letters():
    for code in ("KK-0012", "NO-0012", "KTP 0012"):
        assert recognise(code).reveal() == code.replace("-", "").replace(" ", "")
    for written in ("'PBP-0041'", "PBP0041,", "Kode: PBP 0041", "(pbp0041)", "P\u200bBP0041", "Nomor surat = PBP0041"):
        assert recognise(written) == LetterCode.parse("PBP0041")


@pytest.mark.parametrize(
    "words",
    [
        "24/02/2026 08.00-11.00",
        "12/05/2026 08.00-11.00",
        "Rp 600.000, 12/05/2026, 08.00-11.00",
        "telepon 0812-3456-7890 atau 0251 8321 075",
        "1. dua 2. tiga 3. lima 4. Ill",
    ],
)
def test_days_hours_money_and_telephones_are_no_numbers(words):
    assert not stands_in(words)
    assert without_numbers(words) == words


def test_part_of_digits_that_go_on_is_no_number():
    assert list(numbers_in("0812-3456-7890 0813-2222-3333")) == []
    assert list(numbers_in(f"{NUMBER[:4]} {NUMBER[4:8]} {NUMBER[8:12]} {NUMBER[12:]} 12")) == []
    assert list(numbers_in(f"12/05/1980 {NUMBER} 12")) == [(11, 27)]


def test_a_number_among_words_is_cut_to_its_end():
    told = without_numbers(f"NIK 3271/0645/0280/0011, KTP_{NUMBER}.pdf, 3271O64502800011, 327106450280001 lima")
    assert told == "NIK …0011, KTP_…0011.pdf, …0011, …0001 lima"


@given(st.text())
def test_taking_off_the_dress_twice_takes_off_no_more(text):
    assert bare(bare(text)) == bare(text)
    assert visible(visible(text)) == visible(text)
