"""A small Bot API server on loopback, for tests: the real bot talks to it over HTTP, people through `Chat`.

    with BotApiServer() as telegram:
        chat = telegram.private_chat(language="id")
        chat.says("/start")                       # the bot runs against telegram.base_url with telegram.token
        assert "PIN" in chat.expects_reply().text

It keeps to what the Bot API documents and its official server answers: offsets and long polling, 409 for a second
reader, 401 and 404 for wrong tokens and methods, 400 for texts, HTML and keyboards that Telegram would not take,
403 once someone blocks the bot. `fails` and `away` bring 429s, refusals and outages. `requests` keeps all that the
bot sent. Not here: channels, media other than documents, payments, Markdown.
"""

from __future__ import annotations

import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeVar
from urllib.parse import unquote

from tests.botapi.chats import PATIENCE, Chat, Document, Person
from tests.botapi.http import Answer, HttpServer, Received
from tests.botapi.methods import Methods, Profile
from tests.botapi.rules import ApiError, Json, bad_gateway
from tests.botapi.updates import Updates, post_update

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the bot: parameters as sent (strings, JSON inside), files, and the status it got."""

    method: str
    params: dict[str, str]
    files: dict[str, Document]
    path: str
    status: int

    @property
    def everything(self) -> str:
        """All of it as one text, for asking whether something is in it."""
        # As Telegram reads it: what JSON escapes is spelt out, so that no escape hides a name.
        values = [json.dumps(_unfold(value), ensure_ascii=False) for value in self.params.values()]
        contents = [f"{file.file_name} {file.content.decode('utf-8', 'replace')}" for file in self.files.values()]
        return "\n".join([unquote(self.path), *values, *contents])


@dataclass
class _Fault:
    """An answer prepared for the next so many calls of a method (in one chat, or any)."""

    method: str
    error: ApiError
    times: int
    chat_id: int | None


class BotApiServer:
    """One bot's Telegram. Use as a context manager, or call `close` yourself."""

    token = "7000000001:AAE-an-invented-token-for-tests-only"
    bot_user: Json = {  # noqa: RUF012
        "id": 7000000001,
        "is_bot": True,
        "first_name": "Salur",
        "username": "salur_tes_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.requests: list[Request] = []
        self._ids = itertools.count(100)
        self._chats: dict[int, Chat] = {}
        self._updates = Updates(self.changed)
        self._methods = Methods(self.bot_user, self._chats, self._updates)
        self._faults: list[_Fault] = []
        self._listen(port=0)
        self._pusher = threading.Thread(target=self._updates.push_forever, daemon=True)
        self._pusher.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Where the bot finds it

    @property
    def url(self) -> str:
        """Such as http://127.0.0.1:40321, what `SALUR_TELEGRAM_API` takes."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What `telegram.Bot(base_url=…)` takes: the token follows."""
        return f"{self.url}/bot"

    # Who writes to it

    def private_chat(self, *, language: str | None = "id", first_name: str = "Ibu Contoh") -> Chat:
        """A new person's chat with the bot."""
        person = self.person(language=language, first_name=first_name)
        return self._add({"id": person.id, "type": "private", "first_name": first_name}, person)

    def group_chat(self, *, title: str = "Warga RT 003", bot_is_admin: bool = False) -> Chat:
        """A new group with the bot in it. It hears all that is said there; deleting takes an admin."""
        person = self.person(first_name="Pak Contoh")
        chat = self._add({"id": -1000000000000 - self.new_id(), "type": "supergroup", "title": title}, person)
        chat.bot_may_delete = bot_is_admin
        return chat

    def person(self, *, language: str | None = "id", first_name: str = "Ibu Contoh") -> Person:
        """An invented person, to write in a group."""
        return Person(5000000000 + self.new_id(), first_name, language)

    # What goes wrong

    def fails(self, method: str, error: ApiError, *, times: int = 1, chat: Chat | None = None) -> None:
        """Answer the next so many calls of a method (in one chat, if given) with this error; "*" is any method."""
        with self.changed:
            self._faults.append(_Fault(method, error, times, chat.id if chat else None))

    @contextmanager
    def away(self, how: Literal["refuse", "502"] = "refuse") -> Iterator[None]:
        """Be away: refuse connections (and cut those that stand), or answer all with 502. Updates wait meanwhile."""
        self._set_away(True)
        if how == "refuse":
            self._stop_listening()
        try:
            yield
        finally:
            if how == "refuse":
                self._listen(self._port)
            self._set_away(False)

    # What it knows

    @property
    def chats(self) -> list[Chat]:
        """Every chat, oldest first."""
        with self.changed:
            return list(self._chats.values())

    @property
    def profile(self) -> Profile:
        """Commands and descriptions that the bot has set."""
        return self._methods.profile

    @property
    def webhook_url(self) -> str | None:
        """Where updates are pushed now."""
        return self._updates.webhook.url if self._updates.webhook else None

    @property
    def webhook_secret(self) -> str | None:
        """The secret token that the bot has set with its webhook."""
        return self._updates.webhook.secret if self._updates.webhook else None

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits for updates just now."""
        return self._updates.waiting > 0

    @property
    def pending(self) -> int:
        """Updates that the bot has not confirmed."""
        return len(self._updates)

    def calls(self, method: str) -> list[Request]:
        """All requests of one method, oldest first."""
        with self.changed:
            return [request for request in self.requests if request.method == method]

    def heard(self, text: str) -> list[Request]:
        """All requests in which this text stands anywhere: parameters, files, address."""
        with self.changed:
            return [request for request in self.requests if text in request.everything]

    def wait_for(self, what: str, find: Callable[[], T | None], timeout: float = PATIENCE) -> T:
        """Wait until `find` (called with the lock held) gives something true; AssertionError when it never does."""
        deadline = time.monotonic() + timeout
        with self.changed:
            while True:
                if found := find():
                    return found
                left = deadline - time.monotonic()
                if left <= 0:
                    last = [f"{request.method} {request.status}" for request in self.requests[-8:]]
                    raise AssertionError(f"waited {timeout:g} s for {what}; the bot's last requests: {last}")
                self.changed.wait(left)

    def wait_for_call(self, method: str, *, times: int = 1, timeout: float = PATIENCE) -> Request:
        """Wait until a method has been called so many times; gives the latest call."""
        calls = self.wait_for(
            f"call no. {times} of {method}", lambda: c if len(c := self.calls(method)) >= times else None, timeout
        )
        return calls[times - 1]

    def wait_until_read(self, timeout: float = PATIENCE) -> None:
        """Wait until the bot has confirmed every update (it may still be working on the last)."""
        self.wait_for("confirmation of all updates", lambda: self.pending == 0, timeout)

    def post_to_webhook(self, body: Json, *, secret: str = "") -> int:
        """Post something to the bot's webhook as a stranger would, and give the status."""
        assert self.webhook_url, "the bot has set no webhook"
        for _ in range(1_000):  # bots set their webhook first and listen then
            with suppress(ConnectionRefusedError):
                return post_update(self.webhook_url, body, secret)
            time.sleep(PATIENCE / 1_000)
        raise AssertionError("nobody listens where the bot has set its webhook")

    def close(self) -> None:
        """Stop listening, let every waiting poll go."""
        with self.changed:
            self._updates.closed = True
            self.changed.notify_all()
        self._pusher.join(timeout=PATIENCE)
        self._stop_listening()

    # What chats need

    def new_id(self) -> int:
        """A number not used before."""
        return next(self._ids)

    def tell(self, kind: str, body: Json) -> None:
        """Queue an update for the bot."""
        with self.changed:
            self._updates.add(kind, body)

    def _add(self, body: Json, person: Person) -> Chat:
        chat = Chat(self, body, person)
        with self.changed:
            self._chats[chat.id] = chat
        return chat

    # Answering

    def answer(self, received: Received) -> Answer:
        """Status, body and content type of the answer to one request, which is recorded."""
        with self.changed:
            try:
                result, error = self._result(received), None
            except ApiError as failed:
                result, error = None, failed
            status = error.code if error else 200
            self.requests.append(Request(received.method, received.params, received.files, received.path, status))
            self.changed.notify_all()
        if error and error.as_page:
            return status, b"<html><title>502 Bad Gateway</title></html>", "text/html"
        body = {"ok": True, "result": result} if error is None else _failure(error)
        return status, json.dumps(body).encode(), "application/json"

    def _result(self, received: Received) -> Any:
        if self._updates.away:
            raise bad_gateway()
        if not re.fullmatch(r"\d+:[\w-]{30,}", received.token):
            raise ApiError(404, "Not Found")
        if received.token != self.token:
            raise ApiError(401, "Unauthorized")
        if fault := self._next_fault(received):
            raise fault
        result = self._methods.call(received.method, received.params, received.files)
        if self._updates.away:  # went away during a long poll
            raise bad_gateway()
        return result

    def _next_fault(self, received: Received) -> ApiError | None:
        for fault in self._faults:
            in_chat = fault.chat_id is None or str(fault.chat_id) == received.params.get("chat_id")
            if fault.times > 0 and in_chat and fault.method in ("*", received.method):
                fault.times -= 1
                return fault.error
        return None

    def _set_away(self, away: bool) -> None:
        with self.changed:
            self._updates.away = away
            self.changed.notify_all()

    # Listening

    def _listen(self, port: int) -> None:
        self._http = HttpServer(self.answer, port)
        self._port: int = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def _stop_listening(self) -> None:
        self._http.shutdown()
        self._thread.join(timeout=PATIENCE)
        self._http.cut_connections()
        self._http.server_close()


def _failure(error: ApiError) -> Json:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    return body | ({"parameters": {"retry_after": error.retry_after}} if error.retry_after else {})


def _unfold(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
