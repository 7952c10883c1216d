"""Who looked at my data, in the chat: one button after an answer, for as long as the bot remembers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from salur.core.proposals.kinds import Kind
from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.running import HASTE, RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Office, Recipient
from tests.fixtures.officers import Heads
from tests.fixtures.privacy import Looks
from tests.fixtures.proposals import Chain
from tests.fixtures.services import Clock

BUTTON, CORRECTION = "Siapa melihat data saya?", "Minta perbaikan data"
AGAIN = "Demi keamanan, ini hanya bisa dibuka 10 menit sesudah mengecek. Cek lagi dulu."

Ask = Callable[[str, str], str]


def presses(chat: Chat, label: str = BUTTON) -> str:
    """Press a button, and read what comes."""
    chat.reads_all()  # the place on the map, which may come after the answer
    chat.presses(label)
    return chat.expects_reply().text


def checks(chat: Chat, number: str = NIK, name: str = NAME) -> None:
    """Check, and wait for the place that comes after the answer."""
    chat.says(f"{number} {name}")
    chat.expects_venue()


def test_she_sees_who_looked(chat: Chat, listed: Recipient, looks: Looks, heads: Heads, clock: Clock) -> None:
    head = heads.create("rt")
    for what in ("list", "list", "search"):
        looks(head, what=what)
        clock.passes(minutes=1)
    clock.passes(days=1)
    checks(chat)
    told = presses(chat)
    assert told.startswith("Siapa yang melihat data Anda")
    assert "Sabtu, 21 Februari 2026\n• Orang yang tahu nomor dan nama: memeriksa nomor dan nama ini (Telegram)" in told
    assert "Jumat, 20 Februari 2026\n• Ketua RT: melihat daftar wilayahnya, 2 kali (situs Salur)" in told
    assert "• Ketua RT: mencari di daftar wilayahnya (situs Salur)" in told
    assert head.username not in told
    assert str(head.account) not in told


def test_what_is_kept_is_told_without_showing_it(chat: Chat, listed: Recipient) -> None:
    checks(chat)
    told = presses(chat)
    for fact in ("Atas nama: S. M.", "RT 003 RW 005, Tegal Gundil", "NIK, nomor KK, nama, alamat"):
        assert fact in told
    assert "diantar" not in told  # it would tell servers abroad of his health
    assert "MAESAROH" not in told.upper()


def test_a_miss_has_no_such_button(chat: Chat, ask: Ask, listed: Recipient) -> None:
    ask(NIK, "Budi Setiawan")
    assert BUTTON not in chat.replies[-1].buttons


def test_the_button_holds_nothing_and_nothing_is_sent_but_words(
    chat: Chat, telegram: BotApiServer, services: Services, listed: Recipient
) -> None:
    checks(chat)
    data = next(m for m in reversed(chat.replies) if BUTTON in m.buttons).button(BUTTON).data
    assert data is not None
    assert len(data) == len("lihat:") + 8
    presses(chat)
    checks(chat)
    other = next(m for m in reversed(chat.replies) if BUTTON in m.buttons).button(BUTTON).data
    assert other != data


def test_after_ten_minutes_one_checks_again(bot_services: Services, telegram: BotApiServer, listed: Recipient) -> None:
    chat = telegram.private_chat()
    with RunningBot(bot_services, replace(HASTE, patience=timedelta(seconds=0))):
        checks(chat)
        assert presses(chat) == AGAIN
        assert "Cek orang lain" in chat.replies[-1].buttons


def test_after_a_restart_one_checks_again(bot_services: Services, telegram: BotApiServer, listed: Recipient) -> None:
    chat = telegram.private_chat()
    with RunningBot(bot_services):
        checks(chat)
    with RunningBot(bot_services):
        assert presses(chat) == AGAIN


def test_what_the_core_no_longer_opens_is_told_the_same(chat: Chat, listed: Recipient, clock: Clock) -> None:
    checks(chat)
    clock.passes(minutes=15)
    assert presses(chat) == AGAIN


def test_batal_forgets_it(chat: Chat, listed: Recipient) -> None:
    checks(chat)
    chat.says("/batal")
    chat.expects_reply()
    assert presses(chat) == AGAIN


def test_the_button_of_an_older_answer_does_not_show_the_newer_person(
    chat: Chat, office: Office, listed: Recipient
) -> None:
    neighbour = Recipient(name="RUKMINI", rt=7)
    office.publishes(listed, neighbour)
    checks(chat)
    older = next(m for m in reversed(chat.replies) if BUTTON in m.buttons)
    checks(chat, str(neighbour.nik), neighbour.name)
    chat.presses(BUTTON, on=older)
    assert chat.expects_reply().text == AGAIN
    assert "RT 007" in presses(chat)


def test_a_button_made_up_or_of_another_chat_shows_nothing(
    chat: Chat, telegram: BotApiServer, bot: RunningBot, listed: Recipient
) -> None:
    checks(chat)
    answer = next(m for m in reversed(chat.replies) if BUTTON in m.buttons)
    stranger = telegram.private_chat()
    stranger.says("/start")
    stranger.expects_reply()
    for data in (answer.button(BUTTON).data, "lihat:00000000"):
        telegram.tell(
            "callback_query",
            {
                "id": str(telegram.new_id()),
                "from": stranger.person.as_json(),
                "chat_instance": "1",
                "data": data,
                "message": stranger.replies[-1].json,
            },
        )
        assert stranger.expects_reply().text == AGAIN


def test_she_has_it_corrected_without_saying_again_who_she_is(
    chat: Chat, listed: Recipient, services: Services, chain: Chain
) -> None:
    checks(chat)
    presses(chat)
    assert "Data apa yang salah?" in presses(chat, CORRECTION)
    chat.presses("Alamat salah")
    chat.expects_reply()
    chat.says("Rumah saya sekarang di Jl. Roda No. 7.")
    assert "• Keterangan: Rumah saya sekarang di Jl. Roda No. 7." in chat.expects_reply().text
    chat.presses("Kirim")
    receipt = chat.expects_reply()
    assert receipt.text.startswith("✅ Sudah kami terima.")
    assert "Kabari saya di sini" not in receipt.buttons
    (id,) = chain.waiting(chain.kelurahan)
    case = chain.case(chain.kelurahan, id)
    assert (case.entry.kind, case.birth_year) == (Kind.KOREKSI, 1980)


def test_a_correction_begun_too_late_asks_to_check_again(chat: Chat, listed: Recipient, clock: Clock) -> None:
    checks(chat)
    presses(chat)
    chat.says("/batal")
    chat.expects_reply()
    assert presses(chat, CORRECTION) == AGAIN
    checks(chat)
    presses(chat)
    presses(chat, CORRECTION)
    clock.passes(minutes=15)
    chat.presses("Alamat salah")
    chat.expects_reply()
    chat.says("Rumah saya sekarang di Jl. Roda No. 7.")
    chat.expects_reply()
    chat.presses("Kirim")
    assert "Periksa lagi nomor dan nama dulu." in chat.expects_reply().text
