"""From the site to the chat: who asks inside Telegram, past its servers, is told of changes in the chat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from salur.config import Settings
from salur.core.notices.channels import Channel
from salur.core.officers.roles import Role
from salur.core.proposals.kinds import Kind
from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.launches import launch, person
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.officers import Heads
from tests.fixtures.services import Clock, site_of
from tests.web.conftest import read_off, text_of
from tests.web.following.conftest import Follower


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With the bot of our Bot API server."""
    return replace(settings, telegram_token=BotApiServer.token)


@pytest.fixture
def chat(telegram: BotApiServer) -> Chat:
    """A private chat with the bot."""
    return telegram.private_chat()


@pytest.fixture
def runs(services: Services, telegram: BotApiServer) -> Iterator[None]:
    """The bot, beside the site."""
    with RunningBot(telegram_of(services, telegram)):
        yield


@pytest.fixture
def opens(services: Services, clock: Clock, chat: Chat) -> Callable[[], Follower]:
    """`opens()`: press *Cek dengan aman* in the chat; gives the page."""

    def opened() -> Follower:
        page = Follower(site_of(services))
        data = launch(clock.now.timestamp(), person(chat.id, language_code="en"), token=BotApiServer.token)
        assert page.presses("/aman", data=data).status_code == 303
        return page

    return opened


def test_what_was_agreed_to_on_the_page_is_told_in_the_chat_and_ends_there(
    runs: None, chat: Chat, opens: Callable[[], Follower], services: Services, office: Office, clock: Clock
) -> None:
    mother = Recipient()
    office.publishes(mother)
    page = opens()
    page.asks(mother.nik, mother.name)
    assert page.presses("/kabar/telegram", "/kabar").headers["Location"] == "/kabar/telegram"
    office.announces(Announced())
    clock.passes(minutes=11)
    told = chat.expects_reply()
    assert "24 February 2026" in told.text  # in the language of the page, which was that of their Telegram
    chat.says("/berhenti")
    chat.expects_reply()
    assert services.following.count(Channel.TELEGRAM, str(chat.id)) == 0


def test_that_the_money_never_came_is_on_the_desk_and_counted_for_the_chat(
    opens: Callable[[], Follower], services: Services, office: Office, heads: Heads, chat: Chat
) -> None:
    paid = Recipient()
    office.publishes(paid)
    office.hears(Reported(nik=paid.nik))
    page = opens()
    page.opens("/bahasa/id")
    answer = page.asks(paid.nik, paid.name)
    token = read_off(r'name="csrf_token" value="([^"]+)"', answer.text)
    key = read_off(r'action="/pengajuan/tentang".*?name="kunci" value="([^"]+)"', answer.text)
    record = read_off(r'action="/data-saya".*?name="kunci" value="([^"]+)"', answer.text)

    def posts(address: str, **fields: str):
        return page.client.post(address, data={"csrf_token": token, **fields}, follow_redirects=True)

    assert "Belum saya terima" in answer.text
    posts("/pengajuan/tentang", kunci=key)
    assert "tiket" in text_of(posts("/pengajuan/tentang", kunci=key, cerita=""))
    (case,) = services.casework.page(heads.create(Role.DINSOS)).entries
    assert case.kind is Kind.LAPORAN
    mine = text_of(posts("/data-saya", kunci=record))
    assert "memeriksa nomor dan nama ini" in mine
    for _ in range(19):  # twenty an hour from one chat; an address that a village shares has two hundred
        assert posts("/pengajuan/tentang", kunci=key, cerita="").status_code == 200
    assert posts("/pengajuan/tentang", kunci=key, cerita="").status_code == 429
