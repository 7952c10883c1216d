"""Offices as rows: the officer that a row of `account` is, and the name of an office's region."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from salur.core.officers.answers import Account
from salur.core.officers.roles import Officer, Role
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow
from salur.core.storage.open_accounts import is_open
from salur.core.storage.statements import AnyColumn, AnySelect, Columns
from salur.core.tables.officers import AccountRow, InvitationRow, SignInRow
from salur.core.tables.regions import RegionRow


def region_name_of(office: Columns | type[AccountRow | InvitationRow]) -> ColumnElement[str]:
    """The column `region_name` of an account or invitation: the official name of its region, or else its code."""
    name = select(RegionRow.name).where(RegionRow.code == office.region_code).scalar_subquery()
    return func.coalesce(name, office.region_code).label("region_name")


def username_of(account: AnyColumn) -> ColumnElement[str | None]:
    """The column `username` of whoever a column with an account's id names."""
    named = AccountRow.__table__.alias("named").c
    return select(named.username).where(named.id == account).scalar_subquery().label("username")


class OfficerRead(NamedTuple):
    """An account as the columns OFFICER say it."""

    id: int
    username: str
    role: str
    region_code: str
    rw: int | None
    rt: int | None
    region_name: str


OFFICER = (
    AccountRow.id,
    AccountRow.username,
    AccountRow.role,
    AccountRow.region_code,
    AccountRow.rw,
    AccountRow.rt,
    region_name_of(AccountRow),
)


def accounts_in(connection: Connection, select_accounts: AnySelect) -> tuple[Account, ...]:
    """The accounts of a statement that `account_rows` began."""
    return tuple(
        Account(
            row.id,
            row.username,
            Role(row.role),
            territory_of(row),
            row.region_name,
            row.created_at,
            row.closed_at,
            row.seen_at,
            row.ends_on,
            row.sealed_totp is not None,
        )
        for row in connection.execute(select_accounts)
    )


def account_rows(accounts: FromClause) -> AnySelect:
    """What is told of accounts: by area, within it from the office above to the head below; the closed ones last."""
    own = accounts.c
    last = select(func.max(SignInRow.seen_at)).where(SignInRow.account_id == own.id, SignInRow.complete)
    return select(accounts, region_name_of(own), last.scalar_subquery().label("seen_at")).order_by(
        own.closed_at.is_not(None), own.region_code, func.coalesce(own.rw, 0), func.coalesce(own.rt, 0), own.username
    )


def territory_of(office: AnyRow | OfficerRead) -> Territory:
    """What an account or invitation is for."""
    return Territory(office.region_code, office.rw, office.rt)


def officer_of(row: AnyRow | OfficerRead) -> Officer:
    """The officer of a row with the columns OFFICER."""
    return Officer(row.id, row.username, Role(row.role), territory_of(row), row.region_name)


def open_officer(connection: Connection, account: int | None) -> Officer | None:
    """The officer of an account (its id) that is open; else None."""
    which = select(*OFFICER).where(AccountRow.id == account, is_open(connection, AccountRow.__table__.c))
    row = connection.execute(which).one_or_none()
    return officer_of(OfficerRead._make(row)) if row is not None else None
