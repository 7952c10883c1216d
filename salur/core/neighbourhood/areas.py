"""What a head's area is called, and which RW and RT people of it live in."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from salur.core.officers.scope import Scope
from salur.core.regions.territory import Territory
from salur.core.storage.prepared import Prepared
from salur.core.tables.regions import RegionRow


class _Named(NamedTuple):
    """A region's name."""

    name: str


_NAME = Prepared(select(RegionRow.name).where(RegionRow.code == bindparam("code")), _Named._make)


def name_of(connection: Connection, area: Territory) -> str | None:
    """The official name of the area's kelurahan; None where there is none."""
    rows = _NAME.run(connection, {"code": area.region_code})
    return rows[0].name if rows else None


def areas_in(connection: Connection, scope: Scope) -> list[tuple[int, int | None]]:
    """The RW and RT that people of the scope live in, in their order; people without an RW are left out."""
    people = scope.people.c
    statement = select(people.rw, people.rt).where(people.rw.is_not(None)).distinct()
    rows = [(row.rw, row.rt) for row in connection.execute(statement)]
    return sorted(rows, key=lambda row: (row[0], row[1] or 0))
