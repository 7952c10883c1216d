"""Before anything is sent, everything that will be is shown once, to be confirmed, changed or given up."""

from __future__ import annotations

import pytest

from salur.bot.chat.dialogues import QUESTIONS, Ask, Proposing
from salur.core.proposals.kinds import Kind
from tests.bot.proposals.test_proposing import CODE, answers, the_only_case
from tests.botapi.chats import Chat
from tests.fixtures.office import a_nik, born_in
from tests.fixtures.proposals import Chain

PROPOSED = ("Nur Hayati", "Tegal Gundil", "rt 3 rw 5", "<Kehilangan penghasilan>", "Suami tidak bekerja.")


def proposes(chat: Chat, nik: str) -> str:
    """Answer every question; gives the summary."""
    return answers(chat, "/ajukan", "<Usulkan penerima>", "<Keluarga saya sendiri>", nik, *PROPOSED)


def test_everything_that_will_be_sent_is_shown_and_of_the_number_only_the_end(chat: Chat, chain: Chain) -> None:
    nik = a_nik()
    assert proposes(chat, nik) == (
        "Belum terkirim. Usulan ini akan kami kirim begini:\n\n"
        "• Untuk siapa: Keluarga saya sendiri\n"
        f"• NIK: angka terakhir {nik[-4:]}\n"
        "• Nama: Nur Hayati\n"
        "• Kelurahan: Tegal Gundil, Kecamatan Bogor Utara\n"
        "• RT dan RW: RT 3 RW 5\n"
        "• Alasan: Kehilangan penghasilan\n"
        "• Keterangan: Suami tidak bekerja.\n\n"
        "Sudah benar? Tekan Kirim. Ada yang salah? Tekan Ubah."
    )
    assert chat.replies[-1].buttons == ("Kirim", "Ubah", "Batal")
    assert chain.waiting(chain.rt) == []


def test_one_answer_is_changed_without_typing_the_others_again(chat: Chat, chain: Chain) -> None:
    nik = a_nik()
    proposes(chat, a_nik())
    assert "Apa yang mau diubah?" in answers(chat, "<Ubah>")
    assert chat.replies[-1].buttons == (
        *("Untuk siapa", "NIK", "Nama", "Kelurahan", "RT dan RW", "Alasan", "Keterangan"),
        *("Tidak jadi diubah", "Batal"),
    )
    assert "• Nama: Nur Hayati Binti Udin" in answers(chat, "<Nama>", "Nur Hayati Binti Udin")
    assert f"• NIK: angka terakhir {nik[-4:]}" in answers(chat, "<Ubah>", "<NIK>", nik)
    assert "• Kelurahan: Cibogor, Kecamatan Bogor Tengah" in answers(chat, "<Ubah>", "<Kelurahan>", "cibogor")
    assert "• Kelurahan: Tegal Gundil" in answers(chat, "<Ubah>", "<Kelurahan>", "tegalgundil")
    assert "• Untuk siapa: Tetangga" in answers(chat, "<Ubah>", "<Untuk siapa>", "<Tetangga>")
    assert "• Keterangan: tidak ada" in answers(chat, "<Ubah>", "<Keterangan>", "<Tidak ada>")
    assert "• Nama: Nur Hayati Binti Udin" in answers(chat, "<Ubah>", "<Nama>", "<Tidak jadi diubah>")
    assert "Sudah kami terima" in answers(chat, "<Kirim>")
    case = the_only_case(chain, chain.rt)
    assert (case.said.name, case.said.whom, case.said.words) == ("Nur Hayati Binti Udin", "neighbour", "")
    assert case.birth_year == born_in(nik)


def test_a_changed_answer_that_asks_for_another_gets_it(chat: Chat, chain: Chain) -> None:
    nik = a_nik()
    answers(chat, "/ajukan", "<Usulkan penerima>", "<Tetangga>", nik, *PROPOSED[:-1], "<Tidak ada>")
    assert "Ceritakan keadaannya" in answers(chat, "<Ubah>", "<Alasan>", "<Alasan lain>")
    assert "• Keterangan: Rumahnya kebakaran." in answers(chat, "Rumahnya kebakaran.")
    assert "Mengapa belum punya NIK?" in answers(chat, "<Ubah>", "<NIK>", "<Belum punya NIK>")
    assert "• NIK: belum punya. Belum pernah didata" in answers(chat, "<Belum pernah didata>")
    answers(chat, "<Kirim>")
    case = the_only_case(chain, chain.rt)
    assert (case.said.no_nik, case.birth_year) == ("never_recorded", None)


def test_pressing_twice_sends_once(chat: Chat, chain: Chain) -> None:
    proposes(chat, a_nik())
    summary = chat.replies[-1]
    chat.presses("Kirim", on=summary)
    chat.presses("Kirim", on=summary)
    assert CODE.search(chat.expects_reply().text)
    assert "satu kali saja" in chat.expects_reply().text
    assert len(chain.waiting(chain.rt)) == 1
    assert "kami kabari di sini" in answers(chat, "<Kabari saya di sini>"), "the ticket is still in hand"
    answers(chat, "/batal")
    chat.presses("Kirim", on=summary)
    assert "Sudah dapat kode tiket? Berarti sudah terkirim" in chat.expects_reply().text
    assert len(chain.waiting(chain.rt)) == 1


def test_the_button_under_an_older_summary_sends_nothing(chat: Chat, chain: Chain) -> None:
    proposes(chat, a_nik())
    older = chat.replies[-1]
    answers(chat, "<Ubah>", "<Nama>", "Rukmini")
    chat.presses("Kirim", on=older)
    assert "Belum terkirim." in chat.expects_reply().text
    assert chain.waiting(chain.rt) == []
    answers(chat, "<Kirim>")
    assert the_only_case(chain, chain.rt).said.name == "Rukmini"


@pytest.mark.parametrize("typed", ["kirim", "Ya, kirim!", "benar"])
def test_the_word_on_the_button_may_be_typed(typed: str, chat: Chat, chain: Chain) -> None:
    answers(chat, "/ajukan", "<Laporkan potongan>", "<Kartu bantuan ditahan>", "<Tidak saya sebutkan>", "<RT>")
    assert "• Kelurahan: tidak disebutkan" in answers(chat, "Kartunya di warung.")
    assert answers(chat, "sebentar") == "Belum terkirim. Tekan Kirim, Ubah, atau Batal."
    assert "Apa yang mau diubah?" in answers(chat, "salah")
    assert "Belum terkirim." in answers(chat, "<Tidak jadi diubah>")
    assert "Sudah kami terima" in answers(chat, typed)
    assert len(chain.waiting(chain.dinsos)) == 1


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_ends_with_its_summary(kind: Kind) -> None:
    dialogue = Proposing.begin(kind)
    assert QUESTIONS[kind][-1] is Ask.SUMMARY
    assert set(dialogue.changeable) | {Ask.NO_NIK, Ask.SUMMARY} >= set(QUESTIONS[kind])
