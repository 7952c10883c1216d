"""What is typed where a proposal asks for a name, and is none."""

from __future__ import annotations

from tests.bot.proposals.test_proposing import answers
from tests.botapi.chats import Chat
from tests.fixtures.proposals import Chain


def test_what_is_no_name_is_told_and_the_dialogue_waits_for_the_name(chat: Chat, chain: Chain) -> None:
    answers(chat, "/ajukan", "<Usulkan penerima>", "<Tetangga>", "<Belum punya NIK>")
    assert answers(chat, "<Bayi, belum didaftarkan>") == "Ketik nama yang diusulkan."
    assert answers(chat, "RT 03 RW 05") == "Ini RT, RW, atau alamat. Ketik namanya saja, seperti di KTP."
    assert answers(chat, "24 Februari 1980").startswith("Ini tanggal, bukan nama.")
    assert answers(chat, "kapan cair").startswith("Ini belum seperti nama."), "no question is answered in between"
    assert answers(chat, "ya").startswith("Ini belum seperti nama.")
    assert "Tinggal di kelurahan mana?" in answers(chat, "ya"), "he is called so"
    told = answers(chat, "/cek")
    assert told.startswith("Pengajuan tadi tidak terkirim, dan sudah kami lupakan.")
    assert "Ketik NIK" in told
