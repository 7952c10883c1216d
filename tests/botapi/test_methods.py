"""What the bot shows, and what Telegram would refuse to show."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    InputFile,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from tests.botapi.calling import KEYBOARD, call
from tests.botapi.rules import bad_request
from tests.botapi.server import BotApiServer


def test_a_venue_and_a_document_arrive_whole(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    content = b"BEGIN:VCALENDAR\r\n\x00\xff\r\nEND:VCALENDAR\r\n"

    async def send(bot: Bot) -> None:
        await bot.send_chat_action(chat.id, "typing")
        await bot.send_venue(chat.id, -6.5953, 106.7896, "Kantor Pos Contoh", "Jalan Contoh 1")
        await bot.send_document(chat.id, InputFile(content, "jadwal.ics"), caption="<b>Jadwal</b>", parse_mode="HTML")

    call(telegram, send)
    venue = chat.expects_venue()
    assert (venue.title, venue.latitude) == ("Kantor Pos Contoh", -6.5953)
    document = chat.expects_document()
    assert (document.file_name, document.content) == ("jadwal.ics", content)
    assert chat.replies[-1].text == "Jadwal"
    assert chat.actions == ["typing"]


def test_html_is_shown_as_text_with_entities(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    source = "📅 <b>Selasa</b>, <a href='https://contoh.id/?a=1&amp;b=2'>peta &lt;3</a>"
    message = call(telegram, lambda bot: bot.send_message(chat.id, source, parse_mode=ParseMode.HTML))
    assert chat.expects_reply().text == "📅 Selasa, peta <3"
    bold, link = message.entities
    assert (bold.type, message.parse_entity(bold)) == ("bold", "Selasa")
    assert (link.url, message.parse_entity(link)) == ("https://contoh.id/?a=1&b=2", "peta <3")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>tebal", 'find end tag corresponding to start tag "b"'),
        ("tebal</b>", "Unexpected end tag at byte offset 5"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("umur < 17", 'Unsupported start tag "" at byte offset 5|Unclosed start tag at byte offset 5'),
    ],
)
def test_broken_html_is_refused(telegram: BotApiServer, source: str, why: str) -> None:
    chat = telegram.private_chat()
    with pytest.raises(BadRequest, match=f"(?i)can't parse entities: .*({why})"):
        call(telegram, lambda bot: bot.send_message(chat.id, source, parse_mode=ParseMode.HTML))


@pytest.mark.parametrize(("text", "why"), [("x" * 4097, "Message is too long"), ("  ", "Message text is empty")])
def test_texts_that_telegram_would_not_take_are_refused(telegram: BotApiServer, text: str, why: str) -> None:
    chat = telegram.private_chat()
    with pytest.raises(BadRequest, match=why):
        call(telegram, lambda bot: bot.send_message(chat.id, text))
    call(telegram, lambda bot: bot.send_message(chat.id, "x" * 4096))


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ({"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, "can't parse inline keyboard button"),
        ({"inline_keyboard": [{"text": "x", "callback_data": "x"}]}, "must be an Array of Arrays"),
        ({"inline_keyboard": [[{"text": "x", "url": "geo:-6.5,106.7"}]]}, "Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "x", "web_app": {"url": "http://salur.example"}}]]}, "Only HTTPS links"),
        ("x", "can't parse reply keyboard markup JSON object"),
        ([1], "object expected as reply markup"),
    ],
)
def test_keyboards_that_telegram_would_not_take_are_refused(telegram: BotApiServer, markup: object, why: str) -> None:
    chat = telegram.private_chat()
    url = f"{telegram.base_url}{telegram.token}/sendMessage"
    answer = httpx.post(url, json={"chat_id": chat.id, "text": "x", "reply_markup": markup})
    assert answer.status_code == 400
    assert answer.json() == {"ok": False, "error_code": 400, "description": answer.json()["description"]}
    assert answer.json()["description"].startswith("Bad Request: ")
    assert why in answer.json()["description"]


def test_a_key_of_a_reply_keyboard_says_its_label(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    keys = ReplyKeyboardMarkup([[KeyboardButton("Cek bantuan")]])
    call(telegram, lambda bot: bot.send_message(chat.id, "Silakan", reply_markup=keys))
    chat.presses("Cek bantuan")
    (update,) = call(telegram, lambda bot: bot.get_updates())
    assert update.message.text == "Cek bantuan"


def test_editing_to_the_same_and_editing_what_is_gone_are_refused(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()

    async def edit(bot: Bot) -> None:
        message = await bot.send_message(chat.id, "satu", reply_markup=KEYBOARD)
        await bot.edit_message_reply_markup(chat.id, message.message_id)
        with pytest.raises(BadRequest, match="not modified"):
            await bot.edit_message_text("satu", chat.id, message.message_id)
        await bot.delete_message(chat.id, message.message_id)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("dua", chat.id, message.message_id)
        with pytest.raises(BadRequest, match="Message to delete not found"):
            await bot.delete_message(chat.id, message.message_id)

    call(telegram, edit)
    assert [message.text for message in chat.deleted] == ["satu"]
    assert chat.messages == []


def test_a_persons_message_is_deleted_unless_told_otherwise(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    kept, gone = chat.says("satu"), chat.says("dua")
    telegram.fails("deleteMessage", bad_request("message can't be deleted for everyone"))
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        call(telegram, lambda bot: bot.delete_message(chat.id, kept.id))
    call(telegram, lambda bot: bot.delete_message(chat.id, gone.id))
    chat.expects_deletion(gone)
    assert chat.messages == [kept]


def test_an_unknown_press_cannot_be_answered(telegram: BotApiServer) -> None:
    with pytest.raises(BadRequest, match="Query is too old"):
        call(telegram, lambda bot: bot.answer_callback_query("1"))


def test_the_menu_and_descriptions_are_kept_by_language(telegram: BotApiServer) -> None:
    async def describe(bot: Bot) -> None:
        await bot.set_my_commands([BotCommand("cek", "Cek bantuan")], language_code="su")
        await bot.set_my_description("Cek bantuan sosial")
        await bot.set_my_short_description("Gratis")
        with pytest.raises(BadRequest, match="(?i)bot_command_invalid"):
            await bot.set_my_commands([BotCommand("Cek", "Cek bantuan")])

    call(telegram, describe)
    assert [command["command"] for command in telegram.profile.commands["default", "su"]] == ["cek"]
    assert telegram.profile.descriptions == {"": "Cek bantuan sosial"}
    assert telegram.profile.short_descriptions == {"": "Gratis"}


def test_half_a_request_of_a_bot_that_died_is_no_message(telegram: BotApiServer) -> None:
    chat = telegram.private_chat()
    body = f"chat_id={chat.id}&text=Halo".encode()
    head = f"POST /bot{telegram.token}/sendMessage HTTP/1.1\r\nHost: x\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    port = urlsplit(telegram.url).port
    for size, expected in ((len(body) + 20, []), (len(body), ["Halo"])):
        with socket.create_connection(("127.0.0.1", port)) as dying:
            dying.sendall(f"{head}{kind}Content-Length: {size}\r\n\r\n".encode() + body)
            dying.shutdown(socket.SHUT_WR)
            while dying.recv(1024):
                pass
        assert [reply.text for reply in chat.replies] == expected
