"""Whoever watches is told of each answer and each refusal once, by door and kind, and of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pytest

from salur.core import happenings
from salur.core.errors import Refused, SalurError
from salur.core.happenings import At, Given
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.limits.sendings import SENDINGS_AN_HOUR
from salur.core.limits.waits import FREE_THERE
from salur.core.officers.roles import Role
from salur.core.people.nik import Nik
from salur.core.people.ticket_codes import TicketCode
from tests.fixtures.office import Recipient, a_nik
from tests.fixtures.proposals import a_draft

HOME, CHAT = Asker.address("203.0.113.7"), Asker.chat(7)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what is told does not depend on it."""
    return sqlite_url


class Tally:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.told: Counter[object] = Counter()

    def answered(self, at: At, given: Given) -> None:
        self.told[at, given] += 1

    def refused(self, limit: str) -> None:
        self.told[str(limit)] += 1

    def looked(self, part: str) -> None:
        self.told[part] += 1


@pytest.fixture
def tally() -> Iterator[Tally]:
    """Somebody who watches until the story is over."""
    tally = Tally()
    end = happenings.watch(tally)
    yield tally
    end()


def tries(what, *, times: int) -> None:
    for _ in range(times):
        with suppress(SalurError):
            what()


def test_each_answer_is_told_with_its_door_and_kind(tally, services, office, heads, sender):
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother)
    for asker in (HOME, CHAT, CHAT):
        services.asking.ask(Nik.parse(mother.nik), "Siti Maesaroh", asker=asker)
    services.asking.ask(Nik.parse(a_nik()), "Siti Maesaroh", asker=HOME)
    receipt = sender.sends()
    for code in (receipt.code, TicketCode.new()):
        services.asking.ask(code, sender.name, asker=HOME)
    clerk = heads.create(Role.DINSOS)
    for number in (mother.nik, a_nik()):
        services.counter.look_up(clerk, Nik.parse(number), "Siti Maesaroh", door=Door.SITE)
    assert tally.told == {
        (At.WEB, Given.LISTED): 1,
        (At.BOT, Given.LISTED): 2,
        (At.WEB, Given.MISSED): 1,
        (At.WEB, Given.TICKET): 1,
        (At.WEB, Given.NO_TICKET): 1,
        (At.COUNTER, Given.LISTED): 1,
        (At.COUNTER, Given.MISSED): 1,
    }


def test_each_refusal_is_told_by_the_limit_that_it_met(tally, services, heads):
    number = Nik.parse(a_nik())
    tries(lambda: services.asking.ask(number, "Budi", asker=HOME), times=5)
    assert tally.told.pop("identity") == 2
    ticket = TicketCode.new()
    tries(lambda: services.asking.ask(ticket, "", asker=HOME), times=4)
    assert tally.told.pop("ticket") == 1
    clerk = heads.create(Role.DINSOS)
    tries(lambda: services.counter.look_up(clerk, number, "Budi", door=Door.SITE), times=4)
    assert tally.told.pop("identity") == 1
    head = heads.create(Role.RW)
    start = services.sign_ins.start
    tries(lambda: start(head.username, "salah-sekali", asker=HOME, device="x"), times=FREE_THERE + 1)
    assert tally.told.pop("sign_in") == 1
    tries(lambda: services.chat_links.link("7QK2-M3XD", 7, asker=CHAT), times=4)
    assert tally.told.pop("sign_in") == 1
    tries(lambda: services.proposals.send(a_draft(), asker=CHAT), times=SENDINGS_AN_HOUR["chat"] + 1)
    assert tally.told.pop("asker") == 1
    assert {kind for kind in tally.told if isinstance(kind, str)} == set()


def test_a_refusal_for_another_reason_is_none_of_a_limit(tally, services):
    with pytest.raises(Refused):
        services.asking.again("no such pass")
    assert tally.told == {}
