"""Which lines of lists count: one entry per payee, what a corrected list changes, who was taken off, whose sitting.

The resident's answer (`standing`) and the head's list (`neighbourhood`) are made by these same rules, so that the two
never contradict each other. Pure: rows are read, nothing is asked of the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from salur.core.lists.kinds import NOT_COLLECTED, ListState, State
from salur.core.lists.periods import last_day
from salur.core.lookup.answers import Step, Way
from salur.core.payouts.answers import Channel, PaymentState, PlaceKind, Sitting
from salur.core.payouts.kinds import SittingState
from salur.core.payouts.sittings import SittingRead, fits

ONE_YEAR = timedelta(days=365)
# States in which there is something to collect.
COLLECTS = (State.ENTITLED, State.GROUP)
OFF_THE_WAY = {State.SUSPENDED: Step.HALTED, State.TAKEN_OFF: Step.TAKEN_OFF, State.UNCLEAR: Step.UNCLEAR}
ENDS = {PaymentState.PAID: Step.PAID, PaymentState.RETURNED: Step.RETURNED, PaymentState.FAILED: Step.FAILED}


class ListedRow(Protocol):
    """What the rules read of a row that says what a list says of someone."""

    @property
    def list_id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def list_state(self) -> str: ...
    @property
    def list_corrects(self) -> int | None:
        """The list of which this one corrects a few people."""

    @property
    def published_at(self) -> datetime | str: ...
    @property
    def programme_code(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def paid_state(self) -> str | None: ...
    @property
    def now_id(self) -> int | None:
        """The list in force of that programme where they live."""


@dataclass(frozen=True, slots=True, repr=False)
class ListedLine:
    """A payee's entry on one list. `row` says what the list says; `paid` is the row that knows of the payment."""

    row: ListedRow
    who: object  # what tells payees apart
    paid: ListedRow


Line = TypeVar("Line", bound=ListedLine)


def corrected(lines: Iterable[Line]) -> list[Line]:
    """Without the lines that a later list of the same period corrects; what was paid by then stays paid."""
    newest: dict[tuple[object, ...], Line] = {}
    for line in sorted(lines, key=_when_said):
        key = (line.who, line.row.programme_code, line.row.period)
        older = newest.pop(key, None)
        if older is not None and _is_one_list(older.row, line.row):
            line = _of_one_list(older, line)
        elif older is not None and older.row.list_state == ListState.PUBLISHED:
            newest[*key, older.row.list_id] = older  # on two lists at once: both are shown
        elif older is not None and line.row.paid_state is None:
            line = replace(line, paid=older.paid)
        newest[key] = line
    return list(newest.values())


def _is_one_list(one: ListedRow, other: ListedRow) -> bool:
    """Whether both are in force, as a list and what corrects it."""
    if one.list_state != ListState.PUBLISHED or one.list_state != other.list_state:
        return False
    return (one.list_corrects or one.list_id) == (other.list_corrects or other.list_id)


def _of_one_list(older: Line, newer: Line) -> Line:
    """Of somebody who stands twice on a list what a correction says; unless it takes off one of two rows."""
    if newer.row.state == State.TAKEN_OFF != older.row.state:
        older, newer = newer, older
    return replace(newer, paid=older.paid) if newer.row.paid_state is None else newer


def _when_said(line: ListedLine) -> tuple[object, ...]:
    """The list in force last. A part taken out of a list has a later number, but speaks of when that was published."""
    return (line.row.list_state == ListState.PUBLISHED, line.row.published_at, line.row.list_id)


def replaced_within_a_year(lines: Iterable[Line], now: datetime) -> list[Line]:
    """The lines of lists that others replaced, the earliest period first; none that is over for a year."""
    kept = [
        line for line in lines if line.row.list_state == ListState.SUPERSEDED and _within_a_year(line.row.period, now)
    ]
    return sorted(kept, key=lambda line: last_day(line.row.period))


def latest_before(kept: Iterable[Line]) -> dict[tuple[object, str], Line]:
    """By payee and programme, the last of these lines."""
    return {(line.who, line.row.programme_code): line for line in kept}


def no_longer_listed(lines: Iterable[Line], before: Mapping[tuple[object, str], Line]) -> list[Line]:
    """The latest line of each payee and programme whose list has been replaced by one that does not name them."""
    listed = {(line.who, line.row.programme_code) for line in lines if line.row.list_state == ListState.PUBLISHED}
    return [line for key, line in before.items() if key not in listed and line.row.now_id is not None]


def counted_as(lines: Iterable[Line], whose: Mapping[tuple[object, str], object]) -> list[Line]:
    """The lines, those of some payees and programmes as the lines of someone else, who is the same person after all."""
    return [replace(line, who=whose.get((line.who, line.row.programme_code), line.who)) for line in lines]


def own_sittings(sittings: Iterable[SittingRead], *, care: bool) -> list[SittingRead]:
    """Of the sittings around a payee their own: the one that a plan has placed them in, else that of the smallest area;
    at home only for those who need it.
    """
    return _nearest([s for s in _open_to_them(sittings) if s.state != SittingState.CANCELLED], care=care)


def called_off(sittings: Iterable[SittingRead], *, care: bool, now: datetime) -> SittingRead | None:
    """The last of someone's own sittings that will not be held, as long as its day has not passed."""
    cancelled = [s for s in _open_to_them(sittings) if s.state == SittingState.CANCELLED and s.ends_at >= now]
    return max(_nearest(cancelled, care=care), key=lambda s: s.starts_at, default=None)


def _open_to_them(sittings: Iterable[SittingRead]) -> list[SittingRead]:
    """Without those in which a plan has placed neighbours but not them; where it has placed them, nothing else."""
    theirs = [s for s in sittings if not s.is_anothers]
    return [s for s in theirs if s.is_appointed] or theirs


def _nearest(sittings: Iterable[SittingRead], *, care: bool) -> list[SittingRead]:
    possible = [s for s in sittings if care or s.is_appointed or s.place.kind != PlaceKind.HOME]
    if care and any(s.place.kind == PlaceKind.HOME for s in possible):
        possible = [s for s in possible if s.place.kind == PlaceKind.HOME]
    by_fit: dict[int, list[SittingRead]] = defaultdict(list)
    for sitting in possible:
        by_fit[fits(sitting)].append(sitting)
    return sorted(by_fit[max(by_fit)], key=lambda s: s.starts_at) if by_fit else []


def next_or_missed(sittings: Sequence[Sitting], now: datetime) -> tuple[Sitting | None, Sitting | None]:
    """Of someone's own sittings, in their order, the next one; or, when all are over, the last as the missed one."""
    upcoming = next((sitting for sitting in sittings if sitting.ends >= now), None)
    return upcoming, sittings[-1] if sittings and upcoming is None else None


def way_of(
    state: State, payment: PaymentState, programme: str, channel: Channel | None, *, dated: bool, lapsed: bool
) -> Way | None:
    """How far an aid has come. `dated`: it has a sitting, to come or missed; `lapsed`: its list is no longer true.

    No day is ever set for what goes to a card, a group's account or the insurance, unless a sitting says otherwise.
    """
    if payment is PaymentState.DUE and (off := OFF_THE_WAY.get(state)):
        return Way((Step.LISTED, off), off)
    if payment is PaymentState.DUE and lapsed and not dated:
        return None
    end = ENDS.get(payment, Step.PAID)
    direct = channel is Channel.BANK_CARD or state is State.GROUP or programme in NOT_COLLECTED
    steps = (Step.LISTED, end) if direct and not dated else (Step.LISTED, Step.SCHEDULED, end)
    if payment is not PaymentState.DUE:
        return Way(steps, end)
    return Way(steps, Step.SCHEDULED if dated else Step.LISTED)


def _within_a_year(period: str, now: datetime) -> bool:
    return last_day(period) >= now.date() - ONE_YEAR
