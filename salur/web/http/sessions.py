"""The session cookie, with its signer and all that always stands behind it made once instead of at every request."""

from __future__ import annotations

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from werkzeug.http import dump_cookie

from salur.web.http.signing import Signing


class Sessions(SecureCookieSessionInterface):
    """Flask's own signed cookie. While the application runs neither secret nor settings change."""

    def __init__(self, secret: str) -> None:
        self._signing = Signing(secret, self.salt, self.key_derivation, self.serializer)
        self._around: tuple[str, str] | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer made at the start."""
        return self._signing

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send what was changed, as the library does; one that is empty or lasts goes the library's own way.

        What is public is the same for all, though a library has looked into the session meanwhile: caches in between
        keep one of it, and not one for each cookie.
        """
        if response.cache_control.public and not session.modified:
            return
        if not session or session.permanent:
            super().save_session(app, session, response)
            return
        if session.modified:
            response.headers.add("Set-Cookie", self.cookie(app, session))
        if session.modified or session.accessed:
            vary = response.headers.get("Vary")
            if vary is None or "Cookie" not in vary:
                response.headers["Vary"] = f"{vary}, Cookie" if vary else "Cookie"

    def cookie(self, app: Flask, session: SessionMixin) -> str:
        """What `Set-Cookie` says."""
        before, behind = self._around or self._learn(app)
        return f"{before}{self._signing.dumps(dict(session))!s}{behind}"

    def _learn(self, app: Flask) -> tuple[str, str]:
        """What stands before and behind the value, which is of letters that need no quotes."""
        cookie = dump_cookie(
            self.get_cookie_name(app),
            "-",
            domain=self.get_cookie_domain(app),
            path=self.get_cookie_path(app),
            secure=self.get_cookie_secure(app),
            httponly=self.get_cookie_httponly(app),
            samesite=self.get_cookie_samesite(app),
            partitioned=self.get_cookie_partitioned(app),
        )
        name, _, behind = cookie.partition("=-")
        self._around = name + "=", behind
        return self._around
