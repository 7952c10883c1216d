"""The record of who looked at whose data (UU 27/2022 article 32), as officers write it. `lookup` writes the askers'."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection, insert

from salur.core.roles import Officer
from salur.core.tables import AccessRow
from salur.core.vault import Vault


class AccessLog:
    """Writes looks into the caller's transaction."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock

    def record(self, connection: Connection, people: Iterable[int], officer: Officer, *, door: str, what: str) -> None:
        """Write that an officer saw these people (ids of `person`). `door` is web or bot; `what` list, search, export
        or history."""
        look = {
            "at": self._clock(),
            "door": door,
            "asker": self._vault.digest("account", str(officer.account).encode()),
            "role": str(officer.role),
            "what": what,
        }
        rows = [{"person_id": id, **look} for id in dict.fromkeys(people)]
        if rows:
            connection.execute(insert(AccessRow), rows)
