"""What is told about letters: to officers how many and which, to whoever scans one whether it is genuine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from salur.core.jobs.answers import Job
from salur.core.letters.issuing.kinds import Paper, PrintingKind, Verdict, WhyNot, Withdrawal
from salur.core.lookup.answers import Entitlement
from salur.core.payouts.answers import Place, Window
from salur.core.regions.territory import Territory


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters are wanted: of an area of one kelurahan, or of a sitting (its number); in which language."""

    programme: str
    period: str
    area: Territory
    sitting: int | None = None
    paper: Paper = Paper.A5
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Counted:
    """Everybody that the lists in force name there: who gets a letter, and why the others do not."""

    listed: int  # counted by the database, without a look at anybody
    letters: int
    left_out: Mapping[WhyNot, int]

    @property
    def adds_up(self) -> bool:
        """Whether nobody is lost and nobody counted twice."""
        return self.listed == self.letters + sum(self.left_out.values())


@dataclass(frozen=True, slots=True)
class KnownRound:
    """A programme and period for which a list is in force in an officer's area."""

    programme: str
    programme_name: str
    period: str


@dataclass(frozen=True, slots=True)
class Printing:
    """Letters that were printed at once. `job` does it, until it is `ready_at`; the counts are of its letters now."""

    id: int
    choice: Choice
    kind: PrintingKind
    programme_name: str
    place: str  # official name of the region
    letters: int
    first_number: int | None
    made_at: datetime
    ready_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_why: Withdrawal | None
    genuine: int
    replaced: int
    withdrawn: int
    handed: int
    counted: Counted | None = None  # as it was when they were printed
    job: Job | None = None
    fetched_until: datetime | None = None  # by whoever printed them; None: by nobody, any more

    @property
    def last_number(self) -> int | None:
        """The number of its last letter."""
        return self.first_number + self.letters - 1 if self.first_number is not None and self.letters else None


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What day a letter tells, where it is no longer true."""

    comes: Window
    place: Place | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What is told to whoever has a code. Of a letter that is no longer good, nothing about its payee.

    `said` is as things are now, without passes. `since` when it was replaced or withdrawn.
    """

    verdict: Verdict
    programme_name: str = ""
    period: str = ""
    stage: str | None = None
    own: bool = False  # the payee's own print
    printed_at: datetime | None = None
    since: datetime | None = None
    said: Entitlement | None = field(default=None, repr=False)
    was: OnPaper | None = None  # the day on the paper, where it is another now


@dataclass(frozen=True, slots=True, repr=False)
class Undelivered:
    """A letter that waits to be handed over. `id` is what `hand_over` takes; no `repr`: it names somebody."""

    id: int
    number: str
    name: str
    rw: int | None
    rt: int | None
    programme: str
    period: str
