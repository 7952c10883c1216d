"""What becomes of a proposal: kinds, levels, steps, clocks, and THE ONE PLACE where the state follows from the events.

`present(kind, events)` adds the events up. The columns `holder`, `desk`, `held_since`, `due_at` and `outcome` of the
table are a copy of what it gives, written by `log` in the transaction of each new event.

The chain: RT or RW verifies, then kelurahan, kecamatan, Dinas Sosial, who enters it in the national system.
A correction goes from the kelurahan straight to Dinas Sosial. A report of a levy goes to Dinas Sosial alone: the people
it is about may be the RT, the RW or the kelurahan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from salur.core.errors import Refused
from salur.core.proposals.kinds import (
    CLOCKS,
    DECISIONS,
    OBJECTION_TIME,
    ROUTES,
    UNDO_TIME,
    UNDOABLE,
    Holder,
    Kind,
    Outcome,
    Step,
)
from salur.core.regions.region import district_of


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
    asked that of the level which asked and may go on without waiting. While `asked`, each who sent the same may still
    answer, whoever has answered before. `reason` is that of the last rejection. `undo_until` is there while the last
    event is a decision, and nobody did anything since.
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
    asked: bool = False
    undo_until: datetime | None = None
    decided_by: Holder | None = None  # whose decision could be undone until then

    def is_late(self, now: datetime) -> bool:
        """Whether the clock has run out."""
        return self.due_at is not None and self.due_at < now

    def may_object(self, now: datetime) -> bool:
        """Whether the sender can still object: once for each rejection, within OBJECTION_TIME."""
        return self.objection_until is not None and now <= self.objection_until

    def may_be_undone(self, level: Holder | None, now: datetime) -> bool:
        """Whether the level that decided last may take it back: within UNDO_TIME, as long as nothing came after it."""
        return self.undo_until is not None and level is self.decided_by and now < self.undo_until

    def waits_for_list(self, now: datetime) -> bool:
        """Whether a published list could still grant it: open, accepted, or rejected with time to object."""
        if self.outcome is Outcome.GRANTED:
            return False
        return self.outcome is not Outcome.REJECTED or self.may_object(now)


def present(kind: Kind, events: Iterable[Event]) -> Present:
    """The state of a proposal, from all its events in their order; the first is SENT. Raises ValueError without any."""
    states: list[Present] = []
    last: Event | None = None
    for last in events:
        if last.step is Step.UNDONE:
            states.pop()  # whatever it had led to: all is as it was before, the clock too
        else:
            states.append(_after(kind, states[-1] if states else None, last))
    if last is None:
        raise ValueError("a proposal without events")
    if last.step in UNDOABLE:
        return replace(states[-1], undo_until=last.at + UNDO_TIME, decided_by=last.level)
    return states[-1]


def find_undone(steps: Sequence[Step]) -> frozenset[int]:
    """Which of the steps (from 0) were undone: each stands just before the UNDONE that took it back."""
    return frozenset(number - 1 for number, step in enumerate(steps) if step is Step.UNDONE)


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
            return replace(now, holder=Holder.SENDER, held_since=event.at, asked=True)
        case Step.ANSWERED if now.holder is not Holder.SENDER:
            return now  # another who sent the same was faster
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
            return replace(now, holder=event.goes_to, desk=event.goes_to, held_since=event.at, asked=False)


def _due(kind: Kind, since: datetime) -> datetime | None:
    span = CLOCKS.get(kind)
    return None if span is None else since + span


def _closed(state: Present, at: datetime, outcome: Outcome) -> Present:
    return replace(state, holder=None, desk=None, held_since=at, due_at=None, outcome=outcome, asked=False)


def check(step: Step, now: Present | None, *, level: Holder | None, at: datetime) -> None:
    """Whether this level (None: the sender, or a list) may take this step in this state.

    Raises: Refused with `already_closed`, `not_yours` (it lies at another level), `not_asked`, `no_objection` (nothing
    was rejected, or its time is over), `not_above` or `too_late_to_undo`.
    """
    if now is None:
        return
    if level is not None and level not in ROUTES[now.kind]:
        raise Refused("not_yours")
    if step is Step.UNDONE:
        if not now.may_be_undone(level, at):
            raise Refused("too_late_to_undo")
        return
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
    if step is Step.ANSWERED and not now.asked:
        raise Refused("not_asked")
    if step is Step.TAKEN_UP and (level is None or _height(level) <= _height(now.desk)):
        raise Refused("not_above")


def find_destination(
    kind: Kind, step: Step, now: Present | None, *, level: Holder | None, staffed: Collection[Holder]
) -> Holder | None:
    """Where a step brings it. `staffed` are the levels that have an account there: what nobody would ever see is
    sent past the others. None where it stays, or is at its end.

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


def find_meeting_point(kind: Kind, one: str, other: str) -> Holder:
    """The lowest level of the route that covers both of two kelurahan: where two senders name different places."""
    if one == other:
        return ROUTES[kind][0]
    lowest = Holder.KECAMATAN if district_of(one) == district_of(other) else Holder.DINSOS
    return next(holder for holder in ROUTES[kind] if _height(holder) >= _height(lowest))


def higher(now: Present, holder: Holder) -> Holder | None:
    """The holder if it stands above where the proposal lies; else None, so that it stays, as it does at a question."""
    return holder if now.holder is now.desk is not None and _height(holder) > _height(now.desk) else None


def as_seen_from(
    kind: Kind, events: Iterable[Event], first: int, hidden: Collection[int] = frozenset()
) -> dict[int, Event]:
    """The events that a ticket shows, by their numbers: the one it came with (`first`, from 1) and what followed.

    Its own looks like a sending to where the proposal lay then, so that nobody learns what was there before. That
    others joined later is no ticket's matter, unless it moved the proposal; nor is what they answered (`hidden`).
    """
    every = dict(enumerate(events, 1))
    own = every[first]
    if first > 1:
        before = present(kind, [event for number, event in every.items() if number < first])
        own = replace(own, step=Step.SENT, goes_to=own.goes_to or before.desk)
    later = {number: event for number, event in every.items() if number > first}
    shown = {n: event for n, event in later.items() if event.step is not Step.JOINED or event.goes_to}
    return {first: own} | {n: event for n, event in shown.items() if n not in hidden}
