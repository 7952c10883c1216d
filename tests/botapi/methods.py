"""What each method of the Bot API does to the chats. Called with the server's lock held."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.chats import Button, Chat, Document, Message, PressAnswer, Venue
from tests.botapi.rules import (
    MAX_CAPTION,
    ApiError,
    Json,
    bad_request,
    checked_commands,
    checked_markup,
    checked_text,
    forbidden,
)
from tests.botapi.updates import Updates

ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker"
    " find_location record_video_note upload_video_note".split()
)
Files = dict[str, Document]


@dataclass
class Profile:
    """What the bot says of itself, by language ("" for everybody else)."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # (scope, language)
    menu_button: Json = field(default_factory=lambda: {"type": "default"})


class Methods:
    """The methods, each under its name in the Bot API."""

    def __init__(self, bot_user: Json, chats: dict[int, Chat], updates: Updates) -> None:
        self.bot_user = bot_user
        self.chats = chats
        self.updates = updates
        self.profile = Profile()
        self._table: dict[str, Callable[[Json, Files], Any]] = {
            "getMe": lambda params, files: self.bot_user,
            "getUpdates": lambda params, files: self.updates.get(params),
            "setWebhook": lambda params, files: self.updates.set_webhook(params),
            "deleteWebhook": lambda params, files: self.updates.delete_webhook(params),
            "getWebhookInfo": lambda params, files: self.updates.info(),
            "sendMessage": self._send_message,
            "sendVenue": self._send_venue,
            "sendLocation": self._send_venue,
            "sendDocument": self._send_document,
            "sendChatAction": self._send_chat_action,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer_press,
            "getChat": self._get_chat,
            "leaveChat": self._leave_chat,
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda params, files: self.profile.commands.get(_scope(params), []),
            "deleteMyCommands": self._delete_commands,
            "setMyName": self._describe("names", "name", 64),
            "setMyDescription": self._describe("descriptions", "description", 512),
            "setMyShortDescription": self._describe("short_descriptions", "short_description", 120),
            "setChatMenuButton": self._set_menu_button,
        }

    def call(self, name: str, params: Json, files: Files) -> Any:
        """Do what the method does and give its result. Names are case-insensitive, as Telegram's.

        Raises: ApiError.
        """
        for known, method in self._table.items():
            if known.lower() == name.lower():
                return method(params, files)
        raise ApiError(404, "Not Found")

    def _chat(self, params: Json) -> Chat:
        if not params.get("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(params["chat_id"]))
        if chat is None:
            raise bad_request("chat not found")
        if chat.refusal:
            raise forbidden(chat.refusal)
        return chat

    def _post(self, params: Json, content: Json, **seen: Any) -> Json:
        chat = self._chat(params)
        topic = int(params["message_thread_id"]) if "message_thread_id" in params else None
        if topic in chat.closed_topics:
            raise bad_request("TOPIC_CLOSED")
        if topic is not None:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if "reply_parameters" in params:
            answered = json.loads(params["reply_parameters"])
            if not chat.shown(answered["message_id"]) and not answered.get("allow_sending_without_reply"):
                raise bad_request("message to be replied not found")
        return chat.bot_posts(
            content | _markup_json(params),
            keyboard=_keyboard(params),
            silent=_is_true(params, "disable_notification"),
            protected=_is_true(params, "protect_content"),
            **seen,
        )

    def _send_message(self, params: Json, files: Files) -> Json:
        text, entities = checked_text(params)
        return self._post(params, _text_json(text, entities), text=text, source=params["text"])

    def _send_venue(self, params: Json, files: Files) -> Json:
        latitude, longitude = float(params.get("latitude", "nan")), float(params.get("longitude", "nan"))
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise bad_request("wrong parameter latitude or longitude in the request")
        location: Json = {"latitude": latitude, "longitude": longitude}
        if "title" not in params:
            return self._post(params, {"location": location}, venue=Venue("", "", latitude, longitude))
        title, address = params["title"].strip(), params.get("address", "").strip()
        if not title or not address:
            raise bad_request("venue title must be non-empty" if not title else "venue address must be non-empty")
        venue: Json = {"location": location, "title": title, "address": address}
        return self._post(
            params, {"venue": venue, "location": location}, venue=Venue(title, address, latitude, longitude)
        )

    def _send_document(self, params: Json, files: Files) -> Json:
        document = files.get("document") or files.get(params.get("document", "").removeprefix("attach://"))
        if document is None:
            raise bad_request("there is no document in the request")
        if not document.content:
            raise bad_request("file must be non-empty")
        text, entities = checked_text(params, "caption", MAX_CAPTION)
        described: Json = {
            "file_id": "document",
            "file_unique_id": "document",
            "file_name": document.file_name,
            "mime_type": document.mime_type,
            "file_size": len(document.content),
        }
        content: Json = {"document": described}
        if text:
            content |= {"caption": text, "caption_entities": entities}
        return self._post(params, content, text=text, source=params.get("caption", ""), document=document)

    def _send_chat_action(self, params: Json, files: Files) -> bool:
        if params.get("action") not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._chat(params).actions.append(params["action"])
        return True

    def _own_message(self, params: Json) -> tuple[Chat, Message]:
        chat = self._chat(params)
        message = chat.shown(int(params.get("message_id", 0)))
        if message is None:
            raise bad_request("message to edit not found")
        if not message.from_bot:
            raise bad_request("message can't be edited")
        return chat, message

    def _edit_text(self, params: Json, files: Files) -> Json:
        chat, message = self._own_message(params)
        if message.venue or message.document:
            raise bad_request("there is no text in the message to edit")
        text, entities = checked_text(params)
        keyboard = _keyboard(params)
        if (text, keyboard, entities) == (message.text, message.keyboard, message.json.get("entities", [])):
            raise _not_modified()
        content = _text_json(text, entities) | _markup_json(params)
        return chat.bot_edits(message, content, notable=True, text=text, source=params["text"], keyboard=keyboard)

    def _edit_markup(self, params: Json, files: Files) -> Json:
        chat, message = self._own_message(params)
        keyboard = _keyboard(params)
        if keyboard == message.keyboard:
            raise _not_modified()
        kept = {"entities": message.json["entities"]} if "entities" in message.json else {}
        return chat.bot_edits(message, kept | _markup_json(params), notable=False, keyboard=keyboard)

    def _delete(self, params: Json, files: Files) -> bool:
        chat = self._chat(params)
        message = chat.shown(int(params.get("message_id", 0)))
        if message is None:
            raise bad_request("message to delete not found")
        if not message.from_bot and not chat.bot_may_delete:
            raise bad_request("message can't be deleted")
        return chat.bot_deletes(message.id)

    def _answer_press(self, params: Json, files: Files) -> bool:
        text = params.get("text", "")
        for chat in self.chats.values():
            press = chat.presses_made.get(params.get("callback_query_id", ""))
            if press is not None:
                if len(text) > 200:
                    raise bad_request("MESSAGE_TOO_LONG")
                press.answer = PressAnswer(text, _is_true(params, "show_alert"), params.get("url"))
                return True
        raise bad_request("query is too old and response timeout expired or query ID is invalid")

    def _get_chat(self, params: Json, files: Files) -> Json:
        gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
        return self._chat(params).json | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts.split(), False),
        }

    def _leave_chat(self, params: Json, files: Files) -> bool:
        self._chat(params).refusal = "bot is not a member of the supergroup chat"
        return True

    def _set_commands(self, params: Json, files: Files) -> bool:
        self.profile.commands[_scope(params)] = checked_commands(params)
        return True

    def _delete_commands(self, params: Json, files: Files) -> bool:
        self.profile.commands.pop(_scope(params), None)
        return True

    def _set_menu_button(self, params: Json, files: Files) -> bool:
        self.profile.menu_button = json.loads(params.get("menu_button", '{"type": "default"}'))
        return True

    def _describe(self, what: str, key: str, limit: int) -> Callable[[Json, Files], bool]:
        def describe(params: Json, files: Files) -> bool:
            text = params.get(key, "")
            if len(text) > limit:
                raise bad_request(f"bot {key.replace('_', ' ')} is too long")
            getattr(self.profile, what)[params.get("language_code", "")] = text
            return True

        return describe


def _is_true(params: Json, key: str) -> bool:
    return bool(params.get(key, "").lower() == "true")


def _scope(params: Json) -> tuple[str, str]:
    scope = json.loads(params.get("scope", '{"type": "default"}'))
    return scope["type"], params.get("language_code", "")


def _keyboard(params: Json) -> tuple[tuple[Button, ...], ...]:
    markup = checked_markup(params) or {}
    rows: list[list[Any]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: str | Json) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(button["text"], button.get("callback_data"), button.get("url"), button.get("web_app", {}).get("url"))


def _markup_json(params: Json) -> Json:
    # Telegram gives back inline keyboards only.
    markup = checked_markup(params) or {}
    return {"reply_markup": markup} if "inline_keyboard" in markup else {}


def _text_json(text: str, entities: list[Json]) -> Json:
    return {"text": text} | ({"entities": entities} if entities else {})


def _not_modified() -> ApiError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )
