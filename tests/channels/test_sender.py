"""What waits is sent: never lost, hardly ever twice, as fast as a channel takes it, and whatever the channel is."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from dataclasses import replace

import pytest
from sqlalchemy import insert, update

from salur.channels.carrier import TryLater
from salur.channels.sender import AHEAD, Sender
from salur.core.errors import DatabaseAway
from salur.core.notices.answers import LEASE
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import MOST_TRIES
from salur.core.notices.rows import CONTENT
from salur.core.tables.notices import NoticeRow
from tests.channels.conftest import Post, sends
from tests.fixtures.services import vault_of


@pytest.fixture
def queue(services):
    """`queue(7, 8)`: a message for each of these chats."""

    def put(*chats):
        with services.database.writing() as connection:
            for chat in chats:
                services.notices.to_chat(connection, chat, "unlinked", "id")

    return put


def test_what_was_sent_is_written_down_before_the_next_leaves(services, queue, rows, all_done):
    class Watching(Post):
        async def carry(self, notice, say):
            found = {row.id: row.done_at for row in rows()}
            before = [id for id in found if id < notice.id]
            assert all(found[id] is not None for id in before)
            await super().carry(notice, say)

    post = Watching()
    queue(*range(1, 13))
    sends(services, post, until=all_done)
    assert post.addresses == [str(chat) for chat in range(1, 13)]
    assert (post.most, post.closed) == (1, True)


def test_several_are_under_way_where_a_channel_allows_it(services, queue, all_done):
    post = Post(at_once=4)
    post.takes = 0.05
    queue(*range(1, 41))
    sends(services, post, until=all_done)
    assert sorted(map(int, post.addresses)) == list(range(1, 41))
    assert post.most == 4


def test_who_is_told_to_stop_ends_what_has_begun_and_puts_back_the_rest_at_once(services, queue, rows):
    post = Post()
    queue(*range(1, AHEAD + 1))
    due = [row.due_at for row in rows()]

    async def story():
        post.held, post.begun, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()
        sending = asyncio.create_task(Sender(services, post).run(stop, 0.02))
        await post.begun.wait()
        assert all(row.taken_at is not None for row in rows())
        stop.set()
        await asyncio.sleep(0.05)
        assert not sending.done()
        post.held.set()
        await sending

    asyncio.run(story())
    assert post.addresses == ["1"]
    sent, *rest = rows()
    assert sent.done_at is not None
    assert [(row.done_at, row.taken_at, row.tries) for row in rest] == [(None, None, 0)] * (AHEAD - 1)
    assert [row.due_at for row in rest] == due[1:]  # in the order in which they were due
    assert len(services.notices.take()) == AHEAD - 1  # not after the lease


def test_who_cannot_end_what_has_begun_leaves_only_that_in_doubt(services, queue, rows, clock):
    post = Post()
    queue(*range(1, AHEAD + 1))

    async def story():
        post.held, post.begun = asyncio.Event(), asyncio.Event()
        sending = asyncio.create_task(Sender(services, post).run(asyncio.Event(), 0.02))
        await post.begun.wait()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)

    asyncio.run(story())
    assert [row.taken_at is not None for row in rows()] == [True] + [False] * (AHEAD - 1)
    assert len(services.notices.take()) == AHEAD - 1
    clock.passes(seconds=LEASE.total_seconds())
    assert "1" in [notice.address for notice in services.notices.take()]


def test_to_be_taken_and_killed_uses_up_no_try(services, queue, clock, all_done):
    queue(1)
    for _ in range(3 * MOST_TRIES):
        assert len(services.notices.take()) == 1
        clock.passes(seconds=LEASE.total_seconds())
    post = Post()
    sends(services, post, until=all_done)
    assert post.addresses == ["1"]


def test_what_fails_is_given_up_in_the_end_and_that_is_told(services, queue, rows, clock, caplog):
    queue(1)
    post = Post()
    while rows()[0].done_at is None:
        tries = rows()[0].tries
        post.says = [RuntimeError("Tegal Gundil")]
        sends(services, post, until=lambda: rows()[0].tries > tries)  # noqa: B023
        clock.passes(days=1)
    (row,) = rows()
    assert (row.tries, row.given_up_at) == (MOST_TRIES, row.done_at)
    assert caplog.text.count("A message (unlinked) was given up, nobody was told: RuntimeError") == 1
    assert "Tegal" not in caplog.text
    assert services.vital.look().messages[Channel.TELEGRAM].given_up == 1


def test_a_channel_that_asks_for_patience_gets_it_and_the_others_go_on(services, queue, rows, clock):
    queue(1, 2, 3)
    with services.database.writing() as connection:
        services.notices.to_follower(
            connection, Channel.PUSH, "a phone", "id", zone="Asia/Jakarta", good_until=None, follow=7, news=[], refs=[]
        )
    hurried, other = Post(), Post(Channel.PUSH)
    hurried.says = [None, TryLater(dt.timedelta(seconds=0.4))]
    began = time.monotonic()
    sends(services, hurried, other, until=lambda: len(hurried.carried) == 2)
    assert hurried.times[2] - hurried.times[1] > 0.35
    assert other.times[0] - began < 0.35
    assert hurried.addresses == ["1", "3"]  # the second waits its time, and no try of it counts
    assert [(row.tries, row.taken_at) for row in rows() if row.done_at is None] == [(0, None)]
    clock.passes(seconds=1)
    sends(services, hurried, until=lambda: len(hurried.carried) == 3)
    assert hurried.addresses == ["1", "3", "2"]


def test_never_more_in_a_second_than_a_channel_takes(services, queue, all_done):
    post = Post(per_second=20)
    queue(*range(1, 31))
    time.sleep(0.1)
    sends(services, post, until=all_done)
    for begins in post.times:
        assert len([at for at in post.times if begins <= at < begins + 1]) <= 20 + 20 / 5
    assert post.times[-1] - post.times[0] < 3


@pytest.mark.parametrize(
    ("fault", "told"), [(DatabaseAway("DiskFull"), "DiskFull"), (KeyError("Tegal"), "KeyError at")]
)
def test_while_it_cannot_be_written_down_that_one_was_sent_none_is_sent_and_the_log_says_so(
    fault, told, services, queue, all_done, caplog
):
    class Full:
        asked = 0

        def sent(self, id):
            self.asked += 1
            if self.asked <= 2:
                assert post.addresses == ["1"]
                raise fault
            services.notices.sent(id)

        def __getattr__(self, name):
            return getattr(services.notices, name)

    post = Post()
    queue(1, 2)
    sends(replace(services, notices=Full()), post, until=all_done)
    assert post.addresses == ["1", "2"]
    line = f"Messages (telegram) wait: it cannot be written down that one was sent ({told}"
    assert caplog.text.count(line) == 1
    assert "Tegal" not in caplog.text


def test_what_another_took_meanwhile_is_put_back_by_nobody_else(services, queue, rows, clock):
    queue(1, 2)
    late = services.notices.take()
    clock.passes(seconds=LEASE.total_seconds())
    services.notices.take()
    services.notices.put_back(late)
    services.notices.put_back(late, dt.timedelta())
    assert [(row.taken_at, row.due_at) for row in rows()] == [(clock(), clock() + LEASE)] * 2


def test_who_slept_through_its_time_leaves_to_others_what_it_had_not_begun(services, queue, rows, clock):
    """A machine that is put aside and goes on later, or a clock that is set forward."""

    class Sleeping(Post):
        others = 0

        async def carry(self, notice, say):
            await super().carry(notice, say)
            if len(self.carried) == 1:
                clock.passes(seconds=LEASE.total_seconds())
                self.others = len(await asyncio.to_thread(services.notices.take))

    post = Sleeping()
    queue(*range(1, AHEAD + 1))
    sends(services, post, until=lambda: rows()[0].done_at is not None)
    assert (post.addresses, post.others) == (["1"], AHEAD)
    assert [row.due_at for row in rows()[1:]] == [clock() + LEASE] * (AHEAD - 1)


def test_what_an_older_version_put_into_the_box_is_sent(services, clock, all_done):
    """There the address was a chat's number, and its channel was not said."""
    sealed = vault_of(services).seal_json({"chat": 4711, "language": None, "facts": {}}, CONTENT, 5)
    old = {"id": 5, "code": "unlinked", "chat_digest": bytes(32), "sealed_content": sealed, "tries": 0}
    with services.database.writing() as connection:
        connection.execute(insert(NoticeRow).values(**old, made_at=clock(), due_at=clock()))
    post = Post()
    sends(services, post, until=all_done)
    assert post.addresses == ["4711"]


def test_a_message_under_way_longer_than_it_is_ours_is_not_sent_by_two(services, queue, clock, monkeypatch, rows):
    """A batch that takes too long is put back before its lease is over, and taken anew."""
    monkeypatch.setattr("salur.channels.sender.LONGEST_BATCH", 0.0)
    queue(1, 2)
    post = Post()

    over = time.monotonic() + 0.3
    sends(services, post, until=lambda: time.monotonic() > over)
    assert post.carried == []
    assert all(row.taken_at is None for row in rows())


def test_what_fails_may_have_been_read_and_is_not_withdrawn(services, clock):
    """Whoever takes a decision back has to correct what was told, or may have been."""
    with services.database.writing() as connection:
        for event in (1, 2, 3, 4):
            services.notices.to_chat(connection, event, "unlinked", None, about_event=event)
    failed, put_back, _killed, _killed_before = services.notices.take()
    services.notices.failed(failed.id)
    services.notices.put_back([put_back])
    clock.passes(seconds=LEASE.total_seconds())
    again = [notice for notice in services.notices.take() if notice.address in ("2", "4")]
    services.notices.put_back(again)
    with services.database.writing() as connection:
        withdrawn = services.notices.withdraw(connection, [1, 2, 3, 4])
    assert withdrawn == {services.notices.digest_of(2)}


def test_what_nobody_follows_any_more_is_not_put_back(services, queue, rows, clock):
    queue(1)
    (notice,) = services.notices.take()
    services.notices.sent(notice.id)
    services.notices.put_back([notice], dt.timedelta(hours=1))
    assert rows()[0].done_at is not None
    assert rows()[0].due_at == clock() + LEASE
    with services.database.writing() as connection:
        connection.execute(update(NoticeRow).values(done_at=None))
    services.notices.put_back([notice], dt.timedelta(hours=1))
    assert rows()[0].due_at == clock() + dt.timedelta(hours=1)
