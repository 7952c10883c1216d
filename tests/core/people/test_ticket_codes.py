"""Codes that are read out over a bad line and typed with a thumb."""

from __future__ import annotations

import pickle
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.errors import MalformedTicketCode
from salur.core.people.checked_codes import ALPHABET
from salur.core.people.ticket_codes import TicketCode

LENGTH = TicketCode.LENGTH


def is_code(text: str) -> bool:
    """Whether this is a code."""
    with suppress(MalformedTicketCode):
        return TicketCode.parse(text).reveal() == text
    return False


def with_check(stem: str) -> str | None:
    """The one code that begins so; None where its check character would be none of the letters."""
    found = [stem + char for char in ALPHABET if is_code(stem + char)]
    assert len(found) <= 1
    return found[0] if found else None


codes = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(with_check).filter(bool)
HEARD = {"0": "oO0", "1": "iIlL1"}


@given(codes, st.data())
def test_a_code_is_read_however_it_is_typed(code, data):
    typed = "".join(data.draw(st.sampled_from(HEARD.get(c, c + c.lower()))) for c in code)
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", " - ", "–", ".", "\u00a0"]), min_size=12, max_size=12))
    assert TicketCode.parse("".join(a + b for a, b in zip(typed, gaps, strict=True))).reveal() == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code, place, char):
    slipped = code[:place] + char + code[place + 1 :]
    if slipped == code:
        return
    with pytest.raises(MalformedTicketCode) as error:
        TicketCode.parse(slipped)
    assert error.value.code == "ticket_check"


@given(codes, st.integers(0, LENGTH - 2))
def test_two_neighbours_that_changed_places_are_found(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped == code:
        return
    with pytest.raises(MalformedTicketCode):
        TicketCode.parse(swapped)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "ticket_length"), ("7K3M", "ticket_length"), ("7K3MQ0ZC41XNN", "ticket_length"),
     ("7K3MQ0ZU41XN", "ticket_letter"), ("7K3MQ0ZÉ41XN", "ticket_letter")],
)  # fmt: skip
def test_what_no_code_can_be_is_told_apart(typed, code):
    with pytest.raises(MalformedTicketCode) as error:
        TicketCode.parse(typed)
    assert error.value.code == code


def test_new_codes_differ_and_can_be_read_out():
    made = {TicketCode.new().reveal() for _ in range(2000)}
    assert len(made) == 2000
    for code in made:
        assert TicketCode.parse(code).grouped.replace("-", "") == code
        assert not set(code) & set("ILOU")
        assert any(char.isdigit() for char in code), "letters alone may be words"
        assert any(char.isalpha() for char in code), "digits alone may be a number that is not yet whole"
        assert [len(group) for group in TicketCode.parse(code).groups] == [4, 4, 4]


@given(st.text(max_size=40))
def test_nothing_typed_breaks_it(text):
    with suppress(MalformedTicketCode):
        assert len(TicketCode.parse(text).reveal()) == LENGTH


def test_a_code_does_not_slip_out():
    code = TicketCode.new()
    assert code.reveal()[:10] not in f"{code!r}{code}"
    with pytest.raises(TypeError):
        pickle.dumps(code)
