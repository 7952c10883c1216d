"""The bot as a whole: building it, reaching Telegram, and running until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from salur.bot.chat.memory import PATIENCE, Memory
from salur.bot.chat.replies import too_fast
from salur.bot.chat.turn import ANSWERS_WITHIN, BotApplication, turn_of
from salur.bot.menu import introduce
from salur.bot.notices.carrier import Telegram
from salur.bot.refusals import Trouble
from salur.bot.routes import Desk
from salur.bot.transport.delivery import PAUSES, Delivery, Polling
from salur.bot.transport.lanes import Lanes
from salur.channels.sender import keep_sending
from salur.config import Settings
from salur.core.errors import ConfigError
from salur.core.happenings import Part
from salur.logs import write
from salur.observe.counting import begin
from salur.wiring import Services

UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
LONGEST_WAIT = 30.0  # seconds between two tries to reach Telegram
NOTICES = "notices"  # where the application keeps what sends messages of our own accord
GRACE = 5.0  # seconds for messages of our own that are being sent when the bot is told to stop

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things may take. The tests are in more of a hurry than people are."""

    patience: timedelta = PATIENCE  # after which an unfinished check is forgotten
    poll: timedelta = timedelta(seconds=25)  # how long Telegram holds an empty poll
    first_wait: float = 1.0  # seconds before the second try to reach Telegram; then doubling
    pauses: Sequence[float] = PAUSES  # seconds between the tries to deliver a message
    answers: float = 1.0  # seconds between two answers in one chat: Telegram allows about one a second
    notices: float = 3.0  # seconds between two looks for messages that wait to be sent
    reminders: timedelta = timedelta(minutes=10)  # between two looks for who is to be reminded


def build_application(services: Services, pace: Pace | None = None, *, memory: Memory | None = None) -> BotApplication:
    """Put the bot together. Nothing is connected yet. Raises ConfigError when the token is missing."""
    settings, pace = services.settings, pace or Pace()
    if not settings.telegram_token:
        raise ConfigError("SALUR_TELEGRAM_TOKEN", "is missing: without it there is no bot")
    # The library warns at every 429 until one opts in to its future way of giving times.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    memory = memory or Memory(pace.patience)
    api = settings.telegram_api.rstrip("/")

    async def tell_too_fast(update: Update) -> None:
        turn = turn_of(update, memory)
        if turn and turn.is_private:
            with contextlib.suppress(TelegramError):
                await turn.says(too_fast(turn.say))

    application = (
        Application.builder()
        .token(settings.telegram_token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .rate_limiter(Delivery(pace.pauses))
        .concurrent_updates(Lanes(tell_too_fast, pace.answers))
        .connect_timeout(10)
        .read_timeout(ANSWERS_WITHIN)
        .write_timeout(15)
        .get_updates_request(Polling(connect_timeout=10, read_timeout=15))
        .job_queue(None)
        .build()
    )
    Desk(services, memory).register(application)
    application.bot_data[NOTICES] = partial(keep_sending, services, [Telegram(memory, application.bot)], Part.BOT)
    application.add_error_handler(Trouble(memory))
    return application


def run(services: Services) -> None:
    """Run the bot until SIGINT or SIGTERM. Raises ConfigError when the token is missing or wrong."""
    write(services.settings.logs)
    begin(services.settings, Part.BOT, services.database.connections)
    application = build_application(services)

    async def until_signal() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await serve(application, services.settings, stop)

    asyncio.run(until_signal())


async def serve(application: BotApplication, settings: Settings, stop: asyncio.Event, pace: Pace | None = None) -> None:
    """Serve until `stop` is set; what is being answered then is finished.

    Telegram may be away, at the start or at any time. Raises ConfigError when it does not know the token.
    """
    pace = pace or Pace()
    try:
        if await _reach_telegram(application, stop, pace.first_wait):
            await application.start()
            await _serve_until(stop, application, settings, pace)
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()
        # Which does nothing when Telegram refused the token, while a connection to it is open.
        await application.bot.shutdown()


async def _serve_until(stop: asyncio.Event, application: BotApplication, settings: Settings, pace: Pace) -> None:
    """Receive updates until `stop` is set. Raises what kept the bot from it, such as an address in use."""
    listening = asyncio.create_task(_listen(application, settings, pace))
    introducing = asyncio.create_task(introduce(application.bot, stop))
    noticing = asyncio.create_task(application.bot_data[NOTICES](stop, pace.notices, pace.reminders))
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({stopped, listening}, return_when=asyncio.FIRST_COMPLETED)
        if listening.done():
            listening.result()
        await stopped
    except InvalidToken:
        raise ConfigError("SALUR_TELEGRAM_TOKEN", "is not known to Telegram") from None
    finally:
        logger.info("The bot stops")
        stop.set()
        listening.cancel()
        await asyncio.wait({noticing}, timeout=GRACE)
        noticing.cancel()
        await asyncio.gather(listening, introducing, noticing, stopped, return_exceptions=True)
        if application.updater and application.updater.running:
            await application.updater.stop()


async def _reach_telegram(application: BotApplication, stop: asyncio.Event, wait: float) -> bool:
    """Ask Telegram who the bot is, until it answers (True) or the bot is told to stop (False)."""
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            raise ConfigError("SALUR_TELEGRAM_TOKEN", "is not known to Telegram") from None
        except TelegramError as error:
            wait = _asked_to_wait(error) or min(wait, LONGEST_WAIT)
            logger.warning("Telegram cannot be reached (%s); next try in %.0f s", type(error).__name__, wait)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
            wait *= 2
        else:
            logger.info("The bot is connected")
            return True
    return False


async def _listen(application: BotApplication, settings: Settings, pace: Pace) -> None:
    """Begin to receive updates, by the webhook if there is one. Tries until Telegram agrees."""
    assert application.updater
    if not settings.telegram_webhook:
        await application.updater.start_polling(
            timeout=pace.poll, bootstrap_retries=-1, allowed_updates=UPDATES, error_callback=_polling_failed
        )
        return
    host, _, port = settings.telegram_webhook_listen.rpartition(":")
    await application.updater.start_webhook(
        listen=host.strip("[]"),
        port=int(port),
        url_path=urlsplit(settings.telegram_webhook).path.strip("/"),
        webhook_url=settings.telegram_webhook,
        secret_token=settings.telegram_webhook_secret,
        bootstrap_retries=-1,
        allowed_updates=UPDATES,
    )


def _polling_failed(error: TelegramError) -> None:
    """Log it; the library goes on trying, at most 30 seconds apart."""
    if isinstance(error, Conflict):
        logger.error("Another process reads this bot's messages (409). Stop one of the two, or remove the webhook.")
    else:
        logger.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)


def _asked_to_wait(error: TelegramError) -> float | None:
    return error._retry_after.total_seconds() if isinstance(error, RetryAfter) else None
