"""Telegram away, Telegram in a hurry, people who left: the bot goes on, and its log says so without details."""

from __future__ import annotations

import logging
from contextlib import ExitStack

import pytest

from salur.core.errors import ConfigError
from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.chats import Chat
from tests.botapi.rules import ApiError, bad_gateway, bad_request, forbidden, too_many_requests
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient
from tests.fixtures.processes import wait_until


def logged(caplog: pytest.LogCaptureFixture, *, level: int = logging.WARNING) -> str:
    """What stands in the log, from this level up."""
    return "\n".join(record.getMessage() for record in caplog.records if record.levelno >= level)


def until_logged(caplog: pytest.LogCaptureFixture, words: str) -> None:
    """Wait until something stands in the log."""
    wait_until(lambda: words in caplog.text, f"not logged: {words}")


@pytest.mark.parametrize("how", ["refuse", "502"])
def test_the_bot_waits_for_telegram_at_the_start(
    how: str, bot_services: Services, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    chat = telegram.private_chat()
    chat.says("/start")
    with ExitStack() as until_answered:
        with telegram.away(how):  # type: ignore[arg-type]
            until_answered.enter_context(RunningBot(bot_services))
            until_logged(caplog, "Telegram cannot be reached")
        assert chat.expects_reply()


def test_the_log_says_that_telegram_is_away_but_not_where(
    bot_services: Services, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fails("getMe", bad_gateway(), times=2)
    with RunningBot(bot_services):
        telegram.wait_for_call("getUpdates")
    assert logged(caplog).count("Telegram cannot be reached (NetworkError)") == 2
    assert "127.0.0.1" not in logged(caplog, level=logging.DEBUG)


def test_the_bot_can_be_stopped_while_telegram_is_away(bot_services: Services, telegram: BotApiServer) -> None:
    with telegram.away(), RunningBot(bot_services) as running:
        pass
    assert running.failure is None


@pytest.mark.parametrize("how", ["refuse", "502"])
def test_what_was_written_while_telegram_was_away_is_answered(
    how: str, chat: Chat, telegram: BotApiServer, listed: Recipient, caplog: pytest.LogCaptureFixture
) -> None:
    chat.says(NIK)
    chat.expects_reply()
    with telegram.away(how):  # type: ignore[arg-type]
        chat.says(NAME)
        until_logged(caplog, "Telegram cannot be reached")
    assert "terdaftar" in chat.expects_reply().text


@pytest.mark.parametrize("error", [bad_gateway(), ApiError(500, "Internal Server Error")])
def test_an_answer_that_did_not_get_through_is_sent_again(
    error: ApiError, chat: Chat, telegram: BotApiServer, listed: Recipient
) -> None:
    chat.says(NIK)
    chat.expects_reply()
    telegram.fails("sendMessage", error, times=2)
    chat.says(NAME)
    assert "terdaftar" in chat.expects_reply().text


def test_a_token_that_is_refused_while_running_is_tried_again(chat: Chat, telegram: BotApiServer) -> None:
    telegram.fails("getUpdates", ApiError(401, "Unauthorized"))
    telegram.fails("getUpdates", ApiError(404, "Not Found"))
    chat.says("/start")
    assert chat.expects_reply()


def test_a_wrong_token_ends_the_bot_with_the_name_of_the_setting(services: Services, telegram: BotApiServer) -> None:
    wrong = "7000000001:" + "B" * 35
    with RunningBot(telegram_of(services, telegram, telegram_token=wrong)) as running:
        failure = running.ends()
    assert isinstance(failure, ConfigError)
    assert failure.setting == "SALUR_TELEGRAM_TOKEN"
    assert wrong not in str(failure)


def test_without_a_token_there_is_no_bot(services: Services, telegram: BotApiServer) -> None:
    with RunningBot(telegram_of(services, telegram, telegram_token="")) as running:
        assert isinstance(running.ends(), ConfigError)


def test_a_429_is_waited_for_and_then_the_answer_comes(chat: Chat, telegram: BotApiServer) -> None:
    telegram.fails("sendMessage", too_many_requests(1))
    chat.says("/start")
    assert chat.expects_reply().text.startswith("Cek bantuan sosial")
    assert [call.status for call in telegram.calls("sendMessage")] == [429, 200]


def test_one_chat_that_telegram_wants_left_alone_for_long_stops_nobody_else(
    chat: Chat, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fails("sendMessage", too_many_requests(3600), times=2, chat=chat)
    chat.says("/start")
    telegram.wait_for_call("sendMessage", times=2)
    other = telegram.private_chat()
    other.says("/start")
    assert other.expects_reply()
    assert "no apology got through (NotForLong)" in logged(caplog)


@pytest.mark.usefixtures("menu")
def test_telegram_refusing_the_menu_for_hours_delays_nobody(bot_services: Services, telegram: BotApiServer) -> None:
    telegram.fails("setMyCommands", too_many_requests(7200))
    with RunningBot(bot_services):
        telegram.wait_for_call("setMyCommands")
        chat = telegram.private_chat()
        chat.says("/start")
        assert chat.expects_reply()


def test_a_second_bot_with_the_same_token_is_named_in_the_log(
    chat: Chat, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fails("getUpdates", ApiError(409, "Conflict: terminated by other getUpdates request"))
    chat.says("/start")
    chat.expects_reply()
    assert "Another process reads this bot's messages (409)" in logged(caplog)


def test_who_blocked_the_bot_is_forgotten_quietly(
    chat: Chat, telegram: BotApiServer, listed: Recipient, caplog: pytest.LogCaptureFixture
) -> None:
    chat.says(NIK)
    chat.expects_reply()
    telegram.fails("sendMessage", forbidden(), times=1, chat=chat)
    chat.says(NAME)
    telegram.wait_for_call("sendMessage", times=2)
    chat.says(NAME)
    assert "tidak tahu pesan ini lanjutan dari apa" in chat.expects_reply().text
    assert logged(caplog) == ""


def test_a_block_reported_by_telegram_forgets_the_number(chat: Chat, listed: Recipient) -> None:
    chat.says(NIK)
    chat.expects_reply()
    chat.blocks_the_bot()
    chat.unblocks_the_bot()
    chat.says(NAME)
    assert "tidak tahu pesan ini lanjutan dari apa" in chat.expects_reply().text


def test_a_message_that_cannot_be_deleted_is_said_so(chat: Chat, telegram: BotApiServer, listed: Recipient) -> None:
    telegram.fails("deleteMessage", bad_request("message can't be deleted"))
    message = chat.says(NIK)
    assert "tidak bisa kami hapus" in chat.expects_reply().text
    assert message not in chat.deleted
    telegram.fails("deleteMessage", bad_request("message can't be deleted for everyone"))
    chat.says(f"{NIK} {NAME}")
    answer = chat.expects_reply().text
    assert answer.startswith("Nama ini terdaftar")
    assert "tidak bisa kami hapus" in answer


def test_a_venue_that_telegram_does_not_take_leaves_the_answer(
    chat: Chat, telegram: BotApiServer, listed: Recipient
) -> None:
    telegram.fails("sendVenue", bad_request("wrong latitude"))
    chat.says(f"{NIK} {NAME}")
    assert "terdaftar" in chat.expects_reply().text
    chat.says("/start")
    assert chat.expects_reply().text.startswith("Cek bantuan sosial")


def test_a_press_too_old_to_be_answered_still_counts(chat: Chat, telegram: BotApiServer) -> None:
    chat.says("/start")
    chat.expects_reply()
    telegram.fails("answerCallbackQuery", bad_request("query is too old and response timeout expired"))
    chat.presses("Petunjuk")
    assert "lapor.go.id" in chat.expects_reply().text


class Broken:
    """A look-up whose database is away; its message holds what must not be logged."""

    def ask(self, *args: object, **kwargs: object) -> None:
        raise RuntimeError(f"[parameters: {NIK} {NAME}]")


def test_our_own_fault_is_said_to_be_ours_and_logged_without_data(
    services: Services, bot_services: Services, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    from dataclasses import replace

    with RunningBot(replace(bot_services, asking=Broken())):  # type: ignore[arg-type]
        chat = telegram.private_chat()
        chat.says(f"{NIK} {NAME}")
        assert chat.expects_reply().text == (
            "Maaf, Salur sedang terganggu. Data Anda tidak hilang. Coba lagi dalam beberapa menit."
        )
    assert "RuntimeError at" in logged(caplog)
    assert "parameters" not in logged(caplog)
