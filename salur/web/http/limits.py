"""A ceiling on requests per network address, far above what people do: the strict limits are the core's.

Mobile carriers put a whole village behind one address. What reaches the store (Redis, where several workers share it)
is a keyed digest of the address, never the address; when Redis is away, counting goes on in this process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Flask, request
from flask_limiter import Limiter
from limits import parse
from redis.exceptions import RedisError

from salur.core.limits.asker import Asker
from salur.web.http.counters import Counters

if TYPE_CHECKING:
    from salur.config import Settings

# Of each page, and of the answers, counted apart. The core allows 600 questions an hour.
CEILING = "3000 per hour"
UNCOUNTED = (
    "health.healthz",
    "health.readyz",
    "stylesheet",
    "office_stylesheet",
    "reader",
    "launcher",
    "pusher",
    "static",
)
SECONDS = 1  # how long to wait for Redis before going on without it
PREFIX = "salur"


class Ceiling(Limiter):
    """One limit for all pages. The library looks up at each request which limits hold: more work than to count it."""

    def __init__(self, digest: Callable[[str], str], *, app: Flask, ceiling: str, redis: str) -> None:
        self._ceiling, self._digest = parse(ceiling), digest
        super().__init__(
            lambda: digest(request.remote_addr or ""),
            app=app,
            default_limits=[ceiling],
            key_prefix=PREFIX,
            storage_uri=redis or f"{Counters.STORAGE_SCHEME[0]}://",
            storage_options={"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS} if redis else {},
            in_memory_fallback_enabled=bool(redis),
        )

    def counted_below(self, address: str, endpoint: str) -> bool:
        """Count a request under the library's own key; whether it is plainly below the ceiling."""
        if not self._storage_dead:
            with suppress(RedisError):  # the long way meets it again, and knows what to do
                return self.limiter.hit(self._ceiling, PREFIX, self._digest(address), endpoint)
        return False

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        """Whatever is not plainly below the ceiling goes the library's long way."""
        if request.endpoint in UNCOUNTED:
            return
        if request.endpoint and self.counted_below(request.remote_addr or "", request.endpoint):
            return
        try:
            super()._check_request_limit(callable_name, in_middleware)
        except RedisError:  # the library lets it through where another request has found out at the same moment
            self.context.seen_limits.clear()
            with suppress(RedisError):  # it came back and went again: better uncounted once than no answer
                super()._check_request_limit(callable_name, in_middleware)


def install(app: Flask, settings: Settings) -> Ceiling:
    """Count the requests for every page."""
    return Ceiling(address_digest(settings.secret_key), app=app, ceiling=CEILING, redis=settings.redis_url)


def address_digest(secret: str) -> Callable[[str], str]:
    """Make the function that tells addresses apart: 16 hex digits, keyed, an IPv6 /64 counting as one."""
    key = hashlib.blake2b(secret.encode(), person=b"salur limits", digest_size=32).digest()

    @lru_cache(maxsize=10_000)
    def digest(address: str) -> str:
        return hashlib.blake2b(_network(address).encode(), key=key, digest_size=8).hexdigest()

    return digest


def _network(address: str) -> str:
    try:
        return Asker.address(address).value
    except ValueError:
        return "unknown"
