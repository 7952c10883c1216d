"""What leaves the process: log and requests. (Every test of this folder is watched as well, see conftest.)"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from salur.bot.__main__ import main
from salur.config import Settings
from salur.logs import LIBRARIES, quieten
from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_a_library_logs_is_told_without_its_words(library: str, caplog: pytest.LogCaptureFixture) -> None:
    quieten()
    caplog.set_level(logging.DEBUG)
    logger = logging.getLogger(f"{library}.somewhere")
    logger.info("https://api.telegram.org/bot700:secret/getMe")
    try:
        raise ValueError(NIK)
    except ValueError:
        logger.exception("%s", NAME)
    assert "secret" not in caplog.text
    assert NAME not in caplog.text
    assert NIK not in caplog.text
    assert "trouble at test_secrecy.py:" in caplog.text
    assert "(ValueError)" in caplog.text


def test_not_even_at_debug_does_the_token_show(
    bot_services: Services, telegram: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    with RunningBot(bot_services):
        for library in LIBRARIES:
            caplog.set_level(logging.DEBUG, logger=library)
        chat = telegram.private_chat()
        chat.says(f"{NIK} {NAME}")
        chat.expects_reply()
    # conftest looks for token, numbers and words in what was caught.
    assert any(record.name == "httpx" for record in caplog.records)


def test_the_name_typed_is_never_sent_back(chat: Chat, telegram: BotApiServer, listed: Recipient) -> None:
    for said in (NIK, NAME, f"{NIK} {NAME}", NIK, "Budi Setiawan"):
        chat.says(said)
        chat.expects_reply()
    for name in ("MAESAROH", "BUDI"):
        assert not any(name in request.everything.upper() for request in telegram.requests)


def test_what_buttons_send_back_is_nothing_personal(chat: Chat, listed: Recipient) -> None:
    for said in ("/start", NIK, NAME, "/jadwal", "/bahasa"):
        chat.says(said)
        chat.expects_reply()
    data = {button.data for message in chat.replies for row in message.keyboard for button in row}
    sent_back = {str(one).partition(":")[0] for one in data if one}
    assert sent_back == {"cek", "jadwal", "bantuan", "batal", "bahasa", "ics", "kabari", "lihat"}


def test_the_program_runs_answers_and_stops_without_a_word_of_it_in_its_output(
    settings: Settings, services: Services, telegram: BotApiServer, listed: Recipient
) -> None:
    environment = os.environ | {
        "SALUR_INSTANCE": settings.instance,
        "SALUR_DATABASE_URL": settings.database_url,
        "SALUR_KEYS_FILE": settings.keys_file,
        "SALUR_SECRET_KEY": settings.secret_key,
        "SALUR_TELEGRAM_TOKEN": telegram.token,
        "SALUR_TELEGRAM_API": telegram.url,
    }
    command = [sys.executable, "-m", "salur.bot"]
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        chat = telegram.private_chat()
        chat.says(f"{NIK} {NAME}")
        assert "terdaftar" in chat.expects_reply(timeout=150).text
        program.send_signal(signal.SIGTERM)
        output, errors = program.communicate(timeout=150)
    assert program.returncode == 0
    assert output == b""
    told = errors.decode()
    assert "The bot is connected" in told
    for secret in (telegram.token, NIK, NAME, str(chat.id), "http"):
        assert secret not in told


def test_without_a_token_the_program_names_the_setting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SALUR_TELEGRAM_TOKEN", raising=False)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("SALUR_INSTANCE", settings.instance)
    monkeypatch.setenv("SALUR_KEYS_FILE", settings.keys_file)
    monkeypatch.setenv("SALUR_SECRET_KEY", settings.secret_key)
    with monkeypatch.context() as within:  # where it writes its log to is closed before the next test
        within.setattr(logging.getLogger(), "handlers", logging.getLogger().handlers[:])
        assert main() == 2
    assert capsys.readouterr().err.startswith("SALUR_TELEGRAM_TOKEN is missing")
