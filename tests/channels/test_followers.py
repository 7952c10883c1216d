"""Who follows is told once, whatever the channel, and however many look."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from salur.channels.carrier import Gone
from salur.core.limits.asker import Asker
from salur.core.notices.channels import Channel
from salur.core.people.nik import Nik
from salur.core.tables.following import FollowRow
from tests.channels.conftest import Post, sends
from tests.fixtures.office import Announced, Recipient

FOLLOWED = "4711"


class Wider(StrEnum):
    """`Channel`, as it would be with one value more."""

    TELEGRAM = Channel.TELEGRAM.value
    PUSH = Channel.PUSH.value
    CALENDAR = Channel.CALENDAR.value
    SMS = "sms"


def test_an_address_that_is_gone_follows_nothing_in_its_channel_alone(services, office, clock, rows, all_done):
    mother = Recipient()
    office.publishes(mother)
    for channel in (Channel.TELEGRAM, Channel.PUSH):
        answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(7))
        services.following.follow(channel, FOLLOWED, "id", answer.way_back)
    office.announces(Announced())
    clock.passes(minutes=11)
    chats, phones = Post(), Post(Channel.PUSH)
    phones.says = [Gone()]
    sends(services, chats, phones, until=lambda: len(rows()) == 2 and all_done())
    with services.database.reading() as connection:
        assert connection.execute(select(FollowRow.channel)).scalars().all() == ["telegram"]
    assert chats.addresses == [FOLLOWED]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_another_channel_is_a_carrier_and_a_value(services, office, clock, all_done, monkeypatch):
    """What CONTRIBUTING promises: nothing else has to change."""
    for place in ("notices.outbox", "notices.rows", "following.following", "following.telling"):
        monkeypatch.setattr(f"salur.core.{place}.Channel", Wider)
    sms: Any = Wider.SMS
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(7))
    assert services.following.follow(sms, "+62 812 0000 0000", "su", answer.way_back)
    office.announces(Announced())
    clock.passes(minutes=11)
    post = Post(sms)
    sends(services, post, until=lambda: bool(post.carried))
    ((address, text),) = post.carried
    assert address == "+62 812 0000 0000"
    assert "Salasa, 24 Pébruari 2026" in text
    assert services.following.stop(sms, "+62 812 0000 0000") == 1


def test_who_follows_is_told_once_by_however_many_look_at_the_same_moment(services, office, clock, rows):
    families = [Recipient() for _ in range(10)]
    office.publishes(*families)
    for number, family in enumerate(families, 1):
        answer = services.lookup.ask(Nik.parse(family.nik), family.name, asker=Asker.chat(number))
        services.following.follow(Channel.TELEGRAM, str(number), "id", answer.way_back)
    office.announces(Announced())
    clock.passes(minutes=11)
    at_once = Barrier(4)

    def look(_process):
        at_once.wait()
        while services.following.sweep(3).more:
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(4)))
    told = [notice.address for notice in services.notices.take(100)]
    assert sorted(map(int, told)) == list(range(1, 11))
