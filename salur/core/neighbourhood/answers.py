"""What heads are answered about their neighbourhood: lines, counts, and what can be filtered. No row leaves the core.

Never in it: a whole NIK or KK number, an address, a phone number, the reason why someone needs home delivery.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from salur.core.marks.kinds import MarkKind
from salur.core.officers.roles import Officer
from salur.core.pages import Page
from salur.core.payouts.answers import Channel, Sitting
from salur.core.regions.region import VILLAGE, district_of
from salur.core.regions.territory import Territory

ON_A_PAGE = 50
LAST = 1_000  # after every RW and RT


class LineState(StrEnum):
    """How a line stands, in the words of the list. Paid stays paid, whatever a later list says."""

    DUE = "due"
    PAID = "paid"
    RETURNED = "returned"  # not collected before the deadline
    FAILED = "failed"  # the payment did not succeed
    SUSPENDED = "suspended"
    UNCLEAR = "unclear"  # named no longer, but a row that cannot be read may be theirs
    TAKEN_OFF = "taken_off"


@dataclass(frozen=True, slots=True)
class InSum:
    """An area in sum: lines that are paid, and the sittings to come, each with the name of its programme."""

    paid: int
    coming: tuple[tuple[str, Sitting], ...]


class Sort(StrEnum):
    """What a list can be sorted by; within it by RT and name."""

    RT = "rt"
    NAME = "name"
    DATE = "date"  # of the next sitting, those without one last
    STATE = "state"


@dataclass(frozen=True, slots=True, repr=False)
class Filter:
    """What part of the list is wanted. No `repr`: `name` is what someone typed of a person's name."""

    kelurahan: str | None = None  # region code; for offices above the kelurahan
    rw: int | None = None
    rt: int | None = None
    programme: str | None = None
    state: LineState | None = None
    not_collected: bool = False  # due with a sitting over or running, or returned or failed
    home_delivery: bool = False
    name: str | None = ""  # None: what was typed is part of no name, so nobody has it
    sort: Sort = Sort.RT

    @property
    def is_search(self) -> bool:
        """Whether a part of a name was typed."""
        return self.name is None or bool(self.name.strip())

    def area_within(self, territory: Territory) -> Territory | None:
        """The part of one kelurahan that is meant; None when a kelurahan has to be chosen first, or it lies outside."""
        asked = Territory(self.kelurahan or territory.region_code, self.rw or territory.rw, self.rt or territory.rt)
        return asked if len(asked.region_code) == VILLAGE and territory.covers(asked) else None


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A person of a programme. `entitlement` is the number by which they are marked."""

    entitlement: int
    name: str
    rw: int | None
    rt: int | None
    programme: str
    programme_name: str
    period: str
    last_listed: str | None  # of one named no longer: the period in which they last stood there
    amount: int | None  # whole rupiah
    channel: Channel | None
    next_sitting: Sitting | None
    missed_sitting: Sitting | None  # the last sitting, when all are over and nothing was paid
    state: LineState
    paid_on: date | None
    birth_year: int | None  # by the NIK; None without one, and where it was not asked for
    care: bool  # needs home delivery, by the list or by a mark
    group: str | None  # whose aid it is, for aid to a group
    marks: tuple[MarkKind, ...]  # what stands marked of this person
    double: bool  # stands twice where one should stand once


@dataclass(frozen=True, slots=True)
class ProgrammeFound:
    """A programme that occurs in an area."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class ListOfArea:
    """A page of an area's list. `counts` and `waiting` are of the whole area, programme and name asked for, whatever
    state is wanted."""

    lines: Page[Line]  # of those that fit the whole filter
    counts: Mapping[LineState, int]  # every state is there
    waiting: int  # not collected, though there was a sitting
    area: Territory
    place: str  # official name of the kelurahan
    programmes: tuple[ProgrammeFound, ...]
    rws: tuple[int, ...]  # that occur in the officer's part of the kelurahan
    rts: tuple[int, ...]  # that occur there, in the RW asked for
    any_list: bool  # whether a list in force, or one it replaced, names anyone here
    made_at: datetime  # in the zone of the place

    @property
    def by_rt(self) -> tuple[tuple[Territory, tuple[Line, ...]], ...]:
        """The lines of each RT in their order, by RW and RT, those without one last: a sheet of paper each."""
        found: dict[tuple[int | None, int | None], list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.rw, line.rt if line.rw else None].append(line)
        ordered = sorted(found.items(), key=lambda item: [number or LAST for number in item[0]])
        return tuple((Territory(self.area.region_code, *numbers), tuple(lines)) for numbers, lines in ordered)

    @property
    def total(self) -> int:
        """How many lines the counts are of."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class KelurahanCounts:
    """How many stand on the lists in force for one kelurahan, or for several, and what became of it: nobody's name."""

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
    def by_district(self) -> tuple[KelurahanCounts, ...]:
        """Each kecamatan as a whole."""
        return tuple(_together(found, district_of(found[0].code), name) for name, found in self.districts)

    @property
    def total(self) -> KelurahanCounts:
        """All of them together; it has no code and no name."""
        return _together([counts for _, found in self.districts for counts in found])


def _together(parts: Sequence[KelurahanCounts], code: str = "", name: str = "") -> KelurahanCounts:
    sums = (sum(getattr(counts, name) for counts in parts) for name in ("listed", "paid", "returned"))
    return KelurahanCounts(code, name, *sums)


def must_choose(officer: Officer) -> bool:
    """Whether this officer's territory holds several kelurahan: names are sealed, so only one at a time is sorted."""
    return len(officer.territory.region_code) < VILLAGE
