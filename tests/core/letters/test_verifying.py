"""Somebody scans a letter: is it genuine, and is the day on it still true?"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import event, func, select

from salur.core.errors import TooManyAttempts
from salur.core.letters.issuing.answers import Verified
from salur.core.letters.issuing.kinds import Verdict
from salur.core.limits.asker import Asker
from salur.core.lists.kinds import State
from salur.core.people.checked_codes import ALPHABET
from salur.core.people.letter_codes import LetterCode, Unguessable
from salur.core.people.nik import Nik
from salur.core.tables.limits import TallyRow
from salur.core.tables.privacy import AccessRow
from tests.fixtures.letters import VISITOR
from tests.fixtures.office import Announced, Recipient, Reported

PKH = "Program Keluarga Harapan"
UNKNOWN = Verified(Verdict.UNKNOWN)


@pytest.fixture
def siti(office):
    """A payee with a day to come."""
    one = Recipient()
    office.publishes(one)
    office.announces(Announced())
    return one


def test_a_genuine_letter_tells_what_holds_now_and_no_name(siti, press):
    told = press.verifies(press.prints().code())
    assert (told.verdict, told.programme_name, told.stage, told.own) == (Verdict.GENUINE, PKH, "1", False)
    assert (told.said.payee, told.said.next_sitting.starts.hour, told.was) == ("S. M.", 8, None)
    assert siti.name not in repr(told)
    assert not told.said.key
    assert not told.said.letter


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")])
def test_it_is_read_however_it_is_written(siti, press, write):
    assert press.verifies(write(press.prints().code())).verdict is Verdict.GENUINE


def test_a_day_that_moved_since_is_told(siti, press, office):
    code = press.prints().code()
    office.announces(Announced(starts=time(13), ends=time(15), place="Balai RW 5"))
    told = press.verifies(code)
    assert told.verdict is Verdict.GENUINE
    assert (told.was.comes.starts.hour, told.was.place.name) == (8, "Kantor Kelurahan Tegal Gundil")
    assert (told.said.next_sitting.starts.hour, told.said.next_sitting.place.name) == (13, "Balai RW 5")


def test_paid_already_is_told(siti, press, office, clock):
    code = press.prints().code()
    clock.passes(days=5)
    office.hears(Reported(nik=siti.nik, name=siti.name, date=clock().date()))
    told = press.verifies(code)
    assert (told.verdict, told.said.payment.state, told.said.next_sitting) == (Verdict.GENUINE, "paid", None)


def test_who_is_suspended_or_named_no_longer_is_told_by_themselves(siti, press, office):
    code = press.prints().code()
    office.publishes(replace(siti, state=State.SUSPENDED))
    assert press.verifies(code).verdict is Verdict.HALTED
    office.publishes(Recipient(name="EUIS KOMARIAH"))
    told = press.verifies(code)
    assert (told.verdict, told.said) == (Verdict.OFF, None)


def test_a_list_that_is_withdrawn_makes_its_letters_void(siti, press, services, office):
    code = press.prints().code()
    with services.database.reading() as connection:
        (list_id,) = connection.exec_driver_sql("SELECT id FROM recipient_list").scalars()
    services.lists.undo(list_id, why="wrong file")
    assert press.verifies(code).verdict is Verdict.OFF


def test_a_newer_list_with_the_same_payee_keeps_the_letter_good(siti, press, office):
    code = press.prints().code()
    office.publishes(siti, Recipient(name="EUIS KOMARIAH"))
    assert press.verifies(code).verdict is Verdict.GENUINE
    press.prints()
    assert press.verifies(code).verdict is Verdict.REPLACED


@pytest.mark.parametrize("written", [{"kk": "3271045512990007"}, {"name": "SITI MAISAROH"}])
def test_so_does_one_that_writes_name_or_family_card_otherwise(siti, press, office, services, written):
    code = press.prints().code()
    office.publishes(replace(siti, **written), Recipient(name="EUIS KOMARIAH"))
    assert press.verifies(code).verdict is Verdict.GENUINE
    answer = services.lookup.ask(LetterCode.parse(code), siti.name, asker=VISITOR)
    assert [one.state for one in answer.present] == [State.ENTITLED]
    looks = services.my_data.history(answer.key, asker=VISITOR).looks
    assert [look.role for look in looks if look.what == "scan"] == [None]


def test_a_nik_that_now_names_somebody_else_makes_it_unsure_and_shows_nothing_of_them(siti, press, office):
    code = press.prints().code()
    office.publishes(replace(siti, name="EUIS KOMARIAH", kk=Recipient().kk))
    told = press.verifies(code)
    assert (told.verdict, told.said) == (Verdict.UNSURE, None)


def test_who_scans_leaves_a_line_in_the_payees_record(siti, press, services):
    press.verifies(press.prints().code())
    answer = services.lookup.ask(Nik.parse(siti.nik), siti.name, asker=VISITOR)
    looks = services.my_data.history(answer.key, asker=VISITOR).looks
    assert [look.role for look in looks if look.what == "scan"] == [None]


def wrong_check(code: str) -> str:
    """The code with another last character, so that it cannot be one."""
    return next(code[:-1] + char for char in ALPHABET if Unguessable.read(code[:-1] + char) is None)


def test_a_slip_and_a_code_that_was_made_up_look_alike_and_cost_the_same(siti, press, services):
    code = press.prints().code().replace("-", "")
    statements: list[str] = []

    def executed(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    def costs(text: str, at: int) -> list[str]:
        statements.clear()
        assert press.verifies(text, Asker.chat(at)) == UNKNOWN
        return [*statements]

    event.listen(services.database.engine, "before_cursor_execute", executed)
    try:
        unknown = costs(Unguessable.new().grouped, 1)
        for at, text in enumerate((wrong_check(code), "x", "A" * 500, "3271014505800001", ""), 2):
            assert costs(text, at) == unknown, text
    finally:
        event.remove(services.database.engine, "before_cursor_execute", executed)


def test_a_thousand_wrong_codes_give_nothing_and_are_stopped(siti, press, services):
    press.prints()
    told = refused = 0
    for _ in range(1_000):
        try:
            assert press.verifies(Unguessable.new().reveal()) == UNKNOWN
            told += 1
        except TooManyAttempts:
            refused += 1
    assert (told, refused) == (40, 960)
    with services.database.reading() as connection:
        assert (
            connection.execute(select(func.count()).select_from(AccessRow).where(AccessRow.what == "scan")).scalar_one()
            == 0
        )
        assert connection.execute(select(func.count()).select_from(TallyRow)).scalar_one() < 100


def test_a_forged_letter_is_told_so_to_everybody_behind_one_address(siti, press):
    forged = Unguessable.new().reveal()
    for _ in range(200):
        assert press.verifies(forged) == UNKNOWN
    assert press.verifies(Unguessable.new().reveal()) == UNKNOWN  # which cost no more than one miss


def test_strangers_who_search_take_nothing_from_whoever_asks(siti, press, services):
    code = press.prints().code()
    assert press.verifies(code).verdict is Verdict.GENUINE
    for _ in range(40):
        press.verifies(Unguessable.new().reveal())
    with pytest.raises(TooManyAttempts):
        press.verifies(Unguessable.new().reveal())
    assert press.verifies(code).verdict is Verdict.GENUINE  # known behind that address by then
    assert services.lookup.ask(Nik.parse(siti.nik), siti.name, asker=VISITOR).present
    assert press.verifies(code, Asker.address("198.51.100.4")).verdict is Verdict.GENUINE


def test_genuine_letters_use_up_no_misses(office, press):
    office.publishes(*(Recipient(name=f"SITI {n}") for n in range(60)))
    office.announces(Announced())
    for letter in press.prints().letters:
        assert press.verifies(letter.code).verdict is Verdict.GENUINE
    assert press.verifies(Unguessable.new().reveal()) == UNKNOWN
