"""/tiket: the same words as on the site, the same counting, and news in the chat for whoever wants it."""

from __future__ import annotations

import pytest

from salur.core.proposal_steps import Kind, Step
from tests.bot.running import RunningBot
from tests.bot.test_proposals import answers
from tests.botapi import BotApiServer, Chat
from tests.fixtures.chain import Chain, a_draft
from tests.fixtures.heads import Heads
from tests.fixtures.services import Clock


@pytest.fixture
def ticket(chain: Chain) -> tuple[str, str]:
    """Code and last four digits of what Siti Maesaroh sent."""
    draft = a_draft()
    return chain.ticket(draft).code.grouped, draft.last_four or ""


@pytest.mark.parametrize("command", ["/tiket {}", "{}", "/start tiket-{}", "tiket|{}", "/tiket|{}"])
def test_code_and_digits_open_it_however_they_come(command: str, ticket: tuple[str, str], chat: Chat) -> None:
    code, digits = ticket
    bare = code.replace("-", "") if "start" in command else code
    for part in command.format(bare).split("|"):
        reply = answers(chat, part)
    assert "empat angka terakhir NIK" in reply
    message = chat.says(" ".join(digits))
    reply = chat.expects_reply().text
    assert reply.startswith("Usulan ini sekarang ada di RT/RW.")
    assert "20 Februari 2026: Kami terima. Diteruskan ke RT/RW." in reply
    assert message in chat.deleted


def test_a_code_of_digits_alone_is_not_taken_for_a_nik(chat: Chat) -> None:
    from salur.core.ticket_codes import TicketCode

    while True:
        code = TicketCode.new().grouped
        if sum(char.isdigit() for char in code) >= 10 or code.replace("-", "")[:10].isdigit():
            break
    assert "empat angka terakhir NIK" in answers(chat, f"/tiket {code}")


def test_wrong_digits_and_a_wrong_code_get_the_same_words_and_three_close_it(
    ticket: tuple[str, str], chat: Chat
) -> None:
    from salur.core.ticket_codes import TicketCode

    code, digits = ticket
    wrong = f"{(int(digits) + 1) % 10_000:04}"
    unknown = answers(chat, f"/tiket {TicketCode.new().grouped}", wrong)
    for _ in range(3):
        assert answers(chat, f"/tiket {code}", wrong) == unknown
    assert "ditutup" in answers(chat, f"/tiket {code}", digits)


def test_a_slip_in_the_code_is_told_apart_from_a_wrong_one(ticket: tuple[str, str], chat: Chat) -> None:
    code, _ = ticket
    other = "0" if code[0] != "0" else "1"
    assert "Periksa lagi" in answers(chat, f"/tiket {other}{code[1:]}")
    assert "empat angka terakhir NIK" in answers(chat, code)
    assert "Ketik empat angka saja" in answers(chat, "dua tiga")


def test_whoever_follows_is_told_of_each_step_without_names(ticket: tuple[str, str], chat: Chat, chain: Chain) -> None:
    code, digits = ticket
    assert "kami kabari di sini" in answers(chat, f"/tiket {code}", digits, "<Kabari saya di sini>")
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, words="Benar, keluarga ini susah.")
    news = chat.expects_reply()
    assert "sekarang ada di kelurahan" in news.text
    assert "SITI" not in news.text.upper()
    assert "susah" not in news.text
    assert news.buttons == ("Lihat tiket", "Berhenti dikabari")
    assert "tidak dikabari lagi" in answers(chat, "<Berhenti dikabari>")
    chain.decides(chain.kelurahan, id)
    assert "memang tidak dikabari" in answers(chat, "<Berhenti dikabari>")


def test_a_question_is_answered_in_the_chat(ticket: tuple[str, str], chat: Chat, chain: Chain) -> None:
    code, digits = ticket
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.ASKED, words="Berapa anaknya?")
    reply = answers(chat, f"/tiket {code}", digits)
    assert reply.startswith("Ada pertanyaan untuk Anda dari RT/RW.")
    assert "“Berapa anaknya?”" in reply
    done = answers(chat, "<Jawab pertanyaan>", "Tiga, masih SD.")
    assert "Jawaban sudah kami kirim." in done
    assert chain.case(chain.rt, id).history[-1].words == "Tiga, masih SD."


def test_who_is_rejected_reads_why_and_objects_once(ticket: tuple[str, str], chat: Chat, chain: Chain) -> None:
    code, digits = ticket
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.REJECTED, "well_off", "Ada warung.")
    reply = answers(chat, f"/tiket {code}", digits)
    for told in ("tidak disetujui RT/RW", "Alasannya: sudah mampu.", "“Ada warung.”", "Jumat, 6 Maret 2026"):
        assert told in reply
    assert "Keberatan sudah kami terima." in answers(chat, "<Tulis keberatan>", "Warung itu milik kakak saya.")
    assert chain.waiting(chain.kelurahan) == [id]
    assert "Tulis keberatan" not in chat.replies[-1].buttons


def test_a_ticket_is_out_of_hand_after_a_while(ticket: tuple[str, str], chat: Chat) -> None:
    code, digits = ticket
    answers(chat, f"/tiket {code}", digits, "/batal")
    assert "Buka lagi" in answers(chat, "<Kabari saya di sini>")


def test_a_linked_officer_hears_once_that_something_waits(chat: Chat, chain: Chain, heads: Heads, clock: Clock) -> None:
    link(chain, chat)
    chain.receives(a_draft(name="RINA WATI"))
    news = chat.expects_reply().text
    assert "Ada pengajuan baru untuk Anda." in news
    assert "Usulan" in news
    assert "RINA" not in news
    chain.receives()
    clock.passes(minutes=16)
    chain.receives()
    assert "Ada pengajuan baru" in chat.expects_reply().text
    chain.receives(a_draft(Kind.LAPORAN))
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
