"""Sending what waits: messages that Salur has of its own accord, beside the conversation.

Every few seconds the box (`salur.core.notices.outbox`) is asked for what is due. Several bots may ask at once: what one
of them takes, no other is given. Nothing of a message is ever logged, only its code and what kind of error it met.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from datetime import timedelta

from aiolimiter import AsyncLimiter
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from salur.bot.chat.memory import Memory
from salur.bot.chat.turn import send
from salur.bot.notices.buttons import BUTTONS
from salur.core.errors import DatabaseAway
from salur.core.happenings import Part, looked
from salur.core.notices.answers import Notice
from salur.logs import where
from salur.wiring import Services
from salur.words.language import language
from salur.words.notices import NOTICES

# Well within the two minutes after which another bot may take what this one took and did not send.
LONGEST_SENDING = 90.0  # seconds
# Telegram takes some 30 a second of what nobody asked for (its Bots FAQ); answers are to have room beside them.
PER_SECOND = 25
AT_ONCE = 20  # followers that are looked at between two looks into the box
NO_SUCH_CHAT = ("chat not found", "user is deactivated", "peer_id_invalid")

logger = logging.getLogger(__name__)


class NoticeSender:
    """Takes and sends, until it is told to stop."""

    def __init__(self, services: Services, memory: Memory, bot: Bot) -> None:
        self._services = services
        self._memory = memory
        self._bot = bot
        self._pace = AsyncLimiter(PER_SECOND, 1)
        self._away = False
        self._reminded = float("-inf")

    async def run(self, stop: asyncio.Event, pause: float, reminders: timedelta) -> None:
        """Look into the box every `pause` seconds, and see who is to be reminded every so often."""
        while not stop.is_set():
            looked(Part.BOT)
            try:
                await self._remind(reminders)
                more = await self._send_what_is_due()
                more = await self._see_what_is_new() or more
                self._away = False
            except DatabaseAway as error:
                more = False
                if not self._away:
                    logger.error("Messages wait: the database is away (%s)", error.kind)
                self._away = True
            except Exception as error:
                more = False
                logger.error("Messages wait: %s at %s", type(error).__name__, where(error))  # noqa: TRY400
            if not more:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)

    async def _remind(self, every: timedelta) -> None:
        """Circulars that nobody has acknowledged are brought to mind; the reminders come into the same box."""
        if time.monotonic() - self._reminded < every.total_seconds():
            return
        self._reminded = time.monotonic()
        await asyncio.to_thread(self._services.circulars.remind)

    async def _send_what_is_due(self) -> bool:
        """Send one batch; whether there was any, and perhaps more is waiting."""
        due = await asyncio.to_thread(self._services.notices.take)
        await asyncio.gather(*(self._send(notice) for notice in due))
        return bool(due)

    async def _see_what_is_new(self) -> bool:
        """What is to be told to followers, and in the morning to heads, comes into the same box; whether more wait."""
        swept = await asyncio.to_thread(self._services.following.sweep, AT_ONCE)
        more_heads = await asyncio.to_thread(self._services.summaries.tell, AT_ONCE)
        return swept.told > 0 or swept.more or more_heads

    async def _send(self, notice: Notice) -> None:
        box = self._services.notices
        if notice.code not in NOTICES:
            await asyncio.to_thread(box.sent, notice.id)
            logger.error("A message was dropped: there are no words for %s", notice.code)
            return
        try:
            async with asyncio.timeout(LONGEST_SENDING):
                await self._say(notice)
        except Exception as error:
            if _is_gone(error):
                await asyncio.to_thread(box.unreachable, notice)
                logger.info("A chat takes no more messages from the bot; its links are undone")
                return
            await asyncio.to_thread(box.failed, notice.id)
            logger.warning("A message (%s) did not get through: %s", notice.code, type(error).__name__)
            return
        await asyncio.to_thread(box.sent, notice.id)

    async def _say(self, notice: Notice) -> None:
        say = language(notice.language or self._memory.language(notice.chat))
        rows = BUTTONS[notice.code](notice.facts, say) if notice.code in BUTTONS else ()
        await self._pace.acquire()
        await send(self._bot, notice.chat, NOTICES[notice.code](notice.facts, say), *rows)


def _is_gone(error: Exception) -> bool:
    """Whether the chat is lost for good: the bot is blocked, or the account at Telegram is no more."""
    told = isinstance(error, BadRequest) and any(reason in str(error).lower() for reason in NO_SUCH_CHAT)
    return isinstance(error, Forbidden) or told
