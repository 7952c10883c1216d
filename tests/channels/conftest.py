"""Sending without a process of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from salur.channels.carrier import Carrier
from salur.channels.sender import keep_sending
from salur.core.happenings import Part
from salur.core.notices.channels import Channel
from salur.core.tables.notices import NoticeRow
from salur.wiring import Services
from salur.words.language import parts
from salur.words.notices import NOTICES
from tests.botapi.chats import PATIENCE


def sends(services: Services, *carriers: Carrier, until: Callable[[], bool], pause: float = 0.02) -> None:
    """Look for what there is to tell and send it by these, until something is so; then stop in order."""

    async def story() -> None:
        stop = asyncio.Event()
        sending = asyncio.create_task(keep_sending(services, carriers, Part.SEND, stop, pause, timedelta(hours=1)))
        deadline = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < deadline, "waited in vain"
            await asyncio.sleep(0.01)
        stop.set()
        await sending

    asyncio.run(story())


class Post:
    """A channel that keeps what it carries; `says` is what goes wrong next, by address or for whoever comes."""

    def __init__(self, channel=Channel.TELEGRAM, per_second=1000, at_once=1):
        self.channel, self.per_second, self.at_once = channel, per_second, at_once
        self.carried, self.says, self.times, self.on_the_way, self.most = [], [], [], 0, 0
        self.closed, self.takes = False, 0.001
        self.held: Any = None
        self.begun: Any = None

    def part(self, _notice):
        """All is one."""
        return ""

    async def carry(self, notice, say):
        """Take one message, and say of it what was wanted."""
        self.on_the_way += 1
        self.most = max(self.most, self.on_the_way)
        self.times.append(time.monotonic())
        try:
            if self.held is not None:
                self.begun.set()
                await self.held.wait()
            await asyncio.sleep(self.takes)
            if self.says and (error := self.says.pop(0)) is not None:
                raise error
            text = NOTICES[notice.code](notice.facts, say)
            self.carried.append((notice.address, "".join(part for part, _ in parts(text))))
        finally:
            self.on_the_way -= 1

    async def close(self):
        """It is over."""
        self.closed = True

    @property
    def addresses(self):
        """To whom it carried, in that order."""
        return [address for address, _ in self.carried]


@pytest.fixture
def rows(services):
    """`rows()`: the messages in the box, as they were put in."""

    def look():
        with services.database.reading() as connection:
            return connection.execute(select(NoticeRow.__table__).order_by(NoticeRow.id)).all()

    return look


@pytest.fixture
def all_done(rows):
    """`all_done()`: whether nothing waits."""
    return lambda: all(row.done_at is not None for row in rows())
