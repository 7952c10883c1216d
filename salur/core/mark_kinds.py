"""What may be marked about a person of a list, and the life of such a mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from salur.core.roles import Role

NOTE_LENGTH = 300  # characters


class MarkKind(StrEnum):
    """What a head knows of a person that the list does not."""

    DIED = "died"
    MOVED_AWAY = "moved_away"  # out of the kelurahan
    MOVED_INSIDE = "moved_inside"  # to another RT or RW of it
    UNKNOWN = "unknown"  # nobody there knows him
    NOT_IN_NEED = "not_in_need"
    OTHER_AID = "other_aid"
    HOME_DELIVERY = "home_delivery"  # cannot come to collect; with a CareReason


class CareReason(StrEnum):
    """Why someone cannot come. Data about health: kept in the sealed note only."""

    ELDERLY = "elderly"
    SICK = "sick"
    DISABLED = "disabled"


class MarkState(StrEnum):
    """Where a mark stands; the newest event says it."""

    OPEN = "open"
    CONFIRMED = "confirmed"  # by a level above; it goes on up
    HANDLED = "handled"
    TAKEN_BACK = "taken_back"


class Outcome(StrEnum):
    """What came of a mark."""

    LIST_CORRECTED = "list_corrected"  # the next list will have it right
    NO_CHANGE = "no_change"


class Step(StrEnum):
    """What happens to a mark."""

    MADE = "made"
    TAKEN_BACK = "taken_back"
    CONFIRMED = "confirmed"
    HANDLED = "handled"


# Not handled and not taken back.
STANDING = (MarkState.OPEN, MarkState.CONFIRMED)
STATE_AFTER: Mapping[Step, MarkState] = MappingProxyType(
    {
        Step.MADE: MarkState.OPEN,
        Step.CONFIRMED: MarkState.CONFIRMED,
        Step.TAKEN_BACK: MarkState.TAKEN_BACK,
        Step.HANDLED: MarkState.HANDLED,
    }
)
MAKERS = (Role.RT, Role.RW, Role.KELURAHAN)
CONFIRMERS = (Role.KELURAHAN, Role.KECAMATAN)
READERS = (*MAKERS, Role.KECAMATAN, Role.DINSOS)


def may_handle(role: Role, kind: MarkKind) -> bool:
    """Dinas Sosial closes every mark; the kelurahan those that need no new list: it sends someone to the house."""
    return role is Role.DINSOS or (role is Role.KELURAHAN and kind is MarkKind.HOME_DELIVERY)


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
    last_four: str | None  # of the NIK
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
    last_four: str | None
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

    marks: tuple[Mark, ...]
    counts: Mapping[MarkState, int]
    found: int  # how many fit the filter
    page: int
    pages: int
