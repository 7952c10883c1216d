"""What an office sees of marks. No row leaves the core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from salur.core.marks.kinds import CareReason, MarkKind, MarkState, Outcome, Step
from salur.core.officers.roles import Role
from salur.core.pages import Page


@dataclass(frozen=True, slots=True, repr=False)
class MarkEvent:
    """One step: when, by which office (never by whom), and what it wrote."""

    at: datetime
    step: Step
    role: Role
    outcome: Outcome | None
    note: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """One mark with its history, as an office of the person's area sees it. `may` holds what this office can do now."""

    id: int
    kind: MarkKind
    care: CareReason | None
    state: MarkState
    name: str
    birth_year: int | None  # by the NIK
    kelurahan: str | None
    rw: int | None
    rt: int | None
    events: tuple[MarkEvent, ...]  # the oldest first
    may: frozenset[Step]


@dataclass(frozen=True, slots=True, repr=False)
class Markable:
    """What the page for marking shows of a person: who it is, and what is marked already."""

    entitlement: int
    name: str
    birth_year: int | None
    kelurahan: str | None
    rw: int | None
    rt: int | None
    programme: str
    programme_name: str
    period: str
    list_date: date
    marked: tuple[MarkKind, ...]  # what stands of this person, whoever marked it


@dataclass(frozen=True, slots=True, repr=False)
class MarkInbox:
    """A page of marks, those that wait first; `counts` are those of the whole territory, by state."""

    marks: Page[Mark]  # of those that fit the filter
    counts: Mapping[MarkState, int]
