"""What is signed at every request: the session cookie, and the token of a form.

As itsdangerous signs for Flask and Flask-WTF, so that either side reads what the other wrote. What they do at each
request is done once here, as the secret does not change: the key is derived, the signer made. And nothing is packed:
what is sealed gets no smaller.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator, MutableMapping

from flask import g, session
from flask.json.tag import TaggedJSONSerializer
from itsdangerous import Signer, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.signer import SigningAlgorithm

SENDER = "csrf_token"  # Flask-WTF's name for the random part of the session, and of the token in `g`


class _InOneCall(SigningAlgorithm):
    """HMAC-SHA1, the library's own choice, without an object for each signature."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        """Sign."""
        return hmac.digest(key, value, "sha1")


class Signing(URLSafeTimedSerializer):
    """Signs and reads what is signed with one secret for one purpose (`salt`)."""

    def __init__(self, secret: str, salt: str, derivation: str, serializer: TaggedJSONSerializer | None = None) -> None:
        key = Signer(secret, salt, key_derivation=derivation, digest_method=hashlib.sha1).derive_key()
        once = {"key_derivation": "none", "algorithm": _InOneCall()}
        super().__init__(key, salt=salt, serializer=serializer, signer_kwargs=once)
        made = super().make_signer()
        assert isinstance(made, TimestampSigner)
        self._once = made

    def make_signer(self, salt: str | bytes | None = None) -> TimestampSigner:
        """The one that was made at the start."""
        return self._once

    def iter_unsigners(self, salt: str | bytes | None = None) -> Iterator[TimestampSigner]:
        """The same."""
        yield self._once

    def dump_payload(self, obj: object) -> bytes:
        """As text that may stand in a cookie, not packed. What was packed before is still read."""
        return base64_encode(self.serializer.dumps(obj))


class FormTokens:
    """Gives the token of a browser's forms, which Flask-WTF looks at when they come back."""

    def __init__(self, secret: str) -> None:
        self._signing = Signing(secret, "wtf-csrf-token", "django-concat")

    def __call__(self) -> str:
        """That of this request."""
        found = g.get(SENDER)
        if found is None:
            found = self.of(session)
            setattr(g, SENDER, found)
        return str(found)

    def of(self, held: MutableMapping[str, object]) -> str:
        """That of a browser by its session, in which its random part stands from now on."""
        if SENDER not in held:
            held[SENDER] = secrets.token_hex(20)
        return str(self._signing.dumps(held[SENDER]))
