"""Each request has a name of its own, is counted, and is told in one line of the log: which page, how long, what came.

The outermost of all, so that nothing of a request is left out. Neither line nor count knows an address, a path or who
asked: the page is its endpoint. The name goes back in `X-Request-ID` and stands on the page of a fault, so that who
sees one can tell it to the office.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask, Request

from salur.config import JSON, Settings
from salur.logs import REQUEST, tell_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from salur.observe.figures import Counts

HEADER, TOLD_BY_A_PROXY = "X-Request-ID", "HTTP_X_REQUEST_ID"
# What nginx ($request_id) and HAProxy (uuid()) make. All else may be a visitor's own words that a proxy handed on.
SANE = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHOWN = 8  # of its characters on a page: enough to find it in a log, and short enough for the telephone


def install(app: Flask, settings: Settings, counts: Counts | None) -> None:
    """Put it around the whole application."""
    inner = app.wsgi_app
    lines = settings.logs == JSON  # in text they would push what a person looks for off the screen
    trusting = settings.trusted_proxies > 0

    def watched(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        told = environ.get(TOLD_BY_A_PROXY, "") if trusting else ""
        name = told if SANE.fullmatch(told) else secrets.token_hex(8)
        before = REQUEST.set(name)
        status, endpoint = 500, None

        def start(line: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
            nonlocal status, endpoint
            status = int(line[:3])
            request = environ.get("werkzeug.request")  # Flask takes it out when all is said
            endpoint = request.endpoint if isinstance(request, Request) else None
            return start_response(line, [*headers, (HEADER, name)], *rest)  # type: ignore[arg-type]

        try:
            return inner(environ, start)
        finally:
            seconds = time.perf_counter() - began
            if counts is not None:
                counts.served(endpoint, environ["REQUEST_METHOD"], status, seconds)
            if lines:
                tell_request(endpoint, status, 1000 * seconds)
            REQUEST.reset(before)

    app.wsgi_app = watched  # type: ignore[method-assign]


def incident() -> str:
    """By which the office finds this request in the log."""
    return REQUEST.get()[:SHOWN]
