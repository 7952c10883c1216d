"""What heads mark about the people of their list. A mark goes up the chain; it changes no list by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection, select, union

from salur.core.access import AccessLog
from salur.core.database import Database
from salur.core.mark_kinds import STANDING, MarkKind
from salur.core.scope import Scope
from salur.core.vault import Vault


def open_marks(connection: Connection, scope: Scope, people: Collection[int]) -> dict[int, tuple[MarkKind, ...]]:
    """What is marked of these people (ids, of the scope) and neither handled nor taken back.

    Lists write a person in several rows; a mark on one of them shows at all that have his NIK. One statement.
    """
    asked, other, marks = scope.people, scope.people.alias("other_person"), scope.marks
    stands = (asked.c.id.in_(people), marks.c.state.in_(STANDING))
    direct = select(asked.c.id, marks.c.kind).join(marks, marks.c.person_id == asked.c.id).where(*stands)
    by_nik = (
        select(asked.c.id, marks.c.kind)
        .join(other, other.c.nik_index == asked.c.nik_index)
        .join(marks, marks.c.person_id == other.c.id)
        .where(*stands)
    )
    found: dict[int, list[MarkKind]] = {}
    for id, kind in connection.execute(union(direct, by_nik)):
        found.setdefault(id, []).append(MarkKind(kind))
    order = list(MarkKind)
    return {id: tuple(sorted(kinds, key=order.index)) for id, kinds in found.items()}


class Marks:
    """Makes, takes back, confirms and handles marks."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock
