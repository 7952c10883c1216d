"""A browser that is given another address is told there what it was told before, and what waited for the old one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from salur.core.errors import TooManyAttempts
from salur.core.following.following import MOST
from salur.core.limits.asker import Asker
from salur.core.limits.sendings import SENDINGS_AN_HOUR
from salur.core.notices.channels import Channel
from salur.core.people.nik import Kk, Nik
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.phones import subscription
from tests.fixtures.proposals import rows

ASKER = Asker.address("203.0.113.1")


@pytest.fixture
def addresses(services):
    """An old and a new one."""
    return [services.push.subscription(subscription()).address() for _ in range(2)]


@pytest.fixture
def mother(office):
    """Somebody who is on a list."""
    mother = Recipient()
    office.publishes(mother)
    return mother


@pytest.fixture
def follow(services, mother):
    """`follow(address)`: ask rightly, and follow."""

    def begins(address):
        answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(4711))
        return services.following.follow(Channel.PUSH, address, "su", answer.way_back)

    return begins


def test_what_waits_goes_along_and_so_does_what_comes(services, office, clock, follow, addresses):
    old, new = addresses
    assert follow(old)
    office.announces(Announced())
    clock.passes(minutes=11)
    services.following.sweep()
    assert services.following.move(Channel.PUSH, old, new, asker=ASKER) == 1
    assert [services.following.count(Channel.PUSH, one) for one in addresses] == [0, 1]
    (waited,) = services.notices.take(channel=Channel.PUSH)
    assert (waited.address, waited.language) == (new, "su")
    services.notices.sent(waited.id)
    assert not follow(new)  # it is the same that is followed
    clock.passes(days=2, hours=4)  # two days before, at nine
    services.following.sweep()
    (reminded,) = services.notices.take(channel=Channel.PUSH)
    assert reminded.address == new
    assert services.following.behind(Channel.PUSH, new, waited.facts["follow"], waited.facts["refs"][0])
    assert services.following.stop(Channel.PUSH, new) == 1
    assert rows(services, FollowRow) == rows(services, NoticeRow) == []


def test_two_that_become_one_are_told_once(services, follow, addresses):
    old, new = addresses
    follow(old)
    follow(new)
    services.following.move(Channel.PUSH, old, new, asker=ASKER)
    assert len(rows(services, FollowRow)) == 1


def test_of_an_address_that_follows_nothing_nothing_moves(services, follow, addresses):
    old, new = addresses
    follow(new)
    assert services.following.move(Channel.PUSH, old, new, asker=ASKER) == 0
    assert services.following.move(Channel.PUSH, new, new, asker=ASKER) == 0
    assert services.following.move(Channel.CALENDAR, new, old, asker=ASKER) == 0
    assert services.following.count(Channel.PUSH, new) == 1


def test_no_address_gathers_more_than_it_may_follow_however_many_move_there_at_once(services, office, addresses):
    *olds, new = [services.push.subscription(subscription()).address() for _ in range(5)]
    families = [Recipient() for _ in range(4 * 4)]
    office.publishes(*families)
    for n, family in enumerate(families):
        answer = services.lookup.ask(Nik.parse(family.nik), family.name, asker=Asker.chat(n))
        services.following.follow(Channel.PUSH, olds[n % 4], "id", answer.way_back, asker=Asker.chat(n))
    at_once = Barrier(4)

    def moves(old):
        at_once.wait()
        services.following.move(Channel.PUSH, old, new, asker=ASKER)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(moves, olds))
    assert services.following.count(Channel.PUSH, new) == MOST
    assert [services.following.count(Channel.PUSH, old) for old in olds] == [0] * 4


def test_what_cannot_be_told_at_the_new_address_ends_with_the_old(services, office, mother, follow, addresses):
    old, new = addresses
    follow(old)
    families = [Recipient() for _ in range(MOST)]
    office.publishes(mother, *families)
    for n, family in enumerate(families):
        answer = services.lookup.ask(Nik.parse(family.nik), family.name, asker=Asker.chat(n))
        services.following.follow(Channel.PUSH, new, "id", answer.way_back, asker=Asker.chat(n))
    services.following.move(Channel.PUSH, old, new, asker=ASKER)
    assert [services.following.count(Channel.PUSH, one) for one in addresses] == [0, MOST]


def test_nobody_moves_back_and_forth_without_end(services, follow, addresses):
    old, new = addresses
    follow(old)
    for n in range(SENDINGS_AN_HOUR["address"]):
        one, other = (old, new) if n % 2 == 0 else (new, old)
        assert services.following.move(Channel.PUSH, one, other, asker=ASKER) == 1
    with pytest.raises(TooManyAttempts):
        services.following.move(Channel.PUSH, old, new, asker=ASKER)
    assert services.following.count(Channel.PUSH, old) == 1


def test_what_waits_at_both_addresses_is_told_once(services, office, clock, follow, addresses):
    old, new = addresses
    follow(old)
    follow(new)
    office.announces(Announced())
    clock.passes(minutes=11)
    assert services.following.sweep().told == 2
    services.following.move(Channel.PUSH, old, new, asker=ASKER)
    (notice,) = services.notices.take(channel=Channel.PUSH)
    assert services.following.behind(Channel.PUSH, new, notice.facts["follow"], notice.facts["refs"][0])


@pytest.mark.parametrize("wider", ["the old address", "the new address"])
def test_who_follows_a_family_at_one_and_a_child_of_it_at_the_other_is_told_of_nobody_twice(
    services, office, clock, addresses, wider
):
    family = [Recipient(row=2, name="SITI MAESAROH")]
    family.append(Recipient(row=3, name="SULTAN MAULANA", kk=family[0].kk))
    office.publishes(*family)
    first, second = addresses if wider == "the old address" else addresses[::-1]
    asked = {first: Kk.parse(family[0].kk), second: Nik.parse(family[0].nik)}
    for address, typed in asked.items():
        answer = services.lookup.ask(typed, family[0].name, asker=Asker.chat(4711))
        assert services.following.follow(Channel.PUSH, address, "id", answer.way_back)
    office.announces(Announced())
    clock.passes(minutes=11)
    services.following.sweep()
    old, new = addresses
    services.following.move(Channel.PUSH, old, new, asker=ASKER)
    assert services.following.count(Channel.PUSH, new) == 1
    (notice,) = services.notices.take(channel=Channel.PUSH)
    assert sorted(one["payee"] for one in notice.facts["news"]) == ["S. M.", "S. M."]


def test_what_waits_of_what_ends_at_a_full_address_is_not_told(services, office, clock, mother, follow, addresses):
    old, new = addresses
    follow(old)
    families = [Recipient(rw=9) for _ in range(MOST)]
    office.publishes(mother, *families)
    for n, family in enumerate(families):
        answer = services.lookup.ask(Nik.parse(family.nik), family.name, asker=Asker.chat(n))
        services.following.follow(Channel.PUSH, new, "id", answer.way_back, asker=Asker.chat(n))
    office.announces(Announced(rw=5))
    clock.passes(minutes=11)
    assert services.following.sweep().told == 1
    services.following.move(Channel.PUSH, old, new, asker=ASKER)
    assert services.notices.take(channel=Channel.PUSH) == []
