"""Letters reach their families by heads."""

from __future__ import annotations

import pytest

from salur.core.errors import NotThere
from salur.core.letters.issuing.kinds import Withdrawal
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role
from tests.fixtures.office import Announced, Recipient


@pytest.fixture
def printed(office, press):
    """Letters of two RT."""
    office.publishes(
        Recipient(name="SITI MAESAROH", address="Jl. Roda No. 12"),
        Recipient(name="NENENG YATI", address="Jl. Roda No. 5"),
        Recipient(name="ASEP SUNANDAR", rt=4),
    )
    office.announces(Announced())
    return press.prints()


def waiting(services, officer):
    """What an officer has to hand over, by name."""
    return {one.name: one.id for one in services.deliveries.undelivered(officer, door=Door.SITE)}


def test_a_head_hands_over_what_is_of_his_rt_and_takes_it_back(printed, press, services, heads):
    head = heads.create(Role.RT)
    mine = waiting(services, head)
    assert list(mine) == ["NENENG YATI", "SITI MAESAROH"]
    assert services.deliveries.hand_over(head, mine.values()) == 2
    assert services.deliveries.hand_over(head, mine.values()) == 0
    assert press.shows(printed.id).handed == 2
    assert waiting(services, head) == {}
    assert list(waiting(services, press.officer)) == ["ASEP SUNANDAR"]
    assert services.deliveries.take_back_hand_over(head, [mine["SITI MAESAROH"]]) == 1
    assert list(waiting(services, head)) == ["SITI MAESAROH"]


def test_nobody_hands_over_letters_of_elsewhere(printed, press, services, heads):
    every = waiting(services, press.officer).values()
    assert services.deliveries.hand_over(heads.create(Role.RT, rt=9), every) == 0
    assert services.deliveries.hand_over(heads.create(Role.RT, rt=4), every) == 1
    with pytest.raises(NotThere):
        services.deliveries.undelivered(heads.create(Role.DINSOS), door=Door.SITE)


def test_a_letter_that_is_good_no_longer_waits_for_nobody(printed, press, services):
    services.letter_desk.withdraw(press.officer, printed.id, Withdrawal.MISPRINTED)
    assert waiting(services, press.officer) == {}
