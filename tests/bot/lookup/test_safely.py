"""The button that opens the site's own form inside Telegram, and what is said beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from salur.config import Settings
from salur.web.app import create_app
from salur.wiring import Services
from tests.bot.conftest import NIK
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.launches import launch, person
from tests.fixtures.office import Recipient
from tests.fixtures.services import NOON
from tests.web.conftest import TOKEN as FORM_TOKEN
from tests.web.conftest import text_of

SITE = "https://salur.example"
BUTTON = "Cek dengan aman"
DIFFERENCE = (
    "🔒 Yang ditulis di sini lewat server Telegram di luar negeri; lewat Cek dengan aman, atau di https://salur.example,"
    " langsung ke server kota."
)
CLOSED = "nomor ini ditutup sampai"


@pytest.fixture
def settings(settings: Settings, telegram: BotApiServer) -> Settings:
    """Site and bot with the same token."""
    return replace(settings, telegram_token=telegram.token, public_url=SITE)


@pytest.fixture
def site(services: Services) -> Flask:
    """The site beside the bot."""
    return create_app(services)


@pytest.fixture
def without_https(services: Services, telegram: BotApiServer) -> Callable[[str], RunningBot]:
    """A bot whose site is at this address."""
    return lambda address: RunningBot(telegram_of(services, telegram, public_url=address))


@pytest.mark.parametrize("said", ["/start", "/cek", "halo", NIK[:-1]])
def test_where_the_number_is_asked_for_there_is_a_button(said: str, chat: Chat) -> None:
    chat.says(said)
    reply = chat.expects_reply()
    assert reply.button(BUTTON).page == f"{SITE}/aman"


@pytest.mark.parametrize("said", ["/start", "/cek"])
def test_the_difference_is_said_in_one_sentence(said: str, chat: Chat) -> None:
    chat.says(said)
    assert chat.expects_reply().text.endswith(DIFFERENCE)


def test_what_becomes_of_data_in_telegram_is_told_beside_the_way_around_it(chat: Chat) -> None:
    chat.says("/privasi")
    reply = chat.expects_reply()
    assert "server di luar negeri" in reply.text
    assert reply.button(BUTTON).page == f"{SITE}/aman"


def test_the_page_speaks_the_language_that_was_chosen_in_the_chat(chat: Chat) -> None:
    chat.says("/bahasa")
    chat.expects_reply()
    chat.presses("Basa Sunda")
    chat.expects_reply()
    chat.says("/cek")
    reply = chat.expects_reply()
    assert reply.button("Pariksa kalayan aman").page == f"{SITE}/aman?bahasa=su"


@pytest.mark.parametrize("address", ["", "http://salur.example"])
def test_without_https_there_is_no_button_and_nothing_said_of_it(
    address: str, without_https: Callable[[str], RunningBot], telegram: BotApiServer
) -> None:
    with without_https(address):
        chat = telegram.private_chat()
        for said in ("/start", "/cek", NIK[:-1], "/privasi"):
            chat.says(said)
            reply = chat.expects_reply()
            assert "terganggu" not in reply.text
            assert BUTTON not in reply.buttons
            assert BUTTON not in reply.text


def test_in_a_group_there_is_none(bot: RunningBot, telegram: BotApiServer) -> None:
    group = telegram.group_chat()
    for said in ("/start", "/cek"):
        group.says(said)
        assert BUTTON not in group.expects_reply().buttons


class Page:
    """The page, as Telegram opens it for whoever presses the button in this chat."""

    def __init__(self, site: Flask, chat: Chat, ago: int = 0) -> None:
        self._client = site.test_client()
        self._options = {"base_url": SITE, "environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
        user = person(chat.id, first_name=chat.person.first_name)
        data = launch(NOON.timestamp() - ago, user, token=site.extensions["salur"].settings.telegram_token)
        assert "langsung ke server kota" in self._sends("/aman", data=data)

    def _sends(self, address: str, **fields: str) -> str:
        found = FORM_TOKEN.search(self._client.get("/aman", **self._options).text)
        assert found
        fields["csrf_token"] = found[1]
        return text_of(self._client.post(address, data=fields, follow_redirects=True, **self._options))

    def asks(self, number: str, name: str) -> str:
        """Ask on the page."""
        return self._sends("/cek", nomor=number, nama=name)


@pytest.fixture
def both(
    chat: Chat, site: Flask, ask: Callable[[str, str], str]
) -> tuple[Callable[[str, str], str], Callable[[str, str], str]]:
    """To ask in the chat, and on the page that was opened from it."""
    return ask, Page(site, chat).asks


def test_three_misses_in_the_chat_close_the_page_and_the_chat_alike(
    both: tuple[Callable[[str, str], str], ...], listed: Recipient, site: Flask, telegram: BotApiServer
) -> None:
    in_chat, on_page = both
    assert listed.nik
    for name in ("Budi", "Joko", "Agus"):
        assert "tidak kami temukan" in in_chat(listed.nik, name)
    assert CLOSED in on_page(listed.nik, listed.name)
    assert CLOSED in in_chat(listed.nik, listed.name)
    assert "Nama ini terdaftar" in Page(site, telegram.private_chat()).asks(listed.nik, listed.name)


def test_misses_on_the_page_close_the_chat(both: tuple[Callable[[str, str], str], ...], listed: Recipient) -> None:
    in_chat, on_page = both
    assert listed.nik
    for name in ("Budi", "Joko"):
        assert "tidak kami temukan" in on_page(listed.nik, name)
    assert "tidak kami temukan" in in_chat(listed.nik, "Agus")
    assert CLOSED in in_chat(listed.nik, listed.name)
    assert CLOSED in on_page(listed.nik, listed.name)
