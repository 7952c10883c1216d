"""The person's side of the Bot API server: chats to write in, buttons to press, replies to read."""

from __future__ import annotations

import dataclasses
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from tests.botapi.rules import Json, utf16_length

PATIENCE = 150.0  # seconds; only ever spent when something is broken
COMMAND = re.compile(r"(?<![\w/])/\w{1,32}(?:@\w+)?")
T = TypeVar("T")


class World(Protocol):
    """What a chat needs of the server."""

    bot_user: Json
    changed: threading.Condition  # guards everything that tests and bot both touch

    def new_id(self) -> int:
        """A number not used before."""

    def tell(self, kind: str, body: Json) -> None:
        """Put an update of this kind into the bot's queue."""

    def wait_for(self, what: str, find: Callable[[], T | None], timeout: float) -> T:
        """Wait until `find` gives something; AssertionError naming `what` when it never does."""


@dataclass(frozen=True, slots=True)
class Person:
    """An invented user of Telegram. `language` is that of the app, as Telegram tells it to the bot."""

    id: int
    first_name: str
    language: str | None

    def as_json(self) -> Json:
        """As in the `from` of a message."""
        body: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return body | ({"language_code": self.language} if self.language else {})


@dataclass(frozen=True, slots=True)
class Venue:
    """A place sent as a venue (or a bare location, then without title and address). Degrees, WGS 84."""

    title: str
    address: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Document:
    """A file that the bot sent."""

    file_name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: `data` comes back to the bot, `url` opens, `page` opens inside Telegram; a plain key
    has none of them."""

    text: str
    data: str | None = None
    url: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stood when it was looked at; an edit makes another with the same id.

    `source` is what the bot sent (HTML), `text` what the person reads: of a document, its caption.
    """

    id: int
    from_bot: bool
    text: str = ""
    source: str = ""
    keyboard: tuple[tuple[Button, ...], ...] = ()
    venue: Venue | None = None
    document: Document | None = None
    edited: bool = False
    silent: bool = False
    protected: bool = False  # cannot be forwarded or saved
    json: Json = dataclasses.field(default_factory=dict, compare=False, repr=False)

    @property
    def buttons(self) -> tuple[str, ...]:
        """Labels of all buttons, row by row."""
        return tuple(button.text for row in self.keyboard for button in row)

    def button(self, label: str) -> Button:
        """The button with this label."""
        for row in self.keyboard:
            for button in row:
                if button.text == label:
                    return button
        raise AssertionError(f"no button {label!r} among {self.buttons}")


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """What the bot answered to a pressed button: a toast, an alert, or nothing but the end of the spinner."""

    text: str
    alert: bool
    url: str | None


class Press:
    """A button pressed: the spinner turns until the bot answers."""

    def __init__(self, world: World, query_id: str) -> None:
        self._world = world
        self.id = query_id
        self.answer: PressAnswer | None = None

    def expects_answer(self, timeout: float = PATIENCE) -> PressAnswer:
        """Wait until the bot has answered the press."""
        return self._world.wait_for("answer to a pressed button", lambda: self.answer, timeout)


class Chat:
    """A chat with the bot, private or a group, as those in it see it."""

    def __init__(self, world: World, body: Json, person: Person) -> None:
        self._world = world
        self.json = body
        self.person = person
        self.bot_may_delete = body["type"] == "private"
        self.refusal: str | None = None  # why the bot may not write here, in Telegram's words
        self.closed_topics: set[int | None] = set()  # of a forum; None is General
        self.actions: list[str] = []  # chat actions shown, such as "typing"
        self.presses_made: dict[str, Press] = {}
        self._shown: dict[int, Message] = {}
        self._deleted: dict[int, Message] = {}
        self._unread: list[Message] = []

    @property
    def id(self) -> int:
        """Telegram's number for the chat; below zero for groups."""
        return int(self.json["id"])

    @property
    def messages(self) -> list[Message]:
        """What stands in the chat now, both sides, oldest first."""
        with self._world.changed:
            return list(self._shown.values())

    @property
    def replies(self) -> list[Message]:
        """What of the bot's stands in the chat now, oldest first."""
        return [message for message in self.messages if message.from_bot]

    @property
    def deleted(self) -> list[Message]:
        """What the bot deleted, in that order."""
        with self._world.changed:
            return list(self._deleted.values())

    @property
    def unread(self) -> list[Message]:
        """Replies (and edits) that no `expects_reply` has taken yet."""
        with self._world.changed:
            return list(self._unread)

    # What people do

    def says(self, text: str, *, by: Person | None = None) -> Message:
        """Write a text; commands in it are marked as Telegram marks them."""
        commands = [
            {"type": "bot_command", "offset": utf16_length(text[: m.start()]), "length": utf16_length(m[0])}
            for m in COMMAND.finditer(text)
        ]
        return self.sends({"text": text} | ({"entities": commands} if commands else {}), by=by)

    def sends(self, content: Json, *, by: Person | None = None) -> Message:
        """Send anything, given as the fields of a Bot API message."""
        body = self._body(by or self.person) | content
        text = str(content.get("text") or content.get("caption") or "")
        message = Message(body["message_id"], False, text=text, json=body)
        with self._world.changed:
            self._shown[message.id] = message
            self._world.tell("message", body)
        return message

    def sends_photo(self, caption: str = "", *, by: Person | None = None) -> Message:
        """Send a photo, as people do with a KTP when asked for its number."""
        sizes = [{"file_id": "photo", "file_unique_id": "photo", "width": 1280, "height": 808}]
        return self.sends({"photo": sizes} | ({"caption": caption} if caption else {}), by=by)

    def edits(self, message: Message, text: str) -> Message:
        """Change one's own message."""
        body = message.json | {"text": text, "edit_date": int(time.time())}
        changed = dataclasses.replace(message, text=text, edited=True, json=body)
        with self._world.changed:
            self._shown[message.id] = changed
            self._world.tell("edited_message", body)
        return changed

    def presses(self, label: str, *, on: Message | None = None, by: Person | None = None) -> Press:
        """Press a button: of a given message, else of the newest that has one with this label.

        A key of a reply keyboard just says its label.
        """
        holder = on or next((m for m in reversed(self.messages) if label in m.buttons), None)
        if holder is None:
            raise AssertionError(f"no message with a button {label!r}; last seen: {self.messages[-1:]}")
        data = holder.button(label).data
        press = Press(self._world, str(self._world.new_id()))
        if data is None:
            self.says(label, by=by)
            return press
        with self._world.changed:
            self.presses_made[press.id] = press
        body = {"id": press.id, "from": (by or self.person).as_json(), "chat_instance": "1", "data": data}
        self._world.tell("callback_query", body | {"message": holder.json})
        return press

    def forges(self, data: str, on: Message) -> None:
        """Press a button that the bot never put there."""
        body = {"id": "1", "from": self.person.as_json(), "chat_instance": "1", "data": data, "message": on.json}
        self._world.tell("callback_query", body)

    def blocks_the_bot(self) -> None:
        """Block the bot (in a group: throw it out); it learns so by `my_chat_member` and by 403."""
        self.refusal = "bot was kicked from the group chat" if self.id < 0 else "bot was blocked by the user"
        self._tell_membership("member", "kicked")

    def unblocks_the_bot(self) -> None:
        """Let the bot write again."""
        self.refusal = None
        self._tell_membership("kicked", "member")

    # What people see

    def expects_reply(self, timeout: float = PATIENCE) -> Message:
        """Take the next unread message of the bot, or the next message whose text it edited."""
        return self._world.wait_for("reply of the bot", self._take_unread, timeout)

    def reads_all(self) -> None:
        """Take all that has come by now, whatever it is."""
        with self._world.changed:
            self._unread.clear()

    def expects_venue(self, timeout: float = PATIENCE) -> Venue:
        """Take replies until one is a venue."""
        return self._world.wait_for("venue", lambda: self._take_until("venue"), timeout).venue  # type: ignore[return-value]

    def expects_document(self, timeout: float = PATIENCE) -> Document:
        """Take replies until one is a document."""
        return self._world.wait_for("document", lambda: self._take_until("document"), timeout).document  # type: ignore[return-value]

    def expects_deletion(self, message: Message, timeout: float = PATIENCE) -> None:
        """Wait until the bot has deleted this message."""
        self._world.wait_for("deletion of a message", lambda: self._deleted.get(message.id), timeout)

    # What the bot does, called by the server with its lock held

    def bot_posts(self, content: Json, **seen: Any) -> Json:
        """Show a new message of the bot; gives its Bot API form."""
        body = self._body(None) | content
        message = Message(body["message_id"], True, json=body, **seen)
        self._shown[message.id] = message
        self._unread.append(message)
        return body

    def bot_edits(self, message: Message, content: Json, *, notable: bool, **seen: Any) -> Json:
        """Change a message of the bot. `notable` edits (of the text) count as unread, others (of buttons) do not."""
        body = {k: v for k, v in message.json.items() if k not in ("entities", "reply_markup")}
        body |= content | {"edit_date": int(time.time())}
        changed = dataclasses.replace(message, json=body, edited=True, **seen)
        self._shown[message.id] = changed
        if notable:
            self._unread.append(changed)
        return body

    def bot_deletes(self, message_id: int) -> bool:
        """Take a message out of the chat; False when there is none."""
        message = self._shown.pop(message_id, None)
        if message is None:
            return False
        self._deleted[message_id] = message
        return True

    def shown(self, message_id: int) -> Message | None:
        """A message that stands in the chat."""
        return self._shown.get(message_id)

    def _take_unread(self) -> Message | None:
        return self._unread.pop(0) if self._unread else None

    def _take_until(self, attribute: str) -> Message | None:
        while message := self._take_unread():
            if getattr(message, attribute) is not None:
                return message
        return None

    def _body(self, person: Person | None) -> Json:
        sender = person.as_json() if person else self._world.bot_user
        return {"message_id": self._world.new_id(), "from": sender, "chat": self.json, "date": int(time.time())}

    def _tell_membership(self, before: str, after: str) -> None:
        def member(status: str) -> Json:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self._world.bot_user, "status": status} | until

        body = {"chat": self.json, "from": self.person.as_json(), "date": int(time.time())}
        change = {"old_chat_member": member(before), "new_chat_member": member(after)}
        self._world.tell("my_chat_member", body | change)
