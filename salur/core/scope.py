"""The one place that adds the area. What an officer may see is selected from here, so that no query can forget it.

`Scope.of(officer).people` is a table like `person` that holds nobody outside the officer's territory; marks, proposals
and accounts likewise. Services that answer officers import these instead of the tables; tests/habits holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Self

from sqlalchemy import BindParameter, ColumnElement, FromClause, Subquery, bindparam, false, func, select

from salur.core.proposal_steps import LEVEL_OF, ROUTES, Holder
from salur.core.roles import VILLAGE, Officer, Role, Territory
from salur.core.tables import AccountRow, MarkRow, PersonRow, ProposalRow, Table

# Parameters of prepared statements: what a territory consists of.
PLACES = ("own_region", "own_rw", "own_rt")


def inside(territory: Territory, columns: Any) -> ColumnElement[bool]:
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


def kinds_seen_by(role: Role | None) -> tuple[str, ...]:
    """Kinds of proposals that a role may ever see: those whose way begins at its own level or below it.

    So a report of a levy is seen by Dinas Sosial alone, and a correction by nobody below the kelurahan. Who has no
    level in the chain sees none.
    """
    level = LEVEL_OF.get(role) if role is not None else None
    heights = list(Holder)
    return tuple(
        str(kind)
        for kind, route in ROUTES.items()
        if level is not None and heights.index(route[0]) <= heights.index(level)
    )


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
        return self._within(PersonRow)

    @cached_property
    def namesakes(self) -> Subquery:
        """Rows of `person` elsewhere that bear the NIK of someone here, as far as it takes to tell whether it is him.

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
        return self._within(MarkRow)

    @cached_property
    def proposals(self) -> Subquery:
        """Of `proposal`, without the kinds that are none of this role's business."""
        return self._within(ProposalRow, ProposalRow.kind.in_(kinds_seen_by(self.role)))

    @cached_property
    def accounts(self) -> Subquery:
        """Of `account`."""
        return self._within(AccountRow)

    def _within(self, table: type[Table], *conditions: ColumnElement[bool]) -> Subquery:
        whole: FromClause = table.__table__
        own = select(whole).where(inside(self.territory, whole.c), *conditions)
        return own.subquery(f"own_{table.__tablename__}")
