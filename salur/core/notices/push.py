"""Web Push: the key pair by which browsers know whose messages they show, and which push services are spoken to."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from salur.core.notices.subscriptions import Subscription
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.notices import PushKeyRow

PLACE = "push_key.sealed_private_key"
THE_ONE = 1  # id
PRIVATE_BYTES = 32


class Push:
    """The keys of Web Push. `services`: push services besides those that are known (`SALUR_PUSH_SERVICES`)."""

    def __init__(
        self, database: Database, vault: Vault, services: Collection[str], clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._vault = vault
        self._services = frozenset(services)
        self._clock = clock
        self._public = ""

    def subscription(self, text: str) -> Subscription:
        """Read what a browser gave, or an address that was kept. Raises: Refused(`push_unknown`)."""
        return Subscription.parse(text, self._services)

    def public_key(self) -> str:
        """What a browser calls `applicationServerKey`, in base64url: the same for ever. Made where there is none."""
        if not self._public:
            self._public = self.make()
        return self._public

    def private_key(self) -> str:
        """The other half, in base64url: for who sends, and nobody else. Raises NoKey."""
        self.public_key()
        with self._database.reading() as connection:
            row = connection.execute(select(PushKeyRow.__table__)).one()
        return _text(self._vault.open(row.sealed_private_key, PLACE, row.id))

    def make(self) -> str:
        """Make the pair, unless there is one. Gives the public key."""
        row = self._row()
        if row is None:
            with suppress(IntegrityError):  # where another did at the same moment, and theirs holds
                self._write(generate_private_key(SECP256R1()))
            row = self._row()
        assert row is not None
        return str(row.public_key)

    def _row(self) -> AnyRow | None:
        with self._database.reading() as connection:
            return connection.execute(select(PushKeyRow.__table__).where(PushKeyRow.id == THE_ONE)).one_or_none()

    def _write(self, key: EllipticCurvePrivateKey) -> None:
        secret = key.private_numbers().private_value.to_bytes(PRIVATE_BYTES, "big")
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        with self._database.writing() as connection:
            connection.execute(
                insert(PushKeyRow).values(
                    id=THE_ONE,
                    public_key=_text(point),
                    sealed_private_key=self._vault.seal(secret, PLACE, THE_ONE),
                    made_at=self._clock(),
                )
            )


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
