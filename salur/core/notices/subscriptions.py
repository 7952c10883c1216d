"""A browser's subscription, as it hands it over. Thin: the branch that sends has the real one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Self

from salur.core.errors import Refused


@dataclass(frozen=True, slots=True, repr=False)
class Subscription:
    """Where a push service takes what is for one browser, and the keys that seal it."""

    endpoint: str
    p256dh: str
    auth: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read it. Raises Refused(`push_unknown`)."""
        try:
            told = json.loads(text)
            endpoint, keys = str(told["endpoint"]), told["keys"]
            found = cls(endpoint, str(keys["p256dh"]), str(keys["auth"]))
        except (ValueError, LookupError, TypeError):
            raise Refused("push_unknown") from None
        if not endpoint.startswith("https://"):
            raise Refused("push_unknown")
        return found

    def address(self) -> str:
        """As it is followed."""
        return json.dumps({"endpoint": self.endpoint, "keys": {"p256dh": self.p256dh, "auth": self.auth}})


class Push:
    """Thin: the key that browsers ask for."""

    def public_key(self) -> str:
        """In base64url."""
        return "BNbxGYNMhEIi9zrneh7mqV4oUanjLUK3m-mYZBc62frMKrEoMk88r3Lk596T0ck9xlT-aok0fO1KXBLV4-XqxYM"

    def subscription(self, text: str) -> Subscription:
        """Read one."""
        return Subscription.parse(text)
