"""All accounts below an office, as its desk shows them: by area and state, with their last sign-in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, Subquery, exists, false, func, select, true

from salur.core.errors import NotThere
from salur.core.officers.accounts import WARNED
from salur.core.officers.answers import Account
from salur.core.officers.queries import account_rows, accounts_in
from salur.core.officers.roles import OVERSEES, Officer, Role
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.regions.territory import Territory
from salur.core.rollout.answers import UNSEEN, AccountFilter, AccountState, Register
from salur.core.storage.database import Database
from salur.core.storage.open_accounts import is_open, today_of
from salur.core.tables.officers import SignInRow

PAGE = 50


class AccountRegister:
    """Reads."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def page(self, officer: Officer, filter: AccountFilter, asked: int) -> Register:
        """One page, and how many there are of each state with what else is filtered."""
        within = Territory(filter.region) if filter.region else None
        own = Scope.of(officer, within).accounts
        with self._database.reading() as connection:
            below = _below(own, officer, filter.role)
            if filter.name:
                below &= own.c.username.contains(filter.name.lower(), autoescape=True)
            states = self._states(connection, own)
            counts = {state: _count(connection, own, below & which) for state, which in states.items()}

            def items(limit: int, offset: int) -> tuple[Account, ...]:
                found = account_rows(own).where(below & states[filter.state])
                return accounts_in(connection, found.limit(limit).offset(offset))

            return Register(Page.read(asked, counts[filter.state], PAGE, items), counts, today_of(connection))

    def one(self, officer: Officer, id: int) -> Account:
        """One account below. Raises NotThere(`no_such_account`)."""
        own = Scope.of(officer).accounts
        with self._database.reading() as connection:
            below = _below(own, officer, None)
            found = accounts_in(connection, account_rows(own).where(below, own.c.id == id))
        if not found:
            raise NotThere("no_such_account")
        return found[0]

    def _states(self, connection: Connection, own: Subquery) -> Mapping[AccountState, ColumnElement[bool]]:
        opened, today = is_open(connection, own.c), today_of(connection)
        seen = exists().where(SignInRow.account_id == own.c.id, SignInRow.complete)
        lately = seen.where(SignInRow.seen_at > self._clock() - UNSEEN)
        return {
            AccountState.ALL: true(),
            AccountState.ACTIVE: opened & lately,
            AccountState.UNSEEN: opened & ~lately,
            AccountState.FACTOR: opened & own.c.sealed_totp.is_not(None),
            AccountState.ENDING: opened & (own.c.ends_on <= today + WARNED),
            AccountState.CLOSED: own.c.closed_at.is_not(None) | func.coalesce(own.c.ends_on < today, false()),
        }


def _below(own: Subquery, officer: Officer, role: Role | None) -> ColumnElement[bool]:
    roles = [str(one) for one in OVERSEES.get(officer.role, ()) if role in (None, one)]
    return own.c.role.in_(roles)


def _count(connection: Connection, own: FromClause, which: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(own).where(which)).scalar_one()
