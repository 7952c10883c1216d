"""`/healthz`, for whoever watches the service, and `/robots.txt`, for search engines."""

from __future__ import annotations

import logging

from flask import Blueprint
from flask.typing import ResponseReturnValue

from salur.web.context import services

blueprint = Blueprint("health", __name__)
log = logging.getLogger("salur.web")
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


# Pages about nobody may be found. What is behind a form or a sign-in says `noindex` itself, once a robot gets there.
ROBOTS = """User-agent: *
Disallow: /bahasa/
Disallow: /cek
Disallow: /jawaban
Disallow: /data-saya
"""


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Say where there is nothing to be found."""
    return ROBOTS, 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=86400"}


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say `ok`, or 503 when the database is away. Says no more: it is public."""
    try:
        services().database.ping()
    except Exception as error:  # whatever a driver raises means the same here
        log.error("health check failed: %s", type(error).__name__)
        return "database away\n", 503, PLAIN
    return "ok\n", 200, PLAIN
