"""A running bot on real services, people who write to it, and a watch over what leaks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

import pytest

from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Announced, Office, Recipient

NIK, KK, UNKNOWN_NIK = "3271055505804711", "3271051203114711", "3271055505800815"
NAME = "Siti Maesaroh"
LONG_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: to the bot it makes no difference, and the core is tested on both."""
    return sqlite_url


@pytest.fixture
def bot_services(services: Services, telegram: BotApiServer) -> Services:
    """The services with the settings of this Telegram, and a site to point to."""
    return telegram_of(services, telegram, public_url="https://salur.example")


@pytest.fixture
def bot(bot_services: Services) -> Iterator[RunningBot]:
    """The bot, polling."""
    with RunningBot(bot_services) as running:
        yield running


@pytest.fixture
def chat(bot: RunningBot, telegram: BotApiServer) -> Chat:
    """A person who writes to the running bot."""
    return telegram.private_chat()


@pytest.fixture
def listed(office: Office) -> Recipient:
    """Siti Maesaroh, listed, with a sitting on Tuesday 24 February 2026."""
    person = Recipient(name="SITI MAESAROH", nik=NIK, kk=KK, letter_code="PBP0040")
    office.publishes(person)
    office.announces(Announced())
    return person


@pytest.fixture
def ask(chat: Chat) -> Callable[[str, str], str]:
    """Ask as people do, number and then name; gives the text of the answer."""

    def asks(number: str, name: str) -> str:
        chat.says(number)
        chat.expects_reply()
        chat.says(name)
        return chat.expects_reply().text

    return asks


@pytest.fixture(autouse=True)
def _nothing_leaks(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """After each test: no number, words, chat or token in any log record, and no number in anything sent."""
    if "bot_services" not in request.fixturenames:
        yield
        return
    telegram: BotApiServer = request.getfixturevalue("telegram")
    caplog.set_level(logging.DEBUG)
    yield
    records = [record for phase in ("setup", "call", "teardown") for record in caplog.get_records(phase)]
    logged = "\n".join(f"{record.getMessage()} {record.exc_info} {record.exc_text}" for record in records)
    assert not LONG_NUMBER.search(logged)
    assert telegram.token not in logged
    for chat in telegram.chats:
        assert str(chat.id) not in logged
        for said in (message.text for message in chat.messages + chat.deleted if not message.from_bot):
            assert len(said) < 5 or said not in logged
    for sent in telegram.requests:
        assert not LONG_NUMBER.search(sent.everything.replace(" ", "")), f"a number was sent by {sent.method}"
