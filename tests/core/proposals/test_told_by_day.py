"""Who follows a proposal hears of its steps by day, and of nothing any more once they said so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from salur.core.limits.asker import Asker
from salur.core.officers.roles import Role
from salur.core.proposals.answers import Status
from salur.wiring import Services
from tests.fixtures.officers import Heads
from tests.fixtures.proposals import Chain, a_plain_draft
from tests.fixtures.services import Clock

CHAT = 4711
Heard = Callable[[], list[str]]


@pytest.fixture
def followed(services: Services, chain: Chain) -> int:
    """A proposal that a chat follows."""
    draft = a_plain_draft()
    receipt = chain.ticket(draft)
    asker = Asker.chat(CHAT)
    assert isinstance(services.proposals.follow(receipt.code, draft.ticket_name or "", CHAT, "id", asker=asker), Status)
    (id,) = chain.waiting(chain.rt)
    return id


@pytest.fixture
def heard(services: Services) -> Heard:
    """`heard()`: the codes of what goes out by now."""

    def takes() -> list[str]:
        found = services.notices.take()
        for notice in found:
            services.notices.sent(notice.id)
        return [notice.code for notice in found]

    return takes


def at(hour: int, minute: int = 0, day: int = 20) -> dt.datetime:
    """A moment in February 2026, in Bogor."""
    return dt.datetime(2026, 2, day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))


def test_a_step_of_the_evening_is_told_in_the_morning(chain: Chain, clock: Clock, followed: int, heard: Heard) -> None:
    clock.now = at(20, 55)
    chain.decides(chain.rt, followed)
    clock.now = at(21, 5)
    assert heard() == []
    clock.now = at(5, 59, day=21)
    assert heard() == []
    clock.now = at(6, day=21)
    assert heard() == ["proposal_step"]


def test_who_wants_to_hear_no_more_hears_nothing_that_waited(
    services: Services, chain: Chain, clock: Clock, followed: int, heard: Heard
) -> None:
    chain.decides(chain.rt, followed)
    assert services.proposals.unfollow(CHAT) == 1
    clock.passes(hours=1)
    assert heard() == []


def test_a_head_whose_link_ends_is_still_told_what_they_follow(
    services: Services, chain: Chain, heads: Heads, clock: Clock, followed: int, heard: Heard
) -> None:
    head = heads.create(Role.RW, rw=6)
    services.chat_links.link(services.chat_links.new_code(head), CHAT, asker=Asker.chat(CHAT))
    chain.decides(chain.rt, followed)
    with services.database.writing() as connection:
        services.notices.to_chat(connection, CHAT, "line_step", "id")
    services.chat_links.unlink(head)
    clock.passes(minutes=10)
    assert sorted(heard()) == ["line_step", "proposal_step", "unlinked"]
