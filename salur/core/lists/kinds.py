"""How a list and a person on it stand, and what a row of a list says. The rows are made by `salur.intake`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Self

from salur.core.lists.importing.kinds import Said

RowId = int | str  # of a row in an office's file: 12, or "SHEET!12" when several sheets are read


class ListState(StrEnum):
    """How far a list has come. What residents see is published; of superseded ones only what still matters."""

    LOADING = "loading"  # being written; nobody is shown it, and what remains of it is deleted
    DRAFT = "draft"
    PUBLISHED = "published"  # in force
    SUPERSEDED = "superseded"  # by a later list of its programme that covers the same
    WITHDRAWN = "withdrawn"


class ListEvent(StrEnum):
    """What is done with a list."""

    IMPORTED = "imported"
    PREPARED = "prepared"  # its file was sent or corrected by another than who imported it
    STATES_CONFIRMED = "states_confirmed"
    PLANNED = "planned"  # to be published beside the site, perhaps later
    CALLED_OFF = "called_off"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"  # by another one, wholly or in part
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    IN_FORCE_AGAIN = "in_force_again"  # because another one was taken back
    RESTORED = "restored"
    ROW_ADDED = "row_added"  # to a correcting list, with the reason
    ROW_DROPPED = "row_dropped"  # from one that is not published yet
    CORRECTED = "corrected"  # by another one, which says otherwise of some people
    ROWS_BACK = "rows_back"  # because the one that corrected it was taken back


class State(StrEnum):
    """How a person stands on a list."""

    ENTITLED = "entitled"
    SUSPENDED = "suspended"  # with a reason
    TAKEN_OFF = "taken_off"  # with a reason when the office gave one
    UNCLEAR = "unclear"  # named no longer, but a row that cannot be read may be theirs; derived, it stands on no list
    GROUP = "group"  # aid to a group (KUBE), with the group's name


# Programmes whose money goes straight to where it is used (the insurance): nobody is given a day to come.
NOT_COLLECTED = frozenset({"PBI-JK"})
REASONS = (  # why somebody is taken off or suspended; their words: `salur.words.lists.reasons`
    "died",
    "moved",
    "double",
    "no_longer_in_need",
    "receives_other_aid",
    "not_found",
    "account_problem",
    "other",
)
LOOKED_AT = (State.TAKEN_OFF, State.SUSPENDED)  # states that somebody has to have looked at


class Coverage(StrEnum):
    """What a list speaks for, whole: the kelurahan its people live in, or only these RW, or only these RT."""

    KELURAHAN = "kelurahan"
    RW = "rw"
    RT = "rt"


class Unit(NamedTuple):
    """One kelurahan, RW or RT of a coverage; 0 stands for all RW, or all RT."""

    region_code: str
    rw: int = 0
    rt: int = 0

    def holds(self, other: Unit) -> bool:
        """Whether the other lies in it, or is it."""
        return self.region_code == other.region_code and self.rw in (0, other.rw) and self.rt in (0, other.rt)


class Fault(NamedTuple):
    """Something wrong in a row, by field and code. Never holds what stands in the cell."""

    row: RowId
    column: str
    code: str


@dataclass(slots=True, unsafe_hash=True)  # nobody changes one; but frozen, a million take five times as long to make
class ListedPerson:
    """One row of a list. None is what the list does not say; numbers are well-formed or None."""

    row: RowId
    name: str = field(repr=False)
    nik: str | None = field(default=None, repr=False)
    kk: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    region_code: str | None = None
    rw: int | None = None
    rt: int | None = None
    kelurahan: str | None = None
    kecamatan: str | None = None
    programme: str | None = None
    stage: str | None = None
    amount: int | None = None
    letter_code: str | None = field(default=None, repr=False)
    note: str | None = field(default=None, repr=False)
    state: State | None = None
    reason: str | None = None
    channel: str | None = None  # a `Channel` of `salur.core.payouts`
    group_name: str | None = None
    head_name: str | None = field(default=None, repr=False)
    care: bool = False


@dataclass(slots=True)
class Tally:
    """What is counted of the people of a list: how often each thing is said, in the order in which it was said first.

    `places` are region code, RW and RT; `names` those of the regions; `amount` is whole rupiah, of nobody taken off.
    """

    people: int = 0
    programmes: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    states: Counter[tuple[str, str | None]] = field(default_factory=Counter)  # and reason; of those to be looked at
    places: Counter[tuple[str | None, int | None, int | None]] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    lettered: int = 0
    amount: int = 0
    with_amount: int = 0
    without_amount: int = 0

    @property
    def regions(self) -> Counter[str | None]:
        """How many people live in each."""
        counted = Counter[str | None]()
        for (code, _, _), count in self.places.items():
            counted[code] += count
        return counted

    @classmethod
    def of(cls, people: Iterable[ListedPerson]) -> Self:
        """Of these."""
        tally = cls()
        for person in people:
            tally.add(person)
        return tally

    def add(self, person: ListedPerson) -> None:
        """Count one more."""
        self.people += 1
        self.places[person.region_code, person.rw, person.rt] += 1
        if person.programme:
            self.programmes[person.programme] += 1
        if person.stage:
            self.stages[person.stage] += 1
        if person.state in LOOKED_AT:
            self.states[str(person.state), person.reason] += 1
        if person.letter_code:
            self.lettered += 1
        if person.region_code and person.kelurahan:
            self.names[person.region_code] = person.kelurahan
        if person.state is State.TAKEN_OFF:
            return
        if person.amount is None:
            self.without_amount += 1
        else:
            self.with_amount += 1
            self.amount += person.amount


class WhyLeftOut(StrEnum):
    """Why a filled row below the first header is neither an entry nor refused."""

    TITLE = "title"  # of the rows or the table under it
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    HEADER = "header"  # of a further table
    REPEATED_HEADER = "repeated_header"
    COLUMN_NUMBERS = "column_numbers"  # 1, 2, 3 … under a header
    UNKNOWN_TABLE = "unknown_table"  # of a second table that is not understood
    AFTER_END = "after_end"  # ### ends the data


class LeftOut(NamedTuple):
    """A row that is no entry."""

    row: RowId
    why: WhyLeftOut


@dataclass(frozen=True, slots=True)
class RowSum:
    """What became of every filled row below the first header of each sheet that was read: none is lost.

    `filled` is counted where the file is read, before anything is made of a row. `hidden` are those rows among them
    that the file does not show (hidden, or by a filter); they are read like all others.
    """

    filled: int = 0
    taken: int = 0  # entries: people, sittings or payments
    refused: int = 0
    left_out: tuple[LeftOut, ...] = ()
    hidden: tuple[RowId, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether each row went one way."""
        return self.filled == self.taken + self.refused + len(self.left_out)


@dataclass(frozen=True, slots=True)
class FileFaults:
    """What is wrong with a file that was read, for giving it back to the office.

    `faulty_cells` are the texts of each row that has a fault; `header` the header texts of the first sheet. `rows` says
    what became of all rows.
    """

    faults: tuple[Fault, ...] = ()
    refused: tuple[RowId, ...] = ()
    header: tuple[str, ...] = ()
    faulty_cells: Mapping[RowId, tuple[str, ...]] = field(default_factory=dict, repr=False)
    rows: RowSum = RowSum()

    def faulty(self) -> Iterator[tuple[RowId, tuple[str, ...], list[str]]]:
        """Each faulty row: its cells, and `column:code` of each fault."""
        codes: dict[RowId, list[str]] = {}
        for row, column, code in self.faults:
            codes.setdefault(row, []).append(f"{column}:{code}")
        for row, found in codes.items():
            yield row, self.faulty_cells.get(row, ()), found


@dataclass(frozen=True, slots=True)
class Draft(FileFaults):
    """A list of recipients as read. Refused rows are not among the people.

    `files` says what is counted of each file of a round, in order; empty where there was one. `years` are those that
    titles and the column of stages name as the list's.
    """

    people: Sequence[ListedPerson] = field(default=(), repr=False)
    files: tuple[Tally, ...] = ()
    years: frozenset[int] = frozenset()

    @property
    def tally(self) -> Tally:
        """What is counted of the people: while they were read, where they are many."""
        found = getattr(self.people, "tally", None)
        return found if isinstance(found, Tally) else Tally.of(self.people)

    @property
    def said(self) -> Said:
        """What it says of itself."""
        tally = self.tally
        return Said(tally.programmes, tally.stages, self.years)

    @property
    def states(self) -> Mapping[tuple[str, str | None], int]:
        """How many people it takes off or suspends, by state and reason."""
        return self.tally.states


PROGRAMME_KINDS = ("cash", "goods", "premium", "group")


@dataclass(frozen=True, slots=True)
class Wording:
    """What is told of a programme in one language: what, for whom, how it is paid, which papers; empty: as before."""

    what: str = ""
    who: str = ""
    paid: str = ""
    papers: str = ""
