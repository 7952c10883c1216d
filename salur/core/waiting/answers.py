"""Quotas, free places and the order of a programme: plain values for the doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from salur.core.pages import Page
from salur.core.proposals.kinds import LineRule, Standing
from salur.core.regions.territory import TerritoryNames
from salur.core.waiting.kinds import SET_ASIDE, LineStep


@dataclass(frozen=True, slots=True)
class Quota:
    """How many places a programme has in a city, by which decree, and by what its line is ordered.

    `places` is None where it was said that there is no quota any more. `by` is an account.
    """

    id: int
    programme: str
    places: int | None
    rule: LineRule
    source: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Places:
    """How a quota is used: `held` by people on the lists in force, of them `suspended`; `chosen` are on a draft."""

    quota: int
    held: int
    suspended: int
    chosen: int

    @property
    def free(self) -> int:
        """How many are free."""
        return max(0, self.quota - self.held - self.chosen)

    @property
    def over(self) -> int:
        """How many more hold or are to get a place than there are."""
        return max(0, self.held + self.chosen - self.quota)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many accepted proposals stand how. Each stands in one way."""

    of: Mapping[Standing, int]

    def __getitem__(self, standing: Standing) -> int:
        return self.of.get(standing, 0)

    @property
    def set_aside(self) -> int:
        """Those that nobody is asked about."""
        return sum(self[standing] for standing in SET_ASIDE)

    @property
    def all(self) -> int:
        """All of them."""
        return sum(self.of.values())


@dataclass(frozen=True, slots=True)
class Board:
    """One programme on the first page: its quota, how it is used, and who waits, counted."""

    programme: str
    programme_name: str
    quota: Quota
    places: Places
    counts: Counts

    @property
    def to_choose(self) -> int:
        """How many could be chosen now."""
        return min(self.places.free, self.counts[Standing.WAITING])


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One proposal in the line. `position` counts from 1 among those that wait. No `repr`: it names a person.

    `list` is that of what was chosen; `elsewhere` says that another list has granted it meanwhile. `reason` is a code,
    `by` an account: why it was skipped, and who chose or skipped it.
    """

    id: int
    name: str
    territory: TerritoryNames
    since: datetime
    sent_at: datetime
    standing: Standing
    position: int | None
    reason: str | None = None
    at: datetime | None = None
    by: int | None = None
    list: int | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """Why places are free, or will be: `off` counts who is taken off on the lists in force, by reason; `marked`
    those who hold a place though a mark of this kind says that they are gone, and an office confirmed it."""

    off: Mapping[str | None, int]
    marked: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """A step that a person took in this line. `by` is an account."""

    what: LineStep
    proposal: int
    at: datetime
    by: int
    reason: str | None
    list: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One programme's page. Without a quota there are neither places nor an order. `next` is who is proposed now. No
    `repr`: it names people."""

    programme: str
    programme_name: str
    quotas: tuple[Quota, ...]  # all that was ever set, the newest first
    places: Places | None = None
    counts: Counts = field(default_factory=lambda: Counts({}))
    left: Left = field(default_factory=lambda: Left({}, {}))
    entries: Page[Entry] | None = None
    next: Entry | None = None
    amount: int | None = None  # what most people of the list get on which the next is to stand, in whole rupiah
    decisions: tuple[Decision, ...] = ()

    @property
    def quota(self) -> Quota | None:
        """The one that holds."""
        return self.quotas[0] if self.quotas and self.quotas[0].places is not None else None
