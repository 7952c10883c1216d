"""Messages a second of the bot's own accord, one under way at a time, where the Bot API takes 0, 50 and 200 ms each.

The real bot, against a Bot API server on loopback that waits so long before it answers. Beside it, what as many would
be if they were not written down one by one, twenty under way: that is what not to double them costs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from sqlalchemy import func, select

from bench.databases import instances
from salur.bot.notices.carrier import Telegram
from salur.core.tables.notices import NoticeRow
from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.http import Answer, Received
from tests.botapi.server import BotApiServer

LATENCIES = (0, 50, 200)  # ms
SECONDS = 5.0  # that each is looked at
ROUNDS = 3
SO_FAR = 20  # under way at once, before: held against


class SlowApi(BotApiServer):
    """One that takes its time for each message."""

    latency = 0.0

    def answer(self, received: Received) -> Answer:
        """Wait, and answer."""
        if received.method == "sendMessage":
            time.sleep(self.latency)
        return super().answer(received)


def main() -> None:
    """Measure on each database, and print."""
    for database, services in instances():
        print(f"{database}: messages a second")
        for latency in LATENCIES:
            one = median(_per_second(services, latency) for _ in range(ROUNDS))
            with _at_once(SO_FAR):
                many = median(_per_second(services, latency) for _ in range(ROUNDS))
            print(f"  at {latency} ms: {one:.1f} one after the other, {many:.1f} with {SO_FAR} under way")


@contextmanager
def _at_once(number: int) -> Iterator[None]:
    before, Telegram.at_once = Telegram.at_once, number
    try:
        yield
    finally:
        Telegram.at_once = before


def _per_second(services: Services, latency: int) -> float:
    with SlowApi() as telegram:
        telegram.latency = latency / 1000
        with services.database.writing() as connection:
            for _ in range(int(SECONDS * 2 * Telegram.per_second)):
                services.notices.to_chat(connection, telegram.private_chat().id, "unlinked", "id")
        with RunningBot(telegram_of(services, telegram)):
            telegram.wait_for_call("sendMessage")
            began, before = time.perf_counter(), _sent(services)
            time.sleep(SECONDS)
            sent, took = _sent(services) - before, time.perf_counter() - began
        with services.database.writing() as connection:
            connection.execute(NoticeRow.__table__.delete())  # type: ignore[attr-defined]
    return sent / took


def _sent(services: Services) -> int:
    with services.database.reading() as connection:
        done = select(func.count()).where(NoticeRow.done_at.is_not(None)).select_from(NoticeRow)
        return int(connection.execute(done).scalar_one())


if __name__ == "__main__":
    main()
