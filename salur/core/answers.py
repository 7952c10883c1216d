"""What the look-up answers: everything a door needs to say, and nothing more. No row ever leaves the core."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """How a person stands on a list."""

    ENTITLED = "entitled"
    SUSPENDED = "suspended"  # with a reason
    TAKEN_OFF = "taken_off"  # with a reason when the office gave one
    GROUP = "group"  # aid to a group (KUBE), with the group's name


class Channel(StrEnum):
    """How the aid reaches the payee."""

    POST_OFFICE = "post_office"
    COMMUNITY_POINT = "community_point"
    HOME = "home"
    BANK_CARD = "bank_card"


class PlaceKind(StrEnum):
    """What kind of place pays out."""

    POST_OFFICE = "post_office"
    VILLAGE_HALL = "village_hall"  # kantor or balai of the kelurahan or desa
    DISTRICT_OFFICE = "district_office"  # kantor kecamatan
    SCHOOL = "school"
    HOME = "home"  # the officer comes to the payee
    OTHER = "other"


class PaymentState(StrEnum):
    """What became of the money."""

    DUE = "due"
    PAID = "paid"
    RETURNED = "returned"  # not collected before the deadline


@dataclass(frozen=True, slots=True)
class Place:
    """A place of payment. Latitude and longitude in degrees (WGS 84), or None when unknown."""

    id: int
    name: str
    kind: PlaceKind
    address: str | None
    latitude: float | None
    longitude: float | None
    opening_hours: str | None


@dataclass(frozen=True, slots=True)
class Payout:
    """One sitting. `starts` and `ends` are in the zone of the place. `replaced` is what it stood for before."""

    id: int
    starts: datetime
    ends: datetime
    place: Place
    deadline: date | None
    replaced: Payout | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """What is known of the payment; day and place are None unless it was paid (or returned, for the day)."""

    state: PaymentState
    on: date | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one list says of one payee.

    `period` is `2026-T1` (tahap), `2021-B12` (month) or `2026`; `amount` is whole rupiah, None when the list does
    not say; `reason` is a code of `salur.words.REASONS` or the office's own words; `bring` holds codes out of
    `letter ktp kk kks`; `proxy` is `same_kk`, or `same_kk_or_attorney` for those who cannot come.
    """

    programme: str
    programme_name: str
    period: str
    stage: str | None
    list_date: date
    decree: str
    circular: int | None  # id of the public circular with the decree's number, where everybody can read it
    issuer: str
    amount: int | None
    state: State
    reason: str | None
    group_name: str | None
    channel: Channel | None
    next_payout: Payout | None
    missed_payout: Payout | None  # the last sitting, when all are over and nothing was paid
    bring: tuple[str, ...]
    proxy: str
    deadline: date | None
    payment: Payment
    payee: str  # initials, such as "S. M."
    kelurahan: str | None  # official name, the area whose schedule applies
    kelurahan_code: str | None
    valid_until: date  # the last day of the quarter or month the list is true for
    lapsed: bool  # that day is over, and no newer list is in force
    last_listed: str | None  # the period before, in which this payee stood on the list of this programme


@dataclass(frozen=True, slots=True)
class OnTheList:
    """Listed now or within the last year. `present` is sorted: the next date first; `past` latest first.

    `key` is a pass (`salur.core.passes`): a door gives it back when he who asked wants to know who looked at his data.
    """

    present: tuple[Entitlement, ...]
    past: tuple[Entitlement, ...]
    key: str = field(default="", compare=False, repr=False)

    @property
    def entitlements(self) -> tuple[Entitlement, ...]:
        """All of them, the present ones first."""
        return self.present + self.past


@dataclass(frozen=True, slots=True)
class NotOnTheList:
    """Number and name were not found together. One value, whatever missed."""


Answer = OnTheList | NotOnTheList
