"""Somebody who is on a list, chats that follow, and what they hear."""

from __future__ import annotations

import pytest

from salur.core.limits.asker import Asker
from salur.core.notices.channels import Channel
from salur.core.people.nik import Nik
from tests.fixtures.office import Recipient

CHAT = "4711"


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
