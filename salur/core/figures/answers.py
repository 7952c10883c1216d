"""Totals as they are told to everybody: plain values for the doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Total:
    """One place in one round. `recipients` and `amount` are None where they are hidden.

    `amount` is whole rupiah, and None too where a list names no amounts. `paid_share` is in percent, in steps of five,
    rounded down; None where fewer stand there than it is told of.
    """

    recipients: int | None
    amount: int | None
    paid_share: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether it is kept back."""
        return self.recipients is None


@dataclass(frozen=True, slots=True)
class Place:
    """A kecamatan with its kelurahan, or a kelurahan. `name` is empty where lists do not say which it is."""

    code: str
    name: str
    total: Total
    parts: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A list that a round is counted from."""

    decree: str
    issued_on: date
    issuer: str


@dataclass(frozen=True, slots=True)
class Round:
    """One programme in one period, everywhere."""

    programme: str  # its code
    programme_name: str
    period: str
    total: Total
    districts: tuple[Place, ...]
    sources: tuple[Source, ...]  # the newest first

    @property
    def rows(self) -> Iterator[tuple[Place | None, Place | None, Total]]:
        """Kecamatan, kelurahan and total, the sums before their parts: as tables have it."""
        yield None, None, self.total
        for district in self.districts:
            yield district, None, district.total
            for kelurahan in district.parts:
                yield district, kelurahan, kelurahan.total


@dataclass(frozen=True, slots=True)
class Figures:
    """All rounds of the lists in force, as counted at `at`."""

    at: datetime
    rounds: tuple[Round, ...]
