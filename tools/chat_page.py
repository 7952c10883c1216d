"""A conversation with the real bot as a page, drawn from what the bot sent.

The bot runs against the Bot API server of the tests. Nothing it says is written here: whatever stands in the chat
afterwards is shown, so the message with the number is missing because the bot deleted it.
"""

from __future__ import annotations

import os
from html import escape

WIDTH = 360
STYLE = """
* { box-sizing: border-box }
body { margin: 0; padding: 12px; background: #d5e3da; color: #111; font: 15px/1.38 system-ui, "Noto Sans", sans-serif }
header { margin: -12px -12px 12px; padding: 10px 14px; background: #0b5138; color: #fff; font-weight: 700 }
header small { display: block; font-weight: 400 }
.bot, .person { width: fit-content; max-width: 316px; margin: 0 0 4px; padding: 8px 11px; background: #fff;
  border-radius: 14px 14px 14px 4px; white-space: pre-wrap; overflow-wrap: break-word }
.person { margin-left: auto; background: #e3fdd2; border-radius: 14px 14px 4px }
.keys { display: flex; gap: 4px; width: 316px; margin-bottom: 4px }
.keys span { flex: 1; padding: 7px 4px; border-radius: 8px; background: #5f7f6d; color: #fff; text-align: center }
.venue { width: 316px; padding: 4px }
.map { display: grid; place-content: center; height: 96px; margin-bottom: 4px; border-radius: 11px; font-size: 26px;
  background: repeating-linear-gradient(90deg, #0000 0 44px, #fff 44px 50px),
    repeating-linear-gradient(#0000 0 34px, #fff 34px 40px), #dfe8d8 }
.venue p { margin: 0 7px 4px }
.space { height: 6px }
"""


def chat_page(number: str, name: str) -> str:
    """Ask the running bot with this number and name, and give the chat as HTML."""
    from salur.cli.setup import set_up
    from tests.bot.running import RunningBot, telegram_of
    from tests.botapi.server import BotApiServer

    os.environ["PTB_TIMEDELTA"] = "1"
    services = set_up()
    with BotApiServer() as telegram, RunningBot(telegram_of(services, telegram)):
        chat = telegram.private_chat()
        for text in ("/cek", number):
            chat.says(text)
            chat.expects_reply()
        chat.says(name.title())
        chat.expects_venue()
        shown = "".join(_bubble(message) for message in chat.messages)
        title = str(telegram.bot_user["first_name"])
    services.database.dispose()
    head = f"<header>{escape(title)}<small>bot</small></header>"
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{head}{shown}"


def _bubble(message: object) -> str:
    """One message as it is seen: words, then buttons; a place with a map."""
    from tests.botapi.chats import Message

    assert isinstance(message, Message)
    if message.venue:
        place = f"<p><b>{escape(message.venue.title)}</b><br>{escape(message.venue.address)}</p>"
        return f'<div class="bot venue"><div class=map>📍</div>{place}</div>'
    # The bot sends Telegram's HTML, which a browser reads as it stands.
    words = f"<div class=bot>{message.source}</div>" if message.from_bot else _own(message.text)
    keys = ("".join(f"<span>{escape(button.text)}</span>" for button in row) for row in message.keyboard)
    return words + "".join(f"<div class=keys>{row}</div>" for row in keys) + "<div class=space></div>"


def _own(text: str) -> str:
    return f"<div class=person>{escape(text)}</div>"
