"""Proposals as an officer sees them: plain values for the doors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from salur.core.limits.kinds import Door
from salur.core.pages import Page
from salur.core.proposals.answers import InLine, Said
from salur.core.proposals.kinds import Holder, Kind, Outcome, Step
from salur.core.regions.territory import TerritoryNames


class Tab(StrEnum):
    """The three parts of an inbox."""

    WAITING = "waiting"  # lies at this officer's level
    ELSEWHERE = "elsewhere"  # under way at another level of the same territory
    CLOSED = "closed"


class Order(StrEnum):
    """In which order an inbox stands."""

    CLOCK = "clock"  # late ones first, then those whose clock ends soonest, then the oldest; closed: the newest
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a part is wanted: a kind, a kecamatan (region code), only late ones, those sent so long ago."""

    kind: Kind | None = None
    district: str | None = None
    late: bool = False
    older_than: timedelta | None = None
    order: Order = Order.CLOCK

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self != Wanted(order=self.order)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are in each part, and how many of those that wait are late."""

    waiting: int
    late: int
    elsewhere: int
    closed: int


@dataclass(frozen=True, slots=True, repr=False)
class InboxEntry:
    """One line of an inbox. `left` is the time left on the clock, below zero when it ran out; None without a clock.

    `lies_for` is how long it has been where it is, `long` whether that is too long. No `repr`: it names a person.
    """

    id: int
    kind: Kind
    name: str
    reason: str
    territory: TerritoryNames
    sent_at: datetime
    age: timedelta
    lies_for: timedelta
    left: timedelta | None
    long: bool
    holder: Holder | None
    desk: Holder | None
    outcome: Outcome | None

    @property
    def late(self) -> bool:
        """Whether the clock has run out."""
        return self.left is not None and self.left < timedelta()


@dataclass(frozen=True, slots=True, repr=False)
class Inbox:
    """One page of one part of an inbox, and how many there are in each."""

    tab: Tab
    entries: Page[InboxEntry]
    counts: Counts


@dataclass(frozen=True, slots=True, repr=False)
class HistoryStep:
    """One step, with the words that came with it; `also` is what another sender of the same said."""

    at: datetime
    step: Step
    level: Holder | None
    goes_to: Holder | None
    reason: str | None
    words: str
    also: Said | None = None
    by_other: bool = False  # an answer of another than who sent it first
    undone: bool = False  # taken back by the step that follows


@dataclass(frozen=True, slots=True)
class Listing:
    """A published list that holds the person's NIK (`by_nik`) or, without it, the KK number."""

    programme: str
    programme_name: str
    period: str
    state: str
    by_nik: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another proposal in the officer's territory about the same NIK or KK number."""

    id: int
    kind: Kind
    sent_at: datetime
    desk: Holder | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What an officer may do with a proposal now: the steps, and the codes of reasons for a no.

    `up` has it after a yes (None: a yes is the end), `down` is the level below that can be asked (None: nobody).
    """

    steps: tuple[Step, ...] = ()
    reasons: tuple[str, ...] = ()
    up: Holder | None = None
    down: Holder | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ProposalCase:
    """All of one proposal that an officer may see.

    `said` holds the numbers only for Dinas Sosial; all others see the year of birth. `version` is the
    number of the last step: a decision names the one it was made on. `undo_until` is there while this officer may take
    back the last one. `lines` are those in which it waits for a place, once it is accepted.
    """

    id: int
    entry: InboxEntry
    door: Door
    said: Said
    birth_year: int | None  # by the NIK
    has_kk: bool
    photos: tuple[int, ...]
    history: tuple[HistoryStep, ...]
    listings: tuple[Listing, ...]
    related: tuple[Related, ...]
    version: int
    choices: Choices
    undo_until: datetime | None = None
    lines: tuple[InLine, ...] = ()

    @property
    def last_step(self) -> HistoryStep:
        """The newest step that counts, but for others who sent the same."""
        return next(step for step in reversed(self._counting) if step.step is not Step.JOINED)

    @property
    def last_no(self) -> HistoryStep | None:
        """The newest rejection, which an objection is about."""
        return next((step for step in reversed(self._counting) if step.step is Step.REJECTED), None)

    @property
    def _counting(self) -> list[HistoryStep]:
        return [step for step in self.history if not step.undone and step.step is not Step.UNDONE]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision led to: where the proposal is now (None: closed), and how it ended then."""

    kind: Kind
    step: Step
    holder: Holder | None
    outcome: Outcome | None
