"""How many messages a second: of answers as many as Telegram takes, and of what nobody asked for what it allows."""

from __future__ import annotations

import asyncio
import time

import pytest
from telegram.error import RetryAfter

from salur.bot.transport.delivery import PER_SECOND, Delivery
from salur.wiring import Services
from tests.bot.notices.test_sender import queue, until_done
from tests.bot.running import RunningBot
from tests.botapi.server import BotApiServer

CROWD = 2 * PER_SECOND


def seconds_for_a_crowd(*, too_many: bool) -> tuple[int, float]:
    """How many answers got through to so many chats at once, and how long that took after Telegram's last 429."""

    async def story() -> tuple[int, float]:
        delivery, sent = Delivery(), []
        refusals, since = ([RetryAfter(0)] if too_many else []), time.monotonic()
        await delivery.initialize()

        async def send() -> bool:
            nonlocal since
            if refusals:
                since = time.monotonic()
                raise refusals.pop()
            sent.append(time.monotonic())
            return True

        async def answer(chat: int) -> None:
            await delivery.process_request(send, (), {}, "sendMessage", {"chat_id": chat}, None)

        await answer(1)
        await asyncio.gather(*(answer(chat) for chat in range(2, CROWD + 1)))
        return len(sent), sent[-1] - since

    return asyncio.run(story())


def test_a_crowd_is_answered_at_once_while_telegram_takes_it() -> None:
    answered, took = seconds_for_a_crowd(too_many=False)
    assert answered == CROWD
    assert took < 0.5


@pytest.mark.filterwarnings("ignore:.*timedelta")
def test_once_telegram_has_said_too_many_all_are_answered_at_its_pace() -> None:
    answered, took = seconds_for_a_crowd(too_many=True)
    assert answered == CROWD
    assert took > 0.9, "the first second's, and the rest in the next"


def test_what_nobody_asked_for_keeps_to_what_telegram_allows(
    bot_services: Services, telegram: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salur.bot.notices.carrier.Telegram.per_second", 5)
    for _ in range(8):
        queue(bot_services, telegram.private_chat())
    began = time.monotonic()
    with RunningBot(bot_services):
        until_done(bot_services, 8)
    assert time.monotonic() - began > 0.6
    assert len(telegram.calls("sendMessage")) == 8
