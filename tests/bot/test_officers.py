"""Linking a chat: the code goes from the site to the bot, and its message is deleted."""

from __future__ import annotations

import pytest

from salur.core.officers.roles import Officer
from salur.wiring import Services
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.officers import Heads

BAD = "Kode itu tidak berlaku."
LINKED = "Obrolan ini sekarang terhubung dengan akun Ketua RW 005 Tegal Gundil."


@pytest.fixture
def head(heads: Heads) -> Officer:
    """The head of RW 5 in Tegal Gundil."""
    return heads.create("rw")


@pytest.mark.parametrize("words", ["/hubungkan {}", "/start ikat-{}", "/hubungkan  {} ", "/hubungkan ikat-{}"])
def test_a_head_sends_the_code_and_is_linked(words: str, chat: Chat, services: Services, head: Officer) -> None:
    sent = chat.says(words.format(services.chat_links.new_code(head)))
    told = chat.expects_reply().text
    assert LINKED in told
    assert "Tanpa NIK dan tanpa nama warga." in told
    assert "server di luar negeri" in told
    assert told.endswith("Pesan Anda sudah kami hapus.")
    assert sent in chat.deleted
    assert services.chat_links.officer_of(chat.id) == head


def test_without_a_code_the_bot_says_where_it_is_and_never_sends_one(
    chat: Chat, telegram: BotApiServer, services: Services, head: Officer
) -> None:
    code = services.chat_links.new_code(head)
    chat.says("/hubungkan")
    told = chat.expects_reply().text
    assert "https://salur.example/akun/telegram" in told
    assert "Salur tidak pernah mengirim kode kepada Anda." in told
    assert telegram.heard(code) == []


def test_a_wrong_code_is_refused_and_after_three_the_chat_waits(
    chat: Chat, telegram: BotApiServer, services: Services, head: Officer
) -> None:
    for _ in range(3):
        chat.says("/hubungkan AAAA-2222")
        assert BAD in chat.expects_reply().text
    code = services.chat_links.new_code(head)
    chat.says(f"/hubungkan {code}")
    assert "Sudah terlalu sering salah. Demi keamanan, coba lagi besok" in chat.expects_reply().text
    other = telegram.private_chat()
    other.says(f"/hubungkan {code}")
    assert LINKED in other.expects_reply().text


def test_a_chat_of_another_account_is_let_go_first(chat: Chat, services: Services, head: Officer, heads: Heads) -> None:
    chat.says(f"/hubungkan {services.chat_links.new_code(head)}")
    chat.expects_reply()
    second = heads.create("rt")
    code = services.chat_links.new_code(second)
    chat.says(f"/hubungkan {code}")
    told = chat.expects_reply().text
    assert "masih terhubung dengan akun lain" in told
    assert "005" not in told
    chat.says("/lepas")
    assert "tidak lagi terhubung" in chat.expects_reply().text
    chat.says(f"/hubungkan {code}")
    assert "Ketua RT 003 RW 005" in chat.expects_reply().text


def test_letting_go_twice_says_so(chat: Chat, services: Services, head: Officer) -> None:
    chat.says("/lepas")
    assert chat.expects_reply().text == "Obrolan ini tidak terhubung dengan akun Salur."
    assert services.chat_links.linked(head) is None


def test_unlinking_on_the_site_is_told_in_the_chat(chat: Chat, services: Services, head: Officer) -> None:
    chat.says(f"/hubungkan {services.chat_links.new_code(head)}")
    chat.expects_reply()
    services.chat_links.unlink(head)
    assert "tidak lagi terhubung dengan akun Salur" in chat.expects_reply().text


@pytest.mark.parametrize("words", ["/hubungkan {}", "/start ikat-{}"])
@pytest.mark.parametrize("admin", [True, False])
def test_in_a_group_a_code_is_refused_and_burnt(
    words: str, admin: bool, bot: RunningBot, telegram: BotApiServer, services: Services, head: Officer
) -> None:
    group, chat = telegram.group_chat(bot_is_admin=admin), telegram.private_chat()
    code = services.chat_links.new_code(head)
    group.says(words.format(code))
    told = group.expects_reply().text
    assert "Jangan tulis kode di grup." in told
    assert ("sudah kami hapus" in told) == admin
    chat.says(f"/hubungkan {code}")
    assert BAD in chat.expects_reply().text
    assert services.chat_links.linked(head) is None


def test_in_a_group_without_a_code_the_way_to_the_private_chat_is_shown(
    bot: RunningBot, telegram: BotApiServer
) -> None:
    group = telegram.group_chat()
    for command in ("/hubungkan", "/lepas"):
        group.says(command)
        assert group.expects_reply().buttons == ("Buka obrolan pribadi",)


def test_who_blocks_the_bot_is_linked_no_more_once_a_message_comes_back(
    chat: Chat, services: Services, head: Officer, telegram: BotApiServer
) -> None:
    chat.says(f"/hubungkan {services.chat_links.new_code(head)}")
    chat.expects_reply()
    chat.blocks_the_bot()
    with services.database.writing() as connection:
        services.notices.to_account(connection, head.account, "unlinked")
    telegram.wait_for("the link to go", lambda: services.chat_links.linked(head) is None or None)
    assert services.chat_links.officer_of(chat.id) is None
