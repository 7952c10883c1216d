"""Whose answer is followed: the rows of a payee as lists wrote them then, and those by which they stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from salur.core.lookup.answers import OnTheList
from salur.core.lookup.finding import ALL_OF_NIK, BY_ID
from salur.core.lookup.standing import standing
from salur.core.lookup.still_listed import Written
from salur.core.names.matching import same_person
from salur.core.notices.answers import Facts
from salur.core.people.sealed import open_name
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
        return vault.digest("follow", f"{self.address} {sorted(map(_who, self.payees))}".encode())

    def rows(self, connection: Connection, vault: Vault) -> dict[int, Written]:
        """All rows of these payees today: those of then, and what newer lists wrote under the same NIK of the same
        person. A NIK that an office mistyped belongs to somebody else: there the KK number or the name differs.
        """
        found = {row.id: row for row in self._of_then(connection, vault)}
        for payee in self.payees:
            if payee.nik is None:
                continue
            for under in ALL_OF_NIK.run(connection, {"index": payee.nik}):
                if under.id in found:
                    continue
                name = open_name(vault, under.sealed_names, under.id)
                if (payee.kk and under.kk_index == payee.kk) or name == payee.name or same_person(name, payee.name):
                    found[under.id] = Written(under.id, under.nik_index, under.kk_index, name)
        return found

    def answer(self, connection: Connection, vault: Vault, now: datetime) -> OnTheList | None:
        """What whoever follows would read, had they asked now."""
        rows = self.rows(connection, vault)
        return said_of(connection, vault, rows, now) if rows else None

    def _of_then(self, connection: Connection, vault: Vault) -> list[Written]:
        rows = BY_ID.run(connection, [one.id for one in self.payees]) if self.payees else []
        return [Written.opened(vault, row) for row in rows]


def said_of(connection: Connection, vault: Vault, rows: Mapping[int, Written], now: datetime) -> OnTheList | None:
    """What is read of these people (by id) today."""
    found = standing(connection, vault, rows, now, until=end_of(now))
    return found.said() if found is not None else None


def _who(payee: Written) -> str:
    return payee.nik.hex() if payee.nik is not None else str(payee.id)


def _hex(index: bytes | None) -> str | None:
    return index.hex() if index is not None else None


def _bytes(kept: str | None) -> bytes | None:
    return bytes.fromhex(kept) if kept is not None else None
