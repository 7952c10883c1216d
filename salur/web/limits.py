"""A ceiling on requests per network address, far above what people do: the strict limits are the core's.

Mobile carriers put a whole village behind one address. What reaches the store (Redis, where several workers share it)
is a keyed digest of the address, never the address; when Redis is away, counting goes on in this process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from flask_limiter import Limiter

from salur.core.attempts import Asker
from salur.web.counters import Counters

if TYPE_CHECKING:
    from salur.config import Settings

# Of each page, and of the answers, counted apart. One limit for all is looked at once a request; a decorator on a view
# would be looked at once more. The core allows 600 questions an hour.
CEILING = "3000 per hour"
UNCOUNTED = ("health.healthz", "stylesheet", "static")
SECONDS = 1  # how long to wait for Redis before going on without it


def install(app: Flask, settings: Settings) -> Limiter:
    """Count the requests for every page."""
    redis = settings.redis_url
    limiter = Limiter(
        address_digest(settings.secret_key),
        app=app,
        default_limits=[CEILING],
        storage_uri=redis or f"{Counters.STORAGE_SCHEME[0]}://",
        storage_options={"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS} if redis else {},
        in_memory_fallback_enabled=bool(redis),
        key_prefix="salur",
    )
    views: dict[str, Any] = app.view_functions
    for endpoint in UNCOUNTED:
        if endpoint in views:
            views[endpoint] = limiter.exempt(views[endpoint])
    return limiter


def address_digest(secret: str) -> Callable[[], str]:
    """Make the function that tells requests apart: 16 hex digits, keyed, an IPv6 /64 counting as one."""
    key = hashlib.blake2b(secret.encode(), person=b"salur limits", digest_size=32).digest()

    @lru_cache(maxsize=10_000)
    def digest(address: str) -> str:
        return hashlib.blake2b(_network(address).encode(), key=key, digest_size=8).hexdigest()

    return lambda: digest(request.remote_addr or "")


def _network(address: str) -> str:
    try:
        return Asker.address(address).value
    except ValueError:
        return "unknown"
