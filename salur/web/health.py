"""`/healthz`, for whoever watches the service."""

from __future__ import annotations

import logging

from flask import Blueprint
from flask.typing import ResponseReturnValue

from salur.web.context import services

blueprint = Blueprint("health", __name__)
log = logging.getLogger("salur.web")
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say `ok`, or 503 when the database is away. Says no more: it is public."""
    try:
        services().database.ping()
    except Exception as error:  # whatever a driver raises means the same here
        log.error("health check failed: %s", type(error).__name__)
        return "database away\n", 503, PLAIN
    return "ok\n", 200, PLAIN
