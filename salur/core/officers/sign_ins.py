"""Signing in: name and password, second factor, and what is known of each sign-in.

A sign-in is a row found by the digest of a random token, so that it can be ended from elsewhere; the token is all that
the browser's cookie holds of it. It ends after half an hour without a request, when the password changes, when the
account is closed, and when its owner ends it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits import devices, waits
from salur.core.limits.asker import Asker
from salur.core.officers import passwords
from salur.core.officers.answers import Enrolment, Next, SignIn, Started
from salur.core.officers.queries import OFFICER, OfficerRead, officer_of
from salur.core.officers.roles import NEEDS_SECOND_FACTOR, Officer, Role
from salur.core.officers.second_factor import SecondFactors
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.open_accounts import is_open, today_of
from salur.core.storage.prepared import Prepared
from salur.core.storage.vault import Vault
from salur.core.tables.officers import AccountRow, SignInRow

IDLE = timedelta(minutes=30)
TOUCH = timedelta(minutes=1)  # how exactly `seen_at` is kept: not every request writes
HALFWAY = timedelta(minutes=10)  # to type the code of the second factor; to set one up there is as much as `IDLE`
SHOWN = timedelta(days=90)
OF_PASSWORD, OF_CODE = "sign-in", "sign-code"  # what is tried: the digests of each begin so

BY_TOKEN = (
    select(*OFFICER, SignInRow.id.label("sign_in"), SignInRow.seen_at)
    .join(SignInRow, SignInRow.account_id == AccountRow.id)
    .where(
        SignInRow.token_digest == bindparam("digest"),
        SignInRow.complete,
        SignInRow.ended_at.is_(None),
        SignInRow.seen_at > bindparam("since"),
    )
)


class _SignedIn(NamedTuple):
    """A row of BY_TOKEN."""

    officer: Officer
    sign_in: int
    seen_at: datetime

    @classmethod
    def read(cls, values: Sequence[object]) -> Self:
        """From its columns."""
        return cls._make((officer_of(OfficerRead._make(values[: len(OFFICER)])), *values[len(OFFICER) :]))


class SignIns:
    """Lets officers in, and out."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._factors = SecondFactors(vault, clock)
        self._by_token = Prepared(BY_TOKEN.where(is_open(database.engine, AccountRow)), _SignedIn.read)

    def start(
        self, username: str, password: str, *, asker: Asker, device: str, mark: str = "", code: str = ""
    ) -> Started:
        """Check name and password. An unknown name, an account that is not open and a wrong password are all the same.

        Strangers let nobody wait whose browser was in before (`mark`) or whose second factor (`code`) is right too.
        Raises: TooManyAttempts (scope `sign_in`), Refused(`wrong_password`).
        """
        name = username.strip().lower()
        if code and (token := self._start_with_both(name, password, code, asker, device)):
            return Started(token, Next.NOTHING)
        knock = self._knock(OF_PASSWORD, name, asker, mark)
        self._count(knock)
        found = self._account(name)
        if not passwords.matches(found.password_hash if found else None, password):
            raise Refused("wrong_password")
        assert found is not None
        after = Next.NOTHING
        if found.sealed_totp is not None:
            after = Next.CODE
        elif Role(found.role) in NEEDS_SECOND_FACTOR:
            after = Next.ENROLMENT
        with self._database.writing() as connection:
            passwords.lock_unchanged(connection, found.id, found.password_hash)
            if after is Next.NOTHING:
                waits.forgive(connection, knock, self._clock())
            if passwords.is_outdated(found.password_hash):
                passwords.set_hash(connection, found.id, password)
            token = self.open(connection, found.id, device, complete=after is Next.NOTHING)
        return Started(token, after)

    def _start_with_both(self, name: str, password: str, code: str, asker: Asker, device: str) -> str | None:
        """The token of a whole sign-in where password and second factor are right; None tells nothing of either.

        Such tries are counted by address alone, so that no stranger uses them up. Codes are counted for the account
        where the password is right, as in `finish`: this is no second place to guess them.
        """
        there = self._vault.digest("sign-both", name.encode() + b"\0" + asker.value.encode())
        self._count(waits.Knock(there, address=self._vault.digest("sign-both-from", asker.value.encode())))
        found = self._account(name)
        right = passwords.matches(found.password_hash if found else None, password)
        knocks = [self._knock(what, name if right else "", asker, "") for what in (OF_CODE, OF_PASSWORD)]
        with suppress(TooManyAttempts):
            self._count(knocks[0])
            with self._database.writing() as connection:
                if right and found is not None and self._factors.is_right(connection, found.id, code):
                    passwords.lock_unchanged(connection, found.id, found.password_hash)
                    for knock in knocks:
                        waits.forgive(connection, knock, self._clock())
                    return self.open(connection, found.id, device, complete=True)
        return None

    def finish(self, token: str, code: str, *, asker: Asker, mark: str = "") -> str:
        """Check the second factor, a code of the app or a recovery code; gives the token of the whole sign-in.

        Wrong codes are counted by themselves: whoever does not know the password makes nobody wait here.

        Raises: TooManyAttempts (scope `sign_in`), Refused(`wrong_code`), Refused(`sign_in_over`) when too late.
        """
        half = self._half(token)
        knocks = [self._knock(what, half.username, asker, mark) for what in (OF_PASSWORD, OF_CODE)]
        self._count(knocks[-1])
        with self._database.writing() as connection:
            if not self._factors.is_right(connection, half.id, code):
                raise Refused("wrong_code")
            for knock in knocks:
                waits.forgive(connection, knock, self._clock())
            return self._complete(connection, half)

    # The second factor

    def first_enrolment(self, token: str, sealed: str | None = None) -> Enrolment:
        """Begin to set up the second factor that a role needs, between password and sign-in, or go on with `sealed`.

        Raises: Refused(`sign_in_over`), also for an account that has one: its code is what is asked for.
        Refused(`enrolment_over`) when there is no going on.
        """
        half = self._half(token, enrolled=False)
        return self._factors.begin(half.id, half.username, sealed)

    def enrol_first(self, token: str, sealed: str, code: str) -> tuple[tuple[str, ...], str]:
        """Keep it and finish the sign-in; gives the recovery codes and the token of the whole sign-in.

        Raises: Refused(`enrolment_code`), Refused(`enrolment_over`), Refused(`sign_in_over`).
        """
        half = self._half(token, enrolled=False)
        with self._database.writing() as connection:
            self._lock_unenrolled(connection, half.id)
            codes = self._factors.keep(connection, half.id, sealed, code)
            return codes, self._complete(connection, half)

    # The sign-in itself

    def officer_of(self, token: str) -> Officer | None:
        """Who is signed in with this token; None when the sign-in is over. Asked at every request of an officer."""
        now = self._clock()
        values = {"digest": self._digest(token), "since": now - IDLE, "today": today_of(self._database.engine)}
        with self._database.reading() as connection:
            rows = self._by_token.run(connection, values)
        if not rows:
            return None
        row = rows[0]
        if now - row.seen_at > TOUCH:
            with self._database.writing() as connection:
                connection.execute(update(SignInRow).where(SignInRow.id == row.sign_in).values(seen_at=now))
        return row.officer

    def open(self, connection: Connection, account: int, device: str, *, complete: bool) -> str:
        """Begin a sign-in of an account, in the caller's transaction; gives its token."""
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

    def mark(self, token: str) -> str:
        """What a browser is known by later, as one that was in with this token."""
        with self._database.reading() as connection:
            return devices.make_mark(connection, self._vault, self._digest(token))

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

    # One step each

    def _account(self, name: str) -> AnyRow | None:
        named = select(AccountRow.__table__).where(AccountRow.username == name)
        with self._database.reading() as connection:
            return connection.execute(named.where(is_open(connection, AccountRow))).one_or_none()

    def _knock(self, what: str, name: str, asker: Asker, mark: str) -> waits.Knock:
        """The keys of a try, OF_PASSWORD or OF_CODE."""
        digest = self._vault.digest
        account, address = digest(what, name.encode()), digest(f"{what}-from", asker.value.encode())
        with self._database.reading() as connection:
            if mark and devices.is_marked(connection, self._vault, mark, name):
                return waits.Knock(digest(f"{what}-device", account + mark.encode()), account, address, known=True)
        return waits.Knock(digest(f"{what}-there", account + address), account, address)

    def _count(self, knock: waits.Knock) -> None:
        """Count a try. Raises TooManyAttempts (scope `sign_in`)."""
        with self._database.writing() as connection:
            waits.count(connection, knock, self._clock())

    def _half(self, token: str, *, enrolled: bool = True) -> AnyRow:
        """The account of a sign-in that waits for its second factor, which it has already or (`enrolled`) has not."""
        waiting = (
            select(AccountRow.__table__, SignInRow.id.label("sign_in"))
            .join(SignInRow, SignInRow.account_id == AccountRow.id)
            .where(
                SignInRow.token_digest == self._digest(token),
                SignInRow.complete.is_(False),
                SignInRow.ended_at.is_(None),
                SignInRow.started_at > self._clock() - (HALFWAY if enrolled else IDLE),
                is_open(self._database.engine, AccountRow),
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
        values: dict[str, object] = {"complete": True, "token_digest": self._digest(token), "seen_at": self._clock()}
        connection.execute(update(SignInRow).where(SignInRow.id == half.sign_in).values(**values))
        return token

    def _end(self, connection: Connection, which: ColumnElement[bool], why: str) -> None:
        still_open = which & SignInRow.ended_at.is_(None)
        connection.execute(update(SignInRow).where(still_open).values(ended_at=self._clock(), ended_why=why))

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


def end_all(connection: Connection, account: int, why: str, now: datetime) -> None:
    """End every sign-in of an account, in the caller's transaction."""
    still_open = (SignInRow.account_id == account) & SignInRow.ended_at.is_(None)
    connection.execute(update(SignInRow).where(still_open).values(ended_at=now, ended_why=why))
