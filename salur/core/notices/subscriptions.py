"""A browser's subscription to Web Push, as `PushSubscription.toJSON()` gives it: parsed strictly, because Salur goes
where it points.

Anybody can send one, and may have thought it up. So it leads to a push service that is known, by TLS, and nowhere else.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from salur.core.errors import Refused
from salur.core.notices.answers import Facts

# The push services of browsers: Chrome and its kin, Firefox, Edge on Windows, Safari. `*.` stands for all under it.
SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.push.services.mozilla.com",
    "*.notify.windows.com",
    "web.push.apple.com",
    "*.push.apple.com",
)
LONGEST = 1000  # characters
POINT_BYTES, AUTH_BYTES = 65, 16
# An address that every reader of addresses takes apart alike: nothing before the host, no fragment, no odd letters.
ENDPOINT = re.compile(r"(https://([a-z0-9]+(?:[.-]+[a-z0-9]+)*)(?::([0-9]{1,5}))?)(/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)")
HTTPS = "443"


@dataclass(frozen=True, slots=True, repr=False)
class Subscription:
    """Where a browser is reached, and the keys with which only it can read. No `repr`: it leads to somebody's phone."""

    endpoint: str
    p256dh: str
    auth: str

    @classmethod
    def parse(cls, text: str, also: Collection[str] = ()) -> Self:
        """Read what a browser gave, or `address` did. `also`: push services besides those that are known, each a host,
        or `host:port`.

        Raises: Refused(`push_unknown`).
        """
        try:
            told: Facts = json.loads(text) if len(text) <= LONGEST else {}
            keys = told.get("keys", told)
            found = cls(told["endpoint"], keys["p256dh"], keys["auth"])
            EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes(found.p256dh, POINT_BYTES))
            _bytes(found.auth, AUTH_BYTES)
            known = _is_known(found.endpoint, {*SERVICES, *also})
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            known = False
        if not known:
            raise Refused("push_unknown")
        return found

    def address(self) -> str:
        """The one way of writing it: what it is known by in `Channel.PUSH`."""
        told = {"auth": self.auth, "endpoint": self.endpoint, "p256dh": self.p256dh}
        return json.dumps(told, sort_keys=True, separators=(",", ":"))

    @property
    def service(self) -> str:
        """The push service: scheme, host and port."""
        match = ENDPOINT.fullmatch(self.endpoint)
        assert match is not None
        return match[1].removesuffix(f":{HTTPS}")


def _bytes(text: str, size: int) -> bytes:
    """What a text holds in base64url without padding. Raises ValueError for another size or spelling."""
    found = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(found) != size or urlsafe_b64encode(found).rstrip(b"=") != text.encode():
        raise ValueError("another size")
    return found


def _is_known(endpoint: str, services: Collection[str]) -> bool:
    match = ENDPOINT.fullmatch(endpoint)
    if match is None:
        return False
    _, host, port, _ = match.groups()
    places = [host, f"{host}:{HTTPS}"] if (port or HTTPS) == HTTPS else [f"{host}:{port}"]
    whole = {service for service in services if not service.startswith("*.")}
    under = tuple(service[1:] for service in services if service.startswith("*."))
    return any(place in whole or (place == host and place.endswith(under)) for place in places)
