"""The first page, before Flask: all of it but the token of its form is made once, and most requests are for it.

Short is the way of what is plainly that: `GET /` without a query, at an address of ours, below the ceiling, by nobody
who is signed in or came from a chat, once the page was made for somebody else. All else goes on to Flask, as if this
were not here: both ways answer alike, header for header.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from flask import Flask
from werkzeug.exceptions import SecurityError
from werkzeug.wsgi import get_host

from salur.web.context import CHAT
from salur.web.http.compression import takes_gzip
from salur.web.http.limits import Ceiling
from salur.web.http.signing import FormTokens
from salur.web.locale import COOKIE
from salur.words.language import language

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from salur.web.http.sessions import Sessions
    from salur.web.rendering.templating import Templates
    from salur.wiring import Services

ENDPOINT = "public.home"
Headers = list[tuple[str, str]]
ALWAYS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Vary", "Accept-Encoding, Cookie"),
)
KEY = ("lookup/check.html", "")  # template and kind, as `home` shows it


def install(app: Flask, ceiling: Ceiling, tokens: FormTokens) -> None:
    """Put it before Flask, and behind all that stands around Flask: proxies, security headers, counts and log."""
    inner, sessions = app.wsgi_app, cast("Sessions", app.session_interface)
    services = cast("Services", app.extensions["salur"])
    templates = cast("Templates", app.extensions["salur_templates"])
    (rule,) = app.url_map.iter_rules(ENDPOINT)

    def answered(environ: WSGIEnvironment) -> tuple[bytes, Headers] | None:
        request = app.request_class(environ)
        try:
            get_host(environ, app.config["TRUSTED_HOSTS"])
        except SecurityError:
            return None
        session = sessions.open_session(app, request)
        if session is None or "_user_id" in session or CHAT in session:
            return None
        code = language(request.cookies.get(COOKIE)).code
        page = templates.fixed.find((*KEY, code, "/", False, False, services.city.now().city_name))
        if page is None or not ceiling.counted_below(request.remote_addr or "", ENDPOINT):
            return None
        request.url_rule = rule  # by which it is counted and logged
        packed = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = page.body([tokens.of(session)], packed=packed)
        headers = [*ALWAYS, ("Content-Length", str(len(body)))]
        if packed:
            headers.append(("Content-Encoding", "gzip"))
        if session.modified:
            headers.append(("Set-Cookie", sessions.cookie(app, session)))
        return body, headers

    def first_page(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/" and environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING"):
            found = answered(environ)
            if found is not None:
                body, headers = found
                start_response("200 OK", headers)
                environ["werkzeug.request"] = None  # as Flask leaves it: else the two keep each other
                return [body]
        return inner(environ, start_response)

    app.wsgi_app = first_page  # type: ignore[method-assign]
