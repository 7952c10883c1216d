"""Web Push (RFC 8030): to the push service of a browser, sealed (RFC 8291) so that only this browser reads it, and
signed (VAPID, RFC 8292) so that the service knows whose it is.

Where it goes somebody else has said, so it is looked at once more, no redirect is followed, little is waited for, and
of the answer hardly more than its status is read. Several may be under way: a browser shows two of one `tag` as one,
and the service keeps one of one `Topic` for a phone that is off.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
from py_vapid import Vapid02
from pywebpush import WebPusher

from salur.channels.carrier import Gone, NotTaken, TryLater
from salur.core.errors import Refused
from salur.core.notices.answers import Notice
from salur.core.notices.channels import Channel
from salur.wiring import Services
from salur.words.language import Say, parts
from salur.words.lookup.following import contests
from salur.words.notices import NOTICES

CONNECTING, ANSWERING, IN_ALL = 5.0, 10.0, 20.0  # seconds
LITTLE, READING = 4096, 2.0  # bytes of an answer, and seconds, so that its connection can be used again
KEPT = timedelta(days=2)  # by the service, for a phone that is off, where nothing says how long it is good
SIGNED_FOR = timedelta(hours=12)  # services take 24 at most
ASKED = timedelta(minutes=1)  # a 429 that names no time
LONGEST, MOST_BYTES = 1000, 3000  # of the text: 4 KB is what a service takes, sealed
TITLE = 100  # characters of a button's words
BUTTONS = 2  # what browsers show
# Bytes: what is sealed is filled up to a multiple, so that its length tells the service next to nothing; at most one
# record of 4,096 with its head and mark.
ALIKE, ROOM = 1024, 3993


class WebPush:
    """Carries to browsers."""

    channel = Channel.PUSH
    per_second = 50
    at_once = 10

    def __init__(self, services: Services) -> None:
        self._services = services
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(ANSWERING, connect=CONNECTING),
            follow_redirects=False,
            headers={"User-Agent": "Salur"},
        )
        self._key: Vapid02 | None = None
        self._signed: dict[str, tuple[datetime, str]] = {}  # by push service: until when it is used

    def part(self, notice: Notice) -> str:
        """The push service: none of them speaks for another."""
        try:
            return self._services.push.subscription(notice.address).service
        except Refused:
            return ""  # nor is it carried

    async def carry(self, notice: Notice, say: Say) -> None:
        """Hand one message to the browser's push service."""
        try:
            subscription = self._services.push.subscription(notice.address)
        except Refused as refused:
            raise NotTaken(refused.code) from None
        keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
        sealed = WebPusher({"endpoint": subscription.endpoint, "keys": keys}).encode(payload(notice, say))
        headers = {
            "Authorization": await self._signature(subscription.service),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(self._kept(notice)),
            "Urgency": "high" if notice.good_until is not None else "normal",
            "Topic": str(notice.id),
        }
        async with (
            asyncio.timeout(IN_ALL),
            self._client.stream("POST", subscription.endpoint, content=sealed["body"], headers=headers) as answer,
        ):
            with suppress(TimeoutError, httpx.HTTPError):
                await read_a_little(answer)
        self._understand(answer)

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def _signature(self, service: str) -> str:
        """By which the service knows us, for half its life."""
        now = self._services.clock()
        until, signed = self._signed.get(service, (now, ""))
        # A clock may be set back: then it is signed for longer than services take.
        if not now < until <= now + SIGNED_FOR / 2:
            if self._key is None:
                private = await asyncio.to_thread(self._services.push.private_key)
                self._key = Vapid02.from_raw(private.encode())
            claims = {"aud": service, "sub": self._who(), "exp": int((now + SIGNED_FOR).timestamp())}
            signed = self._key.sign(claims)["Authorization"]
            self._signed[service] = now + SIGNED_FOR / 2, signed
        return signed

    def _who(self) -> str:
        """Whom the service can turn to: the site, where it has an address."""
        host = urlsplit(self._services.settings.site).hostname or ""
        return f"https://{host}" if self._services.settings.https and "." in host else "mailto:salur@localhost"

    def _kept(self, notice: Notice) -> int:
        """How many seconds the service keeps it for a phone that is off."""
        if notice.good_until is None:
            return int(KEPT.total_seconds())
        return max(int((notice.good_until - self._services.clock()).total_seconds()), 0)

    def _understand(self, answer: httpx.Response) -> None:
        """What its status comes to. Raises: Gone, TryLater, NotTaken."""
        if answer.is_success:
            return
        if answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            raise Gone
        wait = self._asked_to_wait(answer.headers.get("Retry-After", ""))
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise TryLater(ASKED if wait is None else wait)
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE and wait is not None:
            raise TryLater(wait)
        raise NotTaken(str(answer.status_code))

    def _asked_to_wait(self, told: str) -> timedelta | None:
        """What `Retry-After` says, in seconds or as a moment; None where it says nothing."""
        if told.isascii() and told.isdecimal() and len(told) < 9:
            wait = timedelta(seconds=int(told))
        else:
            try:
                moment = parsedate_to_datetime(told)
            except ValueError:
                return None
            wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - self._services.clock()
        return wait


def payload(notice: Notice, say: Say) -> bytes:
    """What the service worker of the site reads, with blanks behind it, which JSON does not mind."""
    text = "".join(part for part, _ in parts(NOTICES[notice.code](notice.facts, say)))
    short = shortened(text)
    buttons = contests(notice.facts, say) if notice.code == "news" else ()
    told = {
        "title": say("Kabar bantuan sosial"),
        "body": short if short == text else "\n".join((short, say("Masih ada lagi. Cek di Salur."))),
        "lang": say.code,
        "tag": str(notice.id),
        "follow": str(notice.facts.get("follow", "")),
        "actions": [{"ref": ref, "title": label[:TITLE]} for label, ref in buttons[:BUTTONS]],
    }
    sealed = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return sealed.ljust(min(-(-len(sealed) // ALIKE) * ALIKE, ROOM))


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text cut at the end of a sentence, where it is too long."""
    whole = text[:longest].encode()[:MOST_BYTES].decode(errors="ignore")
    if whole == text:
        return text
    ends = [whole.rfind(end) + 1 for end in (". ", ".\n", "? ", "?\n", "! ", "!\n")] + [whole.rfind("\n")]
    return whole[: max(ends)].rstrip() if max(ends) > 0 else whole


async def read_a_little(answer: httpx.Response) -> None:
    """Read an answer to its end, if it comes to one soon."""
    read = 0
    async with asyncio.timeout(READING):
        async for piece in answer.aiter_raw():
            read += len(piece)
            if read > LITTLE:
                return
