"""What is planned at the desk, and how it would read to residents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from salur.core.payouts.answers import AnnouncedSitting, Area, PayoutFile, Question, Sitting


class PlanKind(StrEnum):
    """What is done by hand."""

    NEW = "new"
    MOVE = "move"
    SPLIT = "split"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class WhenWhere:
    """Day, hours (those of the place), deadline and place; `place` None: the officer comes to the payees' homes."""

    date: dt.date
    starts: dt.time
    ends: dt.time
    deadline: dt.date | None
    place: int | None


@dataclass(frozen=True, slots=True)
class Whom:
    """A region, RW of it, or RT of one RW; all of it where none is named."""

    region_code: str
    rws: tuple[int, ...] = ()
    rts: tuple[int, ...] = ()

    @property
    def areas(self) -> tuple[tuple[int | None, int | None], ...]:
        """RW and RT of each area."""
        return tuple((rw, rt) for rw in self.rws or (None,) for rt in self.rts or (None,))


@dataclass(frozen=True, slots=True)
class Plan:
    """What was filled in by hand, to be filled in again. `sitting` is the one that it is about; of a split, `going` are
    the sittings that move, or `parts` the RW (or RT) that stay and that move."""

    kind: PlanKind
    sitting: int | None = None
    programme: str = ""
    period: str = ""
    when: WhenWhere | None = None
    whom: Whom | None = None
    going: tuple[int, ...] = ()
    parts: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that publishing would do, for all areas that it is done for.

    `sitting` as residents will read it, with what it was before; `does` as in the counts of a file.
    """

    programme: str
    programme_name: str
    period: str
    does: str
    areas: tuple[Area, ...]
    families: int
    sitting: Sitting


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A schedule as its office sees it. `changes` and `asked` are those of a draft, `digest` is that of both.

    `stale`: what the draft is about has changed since. `plan`: what was filled in, where it was planned by hand.
    `sittings`: what a published one announced.
    """

    file: PayoutFile
    changes: tuple[Change, ...] = ()
    asked: tuple[Question, ...] = ()
    digest: str = ""
    stale: bool = False
    plan: Plan | None = None
    sittings: tuple[AnnouncedSitting, ...] = ()
