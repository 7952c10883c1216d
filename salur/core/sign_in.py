"""Signing in: name and password, second factor, and what is known of each sign-in.

A sign-in is a row found by the digest of a random token, so that it can be ended from elsewhere; the token is all that
the browser's cookie holds. It ends after half an hour without a request, when the password changes, when the account
is closed, and when its owner ends it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from salur.core import passwords, printed_codes, second_factor, waits
from salur.core.attempts import Asker
from salur.core.database import AnyRow, Database
from salur.core.errors import Refused
from salur.core.prepared import Prepared
from salur.core.roles import NEEDS_SECOND_FACTOR, Officer, Role, Territory
from salur.core.tables import AccountRow, RecoveryCodeRow, RegionRow, SignInRow
from salur.core.vault import Vault

IDLE = timedelta(minutes=30)
TOUCH = timedelta(minutes=1)  # how exactly `seen_at` is kept: not every request writes
HALFWAY = timedelta(minutes=10)  # to type the code of the second factor
TOTP, ENROLMENT = "account.sealed_totp", "sign_in.enrolment"
FREE_BY_ACCOUNT, FREE_BY_ADDRESS = 5, 30  # wrong passwords before waits begin; a village may share one address
SHOWN = timedelta(days=90)

OFFICER = (AccountRow.id, AccountRow.username, AccountRow.role, AccountRow.region_code, AccountRow.rw, AccountRow.rt)
BY_TOKEN = Prepared(
    select(*OFFICER, RegionRow.name.label("place"), SignInRow.id.label("sign_in"), SignInRow.seen_at)
    .join(SignInRow, SignInRow.account_id == AccountRow.id)
    .outerjoin(RegionRow, RegionRow.code == AccountRow.region_code)
    .where(
        SignInRow.token_digest == bindparam("digest"),
        SignInRow.complete,
        SignInRow.ended_at.is_(None),
        SignInRow.seen_at > bindparam("since"),
        AccountRow.closed_at.is_(None),
    )
)


class Next(StrEnum):
    """What is still to be done after the password."""

    NOTHING = "nothing"
    CODE = "code"  # of the second factor
    ENROLMENT = "enrolment"  # a second factor has to be set up first


@dataclass(frozen=True, slots=True, repr=False)
class Started:
    """A sign-in whose password was right. The token goes into the cookie and nowhere else."""

    token: str
    next: Next


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """A second factor to be set up: `address` for a QR code, `secret` to type; `sealed` comes back with the code."""

    address: str
    secret: str
    sealed: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in, for its owner to look over."""

    id: int
    device: str
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    ended_why: str | None
    here: bool


class SignIns:
    """Lets officers in, and out."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def start(self, username: str, password: str, *, asker: Asker, device: str) -> Started:
        """Check name and password. An unknown name, a closed account and a wrong password are one and the same.

        Raises: TooManyAttempts (scope `sign_in`), Refused(`wrong_password`).
        """
        name = username.strip().lower()
        by_account = self._vault.digest("sign-in", name.encode())
        self._knock(by_account, asker)
        with self._database.reading() as connection:
            found = connection.execute(
                select(AccountRow.__table__).where(AccountRow.username == name, AccountRow.closed_at.is_(None))
            ).one_or_none()
        if not passwords.matches(found.password_hash if found else None, password):
            raise Refused("wrong_password")
        assert found is not None
        after = Next.NOTHING
        if found.sealed_totp is not None:
            after = Next.CODE
        elif Role(found.role) in NEEDS_SECOND_FACTOR:
            after = Next.ENROLMENT
        with self._database.writing() as connection:
            if after is Next.NOTHING:
                waits.forget(connection, [by_account])
            if passwords.is_outdated(found.password_hash):
                self._set_hash(connection, found.id, password)
            token = self._open(connection, found.id, device, complete=after is Next.NOTHING)
        return Started(token, after)

    def finish(self, token: str, code: str, *, asker: Asker) -> str:
        """Check the second factor, a code of the app or a recovery code; gives the token of the whole sign-in.

        Raises: TooManyAttempts (scope `sign_in`), Refused(`wrong_code`), Refused(`sign_in_over`) when too late.
        """
        half = self._half(token)
        by_account = self._vault.digest("sign-in", half.username.encode())
        self._knock(by_account, asker)
        with self._database.writing() as connection:
            if not self._code_is_right(connection, half, code):
                raise Refused("wrong_code")
            waits.forget(connection, [by_account])
            return self._complete(connection, half)

    def enrolment(self, account: int, username: str) -> Enrolment:
        """Begin to set up a second factor; nothing is kept until `enrol`."""
        secret = second_factor.new_secret()
        sealed = self._vault.seal(secret.encode(), ENROLMENT, account).hex()
        return Enrolment(second_factor.address(secret, username), secret, sealed)

    def half_way(self, token: str) -> tuple[int, str]:
        """Account and user name of a sign-in whose password was right. Raises Refused(`sign_in_over`)."""
        half = self._half(token)
        return half.id, half.username

    def enrol(self, account: int, sealed: str, code: str) -> tuple[str, ...]:
        """Keep the second factor once a code of it was typed; gives ten recovery codes, to be shown this once.

        Raises: Refused(`wrong_code`); NoKey when `sealed` was not made for this account.
        """
        secret = self._vault.open(bytes.fromhex(sealed), ENROLMENT, account).decode()
        step = second_factor.step_of(secret, code, self._clock(), after=None)
        if step is None:
            raise Refused("wrong_code")
        codes = second_factor.new_recovery_codes()
        with self._database.writing() as connection:
            kept = self._vault.seal(secret.encode(), TOTP, account)
            connection.execute(
                update(AccountRow).where(AccountRow.id == account).values(sealed_totp=kept, totp_used=step)
            )
            connection.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account))
            rows = [{"digest": self._recovery(code), "account_id": account} for code in codes]
            connection.execute(insert(RecoveryCodeRow), rows)
        return codes

    def has_second_factor(self, officer: Officer) -> bool:
        """Whether the account asks for a code of an app."""
        with self._database.reading() as connection:
            kept = select(AccountRow.sealed_totp.is_not(None)).where(AccountRow.id == officer.account)
            return bool(connection.execute(kept).scalar_one())

    def drop_second_factor(self, officer: Officer, password: str) -> None:
        """Go without again. Raises Refused(`wrong_password`), Refused(`second_factor_required`) for `dinsos`."""
        if officer.role in NEEDS_SECOND_FACTOR:
            raise Refused("second_factor_required")
        self._confirm(officer, password)
        with self._database.writing() as connection:
            connection.execute(update(AccountRow).where(AccountRow.id == officer.account).values(sealed_totp=None))
            connection.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == officer.account))

    def complete_enrolled(self, token: str) -> str:
        """After `enrol` during a sign-in: the token of the whole sign-in."""
        with self._database.writing() as connection:
            return self._complete(connection, self._half(token))

    def officer_of(self, token: str) -> Officer | None:
        """Who is signed in with this token; None when the sign-in is over. Asked at every request of an officer."""
        now = self._clock()
        values = {"digest": self._digest(token), "since": now - IDLE}
        with self._database.reading() as connection:
            rows = BY_TOKEN.run(connection, values)
        if not rows:
            return None
        row = rows[0]
        if now - row.seen_at > TOUCH:
            with self._database.writing() as connection:
                connection.execute(update(SignInRow).where(SignInRow.id == row.sign_in).values(seen_at=now))
        return officer_from(row)

    def leave(self, token: str) -> None:
        """Sign out."""
        with self._database.writing() as connection:
            self._end(connection, SignInRow.token_digest == self._digest(token), "left")

    def all(self, officer: Officer, token: str) -> tuple[SignIn, ...]:
        """The sign-ins of the last 90 days, the newest first."""
        now = self._clock()
        mine = (
            select(SignInRow.__table__)
            .where(SignInRow.account_id == officer.account, SignInRow.complete, SignInRow.seen_at > now - SHOWN)
            .order_by(SignInRow.id.desc())
            .limit(100)
        )
        with self._database.reading() as connection:
            return tuple(self._shown(row, token, now) for row in connection.execute(mine))

    def end(self, officer: Officer, id: int) -> None:
        """End one of one's own sign-ins; anybody else's is left alone."""
        with self._database.writing() as connection:
            mine = (SignInRow.id == id) & (SignInRow.account_id == officer.account)
            self._end(connection, mine, "revoked")

    def change_password(self, officer: Officer, old: str, new: str, *, device: str) -> str:
        """Set a new password and end every sign-in; gives the token of a new one.

        Raises: WeakPassword, Refused(`wrong_password`), TooManyAttempts (scope `sign_in`).
        """
        passwords.check(new, officer.username)
        self._confirm(officer, old)
        with self._database.writing() as connection:
            self._set_hash(connection, officer.account, new)
            end_all(connection, officer.account, "password", self._clock())
            return self._open(connection, officer.account, device, complete=True)

    # One step each

    def _knock(self, by_account: bytes, asker: Asker) -> None:
        by_address = self._vault.digest("sign-in-from", asker.value.encode())
        keys = [(by_account, FREE_BY_ACCOUNT), (by_address, FREE_BY_ADDRESS)]
        with self._database.writing() as connection:
            waits.knock(connection, keys, self._clock())

    def _confirm(self, officer: Officer, password: str) -> None:
        by_account = self._vault.digest("sign-in", officer.username.encode())
        with self._database.writing() as connection:
            waits.knock(connection, [(by_account, FREE_BY_ACCOUNT)], self._clock())
            kept = connection.execute(
                select(AccountRow.password_hash).where(AccountRow.id == officer.account)
            ).scalar_one()
        if not passwords.matches(kept, password):
            raise Refused("wrong_password")
        with self._database.writing() as connection:
            waits.forget(connection, [by_account])

    def _half(self, token: str) -> AnyRow:
        """The account of a sign-in that waits for its second factor."""
        waiting = (
            select(AccountRow.__table__, SignInRow.id.label("sign_in"))
            .join(SignInRow, SignInRow.account_id == AccountRow.id)
            .where(
                SignInRow.token_digest == self._digest(token),
                SignInRow.complete.is_(False),
                SignInRow.ended_at.is_(None),
                SignInRow.started_at > self._clock() - HALFWAY,
                AccountRow.closed_at.is_(None),
            )
        )
        with self._database.reading() as connection:
            found = connection.execute(waiting).one_or_none()
        if found is None:
            raise Refused("sign_in_over")
        return found

    def _code_is_right(self, connection: Connection, half: AnyRow, code: str) -> bool:
        if half.sealed_totp is None:
            return False
        # Read again under the lock: two requests with the same code must not both pass.
        fresh = connection.execute(
            select(AccountRow.sealed_totp, AccountRow.totp_used).where(AccountRow.id == half.id).with_for_update()
        ).one()
        secret = self._vault.open(fresh.sealed_totp, TOTP, half.id).decode()
        step = second_factor.step_of(secret, code, self._clock(), after=fresh.totp_used)
        if step is not None:
            connection.execute(update(AccountRow).where(AccountRow.id == half.id).values(totp_used=step))
            return True
        mine = (RecoveryCodeRow.digest == self._recovery(code)) & (RecoveryCodeRow.account_id == half.id)
        return connection.execute(delete(RecoveryCodeRow).where(mine)).rowcount == 1

    def _complete(self, connection: Connection, half: AnyRow) -> str:
        """The whole sign-in gets a token of its own: the one from before the second factor opens nothing."""
        token = secrets.token_urlsafe(32)
        values: dict[str, Any] = {"complete": True, "token_digest": self._digest(token), "seen_at": self._clock()}
        connection.execute(update(SignInRow).where(SignInRow.id == half.sign_in).values(**values))
        return token

    def _open(self, connection: Connection, account: int, device: str, *, complete: bool) -> str:
        token, now = secrets.token_urlsafe(32), self._clock()
        values = {
            "token_digest": self._digest(token),
            "account_id": account,
            "complete": complete,
            "device": device[:60],
            "started_at": now,
            "seen_at": now,
        }
        connection.execute(insert(SignInRow).values(values))
        return token

    def _end(self, connection: Connection, which: Any, why: str) -> None:
        still_open = which & SignInRow.ended_at.is_(None)
        connection.execute(update(SignInRow).where(still_open).values(ended_at=self._clock(), ended_why=why))

    def _set_hash(self, connection: Connection, account: int, password: str) -> None:
        hashed = passwords.hash_of(password)
        connection.execute(update(AccountRow).where(AccountRow.id == account).values(password_hash=hashed))

    def _shown(self, row: AnyRow, token: str, now: datetime) -> SignIn:
        idle = row.ended_at is None and row.seen_at <= now - IDLE
        return SignIn(
            id=row.id,
            device=row.device,
            started_at=row.started_at,
            seen_at=row.seen_at,
            ended_at=row.seen_at + IDLE if idle else row.ended_at,
            ended_why="idle" if idle else row.ended_why,
            here=bytes(row.token_digest) == self._digest(token),
        )

    def _digest(self, token: str) -> bytes:
        return self._vault.digest("sign-in token", token.encode())

    def _recovery(self, code: str) -> bytes:
        return self._vault.digest("recovery", printed_codes.plain(code).encode())


def end_all(connection: Connection, account: int, why: str, now: datetime) -> None:
    """End every sign-in of an account, in the caller's transaction."""
    still_open = (SignInRow.account_id == account) & SignInRow.ended_at.is_(None)
    connection.execute(update(SignInRow).where(still_open).values(ended_at=now, ended_why=why))


def officer_from(row: Any) -> Officer:
    """The officer of a row with the columns OFFICER and `place`."""
    territory = Territory(row.region_code, row.rw, row.rt)
    return Officer(row.id, row.username, Role(row.role), territory, row.place or row.region_code)
