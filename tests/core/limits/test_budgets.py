"""Each asker has a budget over all numbers; a village behind one address is not shut out by it, nor by one phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from salur.core.errors import TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.limits.budgets import A_NETWORK, A_VILLAGE, ONE_PERSON, RIGHT_GIVES_BACK, UNDER_STRAIN
from salur.core.limits.strain import LEAST, SPAN, Strain
from salur.core.lookup.answers import Answer, NotOnTheList, OnTheList
from salur.core.people.nik import Nik
from salur.wiring import Services
from tests.fixtures.office import Office, Recipient, a_nik
from tests.fixtures.services import Clock

Ask = Callable[[str, str, Asker], Answer]
ADDRESS, CHAT, PHONE = Asker.address("203.0.113.7"), Asker.chat(1), Asker.address("2001:db8:1:2::1")
HOUR = timedelta(hours=1)


@pytest.fixture
def ask(services: Services) -> Ask:
    """`ask(number, name, asker)`."""
    return lambda number, name, asker: services.lookup.ask(Nik.parse(number), name, asker=asker)


def misses_until_refused(ask: Ask, asker: Asker, most: int = 1_000) -> int:
    """How many numbers can be missed, each once, until the asker has to wait."""
    for missed in range(most):
        try:
            ask(a_nik(), "Budi", asker)
        except TooManyAttempts:
            return missed
    return most


def wait(ask: Ask, number: str, name: str, asker: Asker) -> timedelta:
    """How long the refused asker has to wait."""
    with pytest.raises(TooManyAttempts) as refused:
        ask(number, name, asker)
    assert refused.value.scope == "asker"
    return refused.value.retry_in


@pytest.mark.parametrize(("asker", "budgets"), [(CHAT, ONE_PERSON), (PHONE, ONE_PERSON), (ADDRESS, A_VILLAGE)])
def test_so_many_numbers_are_missed_in_an_hour_and_in_a_day_and_the_waits_grow(
    ask: Ask, clock: Clock, asker: Asker, budgets: dict[str, object]
) -> None:
    an_hour, a_day = budgets["miss"].limit, budgets["miss-day"].limit  # type: ignore[attr-defined]
    missed = 0
    while missed < a_day - an_hour:
        missed += misses_until_refused(ask, asker)
        assert wait(ask, a_nik(), "Budi", asker) == HOUR
        clock.passes(hours=1)
    missed += misses_until_refused(ask, asker)
    assert missed == a_day
    assert wait(ask, a_nik(), "Budi", asker) == timedelta(days=1)
    clock.passes(hours=24)
    assert ask(a_nik(), "Budi", asker) == NotOnTheList()


def test_a_refused_try_moves_no_window(ask: Ask, clock: Clock) -> None:
    misses_until_refused(ask, CHAT)
    for minutes in range(0, 60, 7):
        assert wait(ask, a_nik(), "Budi", CHAT) == HOUR - timedelta(minutes=minutes)
        clock.passes(minutes=7)
    assert ask(a_nik(), "Budi", CHAT) == NotOnTheList()


def test_a_closed_number_does_not_lengthen_ones_own_wait_for_it(ask: Ask, office: Office, clock: Clock) -> None:
    mother = Recipient()
    office.publishes(mother)
    for name in ("Budi", "Joko"):
        ask(mother.nik, name, CHAT)
    for guesser in range(10, 18):
        ask(mother.nik, "Budi", Asker.chat(guesser))
    clock.passes(hours=23)
    with pytest.raises(TooManyAttempts) as refused:
        ask(mother.nik, "Wati", CHAT)
    assert (refused.value.scope, refused.value.retry_in) == ("closed", HOUR)
    clock.passes(hours=1)
    assert isinstance(ask(mother.nik, mother.name, CHAT), OnTheList)


def test_a_clock_that_ran_ahead_makes_no_wait_longer_than_its_span(ask: Ask, clock: Clock) -> None:
    clock.passes(days=400)
    misses_until_refused(ask, CHAT)
    clock.passes(days=-400)
    assert wait(ask, a_nik(), "Budi", CHAT) == HOUR
    assert ask(a_nik(), "Budi", Asker.chat(2)) == NotOnTheList()


def test_the_same_number_missed_again_costs_no_more_of_the_budget(ask: Ask, office: Office) -> None:
    for _ in range(ONE_PERSON["miss"].limit - 1):
        number = a_nik()
        for name in ("Budi", "Joko", "Wati"):
            ask(number, name, CHAT)
    assert misses_until_refused(ask, CHAT) == 1


def test_whoever_is_right_gets_misses_back_once_for_each_number(ask: Ask, office: Office) -> None:
    mother = Recipient()
    office.publishes(mother)
    limit = ONE_PERSON["miss"].limit
    for _ in range(limit - 1):
        ask(a_nik(), "Budi", CHAT)
    for _ in range(5):
        assert isinstance(ask(mother.nik, mother.name, CHAT), OnTheList)
    assert misses_until_refused(ask, CHAT) == 1 + RIGHT_GIVES_BACK


def test_a_village_behind_one_address_is_not_shut_out(ask: Ask, office: Office) -> None:
    listed = [Recipient() for _ in range(40)]
    office.publishes(*listed)
    for mother in listed:
        for _ in range(3):
            assert ask(a_nik(), "Siti", ADDRESS) == NotOnTheList()
        assert isinstance(ask(mother.nik, mother.name, ADDRESS), OnTheList)


def test_one_phone_that_asks_its_own_number_over_and_over_shuts_nobody_out(ask: Ask, office: Office) -> None:
    mother = Recipient()
    office.publishes(mother)
    for _ in range(ONE_PERSON["right"].limit + 1):
        assert isinstance(ask(mother.nik, mother.name, CHAT), OnTheList)


def test_right_answers_have_a_wide_budget_of_their_own(ask: Ask, office: Office, clock: Clock) -> None:
    listed = [Recipient(name=f"SITI {chr(65 + n // 26)}{chr(65 + n % 26)}N") for n in range(61)]
    office.publishes(*listed)
    for mother in listed[:-1]:
        ask(mother.nik, mother.name, CHAT)
    assert wait(ask, listed[-1].nik, listed[-1].name, CHAT) == HOUR


def test_a_whole_ipv6_network_has_a_budget_too(ask: Ask, office: Office) -> None:
    phones = (Asker.address(f"2001:db8:1:{n:x}::1") for n in range(1, 1_000))
    missed = 0
    for phone in phones:
        if not (here := misses_until_refused(ask, phone, most=5)):
            break
        missed += here
    assert missed == A_NETWORK["miss"].limit
    assert ask(a_nik(), "Budi", Asker.address("2001:db8:2:1::1")) == NotOnTheList()


def test_while_the_whole_site_is_guessed_at_budgets_are_smaller_and_the_log_says_so(
    ask: Ask, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for n in range(LEAST):
        ask(a_nik(), "Budi", Asker.chat(100 + n))
    assert misses_until_refused(ask, CHAT) == ONE_PERSON["miss"].limit // UNDER_STRAIN
    told = [record.getMessage() for record in caplog.records if "guessed" in record.getMessage()]
    assert told == ["Numbers are being guessed: of late 100 misses, 0 right answers in this process"]
    clock.passes(seconds=2 * SPAN)
    assert ask(a_nik(), "Budi", Asker.chat(7)) == NotOnTheList()
    assert misses_until_refused(ask, Asker.chat(8)) == ONE_PERSON["miss"].limit


def test_an_ordinary_day_is_no_strain() -> None:
    strain = Strain()
    for n in range(10_000):
        strain.count(n // 10, right=n % 4 == 0)
    assert not strain.holds(1_000)
