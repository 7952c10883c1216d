"""The main journey in a private chat: a number, a name, an answer."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.bot.conftest import NAME, NIK, UNKNOWN_NIK
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Announced, Office, Recipient, Reported, a_kk, a_nik
from tests.fixtures.services import Clock


def test_start_says_what_salur_does_and_what_it_never_asks_for(chat: Chat) -> None:
    chat.says("/start")
    text = chat.expects_reply().text
    for word in ("bantuan", "tidak pernah meminta", "PIN", "OTP", "kata sandi", "uang", "Nomor telepon juga tidak"):
        assert word in text


def test_a_listed_person_learns_when_where_how_much_and_what_to_bring(chat: Chat, listed: Recipient) -> None:
    chat.says("/cek")
    assert "NIK" in chat.expects_reply().text
    chat.says(NIK)
    assert "nama" in chat.expects_reply().text
    chat.says(NAME)
    answer = chat.expects_reply()
    assert answer.source.startswith("<b>Nama ini terdaftar sebagai penerima bantuan.</b>\n")
    for fact in (
        "Selasa, 24 Februari 2026",
        "pukul 08.00–11.00 WIB",
        "Kantor Kelurahan Tegal Gundil",
        "Jl. Achmad Adnawijaya No. 1",
        "Rp600.000",
        "Program Keluarga Harapan",
        "Bawa surat pemberitahuan, KTP asli, dan KK asli.",
        "Tidak ada potongan.",
        "31 Maret 2026",
        "SK Dinsos 460/12/2026",
    ):
        assert fact in answer.text
    assert len(answer.text) < 900
    venue = chat.expects_venue()
    assert (venue.title, venue.latitude, venue.longitude) == ("Kantor Kelurahan Tegal Gundil", -6.5712, 106.8206)


def test_the_message_with_the_number_is_deleted_and_the_bot_says_so(chat: Chat, listed: Recipient) -> None:
    message = chat.says(NIK)
    assert "sudah kami hapus" in chat.expects_reply().text
    assert message in chat.deleted


def test_a_number_out_of_the_blue_starts_a_check(chat: Chat, listed: Recipient) -> None:
    chat.says("3271 0555 0580 4711")
    assert "NIK sudah kami baca" in chat.expects_reply().text
    chat.says("siti maesaroh")
    assert "terdaftar" in chat.expects_reply().text


@pytest.mark.parametrize(
    "message",
    [
        f"{NIK} {NAME}",
        f"{NIK}\n{NAME}",
        f"{NAME}\n{NIK}",
        f"NIK: {NIK}\nNama: {NAME}",
        f"/cek {NIK} {NAME}",
        f"PBP0040 {NAME}",
    ],
)
def test_number_and_name_in_one_message_are_enough(message: str, chat: Chat, listed: Recipient) -> None:
    sent = chat.says(message)
    answer = chat.expects_reply().text
    assert answer.startswith("Nama ini terdaftar")
    assert answer.endswith("Pesan Anda sudah kami hapus.")
    assert sent in chat.deleted


@pytest.mark.parametrize("between", ["\n", " / ", ", "])
def test_of_two_people_in_one_message_the_first_is_answered_and_the_second_said_to_be_unread(
    between: str, chat: Chat, listed: Recipient
) -> None:
    sent = chat.says(f"{NIK} {NAME}{between}{UNKNOWN_NIK} Budi Santoso")
    answer = chat.expects_reply().text
    assert answer.startswith("Nama ini terdaftar")
    assert "satu orang dulu: yang pertama. Yang kedua belum dibaca. Kirim sendiri sesudah ini." in answer
    assert sent in chat.deleted


def test_of_two_numbers_the_first_is_asked_about_and_two_names_are_one_too_many(chat: Chat, listed: Recipient) -> None:
    chat.says(f"{NIK}\n{UNKNOWN_NIK}")
    asked = chat.expects_reply().text
    assert asked.startswith("👥 Kami baca satu orang dulu")
    assert asked.endswith("Sekarang ketik nama seperti di KTP.")
    chat.says(f"{NAME}\nBudi Santoso")
    assert chat.expects_reply().text.startswith("Satu nama dulu")
    chat.says(NAME)
    assert chat.expects_reply().text.startswith("Nama ini terdaftar")


def test_a_sentence_beside_the_number_is_not_taken_for_a_name(chat: Chat, listed: Recipient) -> None:
    chat.says(f"tolong cek {NIK} ya")
    assert "Sekarang ketik nama" in chat.expects_reply().text


def test_a_slip_in_the_number_gets_the_words_of_the_site_and_another_try(chat: Chat, listed: Recipient) -> None:
    message = chat.says(NIK[:-1])
    reply = chat.expects_reply().text
    assert reply.startswith("NIK dan nomor KK punya 16 angka. Yang Anda ketik baru 15.")
    assert message in chat.deleted
    chat.says(NIK)
    chat.expects_reply()
    chat.says(NAME)
    assert "terdaftar" in chat.expects_reply().text


def test_a_name_in_place_of_the_number_is_asked_for_later(chat: Chat) -> None:
    chat.says("/cek")
    chat.expects_reply()
    chat.says(NAME)
    assert "Nomornya dulu" in chat.expects_reply().text


def test_dots_in_place_of_the_name_are_asked_again_and_not_counted(chat: Chat, listed: Recipient) -> None:
    chat.says(NIK)
    chat.expects_reply()
    for typed in ("...", "?", "-", "😀"):
        chat.says(typed)
        assert chat.expects_reply().text == "Nama belum diisi. Ketik nama seperti di KTP."
    chat.says(NAME)
    assert "terdaftar" in chat.expects_reply().text


def test_another_number_in_place_of_the_name_starts_over(chat: Chat, listed: Recipient) -> None:
    chat.says(UNKNOWN_NIK)
    chat.expects_reply()
    chat.says(NIK)
    assert "Sekarang ketik nama" in chat.expects_reply().text
    chat.says(NAME)
    assert "terdaftar" in chat.expects_reply().text


@pytest.mark.parametrize("how", ["button", "/batal", "Batal"])
def test_a_check_can_be_cancelled_and_the_number_is_forgotten(how: str, chat: Chat, listed: Recipient) -> None:
    chat.says(NIK)
    chat.expects_reply()
    if how == "button":
        chat.presses("Batal").expects_answer()
    else:
        chat.says(how)
    assert "dibatalkan" in chat.expects_reply().text
    chat.says(NAME)
    assert "tidak tahu pesan ini lanjutan dari apa" in chat.expects_reply().text


def test_who_is_not_listed_gets_three_ways_on(chat: Chat, listed: Recipient) -> None:
    chat.says(f"{UNKNOWN_NIK} {NAME}")
    reply = chat.expects_reply()
    assert reply.source.startswith("<b>Nomor dan nama itu tidak kami temukan bersama-sama di daftar.</b>")
    assert all(f"\n{number}. " in reply.text for number in (1, 2, 3))
    chat.presses("Cek lagi")
    assert "Ketik NIK" in chat.expects_reply().text


def test_the_calendar_file_has_the_sitting_and_nothing_personal(chat: Chat, listed: Recipient) -> None:
    chat.says(f"{NIK} {NAME}")
    answer = chat.expects_reply()
    chat.presses("📅 Simpan ke kalender").expects_answer()
    sent = next(message for message in iter(chat.expects_reply, None) if message.document)
    document = sent.document
    assert document
    assert document.file_name == "ambil-bantuan-2026-02-24.ics"
    assert sent.text == (
        "📅 Ambil bantuan: Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB, di Kantor Kelurahan Tegal Gundil.\n\n"
        "Buka berkas ini, lalu simpan di kalender. Ponsel mengingatkan sehari sebelumnya."
    )
    content = document.content.decode()
    assert "20260224T010000Z" in content
    assert "Tegal Gundil" in content
    assert "MAESAROH" not in content.upper()
    assert all(len(button.data or "") <= 64 for row in answer.keyboard for button in row)


def test_of_several_sittings_each_calendar_button_says_that_it_is_one(chat: Chat, office: Office) -> None:
    for programme, day in (("PKH", 24), ("SEMBAKO", 25)):
        office.publishes(Recipient(nik=NIK), programme=programme)
        office.announces(Announced(programme=programme, date=date(2026, 2, day)))
    chat.says(f"{NIK} {NAME}")
    labels = chat.expects_reply().buttons
    assert labels[:2] == ("📅 Kalender: Selasa, 24 Februari, 08.00", "📅 Kalender: Rabu, 25 Februari, 08.00")


def test_a_moved_sitting_says_what_changed(chat: Chat, listed: Recipient, office: Office) -> None:
    office.announces(Announced(date=date(2026, 2, 25), starts=time(13), ends=time(15)))
    chat.says(f"{NIK} {NAME}")
    text = chat.expects_reply().text
    assert "Jadwal berubah. Semula Selasa, 24 Februari. Sekarang Rabu, 25 Februari." in text


def test_who_was_paid_is_told_where_and_gets_no_map(
    chat: Chat, listed: Recipient, office: Office, telegram: BotApiServer, clock: Clock
) -> None:
    clock.passes(days=5)
    office.hears(Reported(nik=NIK, date=date(2026, 2, 24)))
    chat.says(f"{NIK} {NAME}")
    answer = chat.expects_reply()
    assert "Sudah dibayarkan pada 24 Februari 2026 di Kantor Pos Bogor." in answer.text
    assert "Bawa" not in answer.text
    assert answer.buttons == (
        *("Belum saya terima", "Kabari saya", "Cek orang lain", "Petunjuk", "Siapa melihat data saya?"),
    )
    assert not telegram.calls("sendVenue")


def test_a_family_fits_one_screen_and_each_payee_has_initials(chat: Chat, office: Office) -> None:
    kk, family = a_kk(), ("SITI MAESAROH", "BUDI SANTOSO", "NENG RINA", "ASEP SAEPUDIN", "TITIN SUPRIATIN", "DEDE")
    office.publishes(*(Recipient(name=name, nik=a_nik(), kk=kk) for name in family))
    office.announces(Announced())
    chat.says(f"{kk} {NAME}")
    answer = chat.expects_reply()
    assert answer.text.count("atas nama") == 5
    assert "Dan 1 bantuan lain. Lihat di https://salur.example." in answer.text
    assert "BUDI" not in answer.text.upper().replace("B. S.", "")
    assert len(answer.text) < 1600


def test_a_place_with_signs_in_its_name_breaks_nothing(chat: Chat, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    office.announces(
        Announced(place="Balai <RW> 5 & *Posyandu*", address="Jl. <b>Roda</b> & 5", latitude=None, longitude=None)
    )
    chat.says(f"{NIK} {NAME}")
    text = chat.expects_reply().text
    assert "Balai <RW> 5 & Posyandu" in text
    assert "Jl. <b>Roda</b> & 5" in text


def test_unknown_commands_get_the_list_of_commands(chat: Chat) -> None:
    chat.says("/saldo")
    text = chat.expects_reply().text
    assert all(command in text for command in ("/cek", "/jadwal", "/bantuan", "/bahasa", "/privasi", "/batal"))


def test_the_way_from_a_group_leads_straight_to_the_question(chat: Chat) -> None:
    chat.says("/start cek")
    assert chat.expects_reply().text.startswith("Ketik NIK")


@pytest.mark.parametrize("command", ["/jadwal ", "/bantuan ", "/start ", "/saldo ", "/"])
def test_a_number_behind_any_command_is_a_question_and_is_deleted(command: str, chat: Chat, listed: Recipient) -> None:
    message = chat.says(f"{command}{NIK}")
    assert "Sekarang ketik nama" in chat.expects_reply().text
    assert message in chat.deleted


def test_an_office_that_writes_at_length_is_cut_short(chat: Chat, office: Office) -> None:
    office.publishes(Recipient(nik=NIK, state="suspended", note="Data sedang diperiksa ulang. " * 300))
    chat.says(f"{NIK} {NAME}")
    answer = chat.expects_reply().text
    assert answer.startswith("Nama ini terdaftar, tetapi bantuannya sedang dihentikan sementara.")
    assert len(answer) < 4096


def test_help_and_privacy_do_not_interrupt_a_check(chat: Chat, listed: Recipient) -> None:
    chat.says(NIK)
    chat.expects_reply()
    chat.says("/bantuan")
    assert "lapor.go.id" in chat.expects_reply().text
    chat.says("/privasi")
    assert "server di luar negeri" in chat.expects_reply().text
    chat.says(NAME)
    assert "terdaftar" in chat.expects_reply().text


def test_a_number_in_any_writing_is_read_and_deleted(
    bot: RunningBot, telegram: BotApiServer, listed: Recipient
) -> None:
    keycaps = "".join(f"{digit}\ufe0f\u20e3" for digit in NIK)
    for written in (
        keycaps,
        "\u200b".join(NIK),
        f"NIK: '{NIK}',",
        f"{NIK[:4]}/{NIK[4:8]}/{NIK[8:]}",
        NIK.replace("0", "O"),
    ):
        chat = telegram.private_chat()
        message = chat.says(written)
        assert "nama" in chat.expects_reply().text.lower(), written
        assert message in chat.deleted
