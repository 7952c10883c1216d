"""The one place that adds the area. What an officer may see is selected from here, so that no query can forget it.

`Scope.of(officer).people` is a table like `person` that holds nobody outside the officer's territory; marks and
accounts likewise, and proposals through `proposals/visible.py`. Services that answer officers import these instead of
the tables; tests/habits holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Self

from sqlalchemy import BindParameter, ColumnElement, FromClause, Subquery, bindparam, false, func, select

from salur.core.officers.roles import Officer, Role
from salur.core.regions.region import VILLAGE
from salur.core.regions.territory import Territory
from salur.core.storage.statements import Columns
from salur.core.tables.base import Table
from salur.core.tables.marks import MarkRow
from salur.core.tables.officers import AccountRow, InvitationRow
from salur.core.tables.people import PersonRow

# Parameters of prepared statements: what a territory consists of.
PLACES = ("own_region", "own_rw", "own_rt")
Located = Columns | type[PersonRow | InvitationRow]  # what has `region_code`, `rw` and `rt`


def inside(territory: Territory, columns: Located) -> ColumnElement[bool]:
    """The condition that a row with `region_code`, `rw` and `rt` lies within a territory."""
    code = territory.region_code
    if isinstance(code, BindParameter) or len(code) == VILLAGE:
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
    """What lies within one territory. Each attribute is selected from like the table it is named after.

    Without a role there are no proposals: who may see which kind depends on it.
    """

    territory: Territory
    role: Role | None = None

    @classmethod
    def of(cls, officer: Officer, within: Territory | None = None) -> Self:
        """An officer's own territory; or a part of it (`within`), where what lies outside is cut off, not refused."""
        if within is None:
            return cls(officer.territory, officer.role)
        return cls(within if officer.territory.covers(within) else officer.territory, officer.role)

    @classmethod
    @cache
    def to_prepare(cls, *, rw: bool, rt: bool) -> Self:
        """A scope for statements that are prepared once for all kelurahan, their RW or RT. It is of nobody:

        run without the `values` of an officer's own scope, such a statement raises KeyError.
        """
        # Parameters take the places of values: `inside` and what is selected within take either.
        places: Any = [bindparam(name) if wanted else None for name, wanted in zip(PLACES, (True, rw, rt), strict=True)]
        return cls(Territory(*places))

    @property
    def shape(self) -> dict[str, bool]:
        """What `to_prepare` makes the scope with that this one gives its values to."""
        return {"rw": self.territory.rw is not None, "rt": self.territory.rt is not None}

    @property
    def values(self) -> dict[str, object]:
        """What a prepared statement is run with, to be about this very scope, which is one kelurahan's or less."""
        own = (self.territory.region_code, self.territory.rw, self.territory.rt)
        return {name: value for name, value in zip(PLACES, own, strict=True) if value is not None}

    @cached_property
    def people(self) -> Subquery:
        """Of `person`."""
        return self.within(PersonRow)

    @cached_property
    def namesakes(self) -> Subquery:
        """Rows of `person` elsewhere that bear the NIK of someone here, as far as it takes to tell whether it is them.

        Nothing of them is shown: they tell that someone here has moved, or was paid under another address.
        """
        own, table = self.people, PersonRow.__table__
        known = (table.c[name] for name in ("id", "nik_index", "kk_index", "sealed_names"))
        here = select(own.c.nik_index).where(own.c.nik_index.is_not(None))
        elsewhere = ~func.coalesce(inside(self.territory, table.c), false())
        return select(*known).where(table.c.nik_index.in_(here), elsewhere).subquery("namesake")

    @cached_property
    def marks(self) -> Subquery:
        """Of `mark`."""
        return self.within(MarkRow)

    @cached_property
    def accounts(self) -> Subquery:
        """Of `account`."""
        return self.within(AccountRow)

    def within(self, table: type[Table], *conditions: ColumnElement[bool]) -> Subquery:
        """What of a table lies within, under some conditions."""
        whole: FromClause = table.__table__
        own = select(whole).where(inside(self.territory, whole.c), *conditions)
        return own.subquery(f"own_{table.__tablename__}")
