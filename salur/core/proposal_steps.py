"""What becomes of a proposal: kinds, levels, steps, clocks, and THE ONE PLACE where the state follows from the events.

`present(kind, events)` adds the events up. The columns `holder`, `desk`, `held_since`, `due_at` and `outcome` of the
table are a copy of what it gives, written by `proposal_log` in the transaction of each new event.

The chain (DOMAIN 10): RT or RW verifies, then kelurahan, kecamatan, Dinas Sosial, who enters it in the national system.
A correction goes from the kelurahan straight to Dinas Sosial. A report of a levy goes to Dinas Sosial alone: the people
it is about may be the RT, the RW or the kelurahan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from salur.core.errors import Refused
from salur.core.roles import Role


class Kind(StrEnum):
    """What someone sends."""

    USULAN = "usulan"  # propose oneself or a neighbour
    SANGGAH = "sanggah"  # object to someone who is listed
    KOREKSI = "koreksi"  # my data are wrong
    LAPORAN = "laporan"  # a levy, a letter withheld, marked paid but not received


class Holder(StrEnum):
    """Who has it: a level of the chain, or the sender, who was asked something."""

    NEIGHBOURHOOD = "neighbourhood"  # the RT or the RW, whoever is first
    KELURAHAN = "kelurahan"
    KECAMATAN = "kecamatan"
    DINSOS = "dinsos"
    SENDER = "sender"


class Step(StrEnum):
    """What can happen to it."""

    SENT = "sent"
    JOINED = "joined"  # someone else sent the same; both follow one proposal from now on
    ACCEPTED = "accepted"  # by a level: at the neighbourhood it means verified, at the last level it closes
    REJECTED = "rejected"
    ASKED = "asked"  # a question to the sender
    ANSWERED = "answered"
    FORWARDED = "forwarded"  # passed on without a judgement
    RETURNED = "returned"  # a question to the level below, which has it again
    TAKEN_UP = "taken_up"  # by a level above, from one that lets it lie
    OBJECTED = "objected"  # the sender does not accept a rejection
    GRANTED = "granted"  # a published list holds the person


class Outcome(StrEnum):
    """How it ended. An accepted proposal may still be granted."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    GRANTED = "granted"


ROUTES: Mapping[Kind, tuple[Holder, ...]] = MappingProxyType(
    {
        Kind.USULAN: (Holder.NEIGHBOURHOOD, Holder.KELURAHAN, Holder.KECAMATAN, Holder.DINSOS),
        Kind.SANGGAH: (Holder.NEIGHBOURHOOD, Holder.KELURAHAN, Holder.KECAMATAN, Holder.DINSOS),
        Kind.KOREKSI: (Holder.KELURAHAN, Holder.DINSOS),
        Kind.LAPORAN: (Holder.DINSOS,),
    }
)
LEVEL_OF: Mapping[Role, Holder] = MappingProxyType(
    {
        Role.RT: Holder.NEIGHBOURHOOD,
        Role.RW: Holder.NEIGHBOURHOOD,
        Role.KELURAHAN: Holder.KELURAHAN,
        Role.KECAMATAN: Holder.KECAMATAN,
        Role.DINSOS: Holder.DINSOS,
    }
)
# Time to decide, from the sending, and anew from an objection. A question to the sender stops no clock: UU 27/2022
# article 30 counts the 3x24 hours from the request, and a question must not become a way to win time.
CLOCKS: Mapping[Kind, timedelta] = MappingProxyType(
    {
        Kind.SANGGAH: timedelta(days=14),
        Kind.KOREKSI: timedelta(hours=72),
        Kind.LAPORAN: timedelta(hours=72),  # for a first answer; an inquiry may take longer
    }
)
OBJECTION_TIME = timedelta(days=14)

FIVE_REASONS = ("died", "moved", "well_off", "receives_other_aid", "other")
UPPER_REASONS = ("well_off", "receives_other_aid", "data_differ", "not_agreed", "other")
OWN_REASONS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.SANGGAH: ("still_in_need", "not_proven", "other"),
        Kind.KOREKSI: ("already_right", "not_proven", "other"),
        Kind.LAPORAN: ("not_proven", "not_ours", "other"),
    }
)
NEEDS_WORDS = frozenset({"other"})  # a no of this kind says nothing by itself
DECISIONS = frozenset({Step.ACCEPTED, Step.REJECTED, Step.ASKED, Step.FORWARDED, Step.RETURNED})


@dataclass(frozen=True, slots=True)
class Event:
    """One step as it is stored. `level` took it (None: the sender, or a published list); `goes_to` has it afterwards,
    where the step moves it; `reason` is a code."""

    at: datetime
    step: Step
    level: Holder | None = None
    goes_to: Holder | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """What the events add up to.

    `holder` is None when it is closed. `desk` is the level where it lies: the holder's own, and while the sender is
    asked that of the level which asked and may go on without waiting. `reason` is that of the last rejection.
    """

    kind: Kind
    holder: Holder | None
    desk: Holder | None
    held_since: datetime
    due_at: datetime | None
    outcome: Outcome | None = None
    reason: str | None = None
    rejected_by: Holder | None = None
    objection_until: datetime | None = None  # while an objection is possible

    def late(self, now: datetime) -> bool:
        """Whether the clock has run out."""
        return self.due_at is not None and self.due_at < now

    def may_object(self, now: datetime) -> bool:
        """Whether the sender can still object: once for each rejection, within OBJECTION_TIME."""
        return self.objection_until is not None and now <= self.objection_until

    def waits_for_list(self, now: datetime) -> bool:
        """Whether a published list could still grant it: open, accepted, or rejected with time to object."""
        if self.outcome is Outcome.GRANTED:
            return False
        return self.outcome is not Outcome.REJECTED or self.may_object(now)


def present(kind: Kind, events: Iterable[Event]) -> Present:
    """The state of a proposal, from all its events in their order; the first is SENT. Raises ValueError without any."""
    state: Present | None = None
    for event in events:
        state = _after(kind, state, event)
    if state is None:
        raise ValueError("a proposal without events")
    return state


def _after(kind: Kind, before: Present | None, event: Event) -> Present:
    """The state after one more event."""
    if before is None:
        assert event.step is Step.SENT
        return Present(kind, event.goes_to, event.goes_to, event.at, _due(kind, event.at))
    now = before
    if kind is Kind.LAPORAN and event.level is not None:
        now = replace(now, due_at=None)  # answered
    match event.step:
        case Step.ASKED:
            return replace(now, holder=Holder.SENDER, held_since=event.at)
        case Step.ANSWERED:
            return replace(now, holder=now.desk, held_since=event.at)
        case Step.REJECTED:
            return replace(
                _closed(now, event.at, Outcome.REJECTED),
                reason=event.reason,
                rejected_by=event.level,
                objection_until=event.at + OBJECTION_TIME,
            )
        case Step.OBJECTED:
            return Present(kind, event.goes_to, event.goes_to, event.at, _due(kind, event.at), reason=now.reason)
        case Step.GRANTED:
            return replace(_closed(now, event.at, Outcome.GRANTED), objection_until=None)
        case Step.ACCEPTED if event.goes_to is None:
            return _closed(now, event.at, Outcome.ACCEPTED)
        case _ if event.goes_to is None:
            return now
        case _:
            return replace(now, holder=event.goes_to, desk=event.goes_to, held_since=event.at)


def _due(kind: Kind, since: datetime) -> datetime | None:
    span = CLOCKS.get(kind)
    return None if span is None else since + span


def _closed(state: Present, at: datetime, outcome: Outcome) -> Present:
    return replace(state, holder=None, desk=None, held_since=at, due_at=None, outcome=outcome)


def check(step: Step, now: Present | None, *, level: Holder | None, at: datetime) -> None:
    """Whether this level (None: the sender, or a list) may take this step in this state.

    Raises: Refused with `already_closed`, `not_yours` (it lies at another level), `not_asked`, `no_objection` (nothing
    was rejected, or its time is over) or `not_above`.
    """
    if now is None:
        return
    if level is not None and level not in ROUTES[now.kind]:
        raise Refused("not_yours")
    if step is Step.OBJECTED:
        if not now.may_object(at):
            raise Refused("no_objection")
        return
    if step is Step.GRANTED:
        if not now.waits_for_list(at):
            raise Refused("already_closed")
        return
    if now.desk is None:
        raise Refused("already_closed")
    if step in DECISIONS and level is not now.desk:
        raise Refused("not_yours")
    if step is Step.ANSWERED and now.holder is not Holder.SENDER:
        raise Refused("not_asked")
    if step is Step.TAKEN_UP and (level is None or _height(level) <= _height(now.desk)):
        raise Refused("not_above")


def destination(
    kind: Kind, step: Step, now: Present | None, *, level: Holder | None, staffed: Collection[Holder]
) -> Holder | None:
    """Where a step brings it. `staffed` are the levels that have an account for the place: what nobody would ever see
    is sent past the others. None where it stays, or is at its end.

    Raises: Refused with `nowhere_further` when the last level forwards, `nobody_below` when there is none to ask.
    """
    route = ROUTES[kind]
    match step:
        case Step.SENT:
            return _first_staffed(route, staffed)
        case Step.ACCEPTED | Step.FORWARDED:
            further = route[route.index(level) + 1 :] if level in route else ()
            if step is Step.FORWARDED and not further:
                raise Refused("nowhere_further")
            return _first_staffed(further, staffed) if further else None
        case Step.OBJECTED:
            rejected_by = now.rejected_by if now is not None else None
            above = tuple(holder for holder in route if rejected_by is None or _height(holder) > _height(rejected_by))
            return _first_staffed(above or route[-1:], staffed)
        case Step.RETURNED:
            below = route[: route.index(level)] if level in route else ()
            found = next((holder for holder in reversed(below) if holder in staffed), None)
            if found is None:
                raise Refused("nobody_below")
            return found
        case Step.TAKEN_UP:
            return level
        case _:
            return None


def _first_staffed(levels: tuple[Holder, ...], staffed: Collection[Holder]) -> Holder:
    """The first with an account; the last one always has to take it."""
    return next((holder for holder in levels if holder in staffed), levels[-1])


def _height(holder: Holder) -> int:
    return tuple(Holder).index(holder)


def meeting_point(kind: Kind, one: str, other: str) -> Holder:
    """The lowest level of the route that covers both of two kelurahan: where two senders name different places."""
    if one == other:
        return ROUTES[kind][0]
    lowest = Holder.KECAMATAN if one[:8] == other[:8] else Holder.DINSOS
    return next(holder for holder in ROUTES[kind] if _height(holder) >= _height(lowest))


def higher(now: Present, holder: Holder) -> Holder | None:
    """The holder if it stands above where the proposal lies; else None, so that it stays, as it does at a question."""
    return holder if now.holder is now.desk is not None and _height(holder) > _height(now.desk) else None


def reasons_for_no(kind: Kind, level: Holder) -> tuple[str, ...]:
    """The codes of reasons that a level may give: five at RT and RW, a short list of their own further up."""
    if kind is Kind.USULAN:
        return FIVE_REASONS if level is Holder.NEIGHBOURHOOD else UPPER_REASONS
    return OWN_REASONS[kind]


def as_seen_from(kind: Kind, events: Iterable[Event], first: int) -> dict[int, Event]:
    """The events that a ticket shows, by their numbers: the one it came with (`first`, from 1) and what followed.

    Its own looks like a sending to where the proposal lay then, so that nobody learns what was there before him. That
    others joined later is no ticket's matter, unless it moved the proposal.
    """
    every = dict(enumerate(events, 1))
    own = every[first]
    if first > 1:
        before = present(kind, [event for number, event in every.items() if number < first])
        own = replace(own, step=Step.SENT, goes_to=own.goes_to or before.desk)
    later = {number: event for number, event in every.items() if number > first}
    return {first: own} | {n: event for n, event in later.items() if event.step is not Step.JOINED or event.goes_to}
