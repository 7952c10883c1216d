"""What an officer who is signed in changes of their own: their password, and their second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from salur.core.errors import Refused
from salur.core.limits import waits
from salur.core.officers import passwords, second_factor
from salur.core.officers.answers import Enrolment
from salur.core.officers.chat_links import unlink_within
from salur.core.officers.invitations import withdraw_codes
from salur.core.officers.roles import NEEDS_SECOND_FACTOR, Officer
from salur.core.officers.second_factor import SecondFactors
from salur.core.officers.sign_ins import SignIns, end_all
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault
from salur.core.tables.officers import AccountRow


class Credentials:
    """Changes what an officer signs in with."""

    def __init__(self, database: Database, vault: Vault, sign_ins: SignIns, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._sign_ins = sign_ins
        self._clock = clock
        self._factors = SecondFactors(vault, clock)

    def change_password(self, officer: Officer, old: str, new: str, *, device: str) -> str:
        """Set a new password and end every sign-in; gives the token of a new one.

        Raises: WeakPassword, Refused(`own_password_wrong`), TooManyAttempts (scope `sign_in`).
        """
        passwords.check(new, officer.username)
        checked = self._confirm(officer, old)
        with self._database.writing() as connection:
            passwords.lock_unchanged(connection, officer.account, checked)
            passwords.set_hash(connection, officer.account, new)
            unlink_within(connection, officer.account)
            withdraw_codes(connection, officer.account, self._clock())
            end_all(connection, officer.account, "password", self._clock())
            return self._sign_ins.open(connection, officer.account, device, complete=True)

    def enrolment(self, officer: Officer, sealed: str | None = None) -> Enrolment:
        """Begin to set up a second factor, or another one, for an account that is signed in, or go on with `sealed`.

        Raises: Refused(`enrolment_over`) when there is no going on.
        """
        return self._factors.begin(officer.account, officer.username, sealed)

    def enrol(self, officer: Officer, password: str, sealed: str, code: str) -> tuple[str, ...]:
        """Keep it, after the password: whoever finds a browser open must not be able to. Gives the recovery codes.

        Raises: Refused with `enrolment_over`, `own_password_wrong` or `enrolment_code`; TooManyAttempts (`sign_in`).
        """
        self._factors.begun(officer.account, sealed)  # before a password is counted that could lead nowhere
        self._confirm(officer, password)
        with self._database.writing() as connection:
            return self._factors.keep(connection, officer.account, sealed, code)

    def has_second_factor(self, officer: Officer) -> bool:
        """Whether the account asks for a code of an app."""
        with self._database.reading() as connection:
            kept = select(AccountRow.sealed_totp.is_not(None)).where(AccountRow.id == officer.account)
            return bool(connection.execute(kept).scalar_one())

    def drop_second_factor(self, officer: Officer, password: str) -> None:
        """Go without again. Raises Refused(`own_password_wrong`), Refused(`second_factor_required`) for `dinsos`."""
        if officer.role in NEEDS_SECOND_FACTOR:
            raise Refused("second_factor_required")
        self._confirm(officer, password)
        with self._database.writing() as connection:
            second_factor.drop(connection, officer.account)

    def _confirm(self, officer: Officer, password: str) -> str:
        """Check the password of one who is in; gives the hash it fits. Strangers' tries at signing in do not count."""
        knock = waits.Knock(self._vault.digest("confirm", str(officer.account).encode()))
        with self._database.writing() as connection:
            waits.count(connection, knock, self._clock())
            kept = connection.execute(
                select(AccountRow.password_hash).where(AccountRow.id == officer.account)
            ).scalar_one()
        if not passwords.matches(kept, password):
            raise Refused("own_password_wrong")
        with self._database.writing() as connection:
            waits.forgive(connection, knock, self._clock())
        return str(kept)
