"""The second factor: six digits from an app (TOTP, RFC 6238), or one of ten recovery codes."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import Connection, delete, insert, select, update

from salur.core.errors import NoKey, Refused
from salur.core.officers import printed_codes
from salur.core.officers.answers import Enrolment
from salur.core.storage.vault import Vault
from salur.core.tables.officers import AccountRow, RecoveryCodeRow

TOTP, ENROLMENT = "account.sealed_totp", "sign_in.enrolment"
VALID = timedelta(minutes=15)  # of a secret that nobody has confirmed
STEP = 30  # seconds
NAME = "Salur"
RECOVERY_CODES = 10


def new_secret() -> str:
    """A secret for an authenticator app."""
    return pyotp.random_base32()


def address(secret: str, username: str) -> str:
    """The `otpauth://` address that the app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=NAME)


def step_of(secret: str, code: str, now: datetime, *, after: int | None) -> int | None:
    """The time step whose code this is, one step of clock error allowed; None when it is none, or was used before."""
    digits = "".join(char for char in code if char.isdecimal())
    current = int(now.timestamp()) // STEP
    found = None
    for step in (current - 1, current, current + 1):
        right = hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP).encode(), digits.encode())
        if right and (after is None or step > after):
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes to print, such as `K7QF-3M2X`."""
    return tuple(printed_codes.new(2) for _ in range(RECOVERY_CODES))


class SecondFactors:
    """Works in the caller's transaction."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock

    def begin(self, account: int, username: str, sealed: str | None = None) -> Enrolment:
        """Make a secret, or go on with the one that was begun; nothing is kept until `keep`.

        Raises: Refused(`enrolment_over`) when that one is too old, or was not made for this account.
        """
        if sealed is None:
            begun = new_secret(), int(self._clock().timestamp())
            sealed = self._vault.seal_json(begun, ENROLMENT, account).hex()
        secret = self.begun(account, sealed)
        return Enrolment(address(secret, username), secret, sealed)

    def begun(self, account: int, sealed: str) -> str:
        """The secret that was begun. Raises Refused(`enrolment_over`)."""
        try:
            secret, since = self._vault.open_json(bytes.fromhex(sealed), ENROLMENT, account)
        except (ValueError, NoKey):
            raise Refused("enrolment_over") from None
        if self._clock().timestamp() - since >= VALID.total_seconds():
            raise Refused("enrolment_over")
        return str(secret)

    def keep(self, connection: Connection, account: int, sealed: str, code: str) -> tuple[str, ...]:
        """Keep the secret once a code of it was typed; gives ten recovery codes, to be shown this once.

        Raises: Refused(`enrolment_code`), after which the same secret waits for another code; `enrolment_over`.
        """
        secret = self.begun(account, sealed)
        # Under the lock, and across secrets: a form that is sent again must not make the recovery codes anew.
        last = select(AccountRow.totp_used).where(AccountRow.id == account).with_for_update()
        step = step_of(secret, code, self._clock(), after=connection.execute(last).scalar_one())
        if step is None:
            raise Refused("enrolment_code")
        codes = new_recovery_codes()
        drop(connection, account)
        kept = self._vault.seal(secret.encode(), TOTP, account)
        connection.execute(update(AccountRow).where(AccountRow.id == account).values(sealed_totp=kept, totp_used=step))
        rows = [{"digest": self._recovery(code), "account_id": account} for code in codes]
        connection.execute(insert(RecoveryCodeRow), rows)
        return codes

    def is_right(self, connection: Connection, account: int, code: str) -> bool:
        """Whether it is a code of the app, or a recovery code; either works once."""
        # Read under the lock: two requests with the same code must not both pass.
        kept = connection.execute(
            select(AccountRow.sealed_totp, AccountRow.totp_used).where(AccountRow.id == account).with_for_update()
        ).one()
        if kept.sealed_totp is None:
            return False
        secret = self._vault.open(kept.sealed_totp, TOTP, account).decode()
        step = step_of(secret, code, self._clock(), after=kept.totp_used)
        if step is not None:
            connection.execute(update(AccountRow).where(AccountRow.id == account).values(totp_used=step))
            return True
        mine = (RecoveryCodeRow.digest == self._recovery(code)) & (RecoveryCodeRow.account_id == account)
        return connection.execute(delete(RecoveryCodeRow).where(mine)).rowcount == 1

    def _recovery(self, code: str) -> bytes:
        return self._vault.digest("recovery", printed_codes.plain(code).encode())


def drop(connection: Connection, account: int) -> None:
    """Forget an account's secret and recovery codes, in the caller's transaction."""
    connection.execute(update(AccountRow).where(AccountRow.id == account).values(sealed_totp=None))
    connection.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account))
