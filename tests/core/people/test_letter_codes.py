"""Codes of letters that Salur prints: read from paper, typed with a thumb, and no number's."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.people.checked_codes import ALPHABET
from salur.core.people.letter_codes import LetterCode, Unguessable
from salur.core.people.nik import recognise
from salur.core.people.ticket_codes import TicketCode

numbers = st.integers(0, 2 ** Unguessable.bits() - 1)
codes = st.lists(numbers, min_size=20, max_size=20).map(lambda drawn: Unguessable.drawn([*drawn, 2**70 + 10]))
HEARD = {"0": "oO0", "1": "iIlL1"}


@given(codes, st.data())
def test_a_code_is_recognised_however_it_is_typed(code, data):
    typed = "".join(data.draw(st.sampled_from(HEARD.get(c, c + c.lower()))) for c in code.reveal())
    gap = data.draw(st.sampled_from(["", " ", "-", " - ", "–"]))
    text = gap.join(typed[start : start + 4] for start in range(0, 16, 4))
    found = recognise(text)
    assert isinstance(found, LetterCode)
    assert found.issued == code
    assert found.meant == code.reveal()


@given(codes, st.integers(0, 15), st.sampled_from(ALPHABET))
def test_one_wrong_character_makes_it_no_code_of_ours(code, place, char):
    plain = code.reveal()
    slipped = plain[:place] + char + plain[place + 1 :]
    assert slipped == plain or Unguessable.read(slipped) is None


@given(codes)
def test_it_is_shown_in_four_groups_and_never_looks_like_a_number(code):
    assert [len(group) for group in code.groups] == [4, 4, 4, 4]
    assert not code.reveal().isdecimal()
    assert not code.reveal().isalpha()


def test_sixteen_digits_are_never_a_code_of_a_letter():
    digits = range(10**15, 10**15 + 2_000)
    assert all(Unguessable.read(str(number)) is None for number in digits)


def test_each_is_another_and_as_hard_to_guess_as_it_says():
    assert len({Unguessable.new().reveal() for _ in range(200)}) == 200
    assert Unguessable.bits() == 75
    assert TicketCode.bits() == 55


def test_an_offices_own_code_is_read_as_before():
    assert LetterCode.parse("Kode: 16100-000001").reveal() == "16100000001"
    assert LetterCode.parse("16100-000001").issued is None


def test_it_shows_little_and_leaks_nothing_into_caches():
    code = Unguessable.new()
    assert code.reveal() not in f"{code} {code!r}"
    with pytest.raises(TypeError):
        pickle.dumps(code)
