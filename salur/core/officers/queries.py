"""Offices as rows: the officer that a row of `account` is, and the name of an office's region."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from salur.core.officers.roles import Officer, Role
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow
from salur.core.storage.statements import AnyColumn, Columns
from salur.core.tables.officers import AccountRow, InvitationRow
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


def territory_of(office: AnyRow | OfficerRead) -> Territory:
    """What an account or invitation is for."""
    return Territory(office.region_code, office.rw, office.rt)


def officer_of(row: AnyRow | OfficerRead) -> Officer:
    """The officer of a row with the columns OFFICER."""
    return Officer(row.id, row.username, Role(row.role), territory_of(row), row.region_name)
