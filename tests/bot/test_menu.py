"""What Telegram shows of the bot, and its languages."""

from __future__ import annotations

import pytest

from salur.words.language import LANGUAGES
from salur.words.language import language as language_words
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer


@pytest.mark.usefixtures("menu")
def test_commands_and_descriptions_are_set_in_every_language(bot: RunningBot, telegram: BotApiServer) -> None:
    telegram.wait_for_call("setMyShortDescription", times=1 + len(LANGUAGES))
    profile = telegram.profile
    for code in ("", *LANGUAGES):
        names = [command["command"] for command in profile.commands[("default", code)]]
        assert names == "cek jadwal edaran ajukan tiket bantuan bahasa privasi berhenti hapus batal".split()
        assert 0 < len(profile.descriptions[code]) <= 512
        assert 0 < len(profile.short_descriptions[code]) <= 120


@pytest.mark.parametrize(
    ("language_code", "language"), [("id", "id"), ("en-GB", "en"), ("su", "su"), ("jv", "id"), (None, "id")]
)
def test_the_bot_speaks_the_language_of_the_persons_telegram(
    language_code: str | None, language: str, bot: RunningBot, telegram: BotApiServer
) -> None:
    chat = telegram.private_chat(language=language_code)
    chat.says("/batal")
    said = language_words(language)("Tidak ada yang sedang berjalan. Tidak ada nomor yang kami simpan.")
    assert chat.expects_reply().text == said


def test_a_language_is_chosen_by_a_button_and_kept(chat: Chat) -> None:
    chat.says("/bahasa")
    chat.expects_reply()
    chat.presses("Basa Sunda")
    assert "Basa Sunda" in chat.expects_reply().text
    chat.says("/batal")
    said = language_words("su")("Tidak ada yang sedang berjalan. Tidak ada nomor yang kami simpan.")
    assert chat.expects_reply().text == said


def test_start_offers_the_other_languages(chat: Chat) -> None:
    chat.says("/start")
    assert chat.expects_reply().buttons[-2:] == ("English", "Basa Sunda")
