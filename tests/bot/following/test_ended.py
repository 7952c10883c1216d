"""A payee ends in the chat what others follow of her, and they hear that it was ended."""

from __future__ import annotations

from tests.bot.conftest import NAME
from tests.bot.following.test_telling import checks, follows, mother, presses
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient

__all__ = ["follows", "mother"]
RECORD, END = "Siapa melihat data saya?", "Hentikan semuanya"


def test_a_neighbours_chat_hears_that_it_was_ended_and_she_sees_nobody_left(
    telegram: BotApiServer, bot: RunningBot, mother: Recipient, follows, chat: Chat
) -> None:
    neighbour = telegram.private_chat()
    follows(neighbour)
    neighbour.reads_all()
    checks(chat)
    told = presses(chat, RECORD)
    assert "Siapa yang dikabari\nBantuan ini berubah? Yang dikabari: 1 obrolan Telegram." in told.text
    assert END in told.buttons
    assert "Yang tadi dikabari: 1. Sekarang tidak ada lagi." in presses(chat, END).text
    heard = neighbour.expects_reply().text
    assert heard.startswith("Kabar ini dihentikan. Yang meminta: orang yang tahu nomor dan nama penerimanya.\n")
    assert "atas nama S. M.\n" in heard
    assert NAME not in heard
    told = presses(chat, RECORD)
    assert "Tidak ada yang minta dikabari" in told.text
    assert END not in told.buttons
