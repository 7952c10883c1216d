"""A message of which nobody knows what became of it: it may have come, so as few as possible are sent like that."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from salur.bot.chat.turn import ANSWERS_WITHIN
from salur.bot.notices.carrier import PATIENT
from salur.channels.sender import LONGEST_SENDING
from salur.core.limits.asker import Asker
from salur.core.lookup.answers import OnTheList
from salur.core.notices.channels import Channel
from salur.core.people.nik import Nik
from salur.wiring import Services
from tests.bot.notices.test_sender import queue, tries, until_done
from tests.bot.running import RunningBot, telegram_of
from tests.bot.transport.test_outages import until_logged
from tests.botapi.http import Answer, Received
from tests.botapi.rules import ApiError, bad_gateway
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient
from tests.fixtures.services import Clock

UNLINKED = "Obrolan ini tidak lagi terhubung dengan akun Salur."
SECOND = timedelta(seconds=1)
OUT_OF_ORDER = [bad_gateway(), ApiError(500, "Internal Server Error"), ApiError(401, "Unauthorized")]


@pytest.mark.parametrize("error", OUT_OF_ORDER)
def test_while_telegram_is_out_of_order_one_message_is_in_doubt_and_no_other(
    error: ApiError,
    bot: RunningBot,
    telegram: BotApiServer,
    bot_services: Services,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("salur.bot.notices.carrier.AWAY", SECOND)
    telegram.wait_for("a poll", lambda: telegram.is_polled)
    asked = len(telegram.calls("getMe"))
    telegram.fails("sendMessage", error)
    telegram.fails("getMe", error, times=2)
    first, *others = (telegram.private_chat() for _ in range(4))
    for chat in (first, *others):
        queue(bot_services, chat)
        clock.passes(seconds=0.001)
    until_logged(caplog, "Telegram does not answer")
    while len(telegram.calls("getMe")) < asked + 2:
        clock.passes(seconds=1)
        time.sleep(0.1)
    assert len(telegram.calls("sendMessage")) == 1
    while any(not chat.replies for chat in others):
        clock.passes(seconds=1)
        time.sleep(0.1)
    assert (first.replies, tries(bot_services)) == ([], [1, 0, 0, 0])
    clock.passes(minutes=5)
    assert first.expects_reply().text.startswith(UNLINKED)


class Slow(BotApiServer):
    """Telegram that takes what is sent at once, and says so `late`: in so many seconds."""

    late = 1.0

    def answer(self, received: Received) -> Answer:
        """Answer as always, of messages later."""
        answer = super().answer(received)
        time.sleep(self.late if received.method == "sendMessage" else 0)
        return answer


def test_an_answer_is_waited_for_longer_than_in_a_conversation_and_then_it_is_in_doubt(
    services: Services, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert ANSWERS_WITHIN < PATIENT < LONGEST_SENDING
    monkeypatch.setattr("salur.bot.notices.carrier.PATIENT", 0.3)
    with Slow() as telegram, RunningBot(telegram_of(services, telegram)):
        chat = telegram.private_chat()
        queue(services, chat)
        until_logged(caplog, "A message (unlinked) did not get through: TimedOut")
        assert (tries(services), len(chat.replies)) == ([1], 1)
        telegram.late = 0
        clock.passes(minutes=5)
        until_done(services)
        assert len(chat.replies) == 2


@pytest.mark.parametrize("status", [400, 403])
def test_a_page_of_a_proxy_ends_nobodys_following(
    status: int,
    bot: RunningBot,
    telegram: BotApiServer,
    bot_services: Services,
    listed: Recipient,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    chat = telegram.private_chat()
    answer = bot_services.lookup.ask(Nik.parse(listed.nik), listed.name, asker=Asker.chat(chat.id))
    assert isinstance(answer, OnTheList)
    assert bot_services.following.follow(Channel.TELEGRAM, str(chat.id), "id", answer.way_back)
    telegram.fails("sendMessage", ApiError(status, "chat not found", as_page=True))
    queue(bot_services, chat)
    until_logged(caplog, "A message (unlinked) did not get through")
    assert "another bot's" not in caplog.text  # that is not Telegram's word
    assert bot_services.following.count(Channel.TELEGRAM, str(chat.id)) == 1
    clock.passes(minutes=5)
    assert chat.expects_reply().text.startswith(UNLINKED)
