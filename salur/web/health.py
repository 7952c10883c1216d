"""`/healthz` and `/readyz`, for whoever watches the service or sends people to it, and `/robots.txt`."""

from __future__ import annotations

import logging
from dataclasses import asdict

from flask import Blueprint
from flask.typing import ResponseReturnValue
from redis import Redis
from redis.exceptions import RedisError

from salur.web.context import services
from salur.web.http.limits import SECONDS

blueprint = Blueprint("health", __name__)
log = logging.getLogger("salur.web")
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
GOOD, BAD, STANDBY = "ok", "away", "standby"


# Pages about nobody may be found. What is behind a form or a sign-in says `noindex` itself, once a robot gets there.
ROBOTS = """User-agent: *
Disallow: /bahasa/
Disallow: /cek
Disallow: /jawaban
Disallow: /data-saya
Disallow: /kabar
Disallow: /kalender/
"""


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Say where there is nothing to be found."""
    return ROBOTS, 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=86400"}


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that this process is alive. Asks nobody: who starts anew what does not answer helps no database by that."""
    return "ok\n", 200, PLAIN


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether people can be answered, part by part; 503 when not. Public, so there is nothing else in it.

    Redis is told where it is configured; without it Salur goes on, so it has no say. Nor has what waits for `work`.
    """
    ready = services().readiness.look()
    told: dict[str, object] = {"ready": ready.all_well}
    told |= {name: _word(getattr(ready, name)) for name in ("database", "migrations", "keys")}
    if url := services().settings.redis_url:
        told["redis"] = _word(_redis_answers(url))
    if ready.standby:
        told["database"] = STANDBY
    if ready.queue is not None:
        told["work"] = asdict(ready.queue)
    if not ready.all_well:
        log.error("not ready: %s", ", ".join(name for name, word in told.items() if word == BAD))
    return told, 200 if ready.all_well else 503, {"Cache-Control": "no-store"}


def _word(well: bool) -> str:
    return GOOD if well else BAD


def _redis_answers(url: str) -> bool:
    try:
        with Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS) as redis:
            return bool(redis.ping())
    except RedisError:
        return False
