"""/tiket: the same words as on the site, the same counting, and news in the chat for whoever wants it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from salur.core.errors import MalformedTicketCode
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.kinds import Kind, Step
from tests.bot.proposals.test_proposing import answers
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.office import a_nik
from tests.fixtures.officers import Heads
from tests.fixtures.proposals import Chain, a_plain_draft
from tests.fixtures.services import Clock

FOUR = ("Dewi", "Sari", "Asih", "Rina", "Wati", "Yati", "Tati", "Nani")
ASKED = "Sekarang ketik nama"


@pytest.fixture
def ticket(chain: Chain) -> tuple[str, str]:
    """Code and name of what Siti Maesaroh sent."""
    draft = a_plain_draft()
    return chain.ticket(draft).code.grouped, "Siti Maesarah"


@pytest.mark.parametrize(
    "command", ["/tiket {}", "{}", "/start tiket-{}", "tiket|{}", "/tiket|{}", "/cek {}", "/cek|{}"]
)
def test_code_and_name_open_it_however_they_come(command: str, ticket: tuple[str, str], chat: Chat) -> None:
    code, name = ticket
    bare = code.replace("-", "") if "start" in command else code
    for part in command.format(bare).split("|"):
        reply = answers(chat, part)
    assert reply.startswith("Kode tiket sudah kami baca.")
    assert ASKED in reply
    reply = answers(chat, name)
    assert reply.startswith("Usulan ini sekarang ada di RT/RW.")
    assert "20 Februari 2026: Kami terima. Diteruskan ke RT/RW." in reply


@pytest.mark.parametrize(
    "written", ["{} {}", "{}\n{}", "/tiket {} {}", "kode tiket: {}\nnama: {}", "Tiket {}, {}", "/cek {} {}"]
)
def test_code_and_name_in_one_message_open_it_and_the_message_is_deleted(
    written: str, ticket: tuple[str, str], chat: Chat
) -> None:
    message = chat.says(written.format(*ticket))
    reply = chat.expects_reply().text
    assert "Usulan ini sekarang ada di RT/RW." in reply
    assert "Pesan Anda sudah kami hapus." in reply
    assert message in chat.deleted


def test_a_number_is_taken_where_a_ticket_was_asked_for(chat: Chat, chain: Chain) -> None:
    nik = a_nik()
    answers(chat, "/tiket")
    message = chat.says(nik)
    assert "NIK" in chat.expects_reply().text
    assert message in chat.deleted
    assert "tidak kami temukan" in answers(chat, "Nur Hayati")


def test_a_code_of_digits_alone_is_not_taken_for_a_nik(chat: Chat) -> None:
    while True:
        code = TicketCode.new().grouped
        if sum(char.isdigit() for char in code) >= 10 or code.replace("-", "")[:10].isdigit():
            break
    assert ASKED in answers(chat, f"/tiket {code}")


def test_a_wrong_name_and_a_wrong_code_get_the_same_words_and_three_close_it(
    ticket: tuple[str, str], chat: Chat
) -> None:
    code, name = ticket
    unknown = answers(chat, f"/tiket {TicketCode.new().grouped}", name)
    for wrong in ("Dede Kurnia", "<Dikirim tanpa nama>", "0001"):
        assert answers(chat, f"/tiket {code}", wrong) == unknown
    assert "tiket ini ditutup" in answers(chat, f"/tiket {code}", name)


def test_digits_in_place_of_a_name_are_deleted_since_they_end_a_number(ticket: tuple[str, str], chat: Chat) -> None:
    answers(chat, f"/tiket {ticket[0]}")
    message = chat.says("0 0 0 1")
    chat.expects_reply()
    assert message in chat.deleted


def test_a_slip_in_the_code_is_told_apart_from_a_wrong_one(ticket: tuple[str, str], chat: Chat) -> None:
    code, _ = ticket
    other = "0" if code[0] != "0" else "1"
    assert "Periksa lagi" in answers(chat, f"/tiket {other}{code[1:]}")
    assert ASKED in answers(chat, code)
    assert "Ketik nama" in answers(chat, "?")


def passes_for_a_ticket(text: str) -> bool:
    """Whether its characters are those of a code."""
    with suppress(MalformedTicketCode):
        return bool(TicketCode.parse(text))
    return False


def test_a_name_of_three_times_four_letters_is_no_ticket(chat: Chat, chain: Chain) -> None:
    names = [f"{a} {b} {c}" for a in FOUR for b in FOUR for c in FOUR]
    name = next(name for name in names if passes_for_a_ticket(name))
    assert "tidak kami temukan" in answers(chat, a_nik(), name)


def test_whoever_follows_is_told_of_each_step_without_names(
    ticket: tuple[str, str], chat: Chat, chain: Chain, clock: Clock
) -> None:
    code, name = ticket
    assert "kami kabari di sini" in answers(chat, f"/tiket {code}", name, "<Kabari saya di sini>")
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, words="Benar, keluarga ini susah.")
    assert "Sampai pukul 12.10 petugas masih bisa membatalkannya." in answers(chat, f"/tiket {code}", name)
    clock.passes(minutes=10)
    news = chat.expects_reply()
    assert "sekarang ada di kelurahan" in news.text
    assert "SITI" not in news.text.upper()
    assert "susah" not in news.text
    assert news.buttons == ("Lihat tiket", "Berhenti dikabari")
    assert "tidak dikabari lagi" in answers(chat, "<Berhenti dikabari>")
    chain.decides(chain.kelurahan, id)
    assert "memang tidak dikabari" in answers(chat, "<Berhenti dikabari>")


def test_a_question_is_answered_in_the_chat(ticket: tuple[str, str], chat: Chat, chain: Chain) -> None:
    code, name = ticket
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.ASKED, words="Berapa anaknya?")
    reply = answers(chat, f"/tiket {code}", name)
    assert reply.startswith("Ada pertanyaan untuk Anda dari RT/RW.")
    assert "“Berapa anaknya?”" in reply
    assert "Tulisannya terlalu panjang." in answers(chat, "<Jawab pertanyaan>", "Tiga anak. " * 100)
    done = answers(chat, "Tiga, masih SD.")
    assert "Jawaban sudah kami kirim." in done
    assert chain.case(chain.rt, id).history[-1].words == "Tiga, masih SD."


def test_who_is_rejected_reads_why_and_objects_once(ticket: tuple[str, str], chat: Chat, chain: Chain) -> None:
    code, name = ticket
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.REJECTED, "well_off", "Ada warung.")
    reply = answers(chat, f"/tiket {code}", name)
    for told in ("tidak disetujui RT/RW", "Alasannya: sudah mampu.", "“Ada warung.”", "Jumat, 6 Maret 2026"):
        assert told in reply
    assert "Keberatan sudah kami terima." in answers(chat, "<Tulis keberatan>", "Warung itu milik kakak saya.")
    assert chain.waiting(chain.kelurahan) == [id]
    assert "Tulis keberatan" not in chat.replies[-1].buttons


def test_a_ticket_is_out_of_hand_after_a_while(ticket: tuple[str, str], chat: Chat) -> None:
    code, name = ticket
    answers(chat, f"/tiket {code}", name, "/batal")
    assert "Buka lagi" in answers(chat, "<Kabari saya di sini>")


def test_a_linked_officer_hears_once_that_something_waits(chat: Chat, chain: Chain, heads: Heads, clock: Clock) -> None:
    link(chain, chat)
    chain.receives(a_plain_draft(name="RINA WATI"))
    news = chat.expects_reply().text
    assert "Ada pengajuan baru untuk Anda." in news
    assert "Usulan" in news
    assert "RINA" not in news
    chain.receives()
    clock.passes(minutes=16)
    chain.receives()
    assert "Ada pengajuan baru" in chat.expects_reply().text
    chain.receives(a_plain_draft(Kind.LAPORAN))
    assert "Tidak ada yang sedang berjalan" in answers(chat, "/batal")


def link(chain: Chain, chat: Chat) -> None:
    """Link the chat to the RT's account, by the code that the site shows."""
    code = chain.services.chat_links.new_code(chain.rt)
    answers(chat, f"/hubungkan {code}")


def test_a_ticket_in_a_group_is_deleted_unopened(
    ticket: tuple[str, str], telegram: BotApiServer, bot: RunningBot
) -> None:
    group = telegram.group_chat(bot_is_admin=True)
    message = group.says(f"/tiket {ticket[0]}")
    assert "hanya di obrolan pribadi" in group.expects_reply().text
    assert message in group.deleted
