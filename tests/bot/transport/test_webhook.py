"""The bot on a webhook: Telegram calls, strangers are turned away."""

from __future__ import annotations

import gc
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.running import RunningBot
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient

SECRET = "only-for-tests_0123456789"


@pytest.fixture
def webhook_services(bot_services: Services) -> Services:
    """Services whose bot listens on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    webhook: dict[str, Any] = {
        "telegram_webhook": f"http://{listen}/telegram/masuk",
        "telegram_webhook_secret": SECRET,
        "telegram_webhook_listen": listen,
    }
    return replace(bot_services, settings=replace(bot_services.settings, **webhook))


@pytest.fixture
def webhook(webhook_services: Services, telegram: BotApiServer) -> Iterator[RunningBot]:
    """The bot, called by Telegram."""
    with RunningBot(webhook_services) as running:
        telegram.wait_for_call("setWebhook")
        yield running


def test_the_whole_journey_goes_through_a_webhook_too(
    webhook: RunningBot, telegram: BotApiServer, listed: Recipient
) -> None:
    chat = telegram.private_chat()
    for said, answered in (
        ("/start", "Cek bantuan sosial"),
        (NIK, "NIK sudah kami baca"),
        (NAME, "Nama ini terdaftar"),
    ):
        chat.says(said)
        assert chat.expects_reply().text.startswith(answered)
    assert telegram.calls("getUpdates") == []


@pytest.mark.parametrize("secret", ["", "wrong", SECRET.upper(), SECRET + "x"])
def test_who_does_not_know_the_secret_is_turned_away(secret: str, webhook: RunningBot, telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    chat.says("/start")
    chat.expects_reply()
    stolen = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": chat.json, "text": f"{NIK} {NAME}"}}
    assert telegram.post_to_webhook(stolen, secret=secret) == 403
    chat.says("/bantuan")
    assert "lapor.go.id" in chat.expects_reply().text


def test_what_telegram_may_never_send_is_refused_without_being_logged(
    webhook: RunningBot, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"update_id": 1, "message": {"message_id": NIK, "date": "today", "chat": NAME}}
    assert telegram.post_to_webhook(broken, secret=SECRET) == 400
    assert "trouble at webhookhandler.py" in caplog.text
    assert NAME not in caplog.text


# Tornado leaves the socket that it could not bind to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_address_in_use_ends_the_bot(webhook_services: Services, telegram: BotApiServer) -> None:
    host, _, port = webhook_services.settings.telegram_webhook_listen.rpartition(":")
    with socket.create_server((host, int(port))), RunningBot(webhook_services) as running:
        assert isinstance(running.ends(), OSError)
    running.failure = None
    gc.collect()
