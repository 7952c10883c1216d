"""Somebody who is on a list, chats that follow, and what they hear."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from salur.core.following.answers import News
from salur.core.limits.asker import Asker
from salur.core.notices.channels import Channel
from salur.core.people.nik import Nik
from tests.fixtures.office import Recipient

CHAT = "4711"
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def mother():
    """Somebody who is on a list."""
    return Recipient(name="SITI MAESAROH")


@pytest.fixture
def follow(services):
    """`follow(family)`: ask rightly from a chat, and follow."""

    def begins(family, chat=CHAT, language=None):
        answer = services.lookup.ask(Nik.parse(family.nik), family.name, asker=Asker.chat(int(chat)))
        return services.following.follow(Channel.TELEGRAM, chat, language, answer.way_back)

    return begins


@pytest.fixture
def heard(services):
    """`heard()`: what is sent by now, as (chat, kinds); it counts as sent."""

    def takes():
        while services.following.sweep().more:
            pass
        found = services.notices.take(1000)
        for notice in found:
            services.notices.sent(notice.id)
        return [(notice.address, [one["kind"] for one in notice.facts["news"]]) for notice in found]

    return takes


def at(hour, minute=0, day=20, zone=WIB):
    """A moment in February 2026; the 20th is a Friday."""
    return dt.datetime(2026, 2, day, hour, minute, tzinfo=zone)


@pytest.fixture
def told(services):
    """`told()`: the news that go out by now, of all chats in order of their number."""

    def takes():
        while services.following.sweep().more:
            pass
        found = sorted(services.notices.take(1000), key=lambda notice: notice.address)
        for notice in found:
            services.notices.sent(notice.id)
        return [News.read(one) for notice in found for one in notice.facts["news"]]

    return takes


def kinds(told):
    """Of each what it is."""
    return [one.kind for one in told]
