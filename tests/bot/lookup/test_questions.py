"""What people ask in their own words gets the help that fits, and a greeting its answer."""

from __future__ import annotations

import pytest

from salur.bot.lookup.questions import TOPICS, asked, wants_to_check
from salur.words.language import language, parts
from tests.bot.conftest import NAME, NIK
from tests.botapi.chats import Chat
from tests.fixtures.office import Office, Recipient

ASKED = {
    "Salur tidak mengirim pesan sendiri": "stop | berhenti dong | eureun | jangan kirim lagi",
    "Mau semua yang tersimpan": "hapus data saya dong | tolong hapus nomor saya",
    "Ini Salur": "siapa ini? | ini penipuan bukan | ieu saha | kok minta kode pin | linknya aman gak",
    "Bantuan diterima utuh.": "dipotong 50 ribu sama rt | pungli | rt minta duit | dipenta artos ku rt | mau lapor",
    "Cek dulu dengan NIK.": "sudah cair tapi belum terima | dibayar katanya blm masuk | kok ga nerima | teu acan nampi",
    "NIK juga ada di Kartu Keluarga": "lupa nik | teu gaduh ktp | ktp saya hilang | nik dimana | saya gak punya nik",
    "Desil": "desil berapa saya | apa itu desil",
    "Sudah pernah mengajukan?": "pengajuan saya sampai mana | berapa lama diproses",
    "Tanggalnya tertulis": "kapan cair | kpn cair min | tanggal brp cairnya | iraha cair na | udah cair blm"
    " | kapaaan | when",
    "Tempatnya tertulis": "dimana ngambilnya | dmn ambil bansos | di mana tempatnya | dupi nyandakna di mana | where",
    "Jumlahnya tertulis": "berapa dapatnya | sabaraha kengingna | brp bantuannya | how much",
    "Belum dapat?": "cara daftar gimana | sy blm dpt bantuan | kumaha carana ngadaptar | kok tetangga dpt sy gak"
    " | teu acan kenging bantosan | mau mengajukan | syaratnya apa",
    "Semuanya gratis": "apa harus bayar",
    "Mau bicara dengan orang?": "admin mana nih | mau bicara dengan orang | nomor telepon dinsos | hubungi siapa",
}


@pytest.mark.parametrize(
    ("text", "told"), [(text.strip(), told) for told, texts in ASKED.items() for text in texts.split("|")]
)
def test_a_question_gets_the_help_that_fits(text: str, told: str) -> None:
    topic = asked(text)
    assert topic is not None
    said = "".join(piece for piece, _ in parts(topic.told(language("id"))))
    assert said.startswith(told)
    assert len(said) < 330
    assert topic.rows(language("id"))


def test_every_topic_is_asked_by_somebody() -> None:
    assert {id(asked(text)) for texts in ASKED.values() for text in texts.split("|")} >= {
        id(topic) for topic in TOPICS if topic.words != "admin mana | mana admin | mana orang"
    }


@pytest.mark.parametrize(
    "text", ["Siti Aminah", "Jam'an", "Wa Ode Siti", "Pin Tan", "Sudah", "hehe", "Jl. Roda", "?", ""]
)
def test_what_asks_nothing_gets_none(text: str) -> None:
    assert asked(text) is None
    assert not wants_to_check(text)


@pytest.mark.parametrize("text", ["mau cek bansos dong", "apakah saya terdaftar", "nama saya ada gak ya", "Periksa"])
def test_who_just_wants_to_check_is_asked_for_the_number(text: str) -> None:
    assert asked(text) is None
    assert wants_to_check(text)


@pytest.mark.parametrize("greeting", ["halo", "Assalamualaikum", "Selamat pagi", "punten"])
def test_a_greeting_is_answered_with_what_salur_does(greeting: str, chat: Chat) -> None:
    chat.says(greeting)
    assert chat.expects_reply().text.startswith("Cek bantuan sosial")


@pytest.mark.parametrize("thanks", ["makasih", "Terima kasih banyak!", "hatur nuhun"])
def test_thanks_are_not_met_with_an_excuse(thanks: str, chat: Chat) -> None:
    chat.says(thanks)
    assert chat.expects_reply().text.startswith("Sama-sama.")


def test_a_greeting_with_a_question_in_it_is_a_question(chat: Chat) -> None:
    for said, told in (
        ("Assalamualaikum wr wb, punten bade tumaros iraha cair", "Tanggalnya tertulis di jawaban cek."),
        ("halo min", "Cek bantuan sosial"),
        ("assalamualaikum", "Waalaikumsalam. Ketik NIK: 16 angka di KTP."),
        ("oke makasih min", "Sama-sama."),
        ("siap", "Baik."),
    ):
        chat.says(said)
        assert chat.expects_reply().text.startswith(told), said


def test_what_is_not_understood_is_told_otherwise_each_time_and_then_a_human_is_named(chat: Chat) -> None:
    told = []
    for _ in range(5):
        chat.says("hehe kamu jomblo ya")
        told.append(chat.expects_reply().text)
    assert "tidak tahu pesan ini lanjutan dari apa" in told[0]
    assert len(told[1]) < len(told[0])
    assert told[2].startswith("Tanya orang saja, ya. Datang ke kelurahan")
    assert all(one != another for one, another in zip(told, told[1:], strict=False))
    chat.says("kapan cair")
    chat.expects_reply()
    chat.says("hehe")
    assert chat.expects_reply().text == told[0], "something was understood in between"


def test_a_question_in_the_middle_is_answered_and_the_bot_waits_on(chat: Chat, listed: Recipient) -> None:
    chat.says("/cek")
    chat.expects_reply()
    chat.says("bst thp 1 kpn cair min?")
    assert chat.expects_reply().text.startswith("Tanggalnya tertulis")
    chat.says(NIK[:-1])
    assert "Yang Anda ketik baru 15." in chat.expects_reply().text
    chat.says(NIK)
    chat.expects_reply()
    chat.says("kapan cairnya")
    told = chat.expects_reply().text
    assert told.startswith("Tanggalnya tertulis")
    assert told.endswith("Nomor tadi masih kami pegang. Lanjut? Ketik nama seperti di KTP.")
    chat.says(NAME)
    assert chat.expects_reply().text.startswith("Nama ini terdaftar")


@pytest.mark.parametrize("name", ["Tanggal", "Sudah", "Orang Tua", "Jadwal"])
def test_a_name_like_a_question_is_a_name_where_one_is_asked_for(name: str, chat: Chat, office: Office) -> None:
    office.publishes(Recipient(nik=NIK, name=name.upper()))
    chat.says(NIK)
    chat.expects_reply()
    chat.says(f"{name} " if name != "Jadwal" else "nama: Jadwal")
    assert chat.expects_reply().text.startswith("Nama ini terdaftar")
