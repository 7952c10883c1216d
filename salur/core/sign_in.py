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

from sqlalchemy import Connection, bindparam, insert, select, update

from salur.core import passwords, second_factors, waits
from salur.core.attempts import Asker
from salur.core.chat_links import unlink_within
from salur.core.database import AnyRow, Database
from salur.core.errors import Refused
from salur.core.prepared import Prepared
from salur.core.roles import NEEDS_SECOND_FACTOR, Officer, Role, Territory
from salur.core.second_factors import Enrolment, SecondFactors
from salur.core.tables import AccountRow, InvitationRow, RegionRow, SignInRow
from salur.core.vault import Vault

IDLE = timedelta(minutes=30)
TOUCH = timedelta(minutes=1)  # how exactly `seen_at` is kept: not every request writes
HALFWAY = timedelta(minutes=10)  # to type the code of the second factor
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
        self._factors = SecondFactors(vault, clock)

    def start(self, username: str, password: str, *, asker: Asker, device: str) -> Started:
        """Check name and password. An unknown name, a closed account and a wrong password are one and the same.

        Raises: TooManyAttempts (scope `sign_in`), Refused(`wrong_password`).
        """
        name = username.strip().lower()
        knock = self._knock(name, asker)
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
            self._still(connection, found.id, found.password_hash)
            if after is Next.NOTHING:
                waits.forgive(connection, knock)
            if passwords.is_outdated(found.password_hash):
                self._set_hash(connection, found.id, password)
            token = self._open(connection, found.id, device, complete=after is Next.NOTHING)
        return Started(token, after)

    def finish(self, token: str, code: str, *, asker: Asker) -> str:
        """Check the second factor, a code of the app or a recovery code; gives the token of the whole sign-in.

        Raises: TooManyAttempts (scope `sign_in`), Refused(`wrong_code`), Refused(`sign_in_over`) when too late.
        """
        half = self._half(token)
        knock = self._knock(half.username, asker)
        with self._database.writing() as connection:
            if not self._factors.is_right(connection, half.id, code):
                raise Refused("wrong_code")
            waits.forgive(connection, knock)
            return self._complete(connection, half)

    # The second factor

    def first_enrolment(self, token: str) -> Enrolment:
        """Begin to set up the second factor that a role needs, between password and sign-in.

        Raises: Refused(`sign_in_over`), also for an account that has one: its code is what is asked for.
        """
        half = self._half(token, enrolled=False)
        return self._factors.begin(half.id, half.username)

    def enrol_first(self, token: str, sealed: str, code: str) -> tuple[tuple[str, ...], str]:
        """Keep it and finish the sign-in; gives the recovery codes and the token of the whole sign-in.

        Raises: Refused(`wrong_code`), Refused(`sign_in_over`); NoKey for what was not made for this account.
        """
        half = self._half(token, enrolled=False)
        with self._database.writing() as connection:
            self._lock_unenrolled(connection, half.id)
            codes = self._factors.keep(connection, half.id, sealed, code)
            return codes, self._complete(connection, half)

    def enrolment(self, officer: Officer) -> Enrolment:
        """Begin to set up a second factor, or another one, for an account that is signed in."""
        return self._factors.begin(officer.account, officer.username)

    def enrol(self, officer: Officer, password: str, sealed: str, code: str) -> tuple[str, ...]:
        """Keep it, after the password: whoever finds a browser open must not be able to. Gives the recovery codes.

        Raises: Refused(`wrong_password`), Refused(`wrong_code`), TooManyAttempts (scope `sign_in`); NoKey.
        """
        self._confirm(officer, password)
        with self._database.writing() as connection:
            return self._factors.keep(connection, officer.account, sealed, code)

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
            second_factors.drop(connection, officer.account)

    # The sign-in itself

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
        checked = self._confirm(officer, old)
        with self._database.writing() as connection:
            self._still(connection, officer.account, checked)
            self._set_hash(connection, officer.account, new)
            unlink_within(connection, officer.account)
            withdraw_codes(connection, officer.account, self._clock())
            end_all(connection, officer.account, "password", self._clock())
            return self._open(connection, officer.account, device, complete=True)

    # One step each

    def _knock(self, name: str, asker: Asker) -> waits.Knock:
        """Count a try. Raises TooManyAttempts (scope `sign_in`)."""
        digest = self._vault.digest
        account, address = digest("sign-in", name.encode()), digest("sign-in-from", asker.value.encode())
        knock = waits.Knock(digest("sign-in-there", account + address), account, address)
        with self._database.writing() as connection:
            waits.count(connection, knock, self._clock())
        return knock

    def _confirm(self, officer: Officer, password: str) -> str:
        """Check the password of one who is in; gives the hash it fits. Strangers' tries at signing in do not count."""
        knock = waits.Knock(self._vault.digest("confirm", str(officer.account).encode()))
        with self._database.writing() as connection:
            waits.count(connection, knock, self._clock())
            kept = connection.execute(
                select(AccountRow.password_hash).where(AccountRow.id == officer.account)
            ).scalar_one()
        if not passwords.matches(kept, password):
            raise Refused("wrong_password")
        with self._database.writing() as connection:
            waits.forgive(connection, knock)
        return str(kept)

    @staticmethod
    def _still(connection: Connection, account: int, checked: str) -> None:
        """Lock the account, if the hash that was checked is still its own: comparing takes long enough for a reset."""
        same = (AccountRow.id == account) & (AccountRow.password_hash == checked) & AccountRow.closed_at.is_(None)
        if connection.execute(select(AccountRow.id).where(same).with_for_update()).scalar() is None:
            raise Refused("wrong_password")

    def _half(self, token: str, *, enrolled: bool = True) -> AnyRow:
        """The account of a sign-in that waits for its second factor, which it has already or (`enrolled`) has not."""
        waiting = (
            select(AccountRow.__table__, SignInRow.id.label("sign_in"))
            .join(SignInRow, SignInRow.account_id == AccountRow.id)
            .where(
                SignInRow.token_digest == self._digest(token),
                SignInRow.complete.is_(False),
                SignInRow.ended_at.is_(None),
                SignInRow.started_at > self._clock() - HALFWAY,
                AccountRow.closed_at.is_(None),
                AccountRow.sealed_totp.is_not(None) if enrolled else AccountRow.sealed_totp.is_(None),
            )
        )
        with self._database.reading() as connection:
            found = connection.execute(waiting).one_or_none()
        if found is None:
            raise Refused("sign_in_over")
        return found

    @staticmethod
    def _lock_unenrolled(connection: Connection, account: int) -> None:
        """Two first enrolments at once: the second finds the factor of the first, and is not let past it."""
        bare = (AccountRow.id == account) & AccountRow.sealed_totp.is_(None)
        if connection.execute(select(AccountRow.id).where(bare).with_for_update()).scalar() is None:
            raise Refused("sign_in_over")

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


def withdraw_codes(connection: Connection, account: int, now: datetime) -> None:
    """Make codes for a new password useless that were printed before, in the caller's transaction."""
    pending = (InvitationRow.account_id == account) & InvitationRow.used_at.is_(None)
    connection.execute(update(InvitationRow).where(pending).values(withdrawn_at=now))


def end_all(connection: Connection, account: int, why: str, now: datetime) -> None:
    """End every sign-in of an account, in the caller's transaction."""
    still_open = (SignInRow.account_id == account) & SignInRow.ended_at.is_(None)
    connection.execute(update(SignInRow).where(still_open).values(ended_at=now, ended_why=why))


def officer_from(row: Any) -> Officer:
    """The officer of a row with the columns OFFICER and `place`."""
    territory = Territory(row.region_code, row.rw, row.rt)
    return Officer(row.id, row.username, Role(row.role), territory, row.place or row.region_code)
