"""/edaran: heads read circulars in Telegram and press what they have done; everybody reads the public ones."""

from __future__ import annotations

import dataclasses

import pytest

from salur.core.circulars.answers import Standing
from tests.botapi.chats import Button, Chat, Message
from tests.fixtures.circulars import BANTAR_JATI, NUMBER, TITLE, a_circular, a_pdf


def made_up(chat: Chat, data: str) -> Message:
    """A message with a button that the bot never sent here."""
    shown = chat.messages or [chat.says("/batal"), chat.expects_reply()]
    return dataclasses.replace(shown[-1], keyboard=((Button("x", data),),))


@pytest.fixture
def dinsos(heads):
    """Who writes."""
    return heads.create("dinsos")


@pytest.fixture
def head(heads, link, chat):
    """The head of RT 2, who writes in `chat`."""
    officer = heads.create("rt", rt=2)
    link(officer, chat.id)
    return officer


def test_a_linked_head_is_told_reads_and_presses(services, dinsos, head, chat):
    id = services.circulars.write(dinsos, a_circular())
    told = chat.expects_reply()
    for said in (TITLE, NUMBER, "Surat dibagikan paling lambat Senin."):
        assert said in told.text
    assert told.buttons == ("Sudah dibaca", "Sudah disampaikan")
    chat.presses("Sudah dibaca")
    noted = chat.expects_reply()
    assert "Dicatat: sudah dibaca." in noted.text
    assert noted.buttons == ("Sudah disampaikan",)
    assert services.circulars.show(head, id).standing is Standing.READ
    chat.presses("Sudah disampaikan")
    assert "Dicatat: sudah disampaikan." in chat.expects_reply().text
    assert services.circulars.show(head, id).standing is Standing.PASSED_ON


def test_edaran_lists_what_waits_and_opens_it(services, dinsos, head, chat):
    for number in (1, 2):
        services.circulars.write(dinsos, a_circular(title=f"Edaran ke-{number}", text="a" * 900), a_pdf())
        assert "Baca semua" in chat.expects_reply().buttons
    chat.says("/edaran")
    listed = chat.expects_reply()
    assert "2 edaran menunggu Anda." in listed.text
    chat.presses("Edaran ke-2", on=listed)
    opened = chat.expects_reply()
    assert "a" * 900 in opened.text
    assert opened.buttons == ("Ambil PDF", "Sudah dibaca", "Sudah disampaikan")
    chat.presses("Ambil PDF", on=opened)
    assert chat.expects_document().file_name == "edaran-SE-Dinsos-460-88-2026.pdf"
    chat.presses("Sudah disampaikan", on=opened)
    assert "Masih ada 1 edaran yang menunggu" in chat.expects_reply().text


def test_who_has_not_read_it_is_reminded_and_reads_it_from_there(services, dinsos, head, chat, clock):
    services.circulars.write(dinsos, a_circular())
    chat.expects_reply()
    clock.passes(days=2)
    assert services.circulars.remind() == 1
    reminded = chat.expects_reply()
    assert "Edaran ini menunggu Anda" in reminded.text
    chat.presses("Baca edaran", on=reminded)
    assert "Tidak ada potongan." in chat.expects_reply().text


def test_everybody_else_gets_the_public_ones(services, dinsos, chat):
    chat.says("/edaran")
    assert "Belum ada edaran untuk umum." in chat.expects_reply().text
    services.circulars.write(dinsos, a_circular(title="Rahasia kantor"))
    id = services.circulars.write(dinsos, a_circular(public=True), a_pdf())
    chat.says("edaran")
    listed = chat.expects_reply()
    assert TITLE in listed.text
    assert "Rahasia" not in listed.text
    chat.presses(TITLE)
    opened = chat.expects_reply()
    assert f"https://salur.example/edaran/{id}" in opened.text
    assert opened.buttons == ("Ambil PDF",)
    chat.presses("Ambil PDF")
    chat.expects_document()


def test_a_group_reads_public_ones_only_even_if_it_were_linked(services, heads, dinsos, link, bot, telegram):
    services.circulars.write(dinsos, a_circular(title="Rahasia kantor"))
    services.circulars.write(dinsos, a_circular(public=True))
    group = telegram.group_chat()
    link(heads.create("rt"), group.id)
    group.says("/edaran")
    listed = group.expects_reply()
    assert TITLE in listed.text
    assert "Rahasia" not in listed.text
    group.presses(TITLE)
    assert "Tidak ada potongan." in group.expects_reply().text


def test_a_button_that_came_to_another_chat_does_nothing_there(services, heads, dinsos, link, chat, telegram):
    lurah = heads.create("kelurahan", area=BANTAR_JATI)
    link(lurah, chat.id)
    id = services.circulars.write(dinsos, a_circular())
    stranger = telegram.private_chat()
    for here, answer in ((chat, "bukan untuk wilayah Anda"), (stranger, "belum terhubung dengan akun petugas")):
        for press in ("baca", "sampai", "buka", "pdf"):
            message = made_up(here, f"edaran:{press}:{id}")
            here.presses("x", on=message)
            assert answer in here.expects_reply().text
    assert services.circulars.tree(dinsos, id).count.read == 0


def test_a_withdrawn_circular_is_taken_back_in_telegram_too(services, dinsos, head, chat):
    id = services.circulars.write(dinsos, a_circular())
    told = chat.expects_reply()
    services.circulars.withdraw(dinsos, id)
    assert "Edaran ini ditarik kembali" in chat.expects_reply().text
    chat.presses("Sudah dibaca", on=told)
    assert "sudah ditarik" in chat.expects_reply().text


def test_an_answer_says_where_the_circular_of_its_list_is_read(services, dinsos, listed, ask):
    id = services.circulars.write(dinsos, a_circular(number="SK Dinsos 460/12/2026", public=True))
    assert f"Baca suratnya: https://salur.example/edaran/{id}" in ask(listed.nik, "Siti Maesaroh")
