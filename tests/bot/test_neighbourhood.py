"""/daftar: a head reads the list of the neighbourhood in Telegram, with as little in it as will do."""

from __future__ import annotations

import dataclasses
import re

import pytest
from sqlalchemy import select

from salur.core.tables.people import EntitlementRow
from salur.core.tables.privacy import AccessRow
from tests.botapi.chats import Button, Message
from tests.fixtures.office import Announced, Recipient, Reported


@pytest.fixture
def head(heads, link, chat):
    """The head of RW 5, who writes in `chat`."""
    officer = heads.create("rw")
    link(officer, chat.id)
    return officer


@pytest.fixture
def people(office):
    """Ten people in RT 1 and RT 2, and one next door."""
    mother = Recipient(name="SITI MAESAROH", rt=1, care=True, amount=612_345)
    others = [Recipient(name=f"WARGA {chr(65 + n)}", rt=2) for n in range(9)]
    office.publishes(mother, *others, Recipient(name="TETANGGA", rw=6))
    office.hears(Reported(nik=others[0].nik), Reported(row=3, nik=others[1].nik, status="returned"))
    office.announces(Announced(), Announced(row=3, kind="home", place="Rumah"))
    return [mother, *others]


def made_up(on: Message, data: str) -> Message:
    """The message with a button that the bot never sent."""
    return dataclasses.replace(on, keyboard=((Button("x", data),),))


def test_a_head_gets_the_counts_first_and_then_a_few_lines(chat, head, people):
    chat.says("/daftar")
    reply = chat.expects_reply()
    told = reply.text
    assert told.startswith("Daftar RW 005, Tegal Gundil")
    for fact in ("Sudah dibayar: 1", "Belum dibayar: 8", "Dikembalikan: 1", "Belum diambil: 1", "Halaman 1 dari 2"):
        assert fact in told
    assert "1. Siti M., RT 001, PKH" in told
    assert "Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB, Kantor Kelurahan Tegal Gundil" in told
    assert len(re.findall(r"^\d+\. ", told, re.M)) == 8
    assert reply.buttons == ("Berikutnya ▶", "Belum diambil (1)", "RT 001", "RT 002")


def test_pages_the_waiting_and_one_rt_are_a_press_away(chat, head, people):
    chat.says("daftar")
    chat.presses("Berikutnya ▶", on=chat.expects_reply())
    second = chat.expects_reply()
    assert "9. Warga H." in second.text
    assert second.buttons[0] == "◀ Sebelumnya"
    chat.presses("Belum diambil (1)", on=second)
    waiting = chat.expects_reply()
    assert "1. Warga B., RT 002" in waiting.text
    assert "2. " not in waiting.text
    chat.presses("RT 001", on=waiting)
    nobody = chat.expects_reply()
    assert "Semua sudah mengambil." in nobody.text
    chat.presses("Semua keadaan", on=nobody)
    one = chat.expects_reply()
    assert one.text.startswith("Daftar RT 001 RW 005")
    assert "Siti M." in one.text
    chat.presses("Seluruh wilayah", on=one)
    assert "Halaman 1 dari 2" in chat.expects_reply().text


def test_as_little_as_will_do_passes_servers_abroad(chat, head, people, telegram):
    chat.says("/daftar")
    told = chat.expects_reply().text
    assert "Nama disingkat, tanpa NIK: pesan Telegram lewat server di luar negeri." in told
    chat.presses("RT 001")
    chat.expects_reply()
    mother = people[0]
    said = " ".join(message.text for message in chat.messages if message.from_bot)
    assert "Siti M." in said
    for secret in (mother.nik[-4:], mother.kk[-4:], "612.345", "iantar"):
        assert secret not in said
    for sent in telegram.requests:
        for secret in ("MAESAROH", "Maesaroh", "Rumah", "TETANGGA", "Tetangga"):
            assert secret not in sent.everything


def test_everyone_shown_in_telegram_gets_a_line_in_the_access_record(chat, head, people, services):
    chat.says("/daftar")
    chat.presses("RT 001", on=chat.expects_reply())
    chat.expects_reply()
    joined = select(AccessRow.door, AccessRow.what, AccessRow.role, EntitlementRow.id)
    joined = joined.join(EntitlementRow, EntitlementRow.person_id == AccessRow.person_id)
    with services.database.reading() as connection:
        rows = connection.execute(joined).all()
    assert {row[:3] for row in rows} == {("bot", "list", "rw")}
    assert len(rows) == 8 + 1


def test_a_chat_that_is_not_linked_is_told_how_and_shown_nobody(chat, people):
    chat.says("/daftar")
    told = chat.expects_reply().text
    assert "hanya untuk ketua RT, ketua RW, dan petugas" in told
    assert "https://salur.example/akun/telegram" in told
    assert "Ketik NIK: 16 angka di KTP." in told
    assert "Siti" not in told


@pytest.mark.parametrize("data", ["daftar:1:0:6:0", "daftar:1:0:6:1", "daftar:99999:1:999:999"])
def test_a_made_up_button_shows_nobody_elses_people(chat, head, people, data):
    chat.says("/daftar")
    chat.presses("x", on=made_up(chat.expects_reply(), data))
    told = chat.expects_reply().text
    assert "tidak berlaku" in told
    assert "Tetangga" not in told


@pytest.mark.parametrize("data", ["daftar:1:2:0:0", "daftar:", "daftar:1:0:0:0:0", "daftar:-1:0:0:0", "daftar:١:0:0:0"])
def test_a_button_that_is_none_is_refused(chat, head, people, data):
    chat.says("/daftar")
    chat.presses("x", on=made_up(chat.expects_reply(), data))
    assert "tidak berlaku" in chat.expects_reply().text


def test_after_unlinking_an_old_button_shows_nobody(chat, head, people, services):
    chat.says("/daftar")
    shown = chat.expects_reply()
    services.chat_links.unlink(head)
    chat.presses("Berikutnya ▶", on=shown)
    told = chat.expects_reply().text
    if "tidak lagi terhubung" in told:  # the notice of it may come first
        told = chat.expects_reply().text
    assert "hanya untuk ketua RT" in told
    assert "Warga" not in told


def test_in_a_group_nothing_is_shown(bot, telegram, head, people, chat):
    group = telegram.group_chat()
    group.says("/daftar")
    told = group.expects_reply().text
    assert "Daftar warga tidak ditampilkan di grup." in told
    assert "Siti" not in told


def test_an_office_with_many_kelurahan_is_sent_to_the_site(chat, heads, link, people):
    link(heads.create("kecamatan"), chat.id)
    chat.says("/daftar")
    assert "https://salur.example/wilayah" in chat.expects_reply().text


def test_a_kelurahan_chooses_an_rw_and_then_an_rt(chat, heads, link, people):
    link(heads.create("kelurahan"), chat.id)
    chat.says("/wilayah")
    first = chat.expects_reply()
    assert first.buttons[-2:] == ("RW 005", "RW 006")
    chat.presses("RW 006", on=first)
    next_door = chat.expects_reply()
    assert "1. Tetangga, RT 003" in next_door.text
    assert next_door.buttons[-2:] == ("RT 003", "Seluruh wilayah")


def test_before_any_list_that_is_said(chat, head):
    chat.says("/daftar")
    assert "Belum ada daftar untuk wilayah ini." in chat.expects_reply().text
