"""The box of messages that wait for the bot: what one bot takes no other is given, and nothing can be read in it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import insert, select

from salur.core.notices.answers import LEASE, Notice
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import LONGEST_PAUSE, MOST_TRIES, PAUSE
from salur.core.tables.notices import NoticeRow
from salur.core.tables.officers import ChatLinkRow
from salur.wiring import Services
from tests.fixtures.services import Clock

CHAT = 700_100_200


def queue(services: Services, *, chat: int = CHAT, times: int = 1, **facts: Any) -> None:
    """Queue messages as a service does, in its own transaction."""
    for _ in range(times):
        with services.database.writing() as connection:
            services.notices.to_chat(connection, chat, "unlinked", "su", **facts)


def test_a_message_comes_out_as_it_was_put_in(services: Services) -> None:
    queue(services, circular=7)
    (notice,) = services.notices.take()
    assert (int(notice.address), notice.code, notice.language, notice.facts) == (
        CHAT,
        "unlinked",
        "su",
        {"circular": 7},
    )


def test_neither_chat_nor_facts_can_be_read_in_the_table(services: Services) -> None:
    queue(services, place="Tegal Gundil")
    with services.database.reading() as connection:
        stored = repr(connection.execute(select(NoticeRow.__table__)).all())
    assert str(CHAT) not in stored
    assert "Tegal" not in stored


def test_what_was_taken_is_given_to_nobody_else_until_the_lease_is_over(services: Services, clock: Clock) -> None:
    queue(services)
    assert len(services.notices.take()) == 1
    assert services.notices.take() == []
    clock.passes(seconds=LEASE.total_seconds() - 1)
    assert services.notices.take() == []
    clock.passes(seconds=1)
    assert len(services.notices.take()) == 1


def test_what_was_sent_is_done(services: Services, clock: Clock) -> None:
    queue(services)
    (notice,) = services.notices.take()
    services.notices.sent(notice.id)
    clock.passes(days=1)
    assert services.notices.take() == []


def test_what_failed_is_tried_again_later_and_given_up_in_the_end(services: Services, clock: Clock) -> None:
    queue(services)
    began = clock()
    for tries in range(MOST_TRIES):
        (notice,) = services.notices.take()
        services.notices.failed(notice.id)
        assert services.notices.take() == []
        clock.passes(seconds=min(PAUSE * 2**tries, LONGEST_PAUSE).total_seconds())
    assert services.notices.take() == []
    assert clock() - began > dt.timedelta(days=3)  # whoever carries it may be out of order over a weekend


def test_bots_that_take_at_once_are_given_different_messages(services: Services) -> None:
    queue(services, times=60)
    at_once = Barrier(6)

    def takes(_bot: int) -> list[int]:
        taken: list[int] = []
        at_once.wait()
        for _ in range(20):  # more than are needed
            taken += [notice.id for notice in services.notices.take(5)]
        return taken

    with ThreadPoolExecutor(6) as pool:
        taken = [id for ids in pool.map(takes, range(6)) for id in ids]
    assert (len(taken), len(set(taken))) == (60, 60)


def test_a_chat_that_is_gone_is_told_nothing_more_and_keeps_no_link(services: Services, clock: Clock) -> None:
    queue(services, times=2)
    queue(services, chat=CHAT + 1)
    gone, *_ = services.notices.take()
    services.notices.unreachable(gone)
    clock.passes(days=1)
    assert [int(notice.address) for notice in services.notices.take()] == [CHAT + 1]
    with services.database.reading() as connection:
        assert connection.execute(select(ChatLinkRow.id)).all() == []


def test_a_message_that_no_key_opens_holds_up_no_other(services: Services, clock: Clock) -> None:
    values = {"id": 1, "code": "unlinked", "chat_digest": b"-" * 32, "sealed_content": b"\0\1" + b"-" * 40}
    with services.database.writing() as connection:
        connection.execute(insert(NoticeRow).values(**values, made_at=clock(), due_at=clock(), tries=0))
    queue(services)
    assert [int(notice.address) for notice in services.notices.take()] == [CHAT]
    clock.passes(days=1)
    assert [int(notice.address) for notice in services.notices.take()] == [CHAT]
    assert services.vital.look().messages[Channel.TELEGRAM].given_up == 1  # nobody was told, and that is


def test_what_nobody_took_in_thirty_days_or_cannot_be_opened_leaves_a_line_without_anything_of_it(
    services: Services, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    queue(services, times=2, place="Tegal Gundil")
    clock.passes(days=30)
    values = {"id": 1, "code": "unlinked", "chat_digest": b"-" * 32, "sealed_content": b"\0\1" + b"-" * 40}
    with services.database.writing() as connection:
        connection.execute(insert(NoticeRow).values(**values, made_at=clock(), due_at=clock(), tries=0))
    for _ in range(2):
        assert services.notices.take() == []
    assert [record.getMessage() for record in caplog.records] == [
        "2 messages (telegram) were given up, nobody was told: they waited for thirty days",
        "1 messages (telegram) were given up, nobody was told: they cannot be opened",
    ]
    assert services.vital.look().messages[Channel.TELEGRAM].given_up == 3


def test_what_is_rolled_back_is_never_sent(services: Services) -> None:
    class Trouble(Exception):
        pass

    def fails() -> None:
        with services.database.writing() as connection:
            services.notices.to_chat(connection, CHAT, "unlinked", None)
            raise Trouble

    with pytest.raises(Trouble):
        fails()
    assert services.notices.take() == []


def test_a_notice_does_not_show_its_chat() -> None:
    moment = dt.datetime(2026, 2, 20, tzinfo=dt.UTC)
    assert "a chat" not in repr(Notice(1, Channel.TELEGRAM, "a chat", "unlinked", None, {}, moment))
