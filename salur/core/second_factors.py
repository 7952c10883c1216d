"""The second factors of accounts: set up, checked, dropped. When that is allowed is decided by `sign_in`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from salur.core import printed_codes, second_factor
from salur.core.errors import Refused
from salur.core.tables import AccountRow, RecoveryCodeRow
from salur.core.vault import Vault

TOTP, ENROLMENT = "account.sealed_totp", "sign_in.enrolment"


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """A second factor to be set up: `address` for a QR code, `secret` to type; `sealed` comes back with the code."""

    address: str
    secret: str
    sealed: str


class SecondFactors:
    """Works in the caller's transaction."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock

    def begin(self, account: int, username: str) -> Enrolment:
        """Make a secret; nothing is kept until `keep`."""
        secret = second_factor.new_secret()
        sealed = self._vault.seal(secret.encode(), ENROLMENT, account).hex()
        return Enrolment(second_factor.address(secret, username), secret, sealed)

    def keep(self, connection: Connection, account: int, sealed: str, code: str) -> tuple[str, ...]:
        """Keep the secret once a code of it was typed; gives ten recovery codes, to be shown this once.

        Raises: Refused(`wrong_code`); NoKey when `sealed` was not made for this account.
        """
        try:
            secret = self._vault.open(bytes.fromhex(sealed), ENROLMENT, account).decode()
        except ValueError:
            raise Refused("wrong_code") from None
        step = second_factor.step_of(secret, code, self._clock(), after=None)
        if step is None:
            raise Refused("wrong_code")
        codes = second_factor.new_recovery_codes()
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
        step = second_factor.step_of(secret, code, self._clock(), after=kept.totp_used)
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
