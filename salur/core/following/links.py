"""Whose answer is followed: the rows of a payee as lists wrote them then, and those by which they stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from salur.core.lookup.answers import OnTheList
from salur.core.lookup.standing import standing
from salur.core.lookup.still_listed import Written, rows_today
from salur.core.notices.answers import Facts
from salur.core.privacy.passes import end_of
from salur.core.storage.vault import Vault

LINK, TOLD = "follow.sealed_link", "follow.sealed_told"


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """An address with its language, and the payees that it is told of."""

    address: str
    language: str | None
    payees: Sequence[Written]

    def sealed(self, vault: Vault, id: int) -> bytes:
        """As it is kept."""
        payees = [[one.id, _hex(one.nik), _hex(one.kk), one.name] for one in self.payees]
        return vault.seal_json({"address": self.address, "language": self.language, "payees": payees}, LINK, id)

    @classmethod
    def opened(cls, vault: Vault, sealed: bytes, id: int) -> Link:
        """Back from that. Raises NoKey."""
        kept: Facts = vault.open_json(sealed, LINK, id)
        payees = [Written(one, _bytes(nik), _bytes(kk), name) for one, nik, kk, name in kept["payees"]]
        return cls(kept["address"], kept["language"], payees)

    def whom(self, vault: Vault) -> bytes:
        """By what the same address and the same payees are known again."""
        return vault.digest("follow", f"{self.address} {sorted(self.people)}".encode())

    @property
    def people(self) -> frozenset[str]:
        """What tells these payees from others, whichever list wrote them."""
        return frozenset(one.nik.hex() if one.nik is not None else str(one.id) for one in self.payees)

    def rows(self, connection: Connection, vault: Vault) -> dict[int, Written]:
        """All rows of these payees today."""
        return rows_today(connection, vault, self.payees)

    def answer(self, connection: Connection, vault: Vault, now: datetime) -> OnTheList | None:
        """What whoever follows would read, had they asked now."""
        rows = self.rows(connection, vault)
        return said_of(connection, vault, rows, now) if rows else None


def said_of(connection: Connection, vault: Vault, rows: Mapping[int, Written], now: datetime) -> OnTheList | None:
    """What is read of these people (by id) today."""
    found = standing(connection, vault, rows, now, until=end_of(now))
    return found.said() if found is not None else None


def _hex(index: bytes | None) -> str | None:
    return index.hex() if index is not None else None


def _bytes(kept: str | None) -> bytes | None:
    return bytes.fromhex(kept) if kept is not None else None
