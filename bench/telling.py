"""Word that goes out while its sender is killed again and again, and how long 800 followers wait for theirs.

`python -m bench telling [--messages=5000] [--kills=20]`. So many messages wait in the box, each with an amount that no
other has. A real `python -m salur bot` sends them to the Bot API server of the tests, gets SIGKILL at a random moment
after its first message, and is started again. Then every chat is read: none may be lost, and at most one for each kill
may be there twice.

Then 800 of 3,000 families are followed, and one sitting is announced for all: seconds until the last has heard, at the
pace of production, counted from when it can no longer be taken back.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bench.city import announce, publish, sitting
from bench.databases import instances
from bench.following import FOLLOWED, KELURAHAN, PERIOD, PROGRAMME, Clock, families
from salur.core.following.answers import News
from salur.core.following.kinds import NewsKind
from salur.core.limits.asker import Asker
from salur.core.lookup.answers import OnTheList
from salur.core.notices.answers import LEASE
from salur.core.notices.channels import Channel
from salur.core.notices.stirring import HELD_BACK
from salur.core.people.nik import Nik
from salur.wiring import Services, build
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer

CHATS, LEAST = 250, 100_000
PER_SECOND = 25  # that go out, at most: for choosing moments spread over the whole
STILL = LEASE.total_seconds() + 60  # seconds without a message after which the rest is lost


def main() -> None:
    """Measure on each database, and print; exit code 1 where a message is lost, or too many came twice."""
    parser = ArgumentParser(prog="bench telling")
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=20)
    wanted = parser.parse_args()
    failed = False
    os.environ["PTB_TIMEDELTA"] = "1"
    for database, services in instances():
        lost, twice = _killed(database, services, wanted.messages, wanted.kills)
        failed |= lost > 0 or twice > wanted.kills
        _waits(database, services)
    sys.exit(failed)


def _killed(database: str, services: Services, messages: int, kills: int) -> tuple[int, int]:
    with BotApiServer() as telegram:
        chats = [telegram.private_chat(language="id") for _ in range(CHATS)]
        _queue(services, chats, messages)
        began = time.monotonic()
        for left in range(kills, 0, -1):
            with _bot(telegram) as process:
                telegram.wait_for_call("sendMessage", times=_sent(telegram) + 1, timeout=STILL)
                remaining = (messages - _sent(telegram)) / PER_SECOND
                time.sleep(random.uniform(0, remaining / left))  # noqa: S311
                process.send_signal(signal.SIGKILL)
                process.wait()
        with _bot(telegram):
            _until_still(telegram, messages)
        seconds = time.monotonic() - began
        heard = Counter((chat.id, _amount(reply.text)) for chat in chats for reply in chat.replies)
    sent = {(chats[number % CHATS].id, LEAST + number) for number in range(messages)}
    lost, twice = len(sent - set(heard)), heard.total() - len(heard)
    assert set(heard) <= sent, "nobody hears what was not for them"
    told = f"{lost} lost, {twice} twice, {seconds:.0f} s"
    print(f"{database}: {messages:,} messages, sender killed {kills} times: {told}", flush=True)
    return lost, twice


def _queue(services: Services, chats: list[Chat], messages: int) -> None:
    """Each message another amount, by which it is known."""
    with services.database.writing() as connection:
        for number in range(messages):
            news = News(NewsKind.AMOUNT, "Program Keluarga Harapan", PERIOD, "S. M.", "", amount=LEAST + number)
            chat = chats[number % CHATS].id
            services.notices.to_chat(connection, chat, "news", "id", follow=1, news=[news.facts()], refs=["0"])


@contextmanager
def _bot(telegram: BotApiServer) -> Iterator[subprocess.Popen[bytes]]:
    """The bot as it is run, of this instance; its end is asked for where nobody has killed it."""
    settings = {"SALUR_TELEGRAM_TOKEN": telegram.token, "SALUR_TELEGRAM_API": telegram.url}
    command = [sys.executable, "-m", "salur", "bot"]
    with subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def _sent(telegram: BotApiServer) -> int:
    return len(telegram.calls("sendMessage"))


def _amount(text: str) -> int:
    """By which a message is known."""
    return int(text.split("Rp")[1].split("\n")[0].strip(".").replace(".", ""))


def _until_still(telegram: BotApiServer, messages: int) -> None:
    """Wait until all have come, and a second more for what should not; or until none comes for so long."""
    seen, since = 0, time.monotonic()
    while time.monotonic() - since < STILL:
        if (now := len({reply.text for chat in telegram.chats for reply in chat.replies})) > seen:
            seen, since = now, time.monotonic()
        if seen == messages:
            break
        time.sleep(0.5)
    time.sleep(1)


def _waits(database: str, services: Services) -> None:
    clock = Clock()
    services = build(services.settings, clock=clock)
    people = families()
    publish(services, people, PROGRAMME, PERIOD)
    with BotApiServer() as telegram:
        chats = [telegram.private_chat(language="id") for _ in range(FOLLOWED)]
        for chat, one in zip(chats, people, strict=False):
            answer = services.lookup.ask(Nik.parse(one.nik), one.name, asker=Asker.chat(chat.id))
            assert isinstance(answer, OnTheList)
            assert services.following.follow(Channel.TELEGRAM, str(chat.id), "id", answer.way_back)
        with RunningBot(telegram_of(services, telegram)):
            announce(services, [sitting(PROGRAMME, PERIOD, KELURAHAN, "Kantor Kelurahan", dt.date(2026, 2, 24))])
            clock.now += HELD_BACK
            began = time.monotonic()
            telegram.wait_for("all of them", lambda: _sent(telegram) >= FOLLOWED, STILL)
            seconds = time.monotonic() - began
        assert all(len(chat.replies) == 1 for chat in chats)
    services.database.dispose()
    print(f"{database}: {FOLLOWED} followers told {seconds:.1f} s after it could no longer be taken back")


if __name__ == "__main__":
    main()
