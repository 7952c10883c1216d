"""How a sitting stands; and what a row of a schedule and of a payment report says, which `salur.intake` makes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from salur.core.lists.kinds import FileFaults, RowId
from salur.core.payouts.answers import PaymentState, PlaceKind


class SittingState(StrEnum):
    """Whether a sitting holds."""

    ACTIVE = "active"
    REPLACED = "replaced"  # by another, which names it
    CANCELLED = "cancelled"  # residents are told so
    UNDONE = "undone"  # with the schedule that announced it


@dataclass(frozen=True, slots=True)
class ScheduledSitting:
    """One row of a schedule: when and where the people of an area are paid. Times are those of the place.

    A row of a file says neither which place nor which sitting it means: both are found out. What is planned at the desk
    does: `place_id`, and `instead_of`, the sitting whose place it takes (BESIDE: none, whatever stands). Where families
    are spread, `slot` is the part of the plan, and `families` how many of the area come.
    """

    row: RowId
    place: str
    kind: PlaceKind
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    opening_hours: str | None = None
    date: dt.date | None = None
    starts: dt.time | None = None
    ends: dt.time | None = None
    deadline: dt.date | None = None
    programme: str | None = None
    period: str | None = None
    stage: str | None = None
    kelurahan: str | None = None
    kecamatan: str | None = None
    region_code: str | None = None
    rw: int | None = None
    rt: int | None = None
    place_id: int | None = None
    instead_of: int | None = None
    slot: int | None = None
    families: int | None = None


BESIDE = 0
NOWHERE = -1  # the slot of families whom a plan has left without a sitting


@dataclass(frozen=True, slots=True)
class ReportedPayment:
    """One row of PT Pos's result file; `status` is None when it does not say."""

    row: RowId
    letter_code: str | None = field(default=None, repr=False)
    nik: str | None = field(default=None, repr=False)
    kk: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    status: PaymentState | None = None
    date: dt.date | None = None
    place: str | None = None
    amount: int | None = None
    programme: str | None = None
    stage: str | None = None
    rw: int | None = None  # of who has neither NIK, KK nor letter code, as have the next two
    rt: int | None = None
    kelurahan: str | None = None


@dataclass(frozen=True, slots=True)
class Results(FileFaults):
    """A report of payments as read. Refused rows are not among the payments."""

    payments: tuple[ReportedPayment, ...] = field(default=(), repr=False)
    rupiah: int | None = None  # of all rows, as they were added up on reading; None: of the payments
    rupiah_refused: int = 0


@dataclass(frozen=True, slots=True)
class Announcement(FileFaults):
    """A schedule as read. Refused rows are not among the sittings."""

    sittings: tuple[ScheduledSitting, ...] = ()


@dataclass(frozen=True, slots=True)
class By:
    """Who works with a file: an account and the region of its office; the console has neither, and sees all."""

    account: int | None = None
    region_code: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A programme and a period of it."""

    programme: str
    period: str


def is_of_another(row: ReportedPayment | ScheduledSitting, programme: str | None, period: str | None) -> bool:
    """Whether a row says itself that it is of another programme or tahap than the operator, as far as they say one."""
    tahap, own = (period or "").partition("-T")[2], row.stage or ""
    other_tahap = bool(tahap) and own.isdecimal() and int(own) != int(tahap)
    return other_tahap or (programme is not None and row.programme not in (None, programme))
