"""One call of a bot, as its library makes it; and a keyboard to send."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.botapi.server import BotApiServer

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Batal", callback_data="cancel")]])


def call(telegram: BotApiServer, do: Callable[[Bot], Awaitable[Any]]) -> Any:
    """Run `await do(bot)` with python-telegram-bot's real Bot."""

    async def run() -> Any:
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            return await do(bot)

    return asyncio.run(run())
