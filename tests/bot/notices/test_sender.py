"""What Salur says of its own accord: sent once, however many bots run, and with nothing of it in the log."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from salur.bot.notices.buttons import BUTTONS
from salur.core.errors import DatabaseAway
from salur.core.notices.answers import Notice
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import MOST_TRIES
from salur.core.tables.notices import NoticeRow
from salur.wiring import Services
from salur.words.notices import NOTICES
from tests.bot.running import RunningBot
from tests.bot.transport.test_outages import logged, until_logged
from tests.botapi.chats import Chat
from tests.botapi.rules import ApiError, bad_request, forbidden, too_many_requests
from tests.botapi.server import BotApiServer
from tests.fixtures.processes import wait_until
from tests.fixtures.services import Clock

UNLINKED = "Obrolan ini tidak lagi terhubung dengan akun Salur."


def queue(services: Services, chat: Chat, code: str = "unlinked", language: str | None = None, **facts: Any) -> None:
    """Queue a message as a service does."""
    with services.database.writing() as connection:
        services.notices.to_chat(connection, chat.id, code, language, **facts)


def until_done(services: Services, count: int = 1) -> None:
    """Wait until so many messages are done with."""
    done = select(NoticeRow.id).where(NoticeRow.done_at.is_not(None))

    def are_done() -> bool:
        with services.database.reading() as connection:
            return len(connection.execute(done).all()) >= count

    wait_until(are_done)


def tries(services: Services) -> list[int]:
    """How often each message failed."""
    with services.database.reading() as connection:
        return list(connection.execute(select(NoticeRow.tries)).scalars())


def test_a_message_that_waits_is_sent(chat: Chat, services: Services) -> None:
    queue(services, chat)
    assert chat.expects_reply().text.startswith(UNLINKED)
    until_done(services)
    assert chat.unread == []


def test_what_was_queued_while_no_bot_ran_is_sent_when_one_does(bot_services: Services, telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    queue(bot_services, chat)
    with RunningBot(bot_services):
        assert chat.expects_reply().text.startswith(UNLINKED)


@pytest.mark.parametrize(("queued", "spoken"), [(None, "en"), ("su", "su")])
def test_a_message_comes_in_the_language_of_the_chat(
    queued: str | None, spoken: str, chat: Chat, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salur.bot.notices.carrier.NOTICES", {"unlinked": lambda facts, say: f"in {say.code}"})
    chat.says("/bahasa")
    chat.expects_reply()
    chat.presses("English")
    chat.expects_reply()
    queue(services, chat, language=queued)
    assert chat.expects_reply().text == f"in {spoken}"


def test_several_bots_send_one_message_once(bot_services: Services, telegram: BotApiServer) -> None:
    # The bots answer to one token, but only one may poll: the others stand for those behind a webhook.
    chats = [telegram.private_chat() for _ in range(30)]
    with RunningBot(bot_services), RunningBot(bot_services), RunningBot(bot_services):
        for chat in chats:
            queue(bot_services, chat)
        until_done(bot_services, len(chats))
    assert [len(chat.replies) for chat in chats] == [1] * len(chats)


def test_a_message_without_words_is_named_in_the_log_and_waits_for_who_has_them(
    chat: Chat, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    queue(services, chat, "of_tomorrow", secret="Tegal Gundil")
    until_logged(caplog, "A message (of_tomorrow) did not get through: there are no words for it")
    assert "Tegal" not in logged(caplog, level=logging.DEBUG)
    assert chat.replies == []
    assert tries(services) == [1]


def test_who_blocked_the_bot_is_told_nothing_more(
    chat: Chat, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    chat.refusal = "bot was blocked by the user"
    queue(services, chat)
    until_logged(caplog, "An address (telegram) takes no more messages")
    until_done(services)
    chat.refusal = None
    assert chat.replies == []


@pytest.mark.parametrize(
    "refused", [bad_request("chat not found"), forbidden("bot can't initiate conversation with a user")]
)
def test_with_another_bots_token_nobody_is_lost(
    chat: Chat,
    services: Services,
    telegram: BotApiServer,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    refused: ApiError,
) -> None:
    telegram.fails("sendMessage", refused)
    queue(services, chat)
    until_logged(caplog, "is the token another bot's?")
    until_logged(caplog, "A message (unlinked) did not get through")
    assert "takes no more messages" not in caplog.text
    clock.passes(minutes=5)
    assert chat.expects_reply().text.startswith(UNLINKED)


def test_what_telegram_refuses_waits_for_another_try(
    chat: Chat, services: Services, telegram: BotApiServer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fails("sendMessage", bad_request("message text is empty"))
    queue(services, chat)
    until_logged(caplog, "A message (unlinked) did not get through: BadRequest")
    assert chat.replies == []
    clock.passes(minutes=5)
    assert chat.expects_reply().text.startswith(UNLINKED)


def test_where_telegram_asks_for_patience_messages_wait_and_answers_go_on(
    chat: Chat, services: Services, telegram: BotApiServer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fails("sendMessage", too_many_requests(2), chat=chat)
    queue(services, chat)
    until_logged(caplog, "Messages (telegram) wait for 2 s")
    asking = telegram.private_chat()
    asking.says("/start")
    asking.expects_reply()
    assert chat.replies == []
    assert tries(services) == [0]
    clock.passes(seconds=2)
    assert chat.expects_reply().text.startswith(UNLINKED)
    assert len(chat.replies) == 1


def test_while_telegram_cannot_be_reached_nothing_is_given_up(
    chat: Chat,
    services: Services,
    telegram: BotApiServer,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("salur.bot.notices.carrier.AWAY", timedelta(seconds=0.1))
    telegram.wait_for_call("getUpdates")
    with telegram.away():
        queue(services, chat)
        for _ in range(MOST_TRIES + 1):
            caplog.clear()
            clock.passes(seconds=1)
            until_logged(caplog, "Messages (telegram) wait")
    clock.passes(seconds=1)
    assert chat.expects_reply().text.startswith(UNLINKED)
    assert tries(services) == [0]


def test_a_fault_in_the_words_of_one_message_stops_no_other(
    chat: Chat, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(facts: object, say: object) -> str:
        raise KeyError("Tegal Gundil")

    for place in ("salur.bot.notices.carrier", "salur.channels.sender"):
        monkeypatch.setattr(f"{place}.NOTICES", {**NOTICES, "faulty": faulty})
    queue(services, chat, "faulty")
    queue(services, chat)
    assert chat.expects_reply().text.startswith(UNLINKED)
    until_logged(caplog, "A message (faulty) did not get through: KeyError")
    assert "Tegal" not in caplog.text


def test_while_the_database_is_away_it_is_said_once_and_then_it_goes_on(
    bot_services: Services, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    class Away:
        asked = 0

        def take(self, most: int, channel: Channel) -> list[Notice]:
            self.asked += 1
            if self.asked <= 5:
                raise DatabaseAway("OperationalError")
            return bot_services.notices.take(most, channel)

        def __getattr__(self, name: str) -> object:
            return getattr(bot_services.notices, name)

    chat = telegram.private_chat()
    queue(bot_services, chat)
    with RunningBot(replace(bot_services, notices=Away())):  # type: ignore[arg-type]
        assert chat.expects_reply().text.startswith(UNLINKED)
    assert logged(caplog).count("Messages wait: the database is away (OperationalError)") == 1


def test_circulars_are_brought_to_mind_by_the_loop(bot_services: Services, telegram: BotApiServer) -> None:
    chat = telegram.private_chat()

    class Circulars:
        def remind(self) -> None:
            queue(bot_services, chat)

    with RunningBot(replace(bot_services, circulars=Circulars())):  # type: ignore[arg-type]
        assert chat.expects_reply().text.startswith(UNLINKED)
        until_done(bot_services)
    assert len(chat.replies) == 1  # the next time is ten minutes later


def test_every_code_with_buttons_has_words() -> None:
    assert set(BUTTONS) <= set(NOTICES) | {"circular", "circular_reminder"}
