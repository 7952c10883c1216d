"""However much waits, for the morning or for another channel, who sends reads no more than what it takes."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import insert, text

from salur.core.notices import due
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import MOST_TRIES
from salur.core.tables.notices import NoticeRow

NIGHT = dt.datetime(2026, 2, 20, 13, 30, tzinfo=dt.UTC)  # 20.30 in Jakarta, 21.30 in Makassar, 22.30 in Jayapura
JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"


@pytest.fixture
def queue(services, clock):
    """`queue(zone, zone)`: a message for people of each zone, each a second later than the one before."""

    def put(*zones):
        with services.database.writing() as connection:
            for zone in zones:
                clock.passes(seconds=1)
                services.notices.to_follower(
                    connection, Channel.PUSH, f"at {clock():%S}", "id", zone=zone, good_until=None, follow=1, news=[]
                )

    return put


def test_the_oldest_of_all_who_are_awake_come_first(services, clock, queue):
    queue(MAKASSAR, JAKARTA, JAYAPURA, JAKARTA, MAKASSAR, JAKARTA)
    with services.database.writing() as connection:
        services.notices.to_chat(connection, 4711, "unlinked", "id")
    clock.now += dt.timedelta(seconds=5)
    taken = services.notices.take(5, Channel.PUSH)
    assert [notice.address for notice in taken] == [f"at 0{n}" for n in range(1, 6)]
    assert [notice.address for notice in services.notices.take(5, Channel.PUSH)] == ["at 06"]


def test_who_sleeps_waits_and_the_others_hear(services, clock, queue):
    queue(MAKASSAR, JAKARTA, JAYAPURA, JAKARTA)
    clock.now = NIGHT
    assert [notice.address for notice in services.notices.take(5, Channel.PUSH)] == ["at 02", "at 04"]
    clock.passes(hours=7, minutes=30)  # 06.00 in Jayapura
    assert [notice.address for notice in services.notices.take(5, Channel.PUSH)] == ["at 03"]


def _plan(connection, statement):
    said = statement.compile(connection, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    return "\n".join(str(row) for row in connection.execute(text(f"{explain} {said}")))


def test_of_what_is_not_due_here_nothing_is_read(services, clock):
    """Twenty thousand wait for the day, for an officer's chat, or are over: each question is a place in an index."""
    row = {"code": "any", "chat_digest": bytes(32), "sealed_content": b"", "tries": 0}
    row |= {"made_at": clock(), "due_at": clock()}
    waiting = [row | {"id": n, "channel": "telegram", "zone": JAKARTA if n % 2 else None} for n in range(20_000)]
    over = [row | {"id": n, "channel": "push", "zone": JAKARTA, "done_at": clock()} for n in range(20_000, 30_000)]
    with services.database.writing() as connection:
        connection.execute(insert(NoticeRow), waiting)
        connection.execute(insert(NoticeRow), over)
    services.database.count_rows()
    with services.database.reading() as connection:
        for channel in (Channel.TELEGRAM, Channel.PUSH):
            for moment, zones in ((clock(), 4), (NIGHT, 2)):
                plans = [_plan(connection, one) for one in due.statements(channel, moment, 5)]
                assert len(plans) == zones
                for plan in plans:
                    assert "ix_notice_waiting" in plan
                    assert not any(word in plan for word in ("Sort", "TEMP B-TREE", "Seq Scan", "SCAN"))


def test_what_nobody_took_in_a_month_is_given_up(services, clock):
    with services.database.writing() as connection:
        services.notices.to_chat(connection, 4711, "unlinked", "id")
    for _ in range(29):
        (notice,) = services.notices.take()
        services.notices.put_back([notice], dt.timedelta(hours=1))
        clock.passes(days=1)
    clock.passes(days=2)
    assert services.notices.take() == []
    assert services.vital.look().messages[Channel.TELEGRAM].given_up == 1


def test_who_puts_back_too_late_takes_nothing_from_whoever_has_it_now(services, clock):
    """The database was away, or the machine stood still: meanwhile its time was over, and another sends it."""
    with services.database.writing() as connection:
        for chat in (1, 2):
            services.notices.to_chat(connection, chat, "unlinked", "id")
    late = services.notices.take()
    clock.passes(minutes=3)
    theirs = services.notices.take()
    for wait in (None, dt.timedelta(minutes=-5)):
        services.notices.put_back(late, wait)
        assert services.notices.take() == []
    services.notices.sent(theirs[0].id)
    assert not any(services.notices.failed(late[0].id) for _ in range(MOST_TRIES))  # it was sent
    services.notices.put_back([theirs[1]])
    assert [notice.address for notice in services.notices.take()] == [theirs[1].address]
