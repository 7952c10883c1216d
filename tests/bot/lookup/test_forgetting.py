"""Nothing is remembered longer than needed, and the bot says politely that it forgot."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from salur.bot.chat.memory import Memory, Step
from salur.core.lookup.answers import Answer
from salur.core.people.nik import Nik
from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.running import HASTE, RunningBot
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient

LOST = "tidak tahu pesan ini lanjutan dari apa"


def test_after_a_restart_the_bot_has_lost_the_thread_and_says_how_to_go_on(
    bot_services: Services, telegram: BotApiServer, listed: Recipient
) -> None:
    chat = telegram.private_chat()
    with RunningBot(bot_services):
        chat.says(NIK)
        chat.expects_reply()
    chat.says(NAME)  # while the bot is away
    with RunningBot(bot_services):
        reply = chat.expects_reply()
        assert LOST in reply.text
        assert "Salur dinyalakan ulang" in reply.text
        chat.presses("Cek bantuan").expects_answer()
        assert "Ketik NIK" in chat.expects_reply().text


def test_buttons_from_before_a_restart_still_work(
    bot_services: Services, telegram: BotApiServer, listed: Recipient
) -> None:
    chat = telegram.private_chat()
    with RunningBot(bot_services):
        chat.says(f"{NIK} {NAME}")
        chat.expects_venue()
    with RunningBot(bot_services):
        chat.presses("📅 Simpan ke kalender")
        assert chat.expects_document()
        chat.presses("Cek orang lain")
        assert "Ketik NIK" in chat.expects_reply().text


def test_cancelling_after_a_restart_says_that_nothing_is_kept(bot_services: Services, telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    with RunningBot(bot_services):
        chat.says("/cek")
        chat.expects_reply()
    with RunningBot(bot_services):
        chat.presses("Batal")
        assert "Tidak ada nomor yang kami simpan." in chat.expects_reply().text


def test_an_unfinished_check_is_forgotten_after_a_while(
    bot_services: Services, telegram: BotApiServer, listed: Recipient
) -> None:
    with RunningBot(bot_services, replace(HASTE, patience=timedelta(seconds=0))):
        chat = telegram.private_chat()
        chat.says(NIK)
        chat.expects_reply()
        chat.says(NAME)
        assert LOST in chat.expects_reply().text


def test_the_number_leaves_memory_by_itself() -> None:
    async def story() -> None:
        memory = Memory(timedelta(seconds=0.01))
        memory.expect(1, Step.NAME, Nik.parse(NIK))
        while memory.holds_anything:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        assert memory.take(1).identity is None

    asyncio.run(story())


def test_the_number_is_out_of_memory_while_the_answer_is_awaited(
    bot_services: Services, telegram: BotApiServer, listed: Recipient
) -> None:
    memory, kept = Memory(), []

    class Watched:
        def ask(self, *args: Any, **kwargs: Any) -> Answer:
            kept.append(memory.holds_anything)
            return bot_services.lookup.ask(*args, **kwargs)

    with RunningBot(replace(bot_services, asking=Watched()), memory=memory):  # type: ignore[arg-type]
        chat = telegram.private_chat()
        chat.says(NIK)
        chat.expects_reply()
        assert memory.holds_anything
        chat.says(NAME)
        assert "terdaftar" in chat.expects_reply().text
    assert kept == [False]


def test_the_bot_writes_no_file(
    bot_services: Services, telegram: BotApiServer, listed: Recipient, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if "sqlite" not in path.name}
    with RunningBot(bot_services):
        chat = telegram.private_chat()
        chat.says(NIK)
        chat.expects_reply()
    assert {path for path in tmp_path.rglob("*") if "sqlite" not in path.name} == before
