"""The code of a letter in the number field: it opens with the name what a NIK opens, and only as long as it is good."""

from __future__ import annotations

import pytest

from salur.core.errors import TooManyAttempts
from salur.core.letters.issuing.kinds import Withdrawal
from salur.core.limits.asker import Asker
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.letter_codes import LetterCode, Unguessable
from salur.core.people.nik import Nik, recognise
from tests.fixtures.letters import VISITOR
from tests.fixtures.office import Announced, Recipient


@pytest.fixture
def siti(office):
    """A payee with a day to come, among others."""
    one = Recipient()
    office.publishes(one, *(Recipient(name=f"EUIS {n}") for n in range(20)))
    office.announces(Announced())
    return one


@pytest.fixture
def ask(services):
    """Ask as somebody who types a code and a name."""
    return lambda code, name="Siti Maesaroh", asker=VISITOR: services.asking.ask(recognise(code), name, asker=asker)


def test_code_and_name_open_the_answer(siti, press, ask):
    code = press.prints().code(siti.name)
    answer = ask(code)
    assert isinstance(answer, OnTheList)
    assert [one.payee for one in answer.present] == ["S. M."]


def test_slips_of_the_eye_are_forgiven(siti, press, ask):
    code = press.prints().code(siti.name).lower().replace("0", "O").replace("1", "l").replace("-", " ")
    assert isinstance(ask(code), OnTheList)


def test_the_name_is_needed_and_three_wrong_ones_close_it_however_it_is_typed(siti, press, ask):
    code = press.prints().code(siti.name)
    while "0" not in code and "1" not in code:
        code = press.prints().code(siti.name)
    ways = [code, code.replace("0", "o").replace("1", "i"), code.replace("0", "O").replace("1", "L")]
    for way in ways:
        assert isinstance(ask(way, "Zainal Qori"), NotOnTheList)
    with pytest.raises(TooManyAttempts):
        ask(code)
    assert isinstance(ask(code, asker=Asker.chat(7)), OnTheList)


def test_a_letter_that_is_replaced_or_withdrawn_opens_nothing(siti, press, ask, services):
    old = press.prints()
    new = press.prints()
    assert isinstance(ask(old.code(siti.name)), NotOnTheList)
    assert isinstance(ask(new.code(siti.name)), OnTheList)
    services.letter_desk.withdraw(press.officer, new.id, Withdrawal.LOST)
    assert isinstance(ask(new.code(siti.name), asker=Asker.chat(1)), NotOnTheList)
    assert isinstance(ask(siti.nik), OnTheList)


def test_a_payees_own_print_opens_it_as_well(siti, services, ask):
    answer = services.lookup.ask(Nik.parse(siti.nik), siti.name, asker=VISITOR)
    letter = services.letters.own(answer.present[0].letter, asker=VISITOR)
    assert isinstance(ask(letter.code), OnTheList)


def test_an_offices_code_that_looks_like_one_of_ours_is_found_all_the_same(office, ask):
    ours = next(code for code in iter(lambda: Unguessable.new().reveal(), None) if "0" in code or "1" in code)
    typed = ours.replace("0", "O").replace("1", "I")
    office.publishes(Recipient(letter_code=typed))
    assert isinstance(ask(typed), OnTheList)


def test_it_is_no_nik_and_no_ticket(siti, press):
    for letter in press.prints().letters:
        assert isinstance(recognise(letter.code), LetterCode)
