"""What a sender gets back, and what was sent for those who decide: plain values for the doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from salur.core.people.nik import Kk, Nik
from salur.core.people.ticket_codes import TicketCode
from salur.core.privacy.answers import Told
from salur.core.proposals.kinds import Holder, Kind, LineRule, Outcome, Standing, Step
from salur.core.regions.territory import Territory, TerritoryNames


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What was sent (`Draft`), opened again for those who decide. `repr` of the numbers shows the last four digits."""

    territory: Territory
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
    told: Told | None = None  # what an answer told of the entitlement that this is about

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Self:
        """From what `Draft.body` gave, back from JSON."""
        return cls(
            territory=Territory(body["region_code"], body["rw"], body["rt"]),
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
            told=Told.of(body["told"]) if "told" in body else None,
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps. The same whether or not it was joined to another's, so that it tells nothing of that.

    `way_back` is a pass (`salur.core.privacy.passes`) that gives the same receipt again.
    """

    code: TicketCode
    kind: Kind
    sent_at: datetime
    first_holder: Holder
    due_at: datetime | None
    territory: TerritoryNames
    needs_name: bool  # False: the code alone opens the ticket
    of_payee: bool = False  # the name is that of the payee, who was not asked for it
    way_back: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class StatusStep:
    """One step as its sender sees it. `words` are an office's, never another sender's; of one that was `undone` there
    are neither words nor reason."""

    at: datetime
    step: Step
    level: Holder | None
    goes_to: Holder | None
    reason: str | None
    words: str | None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class InLine:
    """Where an accepted usulan stands for one programme with a quota, at the moment `at`.

    `position` counts from 1 among the `waiting`; None for what does not wait. `reason` is why it was skipped, a code.
    """

    programme: str
    programme_name: str
    standing: Standing
    rule: LineRule
    waiting: int
    at: datetime
    position: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What became of it, as one ticket sees it.

    `holder` is an office, never a person, or the sender when `question` waits for an answer; None when it is over.
    `may_change_until` is there while whoever decided last may still take it back.
    """

    kind: Kind
    sent_at: datetime
    steps: tuple[StatusStep, ...]
    territory: TerritoryNames
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
    may_change_until: datetime | None = None
    told: Told | None = None  # the entitlement that it is about
    lines: tuple[InLine, ...] = ()
    way_back: str = field(default="", compare=False, repr=False)  # a pass that opens the same ticket again


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A ticket that was opened before, with the code and name that opened it. No `repr`: it is about people."""

    status: Status
    code: TicketCode
    name: str


@dataclass(frozen=True, slots=True)
class NoTicket:
    """Code and name do not open a ticket together. One value, whichever was wrong."""
