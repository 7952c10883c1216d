"""From the answer to the act in the chat: one button, a summary, and it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from salur.core.tables.proposals import ProposalRow
from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.running import HASTE, RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Office, Recipient, Reported
from tests.fixtures.proposals import Chain, rows

NOT_RECEIVED, STILL, SEND = "Belum saya terima", "Saya masih berhak", "Kirim"
AGAIN = "Demi keamanan, ini hanya bisa dibuka 10 menit sesudah mengecek. Cek lagi dulu."


@pytest.fixture
def paid(office: Office) -> Recipient:
    """Listed, and paid as PT Pos says."""
    paid = Recipient(name="SITI MAESAROH", nik=NIK)
    office.publishes(paid)
    office.hears(Reported(nik=NIK, name=paid.name))
    return paid


def checks(chat: Chat) -> None:
    """Check, in one message."""
    chat.says(f"{NIK} {NAME}")
    chat.expects_reply()


def presses(chat: Chat, label: str) -> str:
    """Press the newest button of that name."""
    chat.presses(label)
    return chat.expects_reply().text


def test_what_was_paid_and_never_came_is_reported_with_its_facts(chat: Chat, paid: Recipient, chain: Chain) -> None:
    checks(chat)
    told = presses(chat, NOT_RECEIVED)
    for fact in ("Belum terkirim.", "Program Keluarga Harapan, Tahap 1 tahun 2026", "12 Februari 2026, di Kantor Pos",
                 "Atas nama: S. M.", "langsung ke Dinas Sosial"):  # fmt: skip
        assert fact in told
    assert chain.waiting(chain.dinsos) == []
    chat.says("Katanya sudah diambil orang.")
    assert "Keterangan: Katanya sudah diambil orang." in chat.expects_reply().text
    receipt = presses(chat, SEND)
    assert "Sudah kami terima." in receipt
    assert "kode ini dan nama penerimanya" in receipt
    (id,) = chain.waiting(chain.dinsos)
    said = chain.case(chain.dinsos, id).said
    assert (said.told and said.told.paid_on, said.words) == (date(2026, 2, 12), "Katanya sudah diambil orang.")


def test_pressed_twice_and_reported_again_it_is_one_ticket(
    chat: Chat, paid: Recipient, chain: Chain, services: Services
) -> None:
    checks(chat)
    presses(chat, NOT_RECEIVED)
    code = presses(chat, SEND).split("\n\n")[1]
    again = presses(chat, SEND)
    assert "satu kali saja" in again
    assert code in again
    checks(chat)
    presses(chat, NOT_RECEIVED)
    assert code in presses(chat, SEND)
    assert len(rows(services, ProposalRow)) == 1


def test_who_was_taken_off_says_that_they_are_still_entitled(chat: Chat, office: Office, chain: Chain) -> None:
    office.publishes(Recipient(name="SITI MAESAROH", nik=NIK), period="2025-T4")
    office.publishes(Recipient(name="EUIS"))
    checks(chat)
    told = presses(chat, STILL)
    assert "Terdaftar sampai: Tahap 4 tahun 2025" in told
    assert "Sanggahan" in told
    assert "Sudah kami terima." in presses(chat, SEND)
    (id,) = chain.waiting(chain.rt)
    assert chain.case(chain.rt, id).said.reason == "still_entitled"


def test_two_payments_have_a_button_each_that_says_which(chat: Chat, office: Office, paid: Recipient) -> None:
    office.publishes(paid, programme="SEMBAKO")
    office.hears(Reported(nik=NIK, name=paid.name), programme="SEMBAKO")
    checks(chat)
    assert "Program Sembako" in presses(chat, f"{NOT_RECEIVED}: SEMBAKO, Tahap 1 tahun 2026")
    assert "Program Keluarga Harapan" in presses(chat, f"{NOT_RECEIVED}: PKH, Tahap 1 tahun 2026")


def test_of_an_earlier_period_the_button_says_which(chat: Chat, office: Office, paid: Recipient) -> None:
    office.publishes(paid, period="2026-T2")
    checks(chat)
    assert f"{NOT_RECEIVED}: PKH, Tahap 1 tahun 2026" in chat.replies[-1].buttons
    assert NOT_RECEIVED not in chat.replies[-1].buttons


def test_the_button_of_an_older_answer_kindly_asks_to_check_again(
    bot_services: Services, telegram: BotApiServer, paid: Recipient
) -> None:
    chat = telegram.private_chat()
    with RunningBot(bot_services, replace(HASTE, patience=timedelta(seconds=0))):
        checks(chat)
        assert presses(chat, NOT_RECEIVED) == AGAIN
        assert "Cek orang lain" in chat.replies[-1].buttons


def test_nobody_else_can_press_it_and_a_made_up_one_opens_nothing(
    chat: Chat, telegram: BotApiServer, bot: RunningBot, paid: Recipient, services: Services
) -> None:
    checks(chat)
    data = chat.replies[-1].button(NOT_RECEIVED).data
    assert data is not None
    stranger, group = telegram.private_chat(), telegram.group_chat()
    stranger.says("/start")
    stranger.expects_reply()
    group.says("/bantuan")
    group.expects_reply()
    for forged in (data, "tentang:00000000:1"):
        stranger.forges(forged, stranger.replies[-1])
        assert stranger.expects_reply().text == AGAIN
    group.forges(data, group.replies[-1])
    assert "obrolan pribadi" in group.expects_reply().text
    chat.forges(data[:-1] + "9", chat.replies[-1])
    assert chat.expects_reply().text == AGAIN
    assert rows(services, ProposalRow) == []
