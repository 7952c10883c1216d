"""What lists answer: how a list stands, and what publishing it would change. Counts only, nobody's name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter

from salur.core.errors import Refused
from salur.core.lists.corrections.kinds import Wanted
from salur.core.lists.importing.kinds import Contradiction
from salur.core.lists.kinds import Coverage, ListEvent, ListState, Unit

AT_ONCE = 20_000  # people: what is larger is compared and put in force beside the site, for it takes seconds
FEW_DROP_OUT = 0.10  # of those listed before; more has to be agreed to


@dataclass(frozen=True, slots=True)
class ListSummary:
    """One list. `part_of`: the list out of which it was taken, when another came to cover a part of that."""

    id: int
    programme: str
    period: str
    area: str
    area_name: str | None
    coverage: Coverage
    decree: str
    issued_on: date
    issuer: str
    state: ListState
    people: int
    faults: int
    refused: int
    imported_at: datetime
    published_at: datetime | None
    ended_at: datetime | None
    ended_why: str | None
    superseded_by: int | None
    part_of: int | None
    corrects: int | None  # the list of which this one corrects a few people
    states_confirmed: bool


class Contradicted(Refused):
    """The file says other things of the list than the operator; `found` says which."""

    def __init__(self, found: Sequence[Contradiction]) -> None:
        super().__init__("contradicted")
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something done with a list. `by`: an account, None for the console; `other`: the list that caused it."""

    what: ListEvent
    at: datetime
    by: int | None
    other: int | None
    why: str | None


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row to give back: where it stood, its cells as text, and `column:code` for each fault."""

    row: str
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Counts:
    """People before and after: of those before, who dropped out; of those after, who is new, moved, or gets else.

    `doubled`: rows whose NIK stands once more in the programme, in this list or another that stays in force.
    `families`: those that read another answer than before, each counted once, where the first of it was met.
    """

    before: int = 0
    after: int = 0
    new: int = 0
    dropped: int = 0
    moved: int = 0
    amount_changed: int = 0
    doubled: int = 0
    families: int = 0

    def add(self, other: Counts) -> None:
        """Count the others in."""
        for name in Counts.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def many_drop_out(self) -> bool:
        """Whether more than a tenth of those before drop out."""
        return self.dropped > FEW_DROP_OUT * self.before


class Reason(StrEnum):
    """Why a change has to be agreed to."""

    MANY_DROP_OUT = "many_drop_out"  # more than a tenth, in all or in one kelurahan
    PART = "part_of_kelurahan"  # the list covers some RW or RT only
    PERIOD_OVER = "period_over"  # its last day has passed
    OTHER_LAYOUT = "other_layout"  # the file looks like one of another programme
    RW_MISSING = "rw_missing"  # the kelurahan is covered, but somebody's RW has nobody any more


@dataclass(frozen=True, slots=True)
class Place:
    """What changes in one RW of a kelurahan; None is unknown, or of no kelurahan."""

    region_code: str | None
    kelurahan: str | None  # its official name
    rw: int | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Agreement:
    """That an operator has seen a change; `yes` when they agreed to it. It holds for the change they saw only.

    `states`: they have looked at whom it takes off or suspends, and say so while they publish it.
    """

    list: int
    digest: bytes
    yes: bool
    states: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What publishing a draft would change, against the lists in force where it covers.

    `states` counts the people it takes off or suspends, by state and reason; they have to be confirmed. `notes` counts
    remarks of the office that were not understood. `replaces` are the lists that would step back, `in_part` those of
    which the rest would stay in force.
    """

    list: int
    coverage: Coverage
    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    replaces: tuple[int, ...]
    in_part: tuple[int, ...]
    states: Mapping[tuple[str, str | None], int]
    states_confirmed: bool
    notes: int
    without_number: int  # people nobody can find again on another list: they are counted, not compared
    elsewhere: int  # people the list names who live where it does not cover
    names: Mapping[str, str]  # of the kelurahan, by code
    period_over: bool  # the last day of its period has passed
    corrects: int | None = None  # of a correcting list: the one of which it corrects a few people
    rows: tuple[object, ...] = ()  # and what it says of each: for `digest`
    looks_like: str | None = None  # the code of another programme, whose files look like this one
    total: Counts = field(init=False)

    def __post_init__(self) -> None:
        """Add up."""
        total = Counts()
        for place in self.places:
            total.add(place.counts)
        object.__setattr__(self, "total", total)

    def by_kelurahan(self) -> dict[tuple[str | None, str | None], Counts]:
        """The counts of each kelurahan, by code and name."""
        found: dict[tuple[str | None, str | None], Counts] = {}
        for place in self.places:
            found.setdefault((place.region_code, place.kelurahan), Counts()).add(place.counts)
        return found

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it has to be agreed to; nothing where it may be published as it is.

        Of a correcting list each row was chosen by itself.
        """
        if self.corrects is not None:
            return (Reason.PERIOD_OVER,) if self.period_over else ()
        many = self.total.many_drop_out or any(counts.many_drop_out for counts in self.by_kelurahan().values())
        empty = any(place.rw and place.counts.before and not place.counts.after for place in self.places)
        told = {
            Reason.MANY_DROP_OUT: many,
            Reason.PERIOD_OVER: self.period_over,
            Reason.OTHER_LAYOUT: self.looks_like is not None,
            Reason.PART: self.coverage is not Coverage.KELURAHAN,
            Reason.RW_MISSING: empty and self.coverage is Coverage.KELURAHAN,
        }
        return tuple(reason for reason, holds in told.items() if holds)

    @property
    def digest(self) -> bytes:
        """Tells this change from another."""
        places = [
            (p.region_code, p.rw, *attrgetter(*Counts.__slots__)(p.counts))
            for p in sorted(self.places, key=lambda p: (p.region_code or "", p.rw or 0))
        ]
        states = sorted(map(str, self.states.items()))
        facts: tuple[object, ...] = (self.list, self.units, places, self.replaces, self.in_part, states)
        facts += (self.period_over, self.looks_like)
        facts += (self.corrects, self.rows) if self.corrects is not None else ()
        return hashlib.blake2b(repr(facts).encode(), digest_size=16).digest()

    def seen(self) -> Agreement:
        """That it was shown, and nobody was asked: enough where there are no reasons to ask."""
        return Agreement(self.list, self.digest, yes=False)

    def agreed(self) -> Agreement:
        """That it was shown, and agreed to."""
        return Agreement(self.list, self.digest, yes=True)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing changed, and which lists, or parts of lists, it superseded."""

    list: int
    superseded: tuple[int, ...]
    people: int
    change: Change


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correcting list says of one person. `before`: how they stand in force; None: somebody who is added."""

    entitlement: int
    person: int
    before: Wanted | None
    after: Wanted
    kelurahan: str | None
    rw: int | None
    rt: int | None


@dataclass(frozen=True, slots=True)
class Undone:
    """A list that was taken back, and the lists that are in force again in its place."""

    list: int
    restored: tuple[int, ...]
