"""In groups: schedules, yes; numbers, never."""

from __future__ import annotations

import pytest

from tests.bot.conftest import KK, NAME, NIK
from tests.bot.running import RunningBot
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Announced, Office, Recipient

VIDEO = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "duration": 1}
POLL = {
    "id": "1",
    "question": "Setuju?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


def test_a_number_in_a_group_is_deleted_and_the_reason_given(
    bot: RunningBot, telegram: BotApiServer, listed: Recipient
) -> None:
    group = telegram.group_chat(bot_is_admin=True)
    for said in (f"Bu, ini NIK saya {NIK}", KK, f"/cek@salur_tes_bot {NIK}", f"{NIK} {NAME}", f"/jadwal {NIK}"):
        message = group.says(said)
        reply = group.expects_reply()
        assert "Jangan tulis NIK atau nomor KK di grup." in reply.text
        assert "sudah kami hapus" in reply.text
        assert message in group.deleted
        assert reply.button("Buka obrolan pribadi").url == "https://t.me/salur_tes_bot?start=cek"


@pytest.mark.parametrize(
    "content",
    [
        {"text": "3271/0555/05800001"},
        {"text": "327105_550580_0001"},
        {"text": "3271055505800001".replace("0", "O")},
        {"text": "\u200b".join("3271055505800001")},
        {"text": "".join(f"{digit}\ufe0f\u20e3" for digit in "3271055505800001")},
        {"text": "NIK:3271055505800001,"},
        {"text": "betul?", "quote": {"text": "3271055505800001", "position": 0}},
        {"document": {"file_id": "a", "file_unique_id": "b", "file_name": "KTP_3271055505800001.pdf"}},
        {"video": VIDEO | {"file_name": "3271055505800001.mp4"}},
        {"poll": POLL | {"question": "3271055505800001 layak?"}},
        {"poll": POLL | {"options": [{"persistent_id": "1", "text": "3271055505800001", "voter_count": 0}]}},
        {"contact": {"phone_number": "0812", "first_name": "Siti 3271055505800001"}},
    ],
)
def test_a_number_in_any_writing_and_place_is_deleted(
    bot: RunningBot, telegram: BotApiServer, content: dict[str, object]
) -> None:
    group = telegram.group_chat(bot_is_admin=True)
    message = group.sends(content)
    assert "sudah kami hapus" in group.expects_reply().text
    assert message in group.deleted


def test_a_poll_with_a_number_is_deleted_in_private_too(bot: RunningBot, telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    message = chat.sends({"poll": POLL | {"question": "3271055505800001"}})
    chat.expects_deletion(message)


def test_where_the_bot_may_not_delete_it_says_so(bot: RunningBot, telegram: BotApiServer) -> None:
    group = telegram.group_chat(bot_is_admin=False)
    group.says(NIK)
    assert "tidak bisa kami hapus" in group.expects_reply().text


def test_a_check_in_a_group_is_refused_with_the_way_to_the_private_chat(
    bot: RunningBot, telegram: BotApiServer, listed: Recipient
) -> None:
    group = telegram.group_chat()
    group.says("/cek")
    reply = group.expects_reply()
    assert "semua anggota bisa membacanya" in reply.text
    assert reply.buttons == ("Buka obrolan pribadi",)


def test_a_number_changed_into_a_message_in_a_group_is_deleted(bot: RunningBot, telegram: BotApiServer) -> None:
    group = telegram.group_chat(bot_is_admin=True)
    message = group.says("sebentar")
    group.edits(message, f"ini {NIK}")
    group.expects_deletion(message)


def test_the_bot_keeps_out_of_a_groups_own_talk(bot: RunningBot, telegram: BotApiServer) -> None:
    group = telegram.group_chat()
    for talk in (
        "besok kerja bakti ya",
        "telepon saya 0812 3456 7890",
        "atau 0251 8321 075",
        "rapat 24-02-2026 jam 19.00",
        "/acak",
    ):
        group.says(talk)
    group.sends_photo("foto kerja bakti")
    group.says("/bantuan")
    assert "Salur memberi tahu jadwal" in group.expects_reply().text
    assert group.deleted == []


def test_a_group_may_ask_for_a_schedule(bot: RunningBot, telegram: BotApiServer, office: Office) -> None:
    office.announces(Announced())
    group = telegram.group_chat()
    group.says("/jadwal")
    assert "/jadwal Tegalgundil" in group.expects_reply().text
    group.says("/jadwal tegalgundil")
    reply = group.expects_reply()
    assert "Selasa, 24 Februari 2026" in reply.text
    assert reply.buttons == ()
