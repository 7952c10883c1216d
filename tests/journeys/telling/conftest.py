"""The running bot in a hurry, and when it has nothing more to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, or_, select

from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.server import BotApiServer
from tests.fixtures.processes import wait_until
from tests.fixtures.services import Clock

LONGEST = 300.0  # seconds; only ever spent when something is broken


@pytest.fixture
def bot_services(services: Services, telegram: BotApiServer) -> Services:
    """The services of each database, with the settings of this Telegram."""
    return telegram_of(services, telegram, public_url="https://salur.example")


@pytest.fixture
def bot(bot_services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningBot]:
    """The bot, polling; it may send as fast as it can, of which `tests/bot/notices` tells."""
    monkeypatch.setattr("salur.bot.notices.carrier.Telegram.per_second", 1_000)
    with RunningBot(bot_services) as running:
        yield running


@pytest.fixture
def all_is_told(services: Services, clock: Clock) -> Callable[[], object]:
    """`all_is_told()`: wait until everybody was looked at whose time has come, and all that may go out went out."""

    return lambda: wait_until(lambda: not _open(services, clock), "it is never all told", LONGEST)


def _open(services: Services, clock: Clock) -> int:
    now = clock()
    look = select(func.count()).where(FollowRow.look_at <= now)
    taken_or_due = or_(NoticeRow.due_at <= now, NoticeRow.taken_at.is_not(None))
    box = select(func.count()).where(NoticeRow.done_at.is_(None), taken_or_due)
    with services.database.reading() as connection:
        return int(connection.execute(look).scalar_one() + connection.execute(box).scalar_one())
