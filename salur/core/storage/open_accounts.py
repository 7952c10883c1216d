"""Which accounts are open: not closed, their term not over, and in production none of the sample city's.

Whoever looked at a screen where Salur was tried out knows the password of those, and one is Dinas Sosial. So where the
sample city does not belong they are like closed accounts, whatever is asked: may they sign in, are they signed in,
whose chat is this, who is told, on whose desk does it lie. What asks whether an account is open asks here.

Whether the sample city belongs is told to the database by `salur.wiring`, from the settings; untold, it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Connection, Date, Engine, bindparam

from salur.core.storage.statements import Columns
from salur.core.tables.officers import AccountRow

# Of all accounts of the sample city, and of all that they invite: so the name alone tells, and none can hide.
SAMPLE = "coba."


def is_open(database: Connection | Engine, account: Columns | type[AccountRow]) -> ColumnElement[bool]:
    """The condition that an account (columns `username`, `closed_at` and `ends_on`) is open.

    A statement that is prepared once is told `today` each time it is run.
    """
    today = bindparam("today", callable_=lambda: today_of(database), type_=Date)
    kept: ColumnElement[bool] = account.closed_at.is_(None) & (account.ends_on.is_(None) | (account.ends_on >= today))
    return kept if takes_sample(database) else kept & ~account.username.startswith(SAMPLE)


def today_of(database: Connection | Engine) -> date:
    """The day it is in the city."""
    told: Callable[[], date] = database.get_execution_options().get("salur_today", _utc_day)
    return told()


def _utc_day() -> date:
    return datetime.now(UTC).date()


def takes_sample(database: Connection | Engine) -> bool:
    """Whether the sample city belongs into this database: not in production."""
    return bool(database.get_execution_options().get("salur_sample", False))
