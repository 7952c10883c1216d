"""A browser that is given another address is told there what it was told before, and what waited for the old one."""

from __future__ import annotations

import pytest

from salur.core.limits.asker import Asker
from salur.core.notices.channels import Channel
from salur.core.people.nik import Nik
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.phones import subscription
from tests.fixtures.proposals import rows


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
    assert services.following.move(Channel.PUSH, old, new) == 1
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
    services.following.move(Channel.PUSH, old, new)
    assert len(rows(services, FollowRow)) == 1


def test_of_an_address_that_follows_nothing_nothing_moves(services, follow, addresses):
    old, new = addresses
    follow(new)
    assert services.following.move(Channel.PUSH, old, new) == 0
    assert services.following.move(Channel.PUSH, new, new) == 0
    assert services.following.move(Channel.CALENDAR, new, old) == 0
    assert services.following.count(Channel.PUSH, new) == 1
