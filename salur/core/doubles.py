"""People who stand twice where they should stand once, with the evidence side by side. Computed, never stored.

A double is a question to the office, never a verdict; it changes no list. Whoever looks from a part of the city learns
of what stands outside it that it is there, and in which programme; no name, no place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection, false, or_, select

from salur.core.access import AccessLog
from salur.core.database import Database
from salur.core.doubles_query import NUMBER, current_clashes, groups
from salur.core.scope import Scope
from salur.core.vault import Vault


def doubled(connection: Connection, scope: Scope, people: Collection[int]) -> set[int]:
    """Which of these people (ids, of the scope) stand twice by their NIK or KK number. For the list of a page.

    Names alike are left to `Doubles.page`: they would have to be opened.
    """
    own = scope.people
    asked = select(own).where(own.c.id.in_(people)).subquery("asked")
    excluded = current_clashes(connection)
    twice = [
        asked.c[number].in_(select(groups(kind, asked, excluded).subquery().c.number))
        for kind, number in NUMBER.items()
    ]
    return set(connection.execute(select(asked.c.id).where(or_(false(), *twice))).scalars())


class Doubles:
    """Finds doubles."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock
