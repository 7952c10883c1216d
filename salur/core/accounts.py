"""Accounts: who is invited, by whom, for which area; closing and resetting.

An invitation is a one-time code on paper, valid for seven days. It says for which role and area it is, so that whoever
holds it chooses only a user name and a password. The console (`python -m salur accounts`) makes the first ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from salur.core import passwords, printed_codes, second_factors
from salur.core.chat_links import unlink_within
from salur.core.database import AnyRow, Database, fresh_ids
from salur.core.errors import Malformed, Refused
from salur.core.roles import INVITES, Officer, Role, Territory
from salur.core.scope import Scope, inside
from salur.core.sign_in import end_all, withdraw_codes
from salur.core.tables import AccountRow, InvitationRow, RegionRow, SignInRow
from salur.core.vault import Vault

VALID = timedelta(days=7)
CODE_GROUPS = 3  # 58 bits
USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,28})[a-z0-9]")


class BadUsername(Malformed, ValueError):
    """Not a user name: `username_shape` (3 to 30 of a-z 0-9 . _ -) or `username_taken`."""


@dataclass(frozen=True, slots=True, repr=False)
class Invited:
    """A fresh invitation. The code is shown this once; only its digest is kept."""

    code: str
    role: Role
    territory: Territory
    place: str
    expires_at: datetime
    username: str | None = None  # of the account that gets a new password


@dataclass(frozen=True, slots=True)
class Account:
    """One account, for those above it: an office, with the day it was last used."""

    id: int
    username: str
    role: Role
    territory: Territory
    place: str
    created_at: datetime
    closed_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that nobody has used yet."""

    id: int
    role: Role
    territory: Territory
    place: str
    created_at: datetime
    expires_at: datetime
    username: str | None


class Accounts:
    """Invites, opens, closes and lists accounts."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def invite(self, officer: Officer | None, role: Role, territory: Territory) -> Invited:
        """Make an invitation; `officer` None is the console, which may invite anyone anywhere.

        Raises: Refused with `may_not_invite`, `bad_territory` or `no_such_region`.
        """
        if officer is not None and not (role in INVITES.get(officer.role, ()) and officer.territory.covers(territory)):
            raise Refused("may_not_invite")
        if not territory.fits(role):
            raise Refused("bad_territory", role=str(role))
        with self._database.writing() as connection:
            place = connection.execute(select(RegionRow.name).where(RegionRow.code == territory.region_code)).scalar()
            if place is None:
                raise Refused("no_such_region", region=territory.region_code)
            return self._write(connection, officer, role, territory, place)

    def invitation(self, code: str) -> Invitation:
        """What a code is for. Raises Refused(`bad_invitation`): unknown, used, withdrawn or too old, all alike."""
        with self._database.reading() as connection:
            return self._invitation(self._valid(connection, code))

    def accept(self, code: str, username: str, password: str) -> int:
        """Open the account, or set the new password of one that was reset; gives the account's id.

        Raises: Refused(`bad_invitation`), BadUsername, WeakPassword; the code can then be used again.
        """
        name = username.strip().lower()
        with self._database.reading() as connection:
            found = self._valid(connection, code)
        if found.account_id is None and not USERNAME.fullmatch(name):
            raise BadUsername("username_shape")
        passwords.check(password, found.username or name)
        hashed = passwords.hash_of(password)  # tens of milliseconds: outside the transaction
        now = self._clock()
        with self._database.writing() as connection:
            # A column of the invitation is set under the condition that it is still empty: the code works once.
            unused = InvitationRow.used_at.is_(None) & InvitationRow.withdrawn_at.is_(None)
            once = update(InvitationRow).where(InvitationRow.id == found.id, unused)
            if connection.execute(once.values(used_at=now)).rowcount != 1:
                raise Refused("bad_invitation")
            if found.account_id is not None:
                return self._renew(connection, found.account_id, hashed, now)
            taken = select(AccountRow.id).where(AccountRow.username == name)
            if connection.execute(taken).scalar() is not None:
                raise BadUsername("username_taken")
            id = next(fresh_ids(1))
            values = {
                "id": id,
                "username": name,
                "role": found.role,
                "region_code": found.region_code,
                "rw": found.rw,
                "rt": found.rt,
                "password_hash": hashed,
                "created_at": now,
                "invited_by": found.invited_by,
            }
            connection.execute(insert(AccountRow).values(values))
            return id

    def below(self, officer: Officer) -> tuple[tuple[Account, ...], tuple[Invitation, ...]]:
        """The accounts one invites, within one's territory, and the invitations that are still open."""
        roles = [str(role) for role in INVITES.get(officer.role, ())]
        own = Scope.of(officer).accounts
        with self._database.reading() as connection:
            accounts = self._accounts(connection, own, own.c.role.in_(roles))
            mine = inside(officer.territory, InvitationRow) & InvitationRow.role.in_(roles)
            return accounts, self._open_invitations(connection, mine)

    def everyone(self) -> tuple[tuple[Account, ...], tuple[Invitation, ...]]:
        """All accounts and open invitations: for the console."""
        table: Any = AccountRow.__table__
        with self._database.reading() as connection:
            return self._accounts(connection, table, table.c.id > 0), self._open_invitations(
                connection, InvitationRow.id > 0
            )

    def withdraw(self, officer: Officer, invitation: int) -> None:
        """Make an open invitation useless. Raises Refused(`no_such_invitation`)."""
        roles = [str(role) for role in INVITES.get(officer.role, ())]
        mine = inside(officer.territory, InvitationRow) & InvitationRow.role.in_(roles)
        open_still = mine & (InvitationRow.id == invitation) & InvitationRow.used_at.is_(None)
        with self._database.writing() as connection:
            withdrawn = update(InvitationRow).where(open_still).values(withdrawn_at=self._clock())
            if connection.execute(withdrawn).rowcount != 1:
                raise Refused("no_such_invitation")

    def close(self, officer: Officer | None, account: int | str) -> str:
        """Close an account (id, or user name) for good: its sign-ins end, its chat is unlinked; gives its user name.

        Raises: Refused(`no_such_account`), also for one that the officer does not invite.
        """
        with self._database.writing() as connection:
            found = self._mine(connection, officer, account)
            now = self._clock()
            connection.execute(update(AccountRow).where(AccountRow.id == found.id).values(closed_at=now))
            end_all(connection, found.id, "closed", now)
            unlink_within(connection, found.id)
            withdraw_codes(connection, found.id, now)
            # Nor do the invitations that he printed: he may be closed because he is not to be trusted.
            his = (InvitationRow.invited_by == found.id) & InvitationRow.used_at.is_(None)
            connection.execute(update(InvitationRow).where(his).values(withdrawn_at=now))
            return str(found.username)

    def reset(self, officer: Officer | None, account: int | str) -> Invited:
        """Give a code for a new password; the old one no longer works, nor does the second factor.

        Raises: Refused(`no_such_account`).
        """
        locked = passwords.hash_of(printed_codes.new(8))  # tens of milliseconds: outside the transaction
        with self._database.writing() as connection:
            found = self._mine(connection, officer, account)
            end_all(connection, found.id, "password", self._clock())
            unlink_within(connection, found.id)
            withdraw_codes(connection, found.id, self._clock())
            connection.execute(update(AccountRow).where(AccountRow.id == found.id).values(password_hash=locked))
            second_factors.drop(connection, found.id)
            territory = Territory(found.region_code, found.rw, found.rt)
            place = connection.execute(select(RegionRow.name).where(RegionRow.code == found.region_code)).scalar()
            return self._write(
                connection, officer, Role(found.role), territory, place or found.region_code, reset_of=found
            )

    # One step each

    def _write(
        self,
        connection: Connection,
        officer: Officer | None,
        role: Role,
        territory: Territory,
        place: str,
        reset_of: AnyRow | None = None,
    ) -> Invited:
        code, now = printed_codes.new(CODE_GROUPS), self._clock()
        values = {
            "code_digest": self._digest(code),
            "role": str(role),
            "region_code": territory.region_code,
            "rw": territory.rw,
            "rt": territory.rt,
            "account_id": reset_of.id if reset_of is not None else None,
            "invited_by": officer.account if officer else None,
            "created_at": now,
            "expires_at": now + VALID,
        }
        connection.execute(insert(InvitationRow).values(values))
        return Invited(code, role, territory, place, now + VALID, reset_of.username if reset_of is not None else None)

    def _valid(self, connection: Connection, code: str) -> AnyRow:
        """The open invitation of a code, with the user name of the account that it resets."""
        mine = InvitationRow.code_digest == self._digest(code)
        found = connection.execute(self._open_statement(mine)).one_or_none()
        if found is None:
            raise Refused("bad_invitation")
        return found

    def _open_statement(self, which: Any) -> Any:
        return (
            select(InvitationRow.__table__, RegionRow.name.label("place"), AccountRow.username)
            .outerjoin(RegionRow, RegionRow.code == InvitationRow.region_code)
            .outerjoin(AccountRow, AccountRow.id == InvitationRow.account_id)
            .where(
                which,
                InvitationRow.used_at.is_(None),
                InvitationRow.withdrawn_at.is_(None),
                InvitationRow.expires_at > self._clock(),
            )
            .order_by(InvitationRow.id.desc())
        )

    def _open_invitations(self, connection: Connection, which: Any) -> tuple[Invitation, ...]:
        return tuple(self._invitation(row) for row in connection.execute(self._open_statement(which)))

    @staticmethod
    def _invitation(row: AnyRow) -> Invitation:
        territory = Territory(row.region_code, row.rw, row.rt)
        place = row.place or row.region_code
        return Invitation(row.id, Role(row.role), territory, place, row.created_at, row.expires_at, row.username)

    @staticmethod
    def _renew(connection: Connection, account: int, hashed: str, now: datetime) -> int:
        values = {"password_hash": hashed, "sealed_totp": None}
        still_open = (AccountRow.id == account) & AccountRow.closed_at.is_(None)
        if connection.execute(update(AccountRow).where(still_open).values(values)).rowcount != 1:
            raise Refused("bad_invitation")
        end_all(connection, account, "password", now)
        withdraw_codes(connection, account, now)
        return account

    @staticmethod
    def _mine(connection: Connection, officer: Officer | None, account: int | str) -> AnyRow:
        """The open account, if this officer invites such accounts there (or the console asks)."""
        table: Any = AccountRow.__table__ if officer is None else Scope.of(officer).accounts
        named = table.c.username == account.lower() if isinstance(account, str) else table.c.id == account
        which = named & table.c.closed_at.is_(None)
        if officer is not None:
            which &= table.c.role.in_([str(role) for role in INVITES.get(officer.role, ())])
        found = connection.execute(select(table).where(which)).one_or_none()
        if found is None:
            raise Refused("no_such_account")
        return found

    @staticmethod
    def _accounts(connection: Connection, table: Any, which: Any) -> tuple[Account, ...]:
        last = (
            select(func.max(SignInRow.seen_at))
            .where(SignInRow.account_id == table.c.id, SignInRow.complete)
            .scalar_subquery()
        )
        columns = table.c
        rows = connection.execute(
            select(table, RegionRow.name.label("place"), last.label("seen_at"))
            .outerjoin(RegionRow, RegionRow.code == columns.region_code)
            .where(which)
            .order_by(columns.closed_at.is_not(None), columns.region_code, columns.rw, columns.rt, columns.username)
        )
        return tuple(
            Account(
                row.id,
                row.username,
                Role(row.role),
                Territory(row.region_code, row.rw, row.rt),
                row.place or row.region_code,
                row.created_at,
                row.closed_at,
                row.seen_at,
            )
            for row in rows
        )

    def _digest(self, code: str) -> bytes:
        return self._vault.digest("invitation", printed_codes.plain(code).encode())
