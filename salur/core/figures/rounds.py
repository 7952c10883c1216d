"""Which lists speak of a round: those in force, and of a round that is over the last ones that were.

A list that another of the same period stepped in for was corrected: it says of nobody any more how they stand, only
who was paid by then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from salur.core.figures.answers import RoundKey
from salur.core.lists.kinds import ListState
from salur.core.payouts.answers import FileKind
from salur.core.regions.territory import Territory
from salur.core.tables.lists import ListRow
from salur.core.tables.payouts import PayoutFileRow

_later = aliased(ListRow, name="later")


class Listed(NamedTuple):
    """A list that is in force, or was."""

    id: int
    programme: str
    period: str
    state: str
    area: str
    published_at: datetime
    corrects: int | None  # the list of which this one corrects a few people
    later_period: str | None  # of the list that superseded it

    @property
    def round(self) -> RoundKey:
        """What it is a list of."""
        return RoundKey(self.programme, self.period)

    @property
    def is_last(self) -> bool:
        """Whether no list of the same period stepped in for it: what it says of its round stays true."""
        if self.state == ListState.PUBLISHED:
            return True
        return self.later_period is not None and self.later_period != self.period


@dataclass(frozen=True)
class View:
    """The lists that are counted, and those they correct, by id."""

    counted: Mapping[int, Listed]
    corrected: Mapping[int, Listed]

    @property
    def all(self) -> Mapping[int, Listed]:
        """Both."""
        return {**self.counted, **self.corrected}


def lists_around(connection: Connection, area: Territory) -> list[Listed]:
    """All that are in force or were superseded, of an area, of what lies in it and of what it lies in."""
    columns = (ListRow.id, ListRow.programme_code, ListRow.period, ListRow.state, ListRow.area, ListRow.published_at)
    statement = (
        select(*columns, ListRow.corrects, _later.period)
        .outerjoin(_later, _later.id == ListRow.superseded_by)
        .where(ListRow.state.in_((ListState.PUBLISHED, ListState.SUPERSEDED)))
        .order_by(ListRow.id)
    )
    found = map(Listed._make, connection.execute(statement))
    code = area.region_code
    return [one for one in found if code.startswith(one.area) or one.area.startswith(code)]


def view_in_force(lists: Sequence[Listed]) -> View:
    """What heads see now: the lists in force."""
    counted = {one.id: one for one in lists if one.state == ListState.PUBLISHED}
    return View(counted, _others(lists, counted, {one.round for one in counted.values()}))


def view_of(lists: Sequence[Listed], wanted: RoundKey) -> View:
    """One round as it is, or as it was when the next began."""
    counted = {one.id: one for one in lists if one.round == wanted and one.is_last}
    return View(counted, _others(lists, counted, {wanted}))


def rounds_of(lists: Sequence[Listed]) -> tuple[tuple[RoundKey, bool], ...]:
    """Every round that something is known of, the newest period first; and whether a list of it is in force."""
    in_force = {one.round for one in lists if one.state == ListState.PUBLISHED}
    known = sorted({one.round for one in lists if one.is_last}, key=lambda one: one.programme)
    return tuple((one, one in in_force) for one in sorted(known, key=lambda one: one.period, reverse=True))


def _others(lists: Sequence[Listed], counted: Collection[int], rounds: Collection[RoundKey]) -> dict[int, Listed]:
    return {one.id: one for one in lists if one.round in rounds and one.id not in counted}


def files_of_payments(connection: Connection) -> list[tuple[int, str]]:
    """Every file that has said something of payments, with its state: while they stay, so does what was paid."""
    columns = select(PayoutFileRow.id, PayoutFileRow.state).where(PayoutFileRow.kind == FileKind.PAYMENTS)
    return [(id, state) for id, state in connection.execute(columns.order_by(PayoutFileRow.id))]
