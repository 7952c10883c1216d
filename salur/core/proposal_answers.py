"""What a sender hands in, and what he gets back: plain values for the doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from salur.core.nik import Kk, Nik
from salur.core.photos import Photo
from salur.core.proposal_steps import Holder, Kind, Outcome, Step
from salur.core.roles import Territory
from salur.core.ticket_codes import TicketCode

MOST_PHOTOS = 3
NO_NIK_REASONS = ("newborn", "never_recorded", "lost_papers", "other")
WHOM = ("self", "neighbour")
# Why it is sent: the codes to choose from, in the order they are shown in.
REASONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.USULAN: ("income_lost", "elderly", "ill_or_disabled", "single_parent", "orphan", "house_unfit", "other"),
    Kind.SANGGAH: ("well_off", "died", "moved", "unknown", "twice", "other"),
    Kind.KOREKSI: ("name", "number", "address", "family", "amount", "account", "other"),
    Kind.LAPORAN: ("levy", "letter_withheld", "paid_not_received", "card_withheld", "asked_for_data", "other"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What someone sends. `number` is a NIK or, for a correction, a KK number.

    `proof` are the last four digits that open the ticket when there is no number to take them from; of an objection
    they are those of the objector's own NIK, which is not asked for. No `repr`: it is about people.
    """

    kind: Kind
    place: Territory
    reason: str
    words: str = ""
    number: Nik | Kk | None = None
    no_nik: str | None = None  # one of NO_NIK_REASONS
    kk: Kk | None = None
    name: str = ""
    whom: str | None = None  # one of WHOM
    phone: str = ""
    who: str = ""  # whom a report is about: a role
    when: str = ""  # when it happened, in the sender's words
    proof: str | None = None
    photos: tuple[Photo, ...] = ()

    @property
    def last_four(self) -> str | None:
        """What opens the ticket besides its code; None when the code is enough."""
        if self.proof is not None:
            return self.proof
        number = self.number or self.kk
        return number.last_four if number is not None else None

    def body(self) -> dict[str, Any]:
        """What is sealed: everything that was said."""
        return {
            "region_code": self.place.region_code,
            "rw": self.place.rw,
            "rt": self.place.rt,
            "reason": self.reason,
            "words": self.words,
            "nik": self.number.reveal() if isinstance(self.number, Nik) else None,
            "no_nik": self.no_nik,
            "kk": kk.reveal() if (kk := self.own_kk) is not None else None,
            "name": self.name,
            "whom": self.whom,
            "phone": self.phone,
            "who": self.who,
            "when": self.when,
        }

    @property
    def own_kk(self) -> Kk | None:
        """The KK number, wherever it was given."""
        return self.number if isinstance(self.number, Kk) else self.kk


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What was sent, opened again, for who has to decide. `repr` of the numbers shows their last four digits only."""

    place: Territory
    reason: str
    words: str
    nik: Nik | None
    no_nik: str | None
    kk: Kk | None
    name: str
    whom: str | None
    phone: str
    who: str
    when: str

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Self:
        """From what `Draft.body` gave."""
        return cls(
            place=Territory(body["region_code"], body["rw"], body["rt"]),
            reason=body["reason"],
            words=body["words"],
            nik=Nik(body["nik"]) if body["nik"] else None,
            no_nik=body["no_nik"],
            kk=Kk(body["kk"]) if body["kk"] else None,
            name=body["name"],
            whom=body["whom"],
            phone=body["phone"],
            who=body["who"],
            when=body["when"],
        )


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """A place as people say it. `kelurahan` is None where only the city is known."""

    kelurahan: str | None
    kecamatan: str | None
    rw: int | None = None
    rt: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps. The same whether or not it was joined to another's, so that it tells nothing of that."""

    code: TicketCode
    kind: Kind
    sent_at: datetime
    first_holder: Holder
    due_at: datetime | None
    place: PlaceNames
    needs_digits: bool  # False: the code alone opens the ticket


@dataclass(frozen=True, slots=True)
class StatusStep:
    """One step as its sender sees it. `words` are an office's, never another sender's."""

    at: datetime
    step: Step
    level: Holder | None
    goes_to: Holder | None
    reason: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """What became of it, as one ticket sees it.

    `holder` is an office, never a person, or the sender when `question` waits for an answer; None when it is over.
    """

    kind: Kind
    sent_at: datetime
    steps: tuple[StatusStep, ...]
    place: PlaceNames
    holder: Holder | None
    desk: Holder | None
    held_since: datetime
    due_at: datetime | None
    late: bool
    outcome: Outcome | None
    rejected_by: Holder | None
    reason: str | None  # of the last rejection
    reason_words: str | None
    question: str | None
    may_object: bool
    object_until: datetime | None


@dataclass(frozen=True, slots=True)
class NoTicket:
    """Code and digits do not open a ticket together. One value, whichever was wrong."""
