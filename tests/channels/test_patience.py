"""Where one part of a channel asks for patience it gets it, and those who are reached by another part hear at once."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from base64 import urlsafe_b64decode
from collections import Counter
from dataclasses import replace

import pytest

from salur.channels.carrier import TryLater
from salur.channels.push import WebPush
from salur.core.notices.channels import Channel
from salur.wiring import build
from salur.words.language import language
from tests.channels.conftest import Post, sends
from tests.fixtures.push import Answered, PushService

SLOW, OTHER = "slow", "other"
HOUR = dt.timedelta(hours=1)


class Parted(Post):
    """A channel of two parts, as the first word of an address says. `asks`: for how long the slow one wants to be left
    alone next; `never`: an address there that it takes nothing for; `clock`: time goes on while it thinks."""

    def __init__(self, *, asks=(), never="", at_once=1, clock=None):
        super().__init__(Channel.PUSH, at_once=at_once)
        self.asks, self.never, self.tried, self.clock = list(asks), never, [], clock

    def part(self, notice):
        if self.clock:
            self.clock.passes(milliseconds=1)
        return notice.address.split()[0]

    async def carry(self, notice, say):
        self.tried.append(notice.address)
        if notice.address == self.never or (self.part(notice) == SLOW and self.asks):
            raise TryLater(self.asks.pop(0) if self.asks else HOUR)
        await super().carry(notice, say)


@pytest.fixture
def queue(services):
    """`queue("slow 1", "other 2")`: a message for each."""

    return lambda *addresses: _queue(services, *addresses)


def _queue(services, *addresses):
    way, facts = {"zone": "Asia/Jakarta", "good_until": None}, {"follow": 7, "news": [], "refs": []}
    with services.database.writing() as connection:
        for address in addresses:
            services.notices.to_follower(connection, Channel.PUSH, address, "id", **way, **facts)


@pytest.mark.parametrize("at_once", [1, 4])
def test_only_the_part_that_asked_for_patience_is_left_alone(services, queue, rows, clock, at_once):
    slow, other = [f"slow {n}" for n in range(30)], [f"other {n}" for n in range(30)]
    queue(*(address for both in zip(slow, other, strict=True) for address in both))
    post = Parted(asks=[HOUR] * at_once, at_once=at_once)

    def left():
        return [row for row in rows() if row.done_at is None]

    sends(services, post, until=lambda: len(post.carried) == len(other) and all(row.taken_at is None for row in left()))
    assert sorted(post.addresses) == sorted(other)
    assert sum(address in slow for address in post.tried) <= at_once  # those under way at the same moment
    assert len(left()) == len(slow)
    assert all(row.tries == 0 and row.due_at > clock() + HOUR / 2 for row in left())  # nobody looks at them meanwhile
    clock.passes(hours=1, seconds=1)
    sends(services, again := Parted(), until=lambda: not left())
    assert sorted(again.addresses) == sorted(slow)


def test_what_is_refused_for_ever_lets_those_before_it_that_waited_with_it(services, queue, rows, clock):
    """Were it first again when the hour is over, nobody of that part would hear anything any more."""
    queue("slow never", *(f"slow {n}" for n in range(12)))
    post = Parted(never="slow never", clock=clock)
    sends(services, post, until=lambda: all(row.due_at > clock() + HOUR / 2 for row in rows()))
    assert post.tried == ["slow never"]
    clock.passes(hours=1, seconds=5)
    again = Parted(never="slow never")
    sends(services, again, until=lambda: "slow never" in again.tried)
    assert len(again.carried) == 12


def test_who_is_told_to_stop_lets_a_part_have_its_patience(services, queue, rows, clock):
    queue("slow 1", "slow 2", "other 3")
    post = Parted(asks=[HOUR])

    sends(services, post, until=lambda: bool(post.carried))
    assert [(row.taken_at, row.due_at > clock() + HOUR / 2) for row in rows() if row.done_at is None] == [
        (None, True)
    ] * 2


@pytest.fixture
def two(services, push_service, loopback_authority, clock):
    """Two push services, the first of which asks for patience, and a city that knows both."""
    other = PushService(loopback_authority[1])
    known = f"{push_service.host} {other.host}"
    built = build(replace(services.settings, push_services=known, public_url="https://salur.example"), clock=clock)
    yield built, push_service, other
    built.database.dispose()
    other.close()


def test_a_push_service_that_asks_for_patience_holds_up_no_other(two, rows, clock):
    services, hurried, other = two
    for _ in range(15):
        for service in (hurried, other):
            _queue(services, service.browser().subscription().address())
    hurried.answers.extend([Answered(429, {"Retry-After": "600"})] * WebPush.at_once)  # whatever is under way
    sends(
        services,
        WebPush(services),
        until=lambda: len(other.posts) == 15 and all(row.taken_at is None for row in rows() if row.done_at is None),
    )
    assert len(hurried.posts) <= WebPush.at_once
    waiting = [row for row in rows() if row.done_at is None]
    assert waiting
    assert all(row.due_at > clock() + dt.timedelta(minutes=5) and row.tries == 0 for row in waiting)
    refused = {post.path for post in hurried.posts}
    hurried.answers.clear()
    clock.passes(minutes=11)
    sends(services, WebPush(services), until=lambda: all(row.done_at is not None for row in rows()))
    assert Counter(post.path for post in other.posts) == {f"/push/{n}": 1 for n in range(1, 16)}
    assert Counter(post.path for post in hurried.posts) == {f"/push/{n}": 1 for n in range(1, 16)} | dict.fromkeys(
        refused, 2
    )


def test_a_clock_that_is_set_back_has_nothing_signed_for_longer_than_services_take(push_services, push_service, clock):
    """Of what is signed for more than a day to come they take nothing, until that day is there."""

    async def story():
        carrier = WebPush(push_services)
        for _ in range(2):
            _queue(push_services, push_service.browser().subscription().address())
            (notice,) = push_services.notices.take(1, Channel.PUSH)
            await carrier.carry(notice, language("id"))
            sent_at = clock()
            clock.passes(days=-3)
        await carrier.close()
        return sent_at

    sent_at = asyncio.run(story())
    signed = push_service.posts[-1].headers["Authorization"].partition("t=")[2].split(".")[1]
    expires = json.loads(urlsafe_b64decode(signed + "=" * (-len(signed) % 4)))["exp"]
    assert expires <= (sent_at + dt.timedelta(days=1)).timestamp()
