"""Telegram as a channel: one message after the other, for Telegram shows one that it is sent twice twice."""

from __future__ import annotations

import logging
from datetime import timedelta

import httpx
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from salur.bot.chat.memory import Memory
from salur.bot.chat.replies import how_to_report
from salur.bot.chat.turn import OurBot, send
from salur.bot.notices.buttons import BUTTONS
from salur.bot.transport.delivery import ONCE
from salur.channels.carrier import Gone, TryLater
from salur.core.notices.answers import Notice
from salur.core.notices.channels import Channel
from salur.words.language import Say, language
from salur.words.notices import NOTICES

STRANGERS = ("chat not found", "peer_id_invalid", "initiate conversation")  # whom this bot has never met
AWAY = timedelta(seconds=30)  # before Telegram is tried again where it could not be reached
PATIENT = 40.0  # seconds for an answer: a message of which nothing is known is sent again
UNREACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)  # nothing was sent, for certain

logger = logging.getLogger(__name__)


class Telegram:
    """Carries to chats. `memory` knows the language that a chat has chosen.

    After a message of which nothing is known, no other goes out until Telegram has answered something that can be asked
    twice. Else, as long as it is slow or out of order, everybody's message would be in doubt, and come twice.
    """

    channel = Channel.TELEGRAM
    # Telegram takes some 30 a second of what nobody asked for (its Bots FAQ), which is a fifth more than this.
    per_second = 25
    at_once = 1

    def __init__(self, memory: Memory, bot: OurBot) -> None:
        self._memory = memory
        self._bot = bot
        self._in_doubt = False

    def part(self, _notice: Notice) -> str:
        """Telegram is one."""
        return ""

    async def carry(self, notice: Notice, say: Say) -> None:
        """Send one message, in the language of the chat where it has none of its own."""
        chat = int(notice.address)
        if notice.language is None:
            say = language(self._memory.language(chat))
        rows = BUTTONS[notice.code](notice.facts, say) if notice.code in BUTTONS else ()
        text = _words(notice, say)
        if self._in_doubt:
            await self._is_there()
        self._in_doubt = True
        try:
            await send(self._bot, chat, text, *rows, tries=ONCE, patience=PATIENT)
        except RetryAfter as error:
            self._in_doubt = False
            raise TryLater(error._retry_after) from None
        except TelegramError as error:
            if isinstance(error, NetworkError) and isinstance(error.__cause__, UNREACHED):
                self._in_doubt = False
                raise TryLater(AWAY) from None
            self._in_doubt = not _is_its_word(error)
            if self._in_doubt:
                raise
            if _is_stranger(error):
                logger.error("Telegram says that this bot never met a chat it is to tell: is the token another bot's?")
            elif _is_gone(error):
                raise Gone from None
            raise
        self._in_doubt = False

    async def _is_there(self) -> None:
        """Whether Telegram answers at all, and to us. Raises TryLater."""
        try:
            await self._bot.get_me()
        except RetryAfter as error:
            raise TryLater(error._retry_after) from None
        except TelegramError as error:
            logger.warning("Telegram does not answer (%s)", type(error).__name__)
            raise TryLater(AWAY) from None

    async def close(self) -> None:
        """The bot is the application's."""


def _words(notice: Notice, say: Say) -> str:
    """What it says; news end with *Laporkan*, so in a chat with how."""
    told = NOTICES[notice.code](notice.facts, say)
    return f"{told} {how_to_report(say)}" if notice.code == "news" else told


def _is_its_word(error: TelegramError) -> bool:
    """Whether Telegram itself refused a message: not a proxy between us, with a page of its own."""
    return isinstance(error, (BadRequest, Forbidden)) and error.__cause__ is None


def _is_gone(error: TelegramError) -> bool:
    """Whether the chat is lost for good: the bot is blocked, or the account at Telegram is no more."""
    return isinstance(error, Forbidden) or "user is deactivated" in str(error).lower()


def _is_stranger(error: TelegramError) -> bool:
    """Whether the bot has never met the chat. All who are told have talked to it, so that does not mean they are lost:
    else a slip with the token would end the news of a whole city.
    """
    return any(words in str(error).lower() for words in STRANGERS)
