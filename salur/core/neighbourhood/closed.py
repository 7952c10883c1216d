"""What stays sealed of the people of a list until they are shown: the NIK, for a year of birth, and a group's name."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, select

from salur.core.officers.scope import Scope
from salur.core.storage.prepared import PreparedForMany, columns_of
from salur.core.tables.people import EntitlementRow


class Closed(NamedTuple):
    """What is sealed of an entry, `id` its entitlement."""

    id: int
    sealed_numbers: bytes | None
    sealed_group: bytes | None


def closed(connection: Connection, scope: Scope, shown: Collection[int]) -> dict[int, Closed]:
    """By entitlement, of those that the list of a scope shows."""
    return {row.id: row for row in _closed(**scope.shape).run(connection, shown, scope.values)} if shown else {}


@cache
def _closed(*, rw: bool, rt: bool) -> PreparedForMany[Closed]:
    people = Scope.to_prepare(rw=rw, rt=rt).people
    columns = columns_of(
        Closed, id=EntitlementRow.id, sealed_numbers=people.c.sealed_numbers, sealed_group=EntitlementRow.sealed_group
    )
    joined = select(*columns).join(people, people.c.id == EntitlementRow.person_id)
    return PreparedForMany(lambda shown: joined.where(EntitlementRow.id.in_(shown)), Closed._make)
