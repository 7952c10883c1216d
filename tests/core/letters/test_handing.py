"""Letters are handed over by heads, each within the own area; nothing is lost between printing and handing over."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from salur.core.errors import NotThere, Refused
from salur.core.letters.handing.answers import Counts
from salur.core.letters.handing.kinds import HandingState
from salur.core.letters.issuing.kinds import Withdrawal
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import Filter
from salur.core.officers.roles import Role
from salur.core.record.kinds import RecordKind
from salur.core.regions.territory import Territory
from salur.core.tables.privacy import AccessRow
from salur.core.tables.record import OfficeNoteRow
from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.letters import Press
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient

RT_3, RT_4 = Territory(TEGAL_GUNDIL, 5, 3), Territory(TEGAL_GUNDIL, 5, 4)


@pytest.fixture
def printed(office, press):
    """Letters of two RT, the houses of the first in no order."""
    office.publishes(
        Recipient(name="SITI MAESAROH", address="Jl. Roda No. 12"),
        Recipient(name="NENENG YATI", address="Jl. Roda No. 5"),
        Recipient(name="ASEP SUNANDAR", rt=4),
    )
    office.announces(Announced())
    return press.prints()


@pytest.fixture
def head(heads):
    """The head of RT 3."""
    return heads.create(Role.RT)


def found(services, officer, state=HandingState.WAITING, area=None):
    """The letters of an officer, by name, in their order."""
    shown = services.handing.letters(officer, area, state, door=Door.SITE)
    return {letter.name: letter for letter in shown.letters}


def says_handed(services, officer, *letters):
    """Confirm them."""
    return services.handing.hand_over(officer, [letter.id for letter in letters], door=Door.SITE)


def counts(services, officer):
    """What became of all letters of the area."""
    return services.handing.letters(officer, door=Door.SITE).counts


def test_a_head_sees_what_waits_in_the_rt_as_one_walks(printed, services, head):
    waiting = found(services, head)
    assert list(waiting) == ["NENENG YATI", "SITI MAESAROH"]
    first = waiting["NENENG YATI"]
    assert (first.number, first.rt, first.programme) == ("3271/000001", 3, "PKH")
    assert (first.comes.starts.hour, first.home, first.handed_at) == (8, False, None)
    assert services.handing.count_waiting(head) == 2


def test_a_letter_is_handed_over_once(printed, press, services, head, clock):
    letter = found(services, head)["SITI MAESAROH"]
    assert says_handed(services, head, letter) == 1
    assert says_handed(services, head, letter) == 0
    assert list(found(services, head)) == ["NENENG YATI"]
    handed = found(services, head, HandingState.HANDED)["SITI MAESAROH"]
    assert (handed.handed_at, handed.may_take_back) == (clock(), True)
    assert press.shows(printed.id).handed == 1


def test_what_was_printed_is_handed_waiting_replaced_or_withdrawn(printed, press, services, head, clock):
    says_handed(services, head, *found(services, head).values())
    clock.passes(hours=1)
    press.prints(press.wants(Territory(TEGAL_GUNDIL, 5, 3)))
    again = found(services, head)
    assert list(again) == ["NENENG YATI", "SITI MAESAROH"], "the new letter has to be handed over as well"
    says_handed(services, head, again["NENENG YATI"])
    services.letter_desk.withdraw(press.officer, printed.id, Withdrawal.MISPRINTED)
    everything = counts(services, press.officer)
    assert everything == Counts(printed=5, handed=1, waiting=1, replaced=2, withdrawn=1)
    assert everything.adds_up
    assert counts(services, head) == Counts(printed=4, handed=1, waiting=1, replaced=2, withdrawn=0)


@pytest.mark.parametrize("what", ["replaced", "withdrawn"])
def test_a_letter_that_is_good_no_longer_is_not_handed_over(printed, press, services, head, what, clock):
    waiting = found(services, head)
    clock.passes(minutes=1)
    if what == "replaced":
        press.prints(press.wants(Territory(TEGAL_GUNDIL, 5, 3)))
    else:
        services.letter_desk.withdraw(press.officer, printed.id, Withdrawal.WRONG_DAY, number=1)
    with pytest.raises(Refused, match="letter_not_good"):
        says_handed(services, head, *waiting.values())
    assert press.shows(printed.id).handed == 0


def test_nobody_hands_over_letters_of_elsewhere(printed, press, services, heads, head):
    every = found(services, press.officer)
    for stranger in (heads.create(Role.RT, rt=9), heads.create(Role.KELURAHAN, BANTAR_JATI)):
        with pytest.raises(NotThere, match="no_such_letter_here"):
            says_handed(services, stranger, every["SITI MAESAROH"])
    with pytest.raises(NotThere, match="no_such_letter_here"):
        says_handed(services, head, *every.values())
    with pytest.raises(NotThere, match="no_such_area"):
        services.handing.hand_over_all(head, RT_4, 1, door=Door.SITE)
    with pytest.raises(NotThere, match="no_such_area"):
        services.handing.letters(head, RT_4, door=Door.SITE)
    assert counts(services, press.officer).handed == 0


@pytest.mark.parametrize("role", [Role.RW, Role.KELURAHAN])
def test_the_levels_above_hand_over_too(printed, services, heads, role):
    assert says_handed(services, heads.create(role), *found(services, heads.create(role)).values()) == 3


@pytest.mark.parametrize("role", [Role.PAYOUT, Role.KECAMATAN, Role.DINSOS])
def test_others_only_look_on(printed, services, heads, role):
    officer = heads.create(role)
    with pytest.raises(Refused, match="kelurahan_missing"):
        services.handing.letters(officer, door=Door.SITE)
    shown = services.handing.letters(officer, Territory(TEGAL_GUNDIL), door=Door.SITE)
    assert (len(shown.letters), shown.may) == (3, False)
    with pytest.raises(Refused, match="not_your_role"):
        says_handed(services, officer, shown.letters[0])
    with pytest.raises(Refused, match="not_your_role"):
        services.handing.take_back(officer, shown.letters[0].id, door=Door.SITE)
    with pytest.raises(Refused, match="not_your_role"):
        services.handing.hand_over_all(officer, RT_3, 2, door=Door.SITE)
    assert services.handing.count_waiting(officer) == 0


def test_all_of_an_rt_are_handed_over_if_they_are_as_many_as_were_shown(printed, press, services, heads):
    rw = heads.create(Role.RW)
    with pytest.raises(Refused, match="letters_changed") as refused:
        services.handing.hand_over_all(rw, RT_3, 3, door=Door.SITE)
    assert refused.value.facts["waiting"] == 2
    assert services.handing.hand_over_all(rw, RT_3, 2, door=Door.SITE) == 2
    assert list(found(services, rw)) == ["ASEP SUNANDAR"]
    assert services.handing.take_back(rw, door=Door.SITE) == 2
    assert len(found(services, rw)) == 3


def test_it_is_taken_back_for_ten_minutes_by_who_said_it(printed, services, heads, head, clock):
    letter = found(services, head)["SITI MAESAROH"]
    says_handed(services, head, letter)
    with pytest.raises(Refused, match="too_late_to_take_back"):
        services.handing.take_back(heads.create(Role.RT), letter.id, door=Door.SITE)
    clock.passes(minutes=10)
    assert services.handing.take_back(head, letter.id, door=Door.SITE) == 1
    says_handed(services, head, letter)
    clock.passes(minutes=10, seconds=1)
    assert not found(services, head, HandingState.HANDED)["SITI MAESAROH"].may_take_back
    for which in (letter.id, None):
        with pytest.raises(Refused, match="too_late_to_take_back"):
            services.handing.take_back(head, which, door=Door.SITE)


def test_payees_and_offices_can_see_who_said_so(printed, services, head, press):
    letters = found(services, head)
    says_handed(services, head, *letters.values())
    services.handing.take_back(head, letters["SITI MAESAROH"].id, door=Door.CHAT)
    with services.database.reading() as connection:
        told = select(AccessRow.what, AccessRow.door, AccessRow.role)
        told = told.where(AccessRow.what.in_(["handed", "not_handed"]))
        assert sorted(connection.execute(told).all()) == [
            ("handed", "web", "rt"),
            ("handed", "web", "rt"),
            ("not_handed", "bot", "rt"),
        ]
        noted = select(OfficeNoteRow.what, OfficeNoteRow.rt).where(OfficeNoteRow.kind == RecordKind.LETTERS)
        rows = connection.execute(noted.where(OfficeNoteRow.account_id == head.account)).all()
    assert rows == [("handed", 3), ("not_handed", 3)]


def test_letters_of_a_round_that_is_over_wait_for_nobody(printed, services, head, clock):
    clock.passes(days=60)
    assert found(services, head) == {}
    assert counts(services, head) == Counts()


def test_own_letters_are_not_counted(printed, services, head, heads):
    entitlement = services.neighbourhood.page(head, Filter(), door=Door.SITE).lines[0].entitlement
    services.letters.of_one(head, entitlement, door=Door.SITE)
    assert counts(services, head).printed == 2


def test_the_agenda_says_how_many_wait(printed, services, head, heads):
    def waits(officer):
        return {one.work.value: one.count for one in services.agenda.of(officer)}

    assert waits(head)["letters"] == 2
    assert waits(heads.create(Role.RW))["letters"] == 3
    assert "letters" not in waits(heads.create(Role.PAYOUT, TEGAL_GUNDIL))


def test_numbers_of_many_letters_add_up(office, services, heads):
    """All of a kelurahan at once, more than go into one statement."""
    office.publishes(*(Recipient(name=f"WARGA {n}") for n in range(600)))
    office.announces(Announced())
    press = Press(services, heads.create(Role.KELURAHAN))
    press.prints()
    assert services.handing.hand_over_all(press.officer, RT_3, 600, door=Door.SITE) == 600
    assert counts(services, press.officer) == Counts(printed=600, handed=600)
