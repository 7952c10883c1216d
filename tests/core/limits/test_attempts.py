"""Guessing stops being answered, harassing does not shut people out, and one village behind one address can ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salur.core.errors import TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import Attempts
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Nik
from tests.fixtures.office import Recipient, a_nik
from tests.fixtures.services import vault_of

GUESSER = Asker.address("203.0.113.7")
DAY = timedelta(hours=24)


@pytest.fixture
def mother(office):
    recipient = Recipient(letter_code="16100-000001")
    office.publishes(recipient)
    return recipient


@pytest.fixture
def ask(services):
    def asked(number, name, asker=GUESSER):
        identity = Nik.parse(number) if isinstance(number, str) else number
        return services.lookup.ask(identity, name, asker=asker)

    return asked


def refusal(ask, *args):
    with pytest.raises(TooManyAttempts) as refused:
        ask(*args)
    return refused.value


def test_three_misses_close_the_number_to_that_asker_for_a_day(ask, mother, clock):
    for name in ("Budi", "Wati", "Joko"):
        assert ask(mother.nik, name) == NotOnTheList()
    assert (refusal(ask, mother.nik, mother.name).scope, refusal(ask, mother.nik, mother.name).retry_in) == (
        "identity",
        DAY,
    )
    clock.passes(hours=23.9)
    refusal(ask, mother.nik, mother.name)
    clock.passes(hours=0.2)
    assert isinstance(ask(mother.nik, mother.name), OnTheList)


def test_an_unknown_number_closes_in_the_same_way(ask, mother):
    unknown = a_nik()
    for name in ("Budi", "Wati", "Joko"):
        assert ask(unknown, name) == NotOnTheList()
    assert refusal(ask, unknown, "Siti").scope == "identity"


def test_another_number_and_another_asker_are_not_closed(ask, mother):
    for name in ("Budi", "Wati", "Joko"):
        ask(mother.nik, name)
    assert isinstance(ask(mother.nik, mother.name, Asker.chat(1)), OnTheList)
    assert ask(a_nik(), "Budi") == NotOnTheList()


def test_a_success_clears_the_misses(ask, mother):
    for _ in range(5):
        ask(mother.nik, "Budi")
        ask(mother.nik, "Wati")
        assert isinstance(ask(mother.nik, mother.name), OnTheList)


def test_ten_misses_by_anyone_close_the_number_to_strangers(ask, mother, clock):
    assert isinstance(ask(mother.nik, mother.name, Asker.chat(1)), OnTheList)
    for guesser in range(10, 20):
        ask(mother.nik, "Budi", Asker.chat(guesser))
    assert refusal(ask, mother.nik, mother.name, Asker.chat(30)).scope == "closed"
    assert isinstance(ask(mother.nik, mother.name, Asker.chat(1)), OnTheList)
    clock.passes(hours=24)
    assert isinstance(ask(mother.nik, mother.name, Asker.chat(30)), OnTheList)


def test_one_harasser_alone_cannot_close_a_number_to_others(ask, mother):
    for _ in range(3):
        ask(mother.nik, "Budi")
    for _ in range(30):
        refusal(ask, mother.nik, "Budi")
    assert isinstance(ask(mother.nik, mother.name, Asker.chat(1)), OnTheList)


def test_a_right_letter_code_opens_what_a_harasser_closed(ask, mother):
    for guesser in range(10, 20):
        ask(mother.nik, "Budi", Asker.chat(guesser))
    refusal(ask, mother.nik, mother.name, Asker.chat(1))
    assert isinstance(ask(LetterCode.parse("16100-000001"), mother.name, Asker.chat(1)), OnTheList)
    assert isinstance(ask(mother.nik, mother.name, Asker.chat(1)), OnTheList)


def test_a_question_refused_for_its_asker_is_no_miss(ask, mother):
    asker = Asker.chat(1)
    for number in range(1, 11):
        ask(f"327105550581{number:04d}", "Budi", asker)
    for _ in range(20):
        assert refusal(ask, mother.nik, "Budi", asker).scope == "asker"
    assert isinstance(ask(mother.nik, mother.name, Asker.chat(2)), OnTheList)


def test_a_household_is_its_ipv6_64(ask, mother):
    for host in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:2:a:b:c:d"):
        ask(mother.nik, "Budi", Asker.address(host))
    assert refusal(ask, mother.nik, "Budi", Asker.address("2001:db8:1:2::77")).scope == "identity"
    assert ask(mother.nik, "Budi", Asker.address("2001:db8:1:3::1")) == NotOnTheList()


@pytest.mark.parametrize("handed", ["203.0.113.7:5123", "::ffff:203.0.113.7", "203.0.113.7"])
def test_a_proxys_way_of_writing_an_address_makes_no_other_asker(handed):
    assert Asker.address(handed) == Asker.address("203.0.113.7")
    assert Asker.address("[2001:db8:1:2::1]:443") == Asker.address("2001:db8:1:2::9")


def test_an_ipv4_address_written_as_ipv6_is_the_same_asker():
    assert Asker.address("::ffff:203.0.113.7") == Asker.address("203.0.113.7")
    assert "203" not in repr(Asker.address("203.0.113.7"))


def test_the_number_of_a_nik_and_of_a_kk_share_their_tries(ask, mother):
    from salur.core.people.nik import Kk

    both = "3271051203050001"
    for _ in range(3):
        ask(Nik.parse(both), "Budi")
    assert refusal(ask, Kk.parse(both), "Budi").scope == "identity"


def test_what_is_kept_of_askers_and_numbers_is_digests_only(ask, mother, services):
    from sqlalchemy import text

    ask(mother.nik, "Budi")
    with services.database.reading() as connection:
        keys = [bytes(key) for (key,) in connection.execute(text("SELECT key FROM attempt"))]
    assert len(keys) in (4, 5), "PostgreSQL locks the one that nothing was counted in, too"
    assert {len(key) for key in keys} == {32}


def strangers_close(ask, number):
    for n in range(10):
        ask(number, "Budi", Asker.chat(100 + n))
    assert refusal(ask, number, "Siti", Asker.chat(99)).scope == "closed"


def test_whoever_asks_every_month_is_no_stranger_after_a_year_either(ask, mother, clock, services):
    for _ in range(15):
        assert isinstance(ask(mother.nik, mother.name), OnTheList)
        clock.passes(days=30)
    services.retention.purge()
    strangers_close(ask, mother.nik)
    assert isinstance(ask(mother.nik, mother.name), OnTheList)


def test_what_an_office_forgave_stays_forgiven_after_a_right_answer(ask, mother, clock, services):
    ask(mother.nik, mother.name)
    for asker in (GUESSER, GUESSER, Asker.chat(5)):
        ask(mother.nik, "Budi", asker)
    clock.passes(minutes=1)
    vault = vault_of(services)
    with services.database.writing() as connection:
        assert Attempts(vault, clock).reopen(connection, [vault.index(mother.nik)]) == 1
    clock.passes(minutes=1)
    ask(mother.nik, mother.name)
    strangers_close(ask, mother.nik)
    assert ask(mother.nik, "Budi").tries_left == 2
