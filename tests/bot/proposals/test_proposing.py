"""/ajukan: one question after the other, as few as there can be, and nothing kept that was not sent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from salur.bot.chat.memory import Memory
from salur.bot.proposals.proposing import read_rt_and_rw
from salur.core.casework.answers import ProposalCase
from salur.core.errors import DatabaseAway, FieldsRefused
from salur.core.officers.roles import Officer
from salur.core.proposals.draft import Draft
from salur.core.proposals.kinds import Kind
from salur.core.regions.territory import Territory
from salur.wiring import Services
from tests.bot.running import HASTE, RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.office import TEGAL_GUNDIL, a_nik, born_in
from tests.fixtures.proposals import Chain

CODE = re.compile(r"\b(\w{4}-\w{4}-\w{4})\b")


def answers(chat: Chat, *steps: str) -> str:
    """Go through a dialogue: `<so>` presses a button, all else is typed. Gives the last reply."""
    for step in steps:
        if step.startswith("<"):
            chat.presses(step.strip("<>"))
        else:
            chat.says(step)
        reply = chat.expects_reply().text
    return reply


def the_only_case(chain: Chain, officer: Officer) -> ProposalCase:
    """What waits for an officer, whole."""
    (id,) = chain.waiting(officer)
    return chain.case(officer, id)


def test_a_mother_proposes_herself_in_eleven_messages(chat: Chat, chain: Chain) -> None:
    nik = a_nik()
    receipt = answers(
        chat,
        *("/ajukan", "<Usulkan penerima>", "<Keluarga saya sendiri>", nik, "Nur Hayati", "kel. tegalgundil"),
        *("rt 03/ rw 05", "<Kehilangan penghasilan>", "<Tidak ada>", "<Kirim>"),
    )
    assert "Sudah kami terima." in receipt
    assert "Sekarang ada di RT/RW." in receipt
    assert CODE.search(receipt)
    case = the_only_case(chain, chain.rt)
    assert (case.said.name, case.said.whom, case.said.reason) == ("Nur Hayati", "self", "income_lost")
    assert (case.said.territory, case.birth_year, case.door) == (Territory(TEGAL_GUNDIL, 5, 3), born_in(nik), "bot")
    assert (case.said.phone, case.has_kk, case.photos) == ("", False, ())


def test_the_message_with_the_nik_is_deleted_at_once(chat: Chat, chain: Chain) -> None:
    answers(chat, "/ajukan", "<Usulkan penerima>", "<Tetangga>")
    message = chat.says(a_nik())
    assert "Pesan Anda sudah kami hapus." in chat.expects_reply().text
    assert message in chat.deleted


def test_a_nik_with_a_date_that_cannot_be_is_asked_once_and_then_taken(chat: Chat) -> None:
    odd = "3271057205800001"
    assert "Memang begitu di KTP?" in answers(chat, "/ajukan", "<Usulkan penerima>", "<Tetangga>", odd)
    assert "Memang begitu di KTP?" in answers(chat, odd[:-1] + "2")
    assert "Memang begitu di KTP?" in answers(chat, odd)
    assert "Memang begitu di KTP?" not in answers(chat, odd)


def test_who_has_no_nik_says_why_and_opens_the_ticket_by_name(chat: Chat, chain: Chain) -> None:
    receipt = answers(
        chat,
        *("/ajukan", "<Usulkan penerima>", "<Tetangga>", "<Belum punya NIK>", "<Belum pernah didata>", "Mak Icih"),
        *("Tegal Gundil", "3/5", "<Lanjut usia>", "Sendirian di rumah.", "<Kirim>"),
    )
    assert "Ketik /tiket, lalu kode ini dan nama yang diusulkan." in receipt
    case = the_only_case(chain, chain.rt)
    assert (case.said.no_nik, case.said.words) == ("never_recorded", "Sendirian di rumah.")
    code = CODE.search(receipt)
    assert code
    assert "sekarang ada di RT/RW" in answers(chat, f"/tiket {code[1]}", "Mak Icih")


def test_a_report_names_nobody_and_reaches_dinas_sosial_alone(chat: Chat, chain: Chain) -> None:
    receipt = answers(
        chat,
        *("lapor", "<Laporkan potongan>", "<Bantuan dipotong atau dimintai uang>", "Tegal Gundil", "<RT>"),
        *("Diminta lima puluh ribu.", "<Kirim>"),
    )
    assert "RT, RW, kelurahan, dan kecamatan tidak melihatnya." in receipt
    case = the_only_case(chain, chain.dinsos)
    assert (case.said.who, case.said.words, case.said.name) == ("rt", "Diminta lima puluh ribu.", "")
    assert case.entry.territory.kelurahan == "Tegal Gundil"
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.kecamatan):
        assert chain.waiting(officer) == []


def test_a_report_need_not_tell_where(chat: Chat, chain: Chain) -> None:
    answers(
        chat,
        *("/ajukan", "<Laporkan potongan>", "<Kartu bantuan ditahan>", "<Tidak saya sebutkan>", "<Tidak tahu>"),
        *("Kartu saya ditahan di warung.", "<Kirim>"),
    )
    assert the_only_case(chain, chain.dinsos).entry.territory.kelurahan is None


def test_a_correction_asks_number_name_place_and_what_is_right(chat: Chat, chain: Chain) -> None:
    receipt = answers(
        chat,
        *("/ajukan", "<Perbaiki data>", a_nik(), "Siti Maesaroh", "Tegal Gundil", "<Nama salah>"),
        *("Tertulis Siti Maesyaroh. Yang benar Siti Maesaroh.", "<Kirim>"),
    )
    assert "Sekarang ada di kelurahan Tegal Gundil. Paling lambat dijawab Senin, 23 Februari 2026" in receipt
    assert the_only_case(chain, chain.kelurahan).entry.kind is Kind.KOREKSI


def test_an_objection_to_a_listed_person_asks_nothing_about_the_objector(chat: Chat, chain: Chain) -> None:
    answers(
        chat,
        *("/ajukan", "<Sanggah penerima>", "Dede Kurnia", "Tegal Gundil", "RT 3 RW 5", "<Sudah mampu>"),
        *("Mobilnya dua.", "<Kirim>"),
    )
    case = the_only_case(chain, chain.rt)
    assert (case.entry.kind, case.said.name, case.birth_year) == (Kind.SANGGAH, "Dede Kurnia", None)


def test_a_name_that_is_only_alike_has_to_be_pressed(chat: Chat, chain: Chain) -> None:
    answers(chat, "/ajukan", "<Sanggah penerima>", "Dede Kurnia")
    chat.says("bogor")
    reply = chat.expects_reply()
    assert "Tekan namanya" in reply.text
    assert reply.buttons == ("Cibogor, Bogor Tengah", "Batal")
    assert "RT dan RW berapa?" in answers(chat, "tegal gundil")
    answers(chat, "/ajukan", "<Sanggah penerima>", "Dede Kurnia", "tegal")
    assert "RT dan RW berapa?" in answers(chat, "<Tegal Gundil, Bogor Utara>")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("RT 2 RW 5", (2, 5)),
        ("rw 05 rt 02", (2, 5)),
        ("RT.002/RW.005", (2, 5)),
        ("rt02rw05", (2, 5)),
        ("002/005", (2, 5)),
        ("2 - 5", (2, 5)),
        ("RT: 12, RW: 113", (12, 113)),
        ("RT 2", None),
        ("RT RW5", None),
        ("RW 5", None),
        ("RT 0 RW 5", None),
        ("di belakang masjid", None),
        ("RT 2222 RW 5", None),
    ],
)
def test_rt_and_rw_are_read_as_people_write_them(text: str, numbers: tuple[int, int] | None) -> None:
    assert read_rt_and_rw(text) == numbers


def test_a_slip_is_told_and_the_same_question_asked_again(chat: Chat, chain: Chain) -> None:
    for typed, told, asked in (
        ("12345", "Yang Anda ketik baru 5.", "Ketik NIK yang diusulkan"),
        (a_nik(), "sudah kami hapus", "Ketik nama yang diusulkan"),
        ("???", "Nama belum diisi.", "Ketik nama seperti di KTP."),
        ("Nur Hayati", "", "Tinggal di kelurahan mana?"),
        ("Atlantis", "tidak kami temukan", "Tinggal di kelurahan mana?"),
        ("Tegal Gundil", "Kecamatan Bogor Utara", "RT dan RW berapa?"),
        ("RT 3", "Kami perlu keduanya", "RT dan RW berapa?"),
        ("RT 3 RW 5", "", "Mengapa perlu dibantu?"),
        ("karena miskin", "Tekan salah satu tombol", "Mengapa perlu dibantu?"),
    ):
        if typed == "12345":
            answers(chat, "/ajukan", "<Usulkan penerima>", "<Keluarga saya sendiri>")
        reply = answers(chat, typed)
        assert told in reply
        assert asked in reply


def test_a_name_or_words_too_long_are_told_and_asked_again(chat: Chat, chain: Chain) -> None:
    answers(chat, "/ajukan", "<Sanggah penerima>")
    reply = answers(chat, "Dede " * 21)
    assert "Namanya terlalu panjang." in reply
    assert "Ketik nama seperti di KTP saja." in reply
    answers(chat, "Dede Kurnia", "Tegal Gundil", "RT 3 RW 5", "<Sudah mampu>")
    chat.says("Mobilnya dua. " * 80)
    told = chat.expects_reply()
    assert "Tulisannya terlalu panjang." in told.text
    assert "Apa yang Anda ketahui?" in told.text
    assert told.buttons == ("Batal",)
    assert "Sudah kami terima" in answers(chat, "Mobilnya dua.", "<Kirim>")


def test_what_the_core_refuses_at_the_end_is_asked_again_where_it_was_asked(
    bot_services: Services, telegram: BotApiServer, chain: Chain
) -> None:
    class Strict:
        refuses = True

        def send(self, draft: Draft, **rest: Any) -> Any:
            if self.refuses:
                self.refuses = False
                raise FieldsRefused({"kelurahan": "village_missing", "who": "who_missing"})
            return bot_services.proposals.send(draft, **rest)

    with RunningBot(replace(bot_services, proposals=Strict())):  # type: ignore[arg-type]
        chat = telegram.private_chat()
        answers(
            chat, "/ajukan", "<Laporkan potongan>", "<Kartu bantuan ditahan>", "<Tidak saya sebutkan>", "<Tidak tahu>"
        )
        reply = answers(chat, "Kartunya di warung.", "<Kirim>")
        assert "Pilih kelurahan tempat tinggalnya." in reply
        assert "Di kelurahan mana itu terjadi?" in reply
        assert "Kelurahan: Tegal Gundil, Kecamatan Bogor Utara" in answers(chat, "Tegal Gundil")
        assert "Sudah kami terima" in answers(chat, "<Kirim>")
    assert the_only_case(chain, chain.dinsos).said.words == "Kartunya di warung."


def test_another_reason_needs_words(chat: Chat, chain: Chain) -> None:
    asked = answers(
        chat,
        *("/ajukan", "<Usulkan penerima>", "<Tetangga>", "<Belum punya NIK>", "<Alasan lain>", "Mak Icih"),
        *("Tegal Gundil", "3/5", "<Alasan lain>"),
    )
    assert "Tidak ada" not in asked
    assert "Sudah kami terima" in answers(chat, "Rumahnya kebakaran.", "<Kirim>")


def test_a_number_in_free_words_is_deleted_and_not_sent(chat: Chat, chain: Chain) -> None:
    answers(chat, "/ajukan", "<Laporkan potongan>", "<Surat pemberitahuan ditahan>", "Tegal Gundil", "<RW>")
    message = chat.says(f"Surat untuk {a_nik()} ditahan")
    reply = chat.expects_reply().text
    assert "Jangan tulis nomor di sini." in reply
    assert message in chat.deleted
    assert chain.waiting(chain.dinsos) == []


@pytest.mark.parametrize("so_far", range(1, 9))
def test_it_can_be_given_up_at_each_step(so_far: int, chat: Chat, chain: Chain) -> None:
    steps = ["/ajukan", "<Usulkan penerima>", "<Tetangga>", a_nik(), "Mak Icih", "Tegal Gundil", "3/5", "<Lanjut usia>"]
    answers(chat, *steps[:so_far])
    assert any(
        told in answers(chat, "/batal") for told in ("Tidak ada yang terkirim.", "Tidak ada yang sedang berjalan")
    )
    assert chain.waiting(chain.rt) == []
    assert "tidak tahu pesan ini lanjutan dari apa" in answers(chat, "tiga perempat")


def test_after_ten_minutes_all_is_forgotten_and_nothing_was_sent(
    bot_services: Services, telegram: BotApiServer, chain: Chain
) -> None:
    with RunningBot(bot_services, replace(HASTE, patience=timedelta(seconds=0))):
        chat = telegram.private_chat()
        answers(chat, "/ajukan", "<Usulkan penerima>")
        assert "Tidak ada yang terkirim." in answers(chat, "<Tetangga>")


def test_nothing_is_in_memory_while_it_is_sent_and_the_ticket_only_afterwards(
    bot_services: Services, telegram: BotApiServer, chain: Chain
) -> None:
    memory, kept = Memory(), []

    class Watched:
        def send(self, draft: Draft, **rest: Any) -> Any:
            kept.append(memory.holds_anything)
            return bot_services.proposals.send(draft, **rest)

    with RunningBot(replace(bot_services, proposals=Watched()), memory=memory):  # type: ignore[arg-type]
        chat = telegram.private_chat()
        answers(
            chat, "/ajukan", "<Laporkan potongan>", "<Kartu bantuan ditahan>", "<Tidak saya sebutkan>", "<Tidak tahu>"
        )
        assert "Sudah kami terima" in answers(chat, "Kartunya di warung.", "<Kirim>")
    assert kept == [False]


def test_what_could_not_be_sent_waits_for_one_more_press(
    bot_services: Services, telegram: BotApiServer, chain: Chain
) -> None:
    class Away:
        away = True

        def send(self, draft: Draft, **rest: Any) -> Any:
            if self.away:
                self.away = False
                raise DatabaseAway("OperationalError")
            return bot_services.proposals.send(draft, **rest)

    with RunningBot(replace(bot_services, proposals=Away())):  # type: ignore[arg-type]
        chat = telegram.private_chat()
        answers(
            chat, "/ajukan", "<Laporkan potongan>", "<Kartu bantuan ditahan>", "<Tidak saya sebutkan>", "<Tidak tahu>"
        )
        assert "Belum terkirim, tetapi belum hilang." in answers(chat, "Kartunya di warung.", "<Kirim>")
        assert "Sudah kami terima" in answers(chat, "<Kirim>")
    assert the_only_case(chain, chain.dinsos).said.words == "Kartunya di warung."


def test_buttons_of_another_question_and_made_up_ones_do_no_harm(chat: Chat, chain: Chain) -> None:
    answers(chat, "/ajukan", "<Usulkan penerima>", "<Tetangga>")
    old = chat.messages[1]
    assert "Ketik NIK yang diusulkan" in answers(chat, "<Keluarga saya sendiri>")
    for data in (
        "aju:whom=admin",
        "aju:number=32.71.05.1002",
        "aju:village=99.99.99.9999",
        "aju:x=y",
        "aju:hapus",
        "aju:",
    ):
        chat.forges(data, old)
        text = chat.expects_reply().text
        assert "terganggu" not in text
    assert chain.waiting(chain.rt) == []


def test_in_a_group_it_is_only_offered_in_private(telegram: BotApiServer, bot: RunningBot) -> None:
    group = telegram.group_chat()
    group.says("/ajukan")
    reply = group.expects_reply()
    assert "hanya di obrolan pribadi" in reply.text
    assert reply.buttons == ("Buka obrolan pribadi",)
    url = reply.button("Buka obrolan pribadi").url
    assert url
    assert url.endswith("?start=aju")
    chat = telegram.private_chat()
    chat.says("/start aju")
    assert "Mau mengajukan apa?" in chat.expects_reply().text


def test_a_photo_in_the_middle_is_deleted_and_the_dialogue_goes_on(chat: Chat, chain: Chain) -> None:
    answers(chat, "/ajukan", "<Sanggah penerima>")
    photo = chat.sends_photo()
    assert "Lanjutkan saja" in chat.expects_reply().text
    assert photo in chat.deleted
    assert "kelurahan mana" in answers(chat, "Dede Kurnia")
