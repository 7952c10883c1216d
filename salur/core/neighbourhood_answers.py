"""What heads are answered about their neighbourhood: lines, counts, and what can be filtered. No row leaves the core.

Never in it: a whole NIK or KK number, an address, a phone number, the reason why someone needs home delivery.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from salur.core.answers import Channel, Payout
from salur.core.mark_kinds import MarkKind
from salur.core.roles import VILLAGE, Officer, Territory

ON_A_PAGE = 50


class LineState(StrEnum):
    """How a line stands, in the words of the list. Paid stays paid, whatever a later list says."""

    DUE = "due"
    PAID = "paid"
    RETURNED = "returned"  # not collected before the deadline
    SUSPENDED = "suspended"
    TAKEN_OFF = "taken_off"


class Sort(StrEnum):
    """What a list can be sorted by; within it by RT and name."""

    RT = "rt"
    NAME = "name"
    DATE = "date"  # of the next payout, those without one last
    STATE = "state"


@dataclass(frozen=True, slots=True, repr=False)
class Filter:
    """What part of the list is wanted. No `repr`: `name` is what someone typed of a person's name."""

    kelurahan: str | None = None  # region code; for offices above the kelurahan
    rw: int | None = None
    rt: int | None = None
    programme: str | None = None
    state: LineState | None = None
    not_collected: bool = False  # due with a sitting over or running, or returned
    home_delivery: bool = False
    name: str = ""
    sort: Sort = Sort.RT

    @property
    def is_search(self) -> bool:
        """Whether a part of a name was typed."""
        return bool(self.name.strip())

    def area_within(self, territory: Territory) -> Territory | None:
        """The part of one kelurahan that is meant; None when a kelurahan has to be chosen first, or it lies outside."""
        asked = Territory(self.kelurahan or territory.region_code, self.rw or territory.rw, self.rt or territory.rt)
        return asked if len(asked.region_code) == VILLAGE and territory.covers(asked) else None


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A person of a programme. `entitlement` is the number by which he is marked."""

    entitlement: int
    name: str
    rw: int | None
    rt: int | None
    programme: str
    programme_name: str
    period: str
    last_listed: str | None  # of one taken off: the period in which he last stood there
    amount: int | None  # whole rupiah
    channel: Channel | None
    next_payout: Payout | None
    missed_payout: Payout | None  # the last sitting, when all are over and nothing was paid
    state: LineState
    paid_on: date | None
    last_four: str | None  # of the NIK; None without one, and where it was not asked for
    care: bool  # needs home delivery, by the list or by a mark
    group: str | None  # whose aid it is, for aid to a group
    marks: tuple[MarkKind, ...]  # what stands marked of this person
    double: bool  # stands twice where he should stand once


@dataclass(frozen=True, slots=True)
class ProgrammeFound:
    """A programme that occurs in an area."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """One page of a list. `counts` and `waiting` are of the whole area, programme and name asked for, whatever state
    is wanted; `found` of what fits the whole filter."""

    lines: tuple[Line, ...]
    counts: Mapping[LineState, int]  # every state is there
    waiting: int  # not collected, though there was a sitting
    found: int
    page: int  # from 1
    pages: int
    area: Territory
    place: str  # official name of the kelurahan
    programmes: tuple[ProgrammeFound, ...]
    rws: tuple[int, ...]  # that occur in the officer's part of the kelurahan
    rts: tuple[int, ...]  # that occur there, in the RW asked for
    any_list: bool  # whether a list in force, or one it replaced, names anyone here
    made_at: datetime  # in the zone of the place

    @property
    def total(self) -> int:
        """How many lines the counts are of."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class KelurahanCounts:
    """How many stand on the lists in force for one kelurahan, and what became of it: nobody's name."""

    code: str
    name: str
    listed: int
    paid: int
    returned: int

    @property
    def waiting(self) -> int:
        """Neither paid nor returned."""
        return max(0, self.listed - self.paid - self.returned)


@dataclass(frozen=True, slots=True)
class Overview:
    """The kelurahan of a kecamatan or city, by kecamatan."""

    districts: tuple[tuple[str, tuple[KelurahanCounts, ...]], ...]  # name of the kecamatan, its kelurahan

    @property
    def total(self) -> KelurahanCounts:
        """All of them together; it has no code and no name."""
        every = [counts for _, found in self.districts for counts in found]
        sums = (sum(getattr(counts, name) for counts in every) for name in ("listed", "paid", "returned"))
        return KelurahanCounts("", "", *sums)


def must_choose(officer: Officer) -> bool:
    """Whether this officer's territory holds several kelurahan: names are sealed, so only one at a time is sorted."""
    return len(officer.territory.region_code) < VILLAGE
