"""`salur send`: phones are told where no bot runs, and whoever stops it is obeyed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update

from salur.core.notices.channels import Channel
from salur.core.tables.notices import NoticeRow
from tests.fixtures.processes import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[2]


def test_a_phone_is_told_without_any_bot_and_the_program_ends_in_order(push_services, push_service):
    settings, browser = push_services.settings, push_service.browser()
    address = browser.subscription().address()
    with push_services.database.writing() as connection:
        push_services.notices.to_follower(
            connection, Channel.PUSH, address, "en", zone="Asia/Jakarta", good_until=None, follow=7, news=[], refs=[]
        )
        # It goes by the clock of the world, where it may be night.
        now = datetime.now(UTC)
        connection.execute(update(NoticeRow).values(zone=None, due_at=now, made_at=now))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SALUR_TELEGRAM")}
    environment |= {
        "SALUR_DATABASE_URL": settings.database_url,
        "SALUR_KEYS_FILE": settings.keys_file,
        "SALUR_SECRET_KEY": settings.secret_key,
        "SALUR_PUSH_SERVICES": settings.push_services,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "salur", "send"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        wait_until(lambda: process.poll() is not None or not _waits(push_services))
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert (process.returncode, said) == (0, "")
    (post,) = push_service.posts
    assert browser.reads(post)["title"] == "News about social aid"


def _waits(services) -> bool:
    with services.database.reading() as connection:
        return connection.execute(select(NoticeRow.id).where(NoticeRow.done_at.is_(None))).first() is not None
