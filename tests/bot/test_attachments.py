"""What is not text."""

from __future__ import annotations

import pytest

from tests.bot.conftest import NAME, NIK
from tests.botapi.chats import Chat
from tests.fixtures.office import Recipient

FILE = {"file_id": "f", "file_unique_id": "f"}
SENT = {
    "document": (FILE, "Kami tidak membuka berkas."),
    "voice": (FILE | {"duration": 3}, "tidak bisa mendengarkan pesan suara. Tolong diketik."),
    "audio": (FILE | {"duration": 3}, "tidak bisa mendengarkan rekaman."),
    "video": (FILE | {"duration": 3, "width": 9, "height": 9}, "tidak bisa menonton video."),
    "video_note": (FILE | {"duration": 3, "length": 240}, "tidak bisa menonton pesan video."),
    "contact": ({"phone_number": "081234567890", "first_name": "Ibu"}, "tidak memerlukan nomor telepon siapa pun."),
    "location": ({"latitude": -6.5, "longitude": 106.8}, "tidak memerlukan lokasi Anda."),
}
STICKER = FILE | {"type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}


def test_a_photo_of_a_ktp_is_deleted_and_typing_asked_for(chat: Chat) -> None:
    photo = chat.sends_photo(f"ini KTP saya {NIK}")
    reply = chat.expects_reply().text
    assert "Jangan kirim foto KTP" in reply
    assert "sudah kami hapus" in reply
    assert photo in chat.deleted


@pytest.mark.parametrize("kind", SENT)
def test_what_may_show_a_person_is_deleted_with_a_kind_word(kind: str, chat: Chat) -> None:
    content, words = SENT[kind]
    message = chat.sends({kind: content})
    assert words in chat.expects_reply().text
    assert message in chat.deleted


POLL = {"id": "1", "question": "Setuju?", "options": [], "total_voter_count": 0, "is_closed": False, "type": "regular"}
POLL |= {"is_anonymous": True, "allows_multiple_answers": False, "allows_revoting": False, "members_only": False}
KEPT = {
    "sticker": (STICKER, "Stikernya sampai"),
    "dice": ({"emoji": "🎲", "value": 3}, "tidak ikut bermain"),
    "animation": (FILE | {"duration": 1, "width": 9, "height": 9}, "tidak bisa melihat GIF"),
    "poll": (POLL, "tidak ikut memilih"),
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_shows_nobody_is_answered_and_left_alone(kind: str, chat: Chat) -> None:
    content, words = KEPT[kind]
    message = chat.sends({kind: content} | ({"document": FILE} if kind == "animation" else {}))
    reply = chat.expects_reply().text
    assert words in reply
    assert reply.endswith("Mau cek bantuan? Ketik NIK: 16 angka di KTP.")
    assert len(reply) < 160
    assert message in chat.messages


def test_an_album_is_deleted_whole_and_answered_once(chat: Chat) -> None:
    sizes = [FILE | {"width": 9, "height": 9}]
    album = [chat.sends({"photo": sizes, "media_group_id": "7"}) for _ in range(3)]
    chat.says("/bantuan")
    assert "Jangan kirim foto" in chat.expects_reply().text
    assert "lapor.go.id" in chat.expects_reply().text
    assert [message.id for message in chat.deleted] == [message.id for message in album]


def test_a_photo_in_the_middle_of_a_check_ends_nothing(chat: Chat, listed: Recipient) -> None:
    chat.says(NIK)
    chat.expects_reply()
    chat.sends_photo()
    assert chat.expects_reply().text.endswith("Lanjut: ketik nama seperti di KTP.")
    chat.says(NAME)
    assert "terdaftar" in chat.expects_reply().text


def test_a_changed_message_is_not_read_again(chat: Chat, listed: Recipient) -> None:
    message = chat.says("halo")
    chat.expects_reply()
    chat.edits(message, "halo semua")
    assert "Pesan yang diubah tidak kami baca ulang." in chat.expects_reply().text
    changed = chat.edits(message, f"{NIK} {NAME}")
    assert "sudah kami hapus" in chat.expects_reply().text
    assert changed in chat.deleted


def test_a_pinned_message_is_no_reason_to_speak(chat: Chat) -> None:
    message = chat.says("/start")
    chat.expects_reply()
    chat.sends({"pinned_message": message.json})
    chat.says("/bantuan")
    assert "lapor.go.id" in chat.expects_reply().text
