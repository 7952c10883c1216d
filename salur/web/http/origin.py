"""Refuse forms that another site sends in a visitor's name, besides the form token.

Our pages forbid the Referer, and with it browsers write `Origin: null` on our own forms (Fetch standard, "append a
request Origin header"). So `Sec-Fetch-Site` is asked first, which no page can forge; `Origin` only where the browser
sends no such header; and a browser that tells neither is left to the token.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({"same-origin", "none"})  # none: the reader reloaded the page


def from_elsewhere(headers: Headers, own_origin: Callable[[], str]) -> bool:
    """Whether the browser says that another site made this request."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OURS
    origin = headers.get("Origin", "null")
    return origin != "null" and origin != own_origin()


def surely_ours(headers: Headers, own_origin: Callable[[], str]) -> bool:
    """Whether the browser says that our own page made this request. Not the opposite of `from_elsewhere`."""
    site = headers.get("Sec-Fetch-Site")
    return site == "same-origin" if site is not None else headers.get("Origin") == own_origin()


def install(app: Flask, site: str) -> None:
    """Check every request that could change or reveal something."""
    app.config["OWN_ORIGIN"] = site

    @app.before_request
    def refuse_strangers() -> None:
        if request.method not in SAFE and from_elsewhere(request.headers, own_origin):
            raise Forbidden


def own_origin() -> str:
    """Where we are: as configured, else as the visitor reached us."""
    return str(current_app.config["OWN_ORIGIN"]) or request.host_url.rstrip("/")
