"""One turn of a conversation: what a handler needs of one update, and how it answers."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from html import escape
from typing import Any, cast

from telegram import (
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from salur.bot.chat.locale import language_of
from salur.bot.chat.memory import Memory
from salur.core.payouts.answers import Place
from salur.words.language import Say, parts

LONGEST_TEXT = 3500
ANSWERS_WITHIN = 15.0  # seconds that Telegram is waited for
# How Telegram says that a topic takes no messages, or is gone.
CLOSED = re.compile(
    r"topic_(?:closed|deleted|hidden)|message thread not found|topic.*(?:closed|not found)", re.IGNORECASE
)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# The library keeps nothing for us by user, by chat or for the bot, so what these would be is never asked.
Context = CallbackContext[Any, Any, Any, Any]
BotApplication = Application[Any, Any, Any, Any, Any, Any]
OurBot = ExtBot[Any]
Row = tuple[InlineKeyboardButton, ...]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, repr=False)
class Turn:
    """One update of one chat. `text` is what was written, or the data of the pressed button.

    `topic` is the topic of a forum in which that was, None for the one called General; `asker` who wrote or pressed.
    """

    update_id: int
    bot: OurBot
    chat: Chat
    message: Message | None
    text: str
    say: Say
    topic: int | None = None
    asker: int | None = None

    @property
    def chat_id(self) -> int:
        """Telegram's number of the chat."""
        return self.chat.id

    @property
    def arguments(self) -> str:
        """What stands behind a command."""
        return " ".join(self.text.split(maxsplit=1)[1:])

    @property
    def is_private(self) -> bool:
        """Whether only one person reads this chat."""
        return self.chat.type == ChatType.PRIVATE

    async def says(self, text: str, *rows: Row) -> None:
        """Send one message. `text` may hold `*emphasis*`; anything else in it is plain text."""
        await self._posts(lambda chat, topic: send(self.bot, chat, text, *rows, topic=topic))

    async def shows_file(self, file: InputFile, caption: str | None = None) -> None:
        """Send a file."""
        await self._posts(
            lambda chat, topic: self.bot.send_document(chat, file, caption=caption, message_thread_id=topic)
        )

    async def _posts(self, post: Callable[[int, int | None], Awaitable[object]]) -> None:
        """Post where the question was; in private where its topic takes nothing any more.

        Who never wrote to the bot in private gets no answer then: there is no place left for one.
        """
        try:
            await post(self.chat_id, self.topic)
        except BadRequest as error:
            if self.is_private or self.asker is None or not CLOSED.search(error.message):
                raise
            try:
                await post(self.asker, None)
            except (BadRequest, Forbidden):
                logger.info("Update %d: its topic is closed, and so is the way to who asked", self.update_id)

    async def shows_place(self, place: Place) -> None:
        """Send a place as a venue, which opens in a map. The answer is complete without, so a refusal is let pass."""
        if place.latitude is None or place.longitude is None:
            return
        try:
            await self.bot.send_venue(
                self.chat_id,
                place.latitude,
                place.longitude,
                title=place.name,
                address=place.address or place.name,
                message_thread_id=self.topic,
            )
        except BadRequest:
            logger.warning("Update %d: Telegram did not take the venue", self.update_id)

    async def deletes(self) -> bool:
        """Delete the message that was written, and tell whether that worked.

        Telegram refuses in groups where the bot is no administrator, and for messages older than 48 hours.
        """
        if self.message is None:
            return False
        try:
            return await self.bot.delete_message(self.chat_id, self.message.message_id)
        except Forbidden:
            raise
        except TelegramError as error:
            logger.info("Update %d: the message could not be deleted (%s)", self.update_id, type(error).__name__)
            return False


Handler = Callable[[Turn], Awaitable[None]]


def turns(handler: Handler, memory: Memory) -> Callable[[Update, Context], Coroutine[object, object, None]]:
    """Make a handler of turns into one that python-telegram-bot can call."""

    async def handle(update: Update, context: Context) -> None:
        turn = turn_of(update, memory)
        if turn is None:
            return
        if update.callback_query:
            await _stop_the_spinner(update)
        await handler(turn)

    return handle


def turn_of(update: Update, memory: Memory) -> Turn | None:
    """What an update says; None when it belongs to no chat."""
    if update.effective_chat is None:
        return None
    query, message = update.callback_query, update.effective_message
    text = query.data if query else (message.text or message.caption if isinstance(message, Message) else "")
    return Turn(
        update_id=update.update_id,
        bot=cast(OurBot, update.get_bot()),
        chat=update.effective_chat,
        message=message if isinstance(message, Message) and not query else None,
        text=text or "",
        say=language_of(update, memory),
        topic=message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None,
        asker=update.effective_user.id if update.effective_user else None,
    )


async def send(
    bot: OurBot,
    chat_id: int,
    text: str,
    *rows: Row,
    topic: int | None = None,
    tries: int | None = None,
    patience: float = ANSWERS_WITHIN,
) -> None:
    """Send one message to a chat; see `Turn.says`. `tries`: see `Delivery`. `patience`: seconds for the answer."""
    await bot.send_message(
        chat_id,
        to_html(shortened(text)),
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=InlineKeyboardMarkup(rows) if rows else None,
        message_thread_id=topic,
        rate_limit_args=tries,
        read_timeout=patience,
    )


def shortened(text: str) -> str:
    """A text that Telegram takes (at most 4096 characters, a picture counts as two), cut at the end of a line: offices
    write a lot.
    """
    begin = text.encode("utf-16-le", "replace")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
    if begin == text:
        return text
    whole = begin.rpartition("\n")[0] or begin
    return f"{whole}\n…"


def to_html(text: str) -> str:
    """Write `*emphasis*` as Telegram's bold; everything else is escaped."""
    return "".join(
        f"<b>{escape(part, quote=False)}</b>" if strong else escape(part, quote=False) for part, strong in parts(text)
    )


async def _stop_the_spinner(update: Update) -> None:
    """Tell Telegram that the press was seen; a press that came in while the bot was away is too old for that."""
    assert update.callback_query
    try:
        await update.callback_query.answer()
    except Forbidden:
        raise
    except TelegramError as error:
        logger.info("Update %d: the press could not be answered (%s)", update.update_id, type(error).__name__)
