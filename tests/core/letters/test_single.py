"""One letter at once: the payee's own, and what it can do to nobody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salur.core.errors import NotThere, Refused, TooManyAttempts
from salur.core.letters.issuing.kinds import Verdict
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import State
from salur.core.officers.roles import Role
from salur.core.people.nik import Kk, Nik
from salur.core.privacy.passes import letter_of, letter_pass
from tests.fixtures.letters import VISITOR
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.services import vault_of

CILIWUNG = "32.71.01.1001"


@pytest.fixture
def siti(office):
    """A payee with a day to come."""
    one = Recipient()
    office.publishes(one)
    office.announces(Announced())
    return one


@pytest.fixture
def answer(services, siti):
    """What she is answered."""
    return lambda: services.lookup.ask(Nik.parse(siti.nik), siti.name, asker=VISITOR)


def test_a_payee_prints_a_letter_that_is_genuine(answer, services, press):
    letter = services.letters.own(answer().present[0].letter, asker=VISITOR)
    told = press.verifies(letter.code)
    assert (told.verdict, told.own) == (Verdict.GENUINE, True)
    assert letter.sitting.starts.hour == 8


def test_it_shows_no_more_than_the_answer_does(answer, services, siti):
    letter = services.letters.own(answer().present[0].letter, asker=VISITOR)
    assert (letter.name, letter.address, letter.rt, letter.rw) == ("S. M.", "", None, None)


def test_who_knows_number_and_name_makes_no_neighbours_letter_void(answer, services, press):
    official = press.prints()
    first = services.letters.own(answer().present[0].letter, asker=Asker.chat(1))
    second = services.letters.own(answer().present[0].letter, asker=Asker.chat(2))
    assert press.verifies(official.code()).verdict is Verdict.GENUINE
    assert press.verifies(first.code).verdict is Verdict.REPLACED
    assert press.verifies(second.code).verdict is Verdict.GENUINE
    press.prints()
    assert press.verifies(second.code).verdict is Verdict.GENUINE


def test_three_a_day_and_no_more(answer, services, clock):
    for _ in range(3):
        services.letters.own(answer().present[0].letter, asker=VISITOR)
    with pytest.raises(TooManyAttempts):
        services.letters.own(answer().present[0].letter, asker=Asker.chat(9))
    clock.passes(hours=24)
    services.letters.own(answer().present[0].letter, asker=VISITOR)


def test_a_pass_is_good_for_a_quarter_of_an_hour_and_for_nothing_else(answer, services, clock):
    found = answer()
    for key in ("", "x", found.key, found.way_back, found.present[0].letter[:-4] + "AAA="):
        with pytest.raises(Refused) as refused:
            services.letters.own(key, asker=VISITOR)
        assert refused.value.code == "key_expired"
    clock.passes(minutes=15)
    with pytest.raises(Refused):
        services.letters.own(found.present[0].letter, asker=VISITOR)


def test_a_pass_opens_its_own_entitlement_alone(answer, services, office, clock):
    """The person of one and the entitlement of another make no letter."""
    euis = Recipient(name="EUIS KOMARIAH")
    office.publishes(euis, programme="SEMBAKO")
    office.announces(Announced(programme="SEMBAKO"))
    hers = services.lookup.ask(Nik.parse(euis.nik), euis.name, asker=VISITOR)
    vault, until = vault_of(services), int(clock().timestamp()) + 60
    (siti_id, _), (_, entitlement) = (letter_of(vault, one.present[0].letter, clock()) for one in (answer(), hers))
    with pytest.raises(Refused) as refused:
        services.letters.own(letter_pass(vault, siti_id, entitlement, until), asker=VISITOR)
    assert refused.value.code == "letter_not_now"


def test_without_a_day_or_anything_to_collect_there_is_no_button(answer, services, office, siti):
    key = answer().present[0].letter
    office.publishes(replace(siti, state=State.SUSPENDED))
    assert not answer().present[0].letter
    with pytest.raises(Refused) as refused:
        services.letters.own(key, asker=VISITOR)
    assert refused.value.code == "letter_not_now"


def test_a_look_at_the_counter_gives_no_pass(siti, services, heads):
    officer = heads.create(Role.KELURAHAN)
    seen = services.counter.look_up(officer, Nik.parse(siti.nik), siti.name, door=Door.SITE)
    assert not any(one.letter for one in seen.answer.present)


def test_an_office_prints_its_letter_once_more_and_a_head_one_of_the_other_kind(siti, services, press, heads):
    official = press.prints()
    with services.database.reading() as connection:
        (entitlement,) = connection.exec_driver_sql("SELECT id FROM entitlement").scalars()
    by_head = services.letters.of_one(heads.create(Role.RT), entitlement, door=Door.SITE)
    assert (by_head.name, by_head.address) == (siti.name, "")
    assert press.verifies(by_head.code).own
    assert press.verifies(official.code()).verdict is Verdict.GENUINE
    again = services.letters.of_one(press.officer, entitlement, door=Door.SITE)
    assert (again.name, again.address, again.number) == (siti.name, siti.address, "3271/000003")
    assert press.verifies(official.code()).verdict is Verdict.REPLACED
    assert not press.verifies(again.code).own


def test_nobody_prints_for_somebody_elsewhere(siti, services, heads):
    with services.database.reading() as connection:
        (entitlement,) = connection.exec_driver_sql("SELECT id FROM entitlement").scalars()
    for officer in (heads.create(Role.KELURAHAN, CILIWUNG), heads.create(Role.RT, rt=9)):
        with pytest.raises(NotThere):
            services.letters.of_one(officer, entitlement, door=Door.SITE)


def test_a_family_card_opens_no_names_of_the_others(services, office):
    mother = Recipient()
    child = Recipient(name="RINA MAESAROH", kk=mother.kk)
    office.publishes(mother, child)
    office.announces(Announced())
    answer = services.lookup.ask(Kk.parse(mother.kk), mother.name, asker=VISITOR)
    names = {services.letters.own(one.letter, asker=VISITOR).name for one in answer.present}
    assert names == {"S. M.", "R. M."}
