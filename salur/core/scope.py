"""The one place that adds the area. What an officer may see is selected from here, so that no query can forget it.

`Scope.of(officer).people` is a table like `person` that holds nobody outside the officer's territory; marks, proposals
and accounts likewise. Services that answer officers import these instead of the tables; tests/habits holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from sqlalchemy import ColumnElement, FromClause, Subquery, func, select

from salur.core.roles import VILLAGE, Officer, Territory
from salur.core.tables import AccountRow, MarkRow, PersonRow, ProposalRow, Table


def inside(territory: Territory, columns: Any) -> ColumnElement[bool]:
    """The condition that a row with `region_code`, `rw` and `rt` lies within a territory."""
    code = territory.region_code
    if len(code) == VILLAGE:
        found: ColumnElement[bool] = columns.region_code == code
    else:
        # The dot keeps 32.7 from holding 32.71; no code is cut in half then.
        beginning = func.substr(columns.region_code, 1, len(code) + 1)
        found = (columns.region_code == code) | (beginning == code + ".")
    if territory.rw is not None:
        found &= columns.rw == territory.rw
    if territory.rt is not None:
        found &= columns.rt == territory.rt
    return found


@dataclass(frozen=True)
class Scope:
    """What lies within one territory. Each attribute is selected from like the table it is named after."""

    territory: Territory

    @classmethod
    def of(cls, officer: Officer, within: Territory | None = None) -> Self:
        """An officer's own territory; or a part of it (`within`), where what lies outside is cut off, not refused."""
        if within is None:
            return cls(officer.territory)
        return cls(within if officer.territory.covers(within) else officer.territory)

    @cached_property
    def people(self) -> Subquery:
        """Of `person`."""
        return self._within(PersonRow)

    @cached_property
    def marks(self) -> Subquery:
        """Of `mark`."""
        return self._within(MarkRow)

    @cached_property
    def proposals(self) -> Subquery:
        """Of `proposal`."""
        return self._within(ProposalRow)

    @cached_property
    def accounts(self) -> Subquery:
        """Of `account`."""
        return self._within(AccountRow)

    def _within(self, table: type[Table]) -> Subquery:
        whole: FromClause = table.__table__
        return select(whole).where(inside(self.territory, whole.c)).subquery(f"own_{table.__tablename__}")
