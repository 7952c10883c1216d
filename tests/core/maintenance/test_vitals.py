"""What whoever watches is told of work, messages and backups, on either database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, text, update

from salur.core.errors import DatabaseAway
from salur.core.jobs.kinds import JobKind, JobState
from salur.core.limits.asker import Asker
from salur.core.maintenance.answers import Messages, Queue, Vitals
from salur.core.maintenance.vitals import Vital, statements
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import MOST_TRIES
from salur.core.people.nik import Nik
from salur.core.storage.database import Database
from salur.core.storage.statements import AnySelect
from salur.core.tables.following import FollowRow
from salur.core.tables.jobs import JobRow
from salur.core.tables.notices import NoticeRow
from tests.fixtures.office import Announced, Recipient

NONE = Messages(0, 0, 0)
NOTHING = Vitals(
    Queue(0, 0, 0),
    put_off=0,
    failed=0,
    longest_runs=0,
    messages={Channel.TELEGRAM: NONE, Channel.PUSH: NONE},
    followers=0,
    follower_overdue=0,
)


def adds(services, connection: Connection, **options) -> int:
    return services.jobs.add(connection, JobKind.READ, 1, {}, None, **options)


def test_where_nothing_waits_nothing_is_told(services):
    assert services.vital.look() == NOTHING


def test_work_is_told_by_what_becomes_of_it_and_how_long_it_waits(services, clock):
    with services.database.writing() as connection:
        for _ in range(3):
            adds(services, connection)
        adds(services, connection, not_before=clock() + timedelta(hours=5))
    services.jobs.take("one")
    _, lease = services.jobs.take("two")
    lease.fail("no_such_upload", {})
    clock.passes(minutes=10)
    told = services.vital.look()
    assert (told.queue, told.put_off, told.failed, told.longest_runs) == (Queue(1, 1, 600), 1, 1, 600)
    clock.passes(hours=5)
    assert services.vital.look().queue.waiting == 2


def test_a_message_that_nobody_sends_is_told_and_one_that_is_held_is_not_late(services, clock):
    with services.database.writing() as connection:
        services.notices.to_chat(connection, 7, "any", "id")
        services.notices.to_chat(connection, 8, "any", "id", held=timedelta(hours=1))
    clock.passes(minutes=20)
    assert services.vital.look().messages == {Channel.TELEGRAM: Messages(2, 1200, 0), Channel.PUSH: NONE}
    for notice in services.notices.take():
        services.notices.sent(notice.id)
    assert services.vital.look().messages[Channel.TELEGRAM] == Messages(1, 0, 0)


def test_a_message_that_is_given_up_is_told_of_its_channel(services, clock):
    with services.database.writing() as connection:
        services.notices.to_follower(connection, Channel.PUSH, "a phone", "id", zone="Asia/Jakarta", good_until=None)
    for _ in range(MOST_TRIES):
        (notice,) = services.notices.take(channel=Channel.PUSH)
        services.notices.failed(notice.id)
        clock.passes(days=1)
    assert services.vital.look().messages == {Channel.TELEGRAM: NONE, Channel.PUSH: Messages(0, 0, 1)}


def test_followers_whom_nobody_looks_after_are_told(services, office, clock):
    mother = Recipient()
    office.publishes(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(7))
    services.following.follow(Channel.TELEGRAM, "7", "id", answer.way_back)
    office.announces(Announced())
    assert (services.vital.look().followers, services.vital.look().follower_overdue) == (0, 0)
    clock.passes(minutes=30)
    assert (services.vital.look().followers, services.vital.look().follower_overdue) == (1, 1200)
    services.following.sweep()
    assert services.vital.look().followers == 0


def plan(connection: Connection, statement: AnySelect) -> str:
    said = statement.compile(connection, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    return "\n".join(str(row) for row in connection.execute(text(f"{explain} {said}")))


def test_what_is_asked_every_few_seconds_reads_only_what_waits(services, clock):
    """Of ten thousand that are over, none is looked at."""
    with services.database.writing() as connection:
        row = {"kind": "read", "subject": 1, "told": "{}", "done": 0, "tries": 0, "made_at": clock()}
        connection.execute(insert(JobRow), [row | {"state": JobState.DONE} for _ in range(10_000)])
        when = dict.fromkeys(("made_at", "due_at", "done_at"), clock())
        message = {"code": "any", "chat_digest": bytes(16), "sealed_content": b"", "tries": 1, **when}
        connection.execute(insert(NoticeRow), [message | {"id": n} for n in range(10_000)])
        unread = {"channel": "telegram", "address_digest": bytes(32), "sealed_link": b"", "sealed_told": b""}
        follows = [unread | {"id": n, "whom_digest": n.to_bytes(32), "made_at": clock()} for n in range(10_000)]
        connection.execute(insert(FollowRow), follows)
        connection.execute(update(JobRow).where(JobRow.id == 1).values(state=JobState.RUNNING))
    services.database.count_rows()
    with services.database.reading() as connection:
        plans = [plan(connection, statement) for statement in statements(clock())]
    for told, index in zip(
        plans, ("ix_job_state", "ix_notice_waiting", "ix_notice_given_up", "ix_follow_look_at"), strict=True
    ):
        assert index in told
        assert "Seq Scan" not in told


def test_the_newest_backup_is_told_by_its_name(services, tmp_path, clock):
    vital = Vital(services.database, clock, tmp_path / "backups")
    assert vital.newest_backup() is None
    (tmp_path / "backups").mkdir()
    for name in (
        "salur-20260219T020000Z.tar",
        "salur-20260220T020000Z.tar",
        "salur-20260221T020000Z.tar.part",
        "x.tar",
    ):
        (tmp_path / "backups" / name).touch()
    assert vital.newest_backup() == datetime(2026, 2, 20, 2, tzinfo=UTC)


def test_a_database_that_is_away_is_said_to_be(tmp_path, clock):
    with pytest.raises(DatabaseAway):
        Vital(Database(f"sqlite:///{tmp_path}/no/where.sqlite3"), clock, tmp_path).look()
