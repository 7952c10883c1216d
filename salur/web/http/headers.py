"""Security headers, as data. Everything is denied first; what is added back is needed and listed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from wsgiref.types import WSGIEnvironment

from flask import Flask, Response

Start = Callable[..., Callable[[bytes], object]]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",  # the stylesheets
        "script-src 'self'",  # our own (`rendering/assets.py`), and the worker that shows what is sent to a phone
        "connect-src 'self'",  # `push.js` asks of how much a phone is told
        "img-src 'self' data:",  # photos of houses, for officers; the icon in the page, which saves a request
        "manifest-src 'self'",  # by which an iPhone puts Salur on its home screen
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SWITCHED_OFF = (
    "accelerometer", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
SECURITY_HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",  # for browsers older than frame-ancestors
    }
)
POLICY = "Permissions-Policy"
HSTS = "max-age=63072000"  # two years; not for subdomains, which are the city's own matter


def security_headers(*, https: bool) -> dict[str, str]:
    """The headers that every response carries, errors and files included."""
    return {**SECURITY_HEADERS, "Strict-Transport-Security": HSTS} if https else dict(SECURITY_HEADERS)


def may_ask_position(response: Response) -> Response:
    """Let the page ask the phone where it is, which the phone asks its owner: for a place that somebody stands at."""
    allowed = (f"{feature}={'(self)' if feature == 'geolocation' else '()'}" for feature in SWITCHED_OFF)
    response.headers[POLICY] = ", ".join(allowed)
    return response


def install(app: Flask, *, https: bool) -> None:
    """Set them on every response, outermost: one addition of two lists, whoever made the response."""
    chosen = list(security_headers(https=https).items())
    without_policy = [(name, value) for name, value in chosen if name != POLICY]
    inner = app.wsgi_app

    def with_headers(environ: WSGIEnvironment, start_response: Start) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
            says_itself = any(name == POLICY for name, _ in headers)
            return start_response(status, headers + (without_policy if says_itself else chosen), *rest)

        return inner(environ, start)

    app.wsgi_app = with_headers  # type: ignore[method-assign]
