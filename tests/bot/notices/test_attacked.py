"""What an office writes, or Telegram asks for, keeps nobody from being told."""

from __future__ import annotations

import time

from salur.wiring import Services
from tests.bot.notices.test_sender import queue
from tests.bot.transport.test_outages import until_logged
from tests.botapi.chats import Chat
from tests.botapi.rules import too_many_requests
from tests.botapi.server import BotApiServer
from tests.fixtures.services import Clock

DAY = {"starts": "2026-02-24T08:00+07:00", "ends": "2026-02-24T11:00+07:00", "zone": "Asia/Jakarta", "at_home": False}


def test_a_place_that_an_office_writes_in_pictures_fits_into_a_message(chat: Chat, bot_services: Services) -> None:
    one: dict[str, object] = {
        "kind": "date_set",
        "programme_name": "PKH",
        "period": "2026-T1",
        "payee": "S. M.",
        "aid": "a",
    }
    one["day"] = {**DAY, "place": "🏢" * 1200, "address": "🏢" * 1200}
    one |= dict.fromkeys(("was", "amount", "paid_on", "paid_at", "reason", "office"))
    queue(bot_services, chat, "news", follow=1, news=[one], refs=["f" * 16])
    assert chat.expects_reply().text.startswith("📅 Tanggalnya sudah ada.")


def test_a_429_that_names_a_time_that_is_over_is_asked_again_once_a_second_at_most(
    telegram: BotApiServer, chat: Chat, bot_services: Services, clock: Clock, caplog
) -> None:
    telegram.fails("sendMessage", too_many_requests(-30), times=2)
    queue(bot_services, chat)
    until_logged(caplog, "Messages (telegram) wait for 1 s")
    time.sleep(1.2)
    assert len(telegram.calls("sendMessage")) == 1
    for _ in range(2):
        clock.passes(seconds=1)
        time.sleep(1.1)
    assert "tidak lagi terhubung" in chat.expects_reply().text
    assert [request.status for request in telegram.calls("sendMessage")] == [429] * 2 + [200]
