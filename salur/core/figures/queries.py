"""What the database counts of the lists in force: no name is opened, no person selected."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from salur.core.lists.kinds import ListState
from salur.core.neighbourhood.overview import counted
from salur.core.tables.lists import ListRow
from salur.core.tables.people import PersonRow


class Counts(NamedTuple):
    """What stands under one region in one round. `region_code` is mostly a kelurahan's; None where none is known."""

    region_code: str | None
    programme: str
    period: str
    listed: int
    amount: int | None
    paid: int
    returned: int


class Listing(NamedTuple):
    """A list in force."""

    programme: str
    period: str
    decree: str
    issued_on: date
    issuer: str


def counts_everywhere(connection: Connection) -> list[Counts]:
    """By region and round."""
    people = PersonRow.__table__
    statement = counted(people, people.c.region_code, ListRow.programme_code, ListRow.period)
    return [Counts._make(row) for row in connection.execute(statement)]


def lists_in_force(connection: Connection) -> list[Listing]:
    """The newest first."""
    columns = (ListRow.programme_code, ListRow.period, ListRow.decree, ListRow.issued_on, ListRow.issuer)
    statement = select(*columns).where(ListRow.state == ListState.PUBLISHED).order_by(ListRow.issued_on.desc())
    return [Listing._make(row) for row in connection.execute(statement)]
