"""What is not text."""

from __future__ import annotations

import pytest

from tests.bot.conftest import NAME, NIK
from tests.botapi import Chat
from tests.fixtures.office import Recipient

FILE = {"file_id": "f", "file_unique_id": "f"}
SENT = {
    "document": (FILE, "Jangan kirim foto KTP"),
    "voice": (FILE | {"duration": 3}, "belum bisa mendengarkan"),
    "video_note": (FILE | {"duration": 3, "length": 240}, "belum bisa mendengarkan"),
    "contact": ({"phone_number": "081234567890", "first_name": "Ibu"}, "tidak memerlukan nomor telepon"),
    "location": ({"latitude": -6.5, "longitude": 106.8}, "tidak memerlukan nomor telepon"),
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


def test_a_sticker_is_answered_and_left_alone(chat: Chat) -> None:
    sticker = chat.sends({"sticker": STICKER})
    assert "hanya membaca tulisan" in chat.expects_reply().text
    assert sticker in chat.messages


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
    chat.expects_reply()
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
