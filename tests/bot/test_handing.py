"""/surat: a head says in Telegram which letters were handed over, with as little in the messages as will do."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import select

from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role
from salur.core.tables.letters import LetterRow
from salur.core.tables.privacy import AccessRow
from tests.botapi.chats import Button, Message
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient


@pytest.fixture
def head(heads, link, chat):
    """The head of RW 5, who writes in `chat`."""
    officer = heads.create(Role.RW)
    link(officer, chat.id)
    return officer


@pytest.fixture
def printed(office, press):
    """Seven letters of RT 3, one of RT 4 and one of next door."""
    mother = Recipient(name="SITI MAESAROH", address="Jl. Roda No. 1")
    others = [Recipient(name=f"WARGA {chr(65 + n)}", address=f"Jl. Roda No. {n + 2}") for n in range(6)]
    office.publishes(mother, *others, Recipient(name="ASEP", rt=4), Recipient(name="TETANGGA", rw=6))
    office.announces(Announced())
    return press.prints()


def made_up(on: Message, data: str) -> Message:
    """The message with a button that the bot never sent."""
    return dataclasses.replace(on, keyboard=((Button("x", data),),))


def ids(services, *, rw: int) -> dict[str, int]:
    """Letters by name, as the head of an RW has them."""
    from tests.fixtures.officers import Heads

    officer = Heads(services).create(Role.RW, rw=rw)
    return {one.name: one.id for one in services.handing.letters(officer, door=Door.SITE).letters}


def test_a_head_says_which_letter_was_handed_over_and_takes_it_back(chat, head, printed):
    chat.says("/surat")
    first = chat.expects_reply()
    assert first.text.startswith("Surat RW 005, Tegal Gundil\nBelum diserahkan: 8. Sudah: 0.")
    assert "1. Siti M., RT 003, PKH\n✉️ 3271/000001\n📅 Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB" in first.text
    assert first.buttons[:2] == ("1. Sudah diserahkan", "2. Sudah diserahkan")
    chat.presses("1. Sudah diserahkan", on=first)
    done = chat.expects_reply()
    assert done.text.startswith("✅ Dicatat: surat Siti M., 3271/000001 sudah diserahkan.")
    assert "Belum diserahkan: 7. Sudah: 1." in done.text
    assert "1. Warga A." in done.text
    assert done.buttons[0] == "Batalkan"
    chat.presses("Batalkan", on=done)
    back = chat.expects_reply()
    assert back.text.startswith("✅ Dibatalkan: 1 surat belum diserahkan.")
    assert "1. Siti M." in back.text


def test_pages_and_one_rt_are_a_press_away(chat, head, printed):
    chat.says("surat")
    first = chat.expects_reply()
    assert first.buttons[-3:] == ("Berikutnya ▶", "RT 003/005 (7)", "RT 004/005 (1)")
    chat.presses("Berikutnya ▶", on=first)
    second = chat.expects_reply()
    assert "8. Asep, RT 004" in second.text
    chat.presses("RT 004/005 (1)", on=first)
    one = chat.expects_reply()
    assert one.text.startswith("Surat RT 004 RW 005, Tegal Gundil")
    chat.presses("1. Sudah diserahkan", on=one)
    assert "Semua surat sudah diserahkan. Terima kasih." in chat.expects_reply().text
    chat.presses("Seluruh wilayah", on=one)
    assert "Belum diserahkan: 7. Sudah: 1." in chat.expects_reply().text


def test_as_little_as_will_do_passes_servers_abroad(chat, head, printed, telegram):
    chat.says("/surat")
    chat.presses("1. Sudah diserahkan", on=chat.expects_reply())
    chat.expects_reply()
    for sent in telegram.requests:
        for secret in ("MAESAROH", "Maesaroh", "Roda", "TETANGGA", "Tetangga"):
            assert secret not in sent.everything


def test_pressed_twice_or_too_late_it_says_so(chat, head, printed, clock):
    chat.says("/surat")
    first = chat.expects_reply()
    chat.presses("1. Sudah diserahkan", on=first)
    done = chat.expects_reply()
    chat.presses("1. Sudah diserahkan", on=first)
    assert chat.expects_reply().text.startswith("✅ Sudah dicatat sebelumnya.")
    clock.passes(minutes=11)
    chat.presses("Batalkan", on=done)
    assert chat.expects_reply().text.startswith("⚠️ Tidak bisa dibatalkan lagi.")


def test_a_letter_that_was_replaced_is_not_handed_over(chat, head, printed, press, clock, services):
    chat.says("/surat")
    before = chat.expects_reply()
    clock.passes(hours=1)
    press.prints()
    chat.presses("1. Sudah diserahkan", on=before)
    told = chat.expects_reply()
    assert told.text.startswith("⚠️ Surat itu sudah diganti atau ditarik. Jangan diserahkan")
    assert "Batalkan" not in told.buttons
    with services.database.reading() as connection:
        assert set(connection.execute(select(LetterRow.handed_at)).scalars()) == {None}


def test_a_made_up_button_touches_nobody_elses_letters(chat, head, printed, services):
    neighbour = ids(services, rw=6)["TETANGGA"]
    chat.says("/surat")
    shown = chat.expects_reply()
    for data in (f"serah:{neighbour}:1:0:0", f"bataserah:{neighbour}:1:0:0", f"serah:{neighbour}:1:6:3"):
        chat.presses("x", on=made_up(shown, data))
        told = chat.expects_reply().text
        assert "Tetangga" not in told
        assert "diserahkan." not in told.partition("\n")[0]
    for data in (
        "surat:1:6:0",
        "surat:1:6:3",
        "serah:99999999999999999999:1:0:0",
        "serah:9999999999999999999:1:0:0",
        "serah:x",
    ):
        chat.presses("x", on=made_up(shown, data))
        assert "Tetangga" not in chat.expects_reply().text
    assert ids(services, rw=6) == {"TETANGGA": neighbour}


def test_juru_bayar_looks_on(chat, heads, link, printed):
    link(heads.create(Role.PAYOUT, TEGAL_GUNDIL), chat.id)
    chat.says("/surat")
    told = chat.expects_reply()
    assert "Anda hanya melihat." in told.text
    assert not any("Sudah diserahkan" in label for label in told.buttons)


def test_everyone_shown_leaves_a_line_in_the_access_record(chat, head, printed, services):
    chat.says("/surat")
    chat.presses("1. Sudah diserahkan", on=chat.expects_reply())
    chat.expects_reply()
    with services.database.reading() as connection:
        handed = select(AccessRow.door, AccessRow.role).where(AccessRow.what == "handed")
        assert connection.execute(handed).all() == [("bot", "rw")]
        looks = select(AccessRow.person_id).where(AccessRow.what == "list", AccessRow.door == "bot")
        assert len(set(connection.execute(looks).scalars())) == 7


def test_where_nothing_waits_it_says_so(chat, head, office):
    chat.says("/surat")
    assert "Belum ada surat untuk wilayah ini." in chat.expects_reply().text


def test_a_resident_is_told_what_a_letter_opens(chat, printed):
    chat.says("surat")
    told = chat.expects_reply().text
    assert "hanya ditampilkan kepada ketua RT" in told
    assert "Ketik kode di surat itu" in told
    assert "Siti" not in told


def test_in_a_group_nothing_is_shown(bot, telegram, head, printed):
    group = telegram.group_chat()
    group.says("/surat")
    told = group.expects_reply().text
    assert "Surat warga tidak ditampilkan di grup." in told


def test_an_office_with_many_kelurahan_is_sent_to_the_site(chat, heads, link, printed):
    link(heads.create(Role.KECAMATAN), chat.id)
    chat.says("/surat")
    assert "https://salur.example/surat/serah" in chat.expects_reply().text
