"""Whose answer is followed: the rows of a payee as lists wrote them then, and those by which they stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from sqlalchemy import Connection

from salur.core.lookup.answers import OnTheList
from salur.core.lookup.standing import standing
from salur.core.lookup.still_listed import Written, rows_today, same_payee
from salur.core.notices.answers import Facts
from salur.core.privacy.passes import end_of
from salur.core.storage.vault import Vault

LINK, TOLD = "follow.sealed_link", "follow.sealed_told"


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """An address with its language, and the payees that it is told of.

    `family`: those (ids) who were asked for by a KK number alone. Who leaves that family is followed no further: by
    that number nobody would read of them.
    """

    address: str
    language: str | None
    payees: Sequence[Written]
    family: frozenset[int] = frozenset()

    def sealed(self, vault: Vault, id: int) -> bytes:
        """As it is kept."""
        payees = [[one.id, _hex(one.nik), _hex(one.kk), one.name] for one in self.payees]
        kept = {"address": self.address, "language": self.language, "payees": payees, "family": sorted(self.family)}
        return vault.seal_json(kept, LINK, id)

    @classmethod
    def opened(cls, vault: Vault, sealed: bytes, id: int) -> Link:
        """Back from that. Raises NoKey."""
        kept: Facts = vault.open_json(sealed, LINK, id)
        payees = [Written(one, _bytes(nik), _bytes(kk), name) for one, nik, kk, name in kept["payees"]]
        # An older version kept nothing of it: there several were a family.
        several = len({one.nik or one.id for one in payees}) > 1
        family = kept.get("family", [one.id for one in payees] if several else [])
        return cls(kept["address"], kept["language"], payees, frozenset(family))

    def whom(self, vault: Vault) -> bytes:
        """By what the same address and the same payees are known again."""
        return vault.digest("follow", f"{self.address} {sorted(self.people)}".encode())

    @property
    def people(self) -> frozenset[str]:
        """What tells these payees from others, whichever list wrote them."""
        return frozenset(map(whose, self.payees))

    @property
    def themselves(self) -> frozenset[str]:
        """Of these, who is followed wherever they go."""
        return frozenset(whose(one) for one in self.payees if one.id not in self.family)

    def wherever(self, people: Collection[str]) -> Self:
        """The same, with these people followed wherever they go."""
        return replace(self, family=frozenset(one.id for one in self._in_family if whose(one) not in people))

    @property
    def _in_family(self) -> list[Written]:
        return [one for one in self.payees if one.id in self.family]

    def rows(self, connection: Connection, vault: Vault) -> dict[int, Written]:
        """All rows of these payees today."""
        cards = {one.kk for one in self._in_family}
        family = rows_today(connection, vault, self._in_family).items()
        own = rows_today(connection, vault, [one for one in self.payees if one.id not in self.family])
        return {id: row for id, row in family if row.kk in cards} | own

    def answer(self, connection: Connection, vault: Vault, now: datetime) -> OnTheList | None:
        """What whoever follows would read, had they asked now."""
        rows = self.rows(connection, vault)
        return said_of(connection, vault, rows, now) if rows else None


def made_from(vault: Vault, way_back: str) -> bytes:
    """By what a calendar is known again in the answer that it was made from: no two have the same way back."""
    return vault.digest("calendar from", way_back.encode())


def said_of(connection: Connection, vault: Vault, rows: Mapping[int, Written], now: datetime) -> OnTheList | None:
    """What is read of these people (by id) today."""
    found = standing(connection, vault, rows, now, until=end_of(now))
    return found.said() if found is not None else None


def whose(payee: Written) -> str:
    """What tells a payee from others, whichever list wrote them."""
    return payee.nik.hex() if payee.nik is not None else str(payee.id)


def is_theirs(row: Written, payee: Written) -> bool:
    """Whether a row is about a payee: under the same NIK, and not the one that an office mistyped."""
    return row.nik is not None and row.nik == payee.nik and same_payee(row, payee)


def _hex(index: bytes | None) -> str | None:
    return index.hex() if index is not None else None


def _bytes(kept: str | None) -> bytes | None:
    return bytes.fromhex(kept) if kept is not None else None
