"""Many at once: each chat in its order, nobody waits for somebody else."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

from salur.bot.transport.lanes import BURST, WAITING
from salur.core.lookup.answers import Answer, NotOnTheList
from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.running import HASTE, RunningBot
from tests.botapi.chats import PATIENCE
from tests.botapi.server import BotApiServer


class Slow:
    """A look-up that answers when it is let go."""

    def __init__(self) -> None:
        self.asked, self.let_go = threading.Event(), threading.Event()
        self.names: list[str] = []

    def ask(self, identity: object, name: str, **_: Any) -> Answer:
        self.names.append(name)
        if name == NAME:
            self.asked.set()
            assert self.let_go.wait(PATIENCE)
        return NotOnTheList()


def test_a_slow_look_up_holds_up_no_other_chat(bot_services: Services, telegram: BotApiServer) -> None:
    slow = Slow()
    with RunningBot(replace(bot_services, asking=slow)):  # type: ignore[arg-type]
        slow_chat, other = telegram.private_chat(), telegram.private_chat()
        slow_chat.says(f"{NIK} {NAME}")
        assert slow.asked.wait(PATIENCE)
        other.says(f"{NIK} Budi")
        assert "tidak kami temukan" in other.expects_reply().text
        assert slow_chat.unread == []
        slow.let_go.set()
        assert "tidak kami temukan" in slow_chat.expects_reply().text


def test_in_one_chat_everything_keeps_its_order(bot_services: Services, telegram: BotApiServer) -> None:
    slow = Slow()
    with RunningBot(replace(bot_services, asking=slow)):  # type: ignore[arg-type]
        chat = telegram.private_chat()
        for said in (NIK, NAME, NIK, "Budi"):
            chat.says(said)
        assert slow.asked.wait(PATIENCE)
        telegram.wait_until_read()
        assert slow.names == [NAME]
        slow.let_go.set()
        replies = [chat.expects_reply().text for _ in range(4)]
        assert ["ketik nama" in reply for reply in replies] == [True, False, True, False]
        assert slow.names == [NAME, "Budi"]


def test_who_floods_the_bot_is_told_once_while_others_are_served(
    bot_services: Services, telegram: BotApiServer
) -> None:
    slow = Slow()
    with RunningBot(replace(bot_services, asking=slow)):  # type: ignore[arg-type]
        flooding, other = telegram.private_chat(), telegram.private_chat()
        flooding.says(f"{NIK} {NAME}")
        assert slow.asked.wait(PATIENCE)
        for _ in range(200):
            flooding.says("/privasi")
        telegram.wait_until_read()
        other.says("/start")
        assert other.expects_reply().text.startswith("Cek bantuan sosial")
        slow.let_go.set()
        # One answer, those that fitted into the queue, and the one sentence about the rest.
        told = [flooding.expects_reply().text for _ in range(min(WAITING, BURST))]
        assert len(told) == WAITING
        other.says("/start")
        assert other.expects_reply()
        last = flooding.expects_reply().text
        assert "terlalu cepat" in last
        other.says("/start")
        assert other.expects_reply()
        assert flooding.unread == []


def test_after_a_burst_one_chat_is_answered_at_its_pace(bot_services: Services, telegram: BotApiServer) -> None:
    with RunningBot(bot_services, replace(HASTE, answers=0.1)):
        chat = telegram.private_chat()
        since = time.monotonic()
        for _ in range(BURST + 2):
            chat.says("/start")
            chat.expects_reply()
        assert time.monotonic() - since >= 0.1


def test_a_hundred_people_at_once_are_all_answered(bot_services: Services, telegram: BotApiServer) -> None:
    with RunningBot(bot_services):
        chats = [telegram.private_chat() for _ in range(60)]
        for chat in chats:
            chat.says("/start")
        for chat in chats:
            assert chat.expects_reply()
