"""The session cookie, with its signer made once instead of at every request."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from salur.web.http.signing import Signing


class Sessions(SecureCookieSessionInterface):
    """Flask's own signed cookie. The secret does not change while the application runs."""

    def __init__(self, secret: str) -> None:
        self._signing = Signing(secret, self.salt, self.key_derivation, self.serializer)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer made at the start."""
        return self._signing
