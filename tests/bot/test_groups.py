"""In groups: schedules, yes; numbers, never."""

from __future__ import annotations

from tests.bot.conftest import KK, NAME, NIK
from tests.bot.running import RunningBot
from tests.botapi import BotApiServer
from tests.fixtures.office import Announced, Office, Recipient


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
