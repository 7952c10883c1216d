"""The record of who looked at whose data (UU 27/2022 article 32). Of the answers themselves `lookup` writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection, insert

from salur.core.limits.asker import Asker, known_as
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Officer
from salur.core.storage.vault import Vault
from salur.core.tables.privacy import AccessRow


class AccessLog:
    """Writes looks into the caller's transaction."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock

    def record(self, connection: Connection, people: Iterable[int], officer: Officer, *, door: Door, what: str) -> None:
        """Write that an officer saw these people (ids of `person`). `what` is list, search, export, proposal …"""
        by = self._vault.digest("account", str(officer.account).encode())
        self._write(connection, people, {"door": door, "asker": by, "role": str(officer.role), "what": what})

    def record_asker(self, connection: Connection, people: Iterable[int], asker: Asker, *, what: str) -> None:
        """Write that somebody who knew number and name saw something of these people, other than an answer."""
        by = known_as(self._vault, asker)
        self._write(connection, people, {"door": asker.door, "asker": by, "role": None, "what": what})

    def _write(self, connection: Connection, people: Iterable[int], look: dict[str, object]) -> None:
        look["at"] = self._clock()
        rows = [{"person_id": id, **look} for id in dict.fromkeys(people)]
        if rows:
            connection.execute(insert(AccessRow), rows)
