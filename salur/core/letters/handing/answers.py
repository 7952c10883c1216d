"""What officers are told of letters on their way. Of a payee the name and RT; never a number of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salur.core.letters.handing.kinds import HandingState
from salur.core.pages import Page
from salur.core.payouts.answers import Window
from salur.core.regions.territory import Territory


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of an office's letters. One that was replaced or withdrawn is counted as that, handed over or not."""

    printed: int = 0
    handed: int = 0
    waiting: int = 0
    replaced: int = 0
    withdrawn: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether no letter is lost, and none counted twice."""
        return self.printed == self.handed + self.waiting + self.replaced + self.withdrawn

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.printed + other.printed,
            self.handed + other.handed,
            self.waiting + other.waiting,
            self.replaced + other.replaced,
            self.withdrawn + other.withdrawn,
        )


@dataclass(frozen=True, slots=True, repr=False)
class OnItsWay:
    """A letter that is good. `number` as it stands on it; `comes` as well, in the zone of the place."""

    id: int
    number: str
    name: str
    rw: int | None
    rt: int | None
    programme: str
    period: str
    comes: Window | None
    home: bool  # the officer comes to the payee
    handed_at: datetime | None
    may_take_back: bool  # whoever asks: they said so themselves, a few minutes ago


@dataclass(frozen=True, slots=True)
class PartOfArea:
    """An RT of the area, with how many letters wait there."""

    area: Territory
    waiting: int


@dataclass(frozen=True, slots=True, repr=False)
class LettersOfArea:
    """A page of the letters of an area: those that wait as one walks, those handed over the latest first."""

    letters: Page[OnItsWay]
    state: HandingState
    counts: Counts  # of the whole area
    area: Territory
    place: str  # official name of the kelurahan
    parts: tuple[PartOfArea, ...]  # of all that the officer may see of the kelurahan
    may: bool  # whether this officer says what was handed over


@dataclass(frozen=True, slots=True)
class WithheldIn:
    """An RT, and what became of the letters for it. An `area` without an RW: nobody knows more.

    `long` wait for more than three days, `soon` though their day is at most two days ahead, or over; `late` are those
    of which one or both is true. `reports` of residents that a letter is withheld; None for who may not know.
    """

    area: Territory
    place: str  # official name of the region
    counts: Counts
    long: int
    soon: int
    late: int
    reports: int | None

    @property
    def is_withheld(self) -> bool:
        """Whether somebody should ask there."""
        return bool(self.late or self.reports)


@dataclass(frozen=True, slots=True)
class Withheld:
    """The RT of an officer's area, those first where letters are withheld."""

    parts: Page[WithheldIn]
    total: WithheldIn
    where: int  # in how many RT they are
    made_at: datetime
