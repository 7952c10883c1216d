"""*Kabari saya*: by a button after an answer, with consent; then each change once, in the follower's own language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from salur.core.lists.kinds import State
from salur.core.notices.channels import Channel
from salur.core.tables.following import FollowRow
from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.running import HASTE, RunningBot
from tests.botapi.chats import Chat, Message
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.processes import wait_until
from tests.fixtures.proposals import Chain, rows
from tests.fixtures.services import Clock

BUTTON, STOP, NOT_RECEIVED, STILL = "Kabari saya", "Berhenti dikabari", "Belum saya terima", "Saya masih berhak"
AGAIN = "Demi keamanan, ini hanya bisa dibuka 10 menit sesudah mengecek. Cek lagi dulu."
GONE = "Keadaannya sudah berubah, atau Anda tidak dikabari lagi tentang ini. Cek lagi dulu."

Follow = Callable[[Chat], None]


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Siti Maesaroh, listed, of whom no day is known yet; and somebody else on the same list."""
    person = Recipient(name="SITI MAESAROH", nik=NIK)
    office.publishes(person, Recipient(name="EUIS KOMARIAH", nik="3271055505811012"))
    return person


def checks(chat: Chat) -> Message:
    """Check, in one message; gives the answer."""
    chat.says(f"{NIK} {NAME}")
    return chat.expects_reply()


def presses(chat: Chat, label: str) -> Message:
    """Press the newest button of that name."""
    chat.reads_all()
    chat.presses(label)
    return next(reply for reply in iter(chat.expects_reply, None) if reply.venue is None)


@pytest.fixture
def follows() -> Follow:
    """`follows(chat)`: check, and say that one wants to be told."""

    def begins(chat: Chat, yes: str = "Ya") -> None:
        checks(chat)
        presses(chat, BUTTON)
        presses(chat, yes)

    return begins


def test_she_is_asked_first_and_then_told(chat: Chat, mother: Recipient, office: Office, clock: Clock) -> None:
    checks(chat)
    asked = presses(chat, BUTTON)
    assert "lewat server di luar negeri" in asked.text
    assert "/berhenti" in asked.text
    assert asked.buttons == ("Ya", "Tidak")
    assert "Baik, kami kabari di sini." in presses(chat, "Ya").text
    office.announces(Announced())
    clock.passes(minutes=11)
    told = chat.expects_reply()
    assert told.text == (
        "📅 Tanggalnya sudah ada. Ambil bantuan: Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB, di Kantor Kelurahan"
        " Tegal Gundil. Jl. Achmad Adnawijaya No. 1.\n"
        "Program Keluarga Harapan, Tahap 1 tahun 2026, atas nama S. M.\n\n"
        "Bantuan diterima utuh. Tidak ada potongan. Ada yang minta bagian? Laporkan. Cara melapor:"
        " /bantuan"
    )
    assert told.buttons == (STOP,)


def test_without_consent_nothing_is_kept(chat: Chat, mother: Recipient, services: Services) -> None:
    checks(chat)
    presses(chat, BUTTON)
    assert rows(services, FollowRow) == []
    assert "tidak dikabari" in presses(chat, "Tidak").text
    assert rows(services, FollowRow) == []


def test_twice_is_once_and_it_stands_in_her_record(
    chat: Chat, mother: Recipient, follows: Follow, services: Services
) -> None:
    follows(chat)
    follows(chat)
    assert "sudah dikabari di sini" in chat.replies[-1].text
    assert len(rows(services, FollowRow)) == 1
    checks(chat)
    assert (
        "minta dikabari di Telegram kalau ada yang berubah (Telegram)" in presses(chat, "Siapa melihat data saya?").text
    )


def test_each_hears_in_their_own_language(
    telegram: BotApiServer, bot: RunningBot, mother: Recipient, follows: Follow, office: Office, clock: Clock
) -> None:
    spoken = {"id": "Ya", "en": "Yes", "su": "Muhun"}
    labels = {"id": BUTTON, "en": "Keep me informed", "su": "Wartosan abdi"}
    chats = {code: telegram.private_chat(language=code) for code in spoken}
    for code, chat in chats.items():
        checks(chat)
        presses(chat, labels[code])
        presses(chat, spoken[code])
    office.hears(Reported(nik=NIK, name=mother.name))
    clock.passes(minutes=11)
    told = {code: chat.expects_reply().text for code, chat in chats.items()}
    assert told["id"].startswith("✅ Sudah dibayarkan pada 12 Februari 2026 di Kantor Pos Bogor. Jumlahnya Rp600.000.")
    assert "Tidak Anda terima? Tekan Belum saya terima." in told["id"]
    assert "You did not receive it?" in told["en"]
    assert "Teu katampi?" in told["su"]


def test_a_moved_day_says_what_it_was(
    chat: Chat, mother: Recipient, follows: Follow, office: Office, clock: Clock
) -> None:
    office.announces(Announced())
    follows(chat)
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=11)
    told = chat.expects_reply().text
    assert told.startswith("⚠️ Jadwal berubah. Ambil bantuan: Kamis, 26 Februari 2026, pukul 08.00–11.00 WIB, di Kantor")
    assert "Dulu: Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB, di Kantor Kelurahan Tegal Gundil." in told


def test_what_to_bring_stands_in_reminders_alone(
    chat: Chat, mother: Recipient, follows: Follow, office: Office, clock: Clock
) -> None:
    follows(chat)
    office.announces(Announced())
    clock.passes(minutes=11)
    assert "Bawa" not in chat.expects_reply().text
    clock.now = dt.datetime(2026, 2, 24, 6, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    told = chat.expects_reply().text
    assert told.startswith("📅 Hari ini. Ambil bantuan: Selasa, 24 Februari 2026")
    assert "Bawa surat pemberitahuan, KTP asli, dan KK asli." in told


def test_a_list_that_is_taken_back_tells_nobody_and_one_that_stays_tells_once(
    chat: Chat, mother: Recipient, follows: Follow, office: Office, services: Services, clock: Clock
) -> None:
    follows(chat)
    other = Recipient(name="EUIS KOMARIAH", nik="3271055505811012")
    newer = office.publishes(replace(mother, state=State.TAKEN_OFF), other)
    services.lists.undo(newer, "wrong file")
    clock.passes(minutes=11)
    office.publishes(replace(mother, state=State.TAKEN_OFF, amount=1), other)
    clock.passes(minutes=61)
    told = chat.expects_reply()
    assert told.text.startswith("▪️ Di daftar Tahap 1 tahun 2026 nama ini tidak ada lagi.\nMasih berhak?")
    assert "Semua urusan bantuan gratis." in told.text
    assert told.buttons == (STILL, STOP)
    assert "Sanggahan" in presses(chat, STILL).text
    assert chat.unread == []


def test_what_never_came_is_on_the_desk_of_dinas_sosial_with_its_facts(
    chat: Chat, mother: Recipient, follows: Follow, office: Office, clock: Clock, chain: Chain
) -> None:
    follows(chat)
    office.hears(Reported(nik=NIK, name=mother.name))
    clock.passes(minutes=11)
    data = chat.expects_reply().button(NOT_RECEIVED).data
    assert data is not None
    assert len(data.encode()) <= 64
    clock.passes(days=3)
    summed = presses(chat, NOT_RECEIVED)
    assert "Program Keluarga Harapan, Tahap 1 tahun 2026" in summed.text
    assert "Atas nama: S. M." in summed.text
    assert {"Kirim", "Ubah", "Batal"} <= set(summed.buttons)
    assert "Sudah kami terima." in presses(chat, "Kirim").text
    (id,) = chain.waiting(chain.dinsos)
    told = chain.case(chain.dinsos, id).said.told
    assert told is not None
    assert told.paid_on == dt.date(2026, 2, 12)


def test_nobody_presses_the_button_of_another_and_a_made_up_one_opens_nothing(
    chat: Chat, telegram: BotApiServer, mother: Recipient, follows: Follow, office: Office, clock: Clock
) -> None:
    stranger, group = telegram.private_chat(), telegram.group_chat()
    for one, first in ((stranger, "/start"), (group, "/bantuan")):
        one.says(first)
        one.expects_reply()
    follows(chat)
    follow_button = next(m for m in chat.replies if BUTTON in m.buttons).button(BUTTON).data
    office.hears(Reported(nik=NIK, name=mother.name))
    clock.passes(minutes=11)
    data = chat.expects_reply().button(NOT_RECEIVED).data
    assert data is not None
    assert follow_button is not None
    id, ref = data.removeprefix("kabar:").split(":")
    for forged in (data, f"kabar:{int(id) + 1}:{ref}", f"kabar:{'9' * 19}:{ref}"):
        stranger.forges(forged, stranger.replies[-1])
        assert stranger.expects_reply().text == GONE
    for forged in (follow_button, f"{follow_button}:ya"):
        stranger.forges(forged, stranger.replies[-1])
        assert stranger.expects_reply().text == AGAIN
    chat.forges(f"kabar:{id}:{'0' * 16}", chat.replies[-1])
    assert chat.expects_reply().text == GONE
    for forged in (data, follow_button, f"{follow_button}:ya", "kabar:henti", "hapus:ya"):
        group.forges(forged, group.replies[-1])
        assert "obrolan pribadi" in group.expects_reply().text


def test_in_a_group_nobody_begins_or_ends_it(telegram: BotApiServer, bot: RunningBot) -> None:
    group = telegram.group_chat()
    for command in ("/berhenti", "/hapus"):
        group.says(command)
        assert "Salur memberi tahu jadwal" in group.expects_reply().text


def test_an_answer_that_is_forgotten_is_asked_for_again(
    bot_services: Services, telegram: BotApiServer, mother: Recipient
) -> None:
    chat = telegram.private_chat()
    with RunningBot(bot_services, replace(HASTE, patience=dt.timedelta(seconds=0))):
        checks(chat)
        assert presses(chat, BUTTON).text == AGAIN


def test_who_waits_too_long_with_yes_is_asked_to_check_again(
    chat: Chat, mother: Recipient, clock: Clock, services: Services
) -> None:
    checks(chat)
    presses(chat, BUTTON)
    clock.passes(minutes=16)
    assert "Periksa lagi nomor dan nama dulu." in presses(chat, "Ya").text
    assert rows(services, FollowRow) == []


def test_a_block_ends_it(
    chat: Chat, mother: Recipient, follows: Follow, office: Office, services: Services, clock: Clock
) -> None:
    follows(chat)
    chat.blocks_the_bot()
    office.announces(Announced())
    clock.passes(minutes=11)
    wait_until(lambda: not rows(services, FollowRow))
    assert services.following.count(Channel.TELEGRAM, str(chat.id)) == 0


def test_what_was_seen_before_the_bot_was_killed_is_sent_by_the_next_and_once(
    bot_services: Services, telegram: BotApiServer, mother: Recipient, follows: Follow, office: Office, clock: Clock
) -> None:
    chat = telegram.private_chat()
    with RunningBot(bot_services):
        follows(chat)
    office.announces(Announced())
    clock.passes(minutes=11)
    assert bot_services.following.sweep().told == 1
    assert len(bot_services.notices.take()) == 1  # and the process ends before it is sent
    with RunningBot(bot_services):
        clock.passes(minutes=3)
        assert "Tanggalnya sudah ada." in chat.expects_reply().text
    with RunningBot(bot_services), RunningBot(bot_services):
        clock.passes(minutes=30)
    assert chat.unread == []
