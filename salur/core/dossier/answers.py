"""What the office sees of one person, and whom a search of a list finds. No row leaves the core."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from salur.core.casework.answers import Related
from salur.core.lists.kinds import ListState, State
from salur.core.marks.answers import Mark
from salur.core.payouts.answers import PaymentState, Sitting
from salur.core.privacy.answers import Look


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """Somebody whom a search found. Never a number: name, place and year of birth tell people apart."""

    entitlement: int
    list: int
    name: str
    birth_year: int | None
    kelurahan: str | None
    rw: int | None
    rt: int | None
    state: State
    amount: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Hits:
    """The first of those found, and how many there are."""

    shown: tuple[Hit, ...]
    found: int


@dataclass(frozen=True, slots=True, repr=False)
class ListEntry:
    """What one list says of the person, and what became of the money. `reason` is a code or the office's own words."""

    entitlement: int
    list: int
    list_state: ListState
    programme: str
    programme_name: str
    period: str
    stage: str | None
    decree: str
    issued_on: date
    published_at: datetime | None
    corrects: int | None  # the list that this one corrects
    superseded_by: int | None
    name: str
    state: State
    reason: str | None
    amount: int | None
    paid: PaymentState | None
    paid_on: date | None
    paid_at: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Appointment:
    """A sitting to come, one that was missed, or one called off, of one programme."""

    programme_name: str
    period: str
    sitting: Sitting
    missed: bool


@dataclass(frozen=True, slots=True, repr=False)
class Dossier:
    """One person. `opened` is the entry by which they were opened; `entries` the newest first."""

    opened: ListEntry
    name: str
    birth_year: int | None
    kelurahan: str | None
    rw: int | None
    rt: int | None
    care: bool
    entries: tuple[ListEntry, ...]
    appointments: tuple[Appointment, ...]
    marks: tuple[Mark, ...]
    proposals: tuple[Related, ...]
    looks: tuple[Look, ...]  # the newest first, this one among them
