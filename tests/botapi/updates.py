"""How updates reach the bot: long polling with offsets, or pushed to its webhook. Never both."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.botapi.rules import Json, bad_request, conflict

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Without a word about it, Telegram leaves these out.
ONLY_WHEN_ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
RETRY_AFTER = 0.1  # seconds between two tries at a webhook that refuses


@dataclass
class Webhook:
    """Where updates are pushed."""

    url: str
    secret: str
    last_error: str | None = None


class Updates:
    """The bot's queue of updates. Every method is called with `changed` held, except those that say otherwise."""

    def __init__(self, changed: threading.Condition) -> None:
        self.changed = changed
        self.webhook: Webhook | None = None
        self.closed = False
        self.waiting = 0  # long polls under way
        self.away = False  # neither waits for pollers nor pushes
        self._queue: list[Json] = []
        self._next_id = 1000
        self._allowed: list[str] = []
        self._poll = object()  # the one long poll that counts; a later one replaces it

    def __len__(self) -> int:
        return len(self._queue)

    def add(self, kind: str, body: Json) -> None:
        """Queue an update, unless the bot does not want its kind."""
        wanted = kind in self._allowed if self._allowed else kind not in ONLY_WHEN_ASKED_FOR
        if wanted:
            self._next_id += 1
            self._queue.append({"update_id": self._next_id, kind: body})
            self.changed.notify_all()

    def get(self, params: Json) -> list[Json]:
        """Answer getUpdates: waits up to `timeout` seconds for a first update.

        Raises: ApiError 409, while a webhook is set, and for the earlier of two polls at once.
        """
        if self.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self._set_allowed(params)
        self._forget_before(int(params.get("offset", 0)))
        poll = self._poll = object()
        self.changed.notify_all()
        deadline = time.monotonic() + float(params.get("timeout", 0))
        self.waiting += 1
        try:
            self._wait(poll, deadline)
        finally:
            self.waiting -= 1
        return self._queue[: int(params.get("limit", 100))]

    def _wait(self, poll: object, deadline: float) -> None:
        while not (self._queue or self.closed or self.away) and (left := deadline - time.monotonic()) > 0:
            self.changed.wait(left)
            if self._poll is not poll:
                raise conflict(
                    "terminated by setWebhook request"
                    if self.webhook
                    else "terminated by other getUpdates request; make sure that only one bot instance is running"
                )

    def set_webhook(self, params: Json) -> bool:
        """Push from now on. Plain HTTP is taken, as by a Bot API server of one's own run with `--local`."""
        secret = params.get("secret_token", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        self._set_allowed(params)
        if params.get("drop_pending_updates", "").lower() == "true":
            self._queue.clear()
        self.webhook = Webhook(params["url"], secret) if params.get("url") else None
        self._poll = object()
        self.changed.notify_all()
        return True

    def delete_webhook(self, params: Json) -> bool:
        """Go back to polling."""
        if params.get("drop_pending_updates", "").lower() == "true":
            self._queue.clear()
        self.webhook = None
        return True

    def info(self) -> Json:
        """Answer getWebhookInfo."""
        body: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(self._queue)}
        if self.webhook:
            body["url"] = self.webhook.url
            if self.webhook.last_error:
                body |= {"last_error_message": self.webhook.last_error, "last_error_date": int(time.time())}
        return body

    def push_forever(self) -> None:
        """Push what is queued to the webhook, in order, each until it is taken. Runs in a thread, takes the lock."""
        while True:
            with self.changed:
                while not self.closed and (self.webhook is None or not self._queue or self.away):
                    self.changed.wait()
                if self.closed:
                    return
                hook, update = self.webhook, self._queue[0]
            assert hook is not None
            error = self._push(hook, update)
            with self.changed:
                hook.last_error = error
                if error is None:
                    self._forget_before(update["update_id"] + 1)
                elif self.webhook is hook:
                    self.changed.wait(RETRY_AFTER)

    def _push(self, hook: Webhook, update: Json) -> str | None:
        try:
            status = post_update(hook.url, update, hook.secret)
        except OSError:
            return "Connection refused"
        except http.client.HTTPException:
            return "Connection closed"
        return None if 200 <= status < 300 else f"Wrong response from the webhook: {status}"

    def _set_allowed(self, params: Json) -> None:
        # Not given means as before; an empty list means the default kinds.
        if "allowed_updates" in params:
            self._allowed = json.loads(params["allowed_updates"])

    def _forget_before(self, offset: int) -> None:
        if offset < 0:
            self._queue = self._queue[offset:]
        else:
            self._queue = [update for update in self._queue if update["update_id"] >= offset]
        self.changed.notify_all()


def post_update(url: str, update: Json, secret: str) -> int:
    """POST one update as Telegram would and give the status; with another secret, as a stranger would.

    Raises: OSError when nobody listens.
    """
    parts = urlsplit(url)
    headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: secret} if secret else {})
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request("POST", parts.path or "/", json.dumps(update), headers)
        return connection.getresponse().status
    finally:
        connection.close()
