"""What the proxies in front say of who asks, in a header that nobody else can write: `Forwarded` (RFC 7239).

WSGI makes one name of `X-Forwarded-For` and `X_Forwarded_For`, and granian lets the last of the two win. A proxy that
sets the one and hands on the other (HAProxy does, nginx does not) so lets anybody say which address is asking.
`Forwarded` has no hyphen, so nothing else becomes it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

from salur.config import FORWARDED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from salur.config import Settings


def behind_proxies(app: WSGIApplication, settings: Settings) -> WSGIApplication:
    """Have the application believe the proxies that the settings tell of, and nobody else."""
    n = settings.trusted_proxies
    if not n:
        return app
    return Forwarded(app, n) if settings.proxy_header == FORWARDED else ProxyFix(app, x_for=n, x_proto=n, x_host=n)


class Forwarded:
    """Takes the word of as many proxies as there are: counted from the right, where the last one has added its own."""

    def __init__(self, app: WSGIApplication, proxies: int) -> None:
        self._app = app
        self._proxies = proxies

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Put what they say where the server's own word stands; what they leave out stays as it is."""
        hops = environ.get("HTTP_FORWARDED", "").split(",")
        if len(hops) >= self._proxies:
            told = read_hop(hops[-self._proxies])
            if "for" in told:
                environ["REMOTE_ADDR"] = address_in(told["for"])
            if told.get("proto") in ("http", "https"):
                environ["wsgi.url_scheme"] = told["proto"]
            if "host" in told:
                environ["HTTP_HOST"] = told["host"]
        return self._app(environ, start_response)


def read_hop(hop: str) -> Mapping[str, str]:
    """What one proxy says: `for=203.0.113.7;proto=https;host=city.example`. Names are in small letters."""
    pairs = (pair.partition("=") for pair in hop.split(";"))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs if value.strip()}


def address_in(node: str) -> str:
    """The address of `203.0.113.7`, `203.0.113.7:4711` or `[2001:db8::1]:4711`; nothing of what is none, or hidden."""
    inner = node.removeprefix("[").partition("]")[0] if node.startswith("[") else node
    for possible in (inner, inner.partition(":")[0]):
        try:
            return str(ipaddress.ip_address(possible))
        except ValueError:
            continue
    return ""
