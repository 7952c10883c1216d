"""The Bot API server for tests keeps to the Bot API: driven here by python-telegram-bot's real Bot and Application."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    InputFile,
    Update,
)
from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.botapi.calling import KEYBOARD, call
from tests.botapi.chats import Chat
from tests.botapi.rules import too_many_requests
from tests.botapi.server import BotApiServer
from tests.fixtures.processes import free_port

SECRET = "an-invented-secret"


# A trivial bot: repeats what it hears, with a button


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Greet."""
    assert update.message
    await update.message.reply_text("Selamat datang", reply_markup=KEYBOARD)


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Repeat a text."""
    assert update.message
    await update.message.reply_text(f"Kata Anda: {update.message.text}")


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a press and change the message."""
    query = update.callback_query
    assert query
    await query.answer("Baik")
    await query.edit_message_text("Dibatalkan")


def echo_application(telegram: BotApiServer) -> Application[Any, Any, Any, Any, Any, Any]:
    """The trivial bot against this server."""
    builder = Application.builder().token(telegram.token).base_url(telegram.base_url)
    application = builder.rate_limiter(AIORateLimiter(max_retries=3)).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(pressed))
    return application


@contextmanager
def running(telegram: BotApiServer, *, webhook: bool) -> Iterator[None]:
    """Run the trivial bot in a thread of its own, by polling or webhook."""
    stop, failed = threading.Event(), list[BaseException]()

    async def run() -> None:
        application = echo_application(telegram)
        assert application.updater
        async with application:
            await application.start()
            if webhook:
                port = free_port()
                url = f"http://127.0.0.1:{port}/hook"
                await application.updater.start_webhook(
                    "127.0.0.1", port, "/hook", webhook_url=url, secret_token=SECRET
                )
            else:
                await application.updater.start_polling(timeout=5)
            await asyncio.to_thread(stop.wait)
            await application.updater.stop()
            await application.stop()

    def guarded() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=guarded)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=20)
    assert not failed, failed


@pytest.fixture(params=["polling", "webhook"])
def chat(request: pytest.FixtureRequest, telegram: BotApiServer) -> Iterator[Chat]:
    """A person's chat with the trivial bot."""
    with running(telegram, webhook=request.param == "webhook"):
        yield telegram.private_chat()


# Journeys


def test_a_person_starts_writes_and_presses_a_button(chat: Chat) -> None:
    chat.says("/start")
    greeting = chat.expects_reply()
    assert (greeting.text, greeting.buttons) == ("Selamat datang", ("Batal",))

    press = chat.presses("Batal")
    assert press.expects_answer().text == "Baik"
    changed = chat.expects_reply()
    assert (changed.id, changed.text, changed.buttons) == (greeting.id, "Dibatalkan", ())

    chat.says("apa kabar")
    assert chat.expects_reply().text == "Kata Anda: apa kabar"
    assert [message.text for message in chat.messages] == [
        "/start",
        "Dibatalkan",
        "apa kabar",
        "Kata Anda: apa kabar",
    ]


def test_a_429_is_waited_out_and_the_reply_comes(chat: Chat, telegram: BotApiServer) -> None:
    telegram.fails("sendMessage", too_many_requests(1))
    chat.says("halo")
    assert chat.expects_reply().text == "Kata Anda: halo"
    assert [request.status for request in telegram.calls("sendMessage")] == [429, 200]


def test_what_was_written_while_telegram_was_away_is_answered_afterwards(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    with running(telegram, webhook=False):
        chat.says("satu")
        assert chat.expects_reply().text == "Kata Anda: satu"
        with telegram.away():
            chat.says("dua")
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", int(telegram.url.rpartition(":")[2])))
        assert chat.expects_reply().text == "Kata Anda: dua"


def test_a_502_is_survived(telegram: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    chat = telegram.private_chat()
    with running(telegram, webhook=False):
        telegram.wait_for("a poll", lambda: telegram.is_polled)
        with telegram.away("502"):
            chat.says("halo")
            telegram.wait_for("a 502", lambda: any(request.status == 502 for request in telegram.requests))
        assert chat.expects_reply().text == "Kata Anda: halo"


def test_the_webhook_is_pushed_to_with_the_secret_and_strangers_are_seen(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    with running(telegram, webhook=True):
        telegram.wait_for_call("setWebhook")
        assert telegram.webhook_secret == SECRET
        assert telegram.post_to_webhook({"update_id": 1}, secret="wrong") == 403
        assert telegram.post_to_webhook({"update_id": 1}) == 403
        chat.says("halo")
        assert chat.expects_reply().text == "Kata Anda: halo"
        telegram.wait_until_read()


def test_a_group_hears_the_bot_but_the_bot_may_not_delete_there(telegram: BotApiServer) -> None:
    group = telegram.group_chat()
    neighbour = telegram.person(first_name="Tetangga")
    with running(telegram, webhook=False):
        said = group.says("halo", by=neighbour)
        assert group.expects_reply().text == "Kata Anda: halo"
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        call(telegram, lambda bot: bot.delete_message(group.id, said.id))


def test_a_blocked_bot_learns_so_and_is_forbidden_to_write(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    chat.blocks_the_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        call(telegram, lambda bot: bot.send_message(chat.id, "halo"))
    (update,) = call(telegram, lambda bot: bot.get_updates())
    assert update.my_chat_member.new_chat_member.status == "kicked"
    chat.unblocks_the_bot()
    call(telegram, lambda bot: bot.send_message(chat.id, "halo"))
    assert chat.expects_reply().text == "halo"


# Updates


def test_updates_come_again_until_their_offset_is_passed(telegram: BotApiServer) -> None:
    chat = telegram.private_chat(language="su")
    chat.says("satu")
    chat.says("dua")

    async def read(bot: Bot) -> tuple[Update, ...]:
        first = await bot.get_updates()
        again = await bot.get_updates(offset=first[0].update_id + 1)
        await bot.get_updates(offset=again[-1].update_id + 1)
        return (*first, *again)

    updates = call(telegram, read)
    assert [update.message.text for update in updates] == ["satu", "dua", "dua"]
    assert updates[0].effective_user.language_code == "su"
    assert telegram.pending == 0


def test_only_allowed_kinds_of_updates_are_kept(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    call(telegram, lambda bot: bot.get_updates(allowed_updates=["callback_query"]))
    chat.says("tidak diminta")
    assert telegram.pending == 0


def test_the_first_of_two_readers_is_told_of_the_conflict(telegram: BotApiServer) -> None:
    async def two(bot: Bot) -> list[Any]:
        first = asyncio.create_task(bot.get_updates(timeout=10))
        async with Bot(telegram.token, base_url=telegram.base_url) as second:
            await asyncio.to_thread(telegram.wait_for, "a poll", lambda: telegram.is_polled)
            await second.get_updates(timeout=0)
        return list(await asyncio.gather(first, return_exceptions=True))

    (outcome,) = call(telegram, two)
    assert isinstance(outcome, Conflict)
    assert "make sure that only one bot instance is running" in str(outcome)


def test_polling_conflicts_with_a_webhook(telegram: BotApiServer) -> None:
    async def both(bot: Bot) -> None:
        await bot.set_webhook("http://127.0.0.1:9/hook", secret_token=SECRET)
        await bot.get_updates()

    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        call(telegram, both)
    assert telegram.webhook_url == "http://127.0.0.1:9/hook"


# What goes wrong


@pytest.mark.parametrize("token", ["7000000001:BBE-another-invented-token-for-tests", "short"])
def test_a_wrong_token_is_not_taken(telegram: BotApiServer, token: str) -> None:
    async def start_bot() -> None:
        async with Bot(token, base_url=telegram.base_url):
            pass

    with pytest.raises(InvalidToken):
        asyncio.run(start_bot())
    assert telegram.requests[-1].status == (401 if ":" in token else 404)


def test_an_unknown_method_is_not_found(telegram: BotApiServer) -> None:
    with pytest.raises(EndPointNotFound):
        call(telegram, lambda bot: bot.do_api_request("sendNothing"))


def test_an_unknown_chat_is_not_found(telegram: BotApiServer) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        call(telegram, lambda bot: bot.send_message(1, "halo"))


def test_a_429_in_one_chat_leaves_the_others_alone(telegram: BotApiServer) -> None:
    busy, quiet = telegram.private_chat(), telegram.private_chat()
    telegram.fails("sendMessage", too_many_requests(7), chat=busy)
    call(telegram, lambda bot: bot.send_message(quiet.id, "halo"))
    with pytest.raises(RetryAfter) as refused:
        call(telegram, lambda bot: bot.send_message(busy.id, "halo"))
    assert refused.value.retry_after == timedelta(seconds=7)


def test_a_server_that_is_away_refuses_connections(telegram: BotApiServer) -> None:
    async def ask(bot: Bot) -> None:
        with telegram.away(), pytest.raises(NetworkError):
            await bot.get_me()
        await bot.get_me()

    call(telegram, ask)


# What it keeps


def test_whatever_the_bot_says_can_be_asked_for_afterwards(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()

    async def talk(bot: Bot) -> None:
        await bot.send_message(chat.id, "halo", reply_markup=KEYBOARD)
        await bot.send_document(chat.id, InputFile(b"rahasia di dalam", "a.txt"))
        await bot.send_venue(chat.id, -3.5, 119.0, "Balai “Déwi”", "Jalan Contoh 1")

    call(telegram, talk)
    for text in ("halo", "rahasia di dalam", "cancel", "“Déwi”"):
        assert telegram.heard(text), text
    assert not telegram.heard("Siti")
    assert json.loads(telegram.calls("sendMessage")[0].params["reply_markup"])["inline_keyboard"]
