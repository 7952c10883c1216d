"""A bot that is killed in the middle loses nothing and says hardly anything twice; told to stop, nothing at all."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from salur.channels.sender import AHEAD
from salur.core.tables.notices import NoticeRow
from salur.wiring import build
from tests.fixtures.processes import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[2]
MESSAGES, KILLS = 90, 2


@pytest.fixture
def today(settings):
    """The services by the clock of the process that is started."""
    built = build(settings)
    yield built
    built.database.dispose()


@pytest.fixture
def bot(settings, telegram):
    """`with bot() as process`: the real program."""

    @contextmanager
    def starts():
        environment = os.environ | {
            "SALUR_DATABASE_URL": settings.database_url,
            "SALUR_KEYS_FILE": settings.keys_file,
            "SALUR_SECRET_KEY": settings.secret_key,
            "SALUR_TELEGRAM_TOKEN": telegram.token,
            "SALUR_TELEGRAM_API": telegram.url,
        }
        process = subprocess.Popen([sys.executable, "-m", "salur", "bot"], cwd=ROOT, env=environment)
        try:
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE)

    return starts


def rows(services):
    with services.database.reading() as connection:
        return connection.execute(select(NoticeRow.__table__)).all()


def queue(services, chats):
    with services.database.writing() as connection:
        for chat in chats:
            services.notices.to_chat(connection, chat.id, "unlinked", "id")


def the_lease_is_over(services):
    """What would be so two minutes after the last one died."""
    taken = NoticeRow.done_at.is_(None) & NoticeRow.taken_at.is_not(None)
    with services.database.writing() as connection:
        connection.execute(update(NoticeRow).where(taken).values(due_at=datetime.now(UTC)))


def test_killed_again_and_again_none_is_lost_and_one_at_most_comes_twice_each_time(today, telegram, bot):
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    chats = [telegram.private_chat() for _ in range(MESSAGES)]
    queue(today, chats)
    for _ in range(KILLS):
        sent = len(telegram.calls("sendMessage"))
        with bot() as process:
            telegram.wait_for_call("sendMessage", times=sent + chance.randint(3, 20), timeout=PATIENCE)
            time.sleep(chance.choice((0, 0, 0.002, 0.02)))
            process.kill()
            process.wait(PATIENCE)
        # However soon it was: what it had in hand, and the few behind it, are all that has to wait.
        assert sum(row.done_at is None and row.due_at > datetime.now(UTC) for row in rows(today)) <= AHEAD, seed
        the_lease_is_over(today)
    with bot() as process:
        wait_until(lambda: all(row.done_at is not None for row in rows(today)), "not all were sent")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    came = Counter(len(chat.replies) for chat in chats)
    assert came[0] == 0, (seed, came)
    assert sum((times - 1) * number for times, number in came.items()) <= KILLS, (seed, came)
    assert all(row.tries == 0 for row in rows(today))


def test_told_to_stop_it_says_nothing_twice_and_the_next_goes_on_at_once(today, telegram, bot):
    chats = [telegram.private_chat() for _ in range(40)]
    queue(today, chats)
    with bot() as process:
        telegram.wait_for_call("sendMessage", times=7, timeout=PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert sum(row.done_at is None for row in rows(today)) > 0
    assert [row for row in rows(today) if row.done_at is None and row.taken_at is not None] == []
    with bot() as process:
        wait_until(lambda: all(row.done_at is not None for row in rows(today)), "not all were sent")
    assert {len(chat.replies) for chat in chats} == {1}
