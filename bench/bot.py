"""Updates a second of the real bot against one that only says back what it hears, on the same Bot API server.

Both are python-telegram-bot on one loop, over HTTP on loopback, and hear as many people at once. The echo answers each
message with one; of the real bot a greeting is asked for, which it answers with one too: what it costs beside the
library is read off there. In turns, and of each the median.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bench.databases import instances
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.server import BotApiServer

ROUNDS, CHATS = 5, 100


def main() -> None:
    """Measure, and print."""
    os.environ["PTB_TIMEDELTA"] = "1"
    os.environ.pop("SSL_CERT_FILE", None)  # the server has no TLS: no certificates are read
    with tempfile.TemporaryDirectory(prefix="salur-bench-") as empty:
        os.environ["SSL_CERT_DIR"] = empty
        for _, services in instances():
            taken: dict[str, list[float]] = {"echo": [], "Salur": []}
            for _ in range(ROUNDS):
                with BotApiServer() as telegram, _echo(telegram):
                    taken["echo"].append(_per_second(telegram))
                with BotApiServer() as telegram, RunningBot(telegram_of(services, telegram)):
                    taken["Salur"].append(_per_second(telegram))
            break
    echo, salur = taken["echo"], taken["Salur"]
    ratio = median(s / e for s, e in zip(salur, echo, strict=True))
    print(f"\nUpdates a second, {ROUNDS} rounds of {CHATS} chats at once")
    print(f"echo {median(echo):,.0f}, Salur {median(salur):,.0f}: {ratio:.2f} of the echo")


def _per_second(telegram: BotApiServer) -> float:
    chats = [telegram.private_chat(language="id") for _ in range(CHATS + 1)]
    chats[0].says("/start")
    chats[0].expects_reply()  # it is up, and has learnt what it learns once
    began = time.perf_counter()
    for chat in chats[1:]:
        chat.says("/start")
    for chat in chats[1:]:
        chat.expects_reply()
    return CHATS / (time.perf_counter() - began)


@contextmanager
def _echo(telegram: BotApiServer) -> Iterator[None]:
    """The least that the library can do with a message."""
    over: list[Callable[[], None]] = []
    up = threading.Event()

    async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text(update.effective_message.text or "")

    async def run() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        over.append(lambda: None if loop.call_soon_threadsafe(stop.set) else None)
        builder = ApplicationBuilder().token(telegram.token).base_url(telegram.base_url).concurrent_updates(True)
        application = builder.build()
        application.add_handler(MessageHandler(filters.ALL, answer))
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling(timeout=2)
            up.set()
            await stop.wait()
            await application.updater.stop()
            await application.stop()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    up.wait(10)
    try:
        yield
    finally:
        over[0]()
        thread.join()


if __name__ == "__main__":
    main()
