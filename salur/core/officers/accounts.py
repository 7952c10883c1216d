"""Accounts: who is invited by whom, closing and resetting. The console (`python -m salur accounts`) makes the first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select, update

from salur.core.errors import NotThere
from salur.core.officers import passwords, printed_codes, second_factor
from salur.core.officers.answers import Account, Invitation, Invited
from salur.core.officers.chat_links import unlink_within
from salur.core.officers.invitations import Invitations, withdraw_codes
from salur.core.officers.queries import account_rows, accounts_in, region_name_of, territory_of
from salur.core.officers.roles import INVITES, OVERSEES, Officer, Role
from salur.core.officers.scope import Scope, inside
from salur.core.officers.sign_ins import end_all
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.open_accounts import is_open, today_of
from salur.core.tables.officers import AccountRow, InvitationRow

WARNED = timedelta(days=30)  # before a term ends


class Accounts:
    """Lists, closes and resets accounts."""

    def __init__(self, database: Database, invitations: Invitations, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._invitations = invitations
        self._clock = clock

    def below(self, officer: Officer) -> tuple[tuple[Account, ...], tuple[Invitation, ...]]:
        """The accounts one invites, within one's territory, and the invitations that are still open."""
        own = Scope.of(officer).accounts
        with self._database.reading() as connection:
            accounts = accounts_in(connection, account_rows(own).where(own.c.role.in_(_invited_by(officer))))
            return accounts, self._invitations.open_ones(connection, _invitations_below(officer))

    def count_open_invitations(self, officer: Officer) -> int:
        """How many invitations below one are open."""
        with self._database.reading() as connection:
            return len(self._invitations.open_ones(connection, _invitations_below(officer)))

    def everyone(self) -> tuple[tuple[Account, ...], tuple[Invitation, ...]]:
        """All accounts and open invitations: for the console."""
        with self._database.reading() as connection:
            accounts = accounts_in(connection, account_rows(AccountRow.__table__))
            return accounts, self._invitations.open_ones(connection, InvitationRow.id > 0)

    def usernames(self) -> dict[int, str]:
        """Of all accounts, by their id: histories name who did what."""
        with self._database.reading() as connection:
            found = connection.execute(select(AccountRow.id, AccountRow.username))
            return {row.id: row.username for row in found}

    def close(self, officer: Officer | None, account: int | str) -> str:
        """Close an account (id, or user name) for good: its sign-ins end, its chat is unlinked; gives its user name.

        Raises: Refused(`no_such_account`), also for one that the officer does not invite.
        """
        with self._database.writing() as connection:
            found = self._mine(connection, officer, account, also_closed_by_date=True)
            self._close(connection, officer, found, "closed")
            return str(found.username)

    def close_ended(self) -> int:
        """Close the accounts whose term is over, which let nobody in any more; gives how many. Run daily."""
        table = AccountRow.__table__
        with self._database.writing() as connection:
            over = table.c.closed_at.is_(None) & (table.c.ends_on < today_of(connection))
            ended = connection.execute(select(table).where(over)).all()
            for row in ended:
                self._close(connection, None, row, "ended")
        return len(ended)

    def end_on(self, officer: Officer, account: int, day: date | None) -> None:
        """Say which day is the last of its term, None: there is none. A past day shuts it at once.

        Raises: Refused(`no_such_account`).
        """
        with self._database.writing() as connection:
            found = self._mine(connection, officer, account, also_closed_by_date=True)
            connection.execute(update(AccountRow).where(AccountRow.id == found.id).values(ends_on=day))
            told = {"username": found.username, "role": found.role, "day": day.isoformat() if day else None}
            where = territory_of(found)
            note(connection, officer, RecordKind.ACCOUNTS, "term", self._clock(), territory=where, **told)

    def count_ending(self, officer: Officer) -> int:
        """How many accounts below one end within the days in which one is warned."""
        own = Scope.of(officer).accounts.c
        below = own.role.in_([str(role) for role in OVERSEES.get(officer.role, ())])
        with self._database.reading() as connection:
            soon = own.ends_on <= today_of(connection) + WARNED
            return connection.execute(select(func.count()).where(is_open(connection, own), below, soon)).scalar_one()

    def ends_on(self, officer: Officer) -> date | None:
        """The last day of one's own term, when it is near."""
        with self._database.reading() as connection:
            own = Scope.of(officer).accounts.c
            soon = own.ends_on <= today_of(connection) + WARNED
            return connection.execute(select(own.ends_on).where(own.id == officer.account, soon)).scalar()

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
            second_factor.drop(connection, found.id)
            office = (Role(found.role), territory_of(found), found.region_name)
            return self._invitations.write(connection, officer, *office, reset_of=found)

    # One step each

    def _close(self, connection: Connection, officer: Officer | None, found: AnyRow, why: str) -> None:
        now = self._clock()
        connection.execute(update(AccountRow).where(AccountRow.id == found.id).values(closed_at=now))
        end_all(connection, found.id, "closed", now)
        unlink_within(connection, found.id)
        withdraw_codes(connection, found.id, now)
        # Nor do the invitations that it printed: it may be closed because nobody there is to be trusted.
        printed = (InvitationRow.invited_by == found.id) & InvitationRow.used_at.is_(None)
        connection.execute(update(InvitationRow).where(printed).values(withdrawn_at=now))
        told = {"username": found.username, "role": found.role}
        note(connection, officer, RecordKind.ACCOUNTS, why, now, territory=territory_of(found), **told)

    @staticmethod
    def _mine(
        connection: Connection, officer: Officer | None, account: int | str, *, also_closed_by_date: bool = False
    ) -> AnyRow:
        """The open account, if this officer stands above it there (or the console asks).

        `also_closed_by_date`: also one whose term is over, or of the sample city, where it does not belong.
        """
        table = AccountRow.__table__ if officer is None else Scope.of(officer).accounts
        named = table.c.username == account.lower() if isinstance(account, str) else table.c.id == account
        which = named & (table.c.closed_at.is_(None) if also_closed_by_date else is_open(connection, table.c))
        if officer is not None:
            which &= table.c.role.in_([str(role) for role in OVERSEES.get(officer.role, ())])
        found = connection.execute(select(table, region_name_of(table.c)).where(which)).one_or_none()
        if found is None:
            raise NotThere("no_such_account")
        return found


def _invited_by(officer: Officer) -> list[str]:
    return [str(role) for role in INVITES.get(officer.role, ())]


def _invitations_below(officer: Officer) -> ColumnElement[bool]:
    return inside(officer.territory, InvitationRow) & InvitationRow.role.in_(_invited_by(officer))
