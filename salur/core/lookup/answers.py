"""What the look-up answers: everything a door needs to say, and nothing more. No row ever leaves the core."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from salur.core.errors import TooManyAttempts
from salur.core.lists.kinds import NOT_COLLECTED, State
from salur.core.payouts.answers import Channel, Payment, Place, Sitting
from salur.core.regions.office import Office


class Step(StrEnum):
    """How far the aid has come, as people know it from parcels."""

    LISTED = "listed"
    SCHEDULED = "scheduled"  # a day is set, or was
    PAID = "paid"
    RETURNED = "returned"
    FAILED = "failed"  # the payment did not succeed, and nobody knows yet what becomes of it
    HALTED = "halted"  # suspended
    TAKEN_OFF = "taken_off"
    UNCLEAR = "unclear"


class Elsewhere(StrEnum):
    """Where the money goes that nobody is given a day to come for."""

    CARD = "card"
    INSURANCE = "insurance"
    GROUP = "group"  # into its account


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of an aid, in their order, and which of them it stands at. What comes after is still to come."""

    steps: tuple[Step, ...]
    present: Step


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one list says of one payee.

    `period` is `2026-T1` (tahap), `2021-B12` (month) or `2026`; `amount` is whole rupiah, None when the list does
    not say; `reason` is a code of `salur.words.lists.reasons` or the office's own words; `bring` holds codes out of
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
    next_sitting: Sitting | None
    missed_sitting: Sitting | None  # the last sitting, when all are over and nothing was paid
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
    post_office: Place | None  # where what was missed can still be collected, if it is known which
    office: Office | None  # of the kelurahan, where people can be spoken to
    way: Way | None  # None where the list is no longer true and no newer one says how it goes on
    # A pass for what the payee may say against it: that the money never came, that they are still entitled. Empty where
    # there is nothing of the kind.
    key: str = field(default="", compare=False, repr=False)
    # A pass for a letter about it, which its payee prints. Empty where there is nothing to collect on a day to come.
    letter: str = field(default="", compare=False, repr=False)
    cancelled_sitting: Sitting | None = None  # will not be held, and no other is announced
    # What tells payees of one answer apart whose initials are alike, on one list and the next: a keyed digest.
    whose: str = field(default="", compare=False, repr=False)

    @property
    def elsewhere(self) -> Elsewhere | None:
        """Where its money goes, if not into a hand on some day: for that nobody waits."""
        if self.state is State.GROUP:
            return Elsewhere.GROUP
        if self.channel is Channel.BANK_CARD:
            return Elsewhere.CARD
        return Elsewhere.INSURANCE if not self.amount and self.programme in NOT_COLLECTED else None


@dataclass(frozen=True, slots=True)
class OnTheList:
    """Listed now or within the last year. `present` is sorted: the next date first; `past` latest first.

    `key` is a pass (`salur.core.privacy.passes`): a door gives it back when those who asked want to know who looked
    at their data. `way_back` leads to this answer again, for as long: it names nobody to whoever cannot open it.
    """

    present: tuple[Entitlement, ...]
    past: tuple[Entitlement, ...]
    key: str = field(default="", compare=False, repr=False)
    way_back: str = field(default="", compare=False, repr=False)
    as_of: datetime | None = field(default=None, compare=False)  # of a standby: nothing can be written now

    @property
    def entitlements(self) -> tuple[Entitlement, ...]:
        """All of them, the present ones first."""
        return self.present + self.past


@dataclass(frozen=True, slots=True)
class Listed:
    """That lists say something, and the way to it (`Lookup.again`): for a door that shows it on a page of its own.

    `present`: one in force does, not those of the last year alone.
    """

    present: bool
    way_back: str = field(compare=False, repr=False)
    as_of: datetime | None = field(default=None, compare=False)  # as with those on the list


@dataclass(frozen=True, slots=True)
class NotOnTheList:
    """Number and name were not found together. One value, whatever missed.

    How many tries are left on what was typed, and what refuses the next one when none is: that goes by what was asked
    before, whether it is known or not.
    """

    tries_left: int = field(default=0, compare=False)
    next_refusal: TooManyAttempts | None = field(default=None, compare=False)
    as_of: datetime | None = field(default=None, compare=False)  # as with those on the list


Answer = OnTheList | NotOnTheList
