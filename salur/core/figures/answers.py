"""Totals as they are told to everybody, and to officers: plain values for the doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import NamedTuple

from salur.core.marks.kinds import MarkKind
from salur.core.proposals.kinds import Kind as ProposalKind
from salur.core.regions.territory import Territory


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


class RoundKey(NamedTuple):
    """A programme, by its code, in a period."""

    programme: str
    period: str


@dataclass(frozen=True, slots=True)
class Sums:
    """What became of the money of some people, as officers may know it. Amounts are whole rupiah.

    A person of two programmes counts twice. `not_collected`: a day of payment is over or running, or the money went
    back, or its payment failed; it is a part of the others. Of people whose list names no amount no rupiah are told.
    """

    people: int = 0
    rupiah: int = 0
    priced: int = 0  # people of whom an amount is known
    paid: int = 0
    paid_rupiah: int = 0
    returned: int = 0
    failed: int = 0
    suspended: int = 0
    not_collected: int = 0

    @property
    def due(self) -> int:
        """Of whom nothing was heard yet."""
        return self.people - self.paid - self.returned - self.failed - self.suspended

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in SUMS))


SUMS = tuple(field.name for field in fields(Sums))


@dataclass(frozen=True, slots=True)
class KnownRound:
    """A programme in a period of which something is kept; not in force: as it was when the next one began."""

    key: RoundKey
    name: str  # of the programme
    in_force: bool


@dataclass(frozen=True, slots=True)
class RoundSums:
    """A round, counted."""

    round: KnownRound
    sums: Sums


@dataclass(frozen=True, slots=True)
class Part:
    """An area as a line among others. `area` is None for people of whom it is not known in which of them they live.

    `name` is that of a region; of RW and RT the numbers say it.
    """

    area: Territory | None
    name: str
    sums: Sums
    rounds: tuple[RoundSums, ...] = ()
    open_proposals: int = 0
    late_proposals: int = 0
    marks: int = 0  # that stand


@dataclass(frozen=True, slots=True)
class ProposalSums:
    """Proposals of one kind, those sent as long as they are kept."""

    kind: ProposalKind
    open: int
    late: int  # of those open
    accepted: int
    rejected: int
    granted: int
    days: float | None  # the median from sending to the decision, of those decided

    @property
    def all(self) -> int:
        """How many."""
        return self.open + self.accepted + self.rejected + self.granted


@dataclass(frozen=True, slots=True)
class MarkSums:
    """Marks of one kind."""

    kind: MarkKind
    open: int
    confirmed: int
    handled: int

    @property
    def all(self) -> int:
        """How many."""
        return self.open + self.confirmed + self.handled


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the way from the officer's own area to the one that is shown."""

    area: Territory
    name: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One area, in all rounds in force, or in one round. `proposals` and `marks` are None for who has nothing to do
    with them."""

    way: tuple[Level, ...]  # the last is the area itself
    made_at: datetime
    known: tuple[KnownRound, ...]  # that can be asked for, the newest period first
    wanted: KnownRound | None
    rounds: tuple[RoundSums, ...]
    total: Sums
    parts: tuple[Part, ...]
    proposals: tuple[ProposalSums, ...] | None
    marks: tuple[MarkSums, ...] | None

    @property
    def area(self) -> Territory:
        """What it is about."""
        return self.way[-1].area

    @property
    def agrees(self) -> bool:
        """Whether rounds and parts each add up to the whole."""
        by_round = sum((one.sums for one in self.rounds), Sums())
        by_part = sum((one.sums for one in self.parts), Sums())
        return by_round == self.total and (not self.parts or by_part == self.total)
