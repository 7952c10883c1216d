"""From what the lists say of everyone in an area to one line a person and programme, by the rules of the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from salur.core.lists.kinds import ListState, State
from salur.core.lists.periods import last_day
from salur.core.lookup.rules import (
    COLLECTS,
    ListedLine,
    corrected,
    counted_as,
    latest_before,
    next_or_missed,
    no_longer_listed,
    own_sittings,
    replaced_within_a_year,
)
from salur.core.lookup.still_listed import Found, Gone, Key
from salur.core.marks.kinds import MarkKind
from salur.core.names.typed import letters
from salur.core.neighbourhood.answers import Filter, Line, LineState, Sort
from salur.core.neighbourhood.people import People
from salur.core.neighbourhood.queries import Row, SittingOfRound
from salur.core.payouts.answers import Channel, PaymentState, Sitting
from salur.core.payouts.sittings import SittingRead, sitting_of
from salur.core.people.sealed import birth_year, open_group
from salur.core.storage.vault import Vault

LookAgain = Callable[[Sequence[Gone]], Found]
OF_PAYMENT: Mapping[str | None, LineState] = {
    PaymentState.PAID: LineState.PAID,
    PaymentState.RETURNED: LineState.RETURNED,
    PaymentState.FAILED: LineState.FAILED,
}
NOT_COLLECTED = (LineState.RETURNED, LineState.FAILED)
OF_LIST: Mapping[str, LineState] = {
    State.ENTITLED: LineState.DUE,
    State.GROUP: LineState.DUE,
    State.SUSPENDED: LineState.SUSPENDED,
    State.TAKEN_OFF: LineState.TAKEN_OFF,
}


class Entry(NamedTuple):
    """A person of a programme, as far as filtering and counting need it. `paid`: the row that knows of the payment."""

    row: Row
    who: object
    paid: Row
    state: LineState


@dataclass(frozen=True, slots=True, repr=False)
class _Listed(ListedLine):
    """A person's line on one list. `here`: the row lies in the area."""

    row: Row
    paid: Row
    here: bool


def entries(
    own: Sequence[Row], elsewhere: Sequence[Row], people: People, now: datetime, look_again: LookAgain
) -> list[Entry]:
    """One entry for each person and programme that stands here, or was taken off here, within a year.

    `look_again` is `still_listed`: it is asked before anybody is shown as taken off.
    """
    people.learn([*own, *elsewhere])
    lines: dict[tuple[int, object], _Listed] = {}
    for rows, here in ((own, True), (elsewhere, False)):
        for row in rows:
            who = people.who(row.person.id)
            if (row.list_id, who) not in lines:
                lines[row.list_id, who] = _Listed(row, who, row, here)
    known = corrected(lines.values())
    gone = _gone_from_here(known, now)
    found = look_again([_gone(line, people) for line in gone]) if gone else Found({}, ())
    if whose := _known_here(found, people):
        known = corrected(counted_as(lines.values(), whose))
        gone = _gone_from_here(known, now)
    present: dict[tuple[object, str], _Listed] = {}
    for line in known:
        if line.row.list_state == ListState.PUBLISHED:
            key = (line.who, line.row.programme_code)
            present[key] = _newer(present[key], line) if key in present else line
    stand = [Entry(line.row, line.who, line.paid, _stands(line)) for line in present.values() if line.here]
    off = [line for line in gone if _key(line) not in found.theirs]
    states = dict.fromkeys(found.perhaps, LineState.UNCLEAR)
    return stand + [Entry(line.row, line.who, line.paid, states.get(_key(line), LineState.TAKEN_OFF)) for line in off]


def _gone_from_here(known: Sequence[_Listed], now: datetime) -> list[_Listed]:
    before = latest_before(replaced_within_a_year(known, now))
    return [line for line in no_longer_listed(known, before) if line.here]


def _gone(line: _Listed, people: People) -> Gone:
    home = (line.row.person.rw, line.row.person.rt)
    return Gone(_key(line), line.row.now_id or 0, people.written(line.who), home)


def _key(line: _Listed) -> Key:
    return (line.who, line.row.programme_code)


def _known_here(found: Found, people: People) -> dict[Key, object]:
    """As whom those are to be counted whose row was taken in. The rows of others lie where this head sees nobody."""
    here = {key: next((row.id for row in rows if row.id in people), None) for key, rows in found.theirs.items()}
    return {key: people.who(id) for key, id in here.items() if id is not None}


def _stands(line: _Listed) -> LineState:
    """How it stands on its list. Paid stays paid, whatever the list says of the person since."""
    return OF_PAYMENT.get(line.paid.paid_state) or OF_LIST[line.row.state]


def _newer(one: _Listed, other: _Listed) -> _Listed:
    """Of two lists in force of one programme the newer, which keeps what the other of that period knows as paid."""
    old, new = sorted((one, other), key=lambda line: (last_day(line.row.period), line.row.list_id))
    if old.row.period == new.row.period and new.paid.paid_state is None:
        return replace(new, paid=old.paid)
    return new


def collects(entry: Entry) -> bool:
    """Whether there is something to go and get."""
    return entry.state is LineState.DUE and entry.row.state in COLLECTS


class Sittings:
    """The sittings around an area, given to whom they are for. Neighbours share them, so each is worked out once."""

    def __init__(self, rows: Iterable[SittingOfRound], now: datetime) -> None:
        self._now = now
        self._by_round: dict[tuple[str, str], list[SittingRead]] = defaultdict(list)
        for row in rows:
            self._by_round[row.programme_code, row.period].append(row.sitting)
        self._own: dict[tuple[object, ...], tuple[Sitting, ...]] = {}
        self._sittings: dict[int, Sitting] = {}

    def next_or_missed(self, entry: Entry) -> tuple[Sitting | None, Sitting | None]:
        """The next sitting of an entry, or the one it missed."""
        return next_or_missed(self._of(entry), self._now) if collects(entry) else (None, None)

    def has_begun(self, entry: Entry) -> bool:
        """Whether a sitting of this entry is over or running."""
        return collects(entry) and any(sitting.starts <= self._now for sitting in self._of(entry))

    def _of(self, entry: Entry) -> tuple[Sitting, ...]:
        row, person = entry.row, entry.row.person
        key = (row.programme_code, row.period, person.rw, person.rt, person.care)
        own = self._own.get(key)
        if own is None:
            around = [
                sitting
                for sitting in self._by_round[row.programme_code, row.period]
                if sitting.rw in (None, person.rw) and sitting.rt in (None, person.rt)
            ]
            own = tuple(self._sitting(sitting) for sitting in own_sittings(around, care=bool(person.care)))
            self._own[key] = own
        return own

    def _sitting(self, sitting: SittingRead) -> Sitting:
        return self._sittings.setdefault(sitting.id, sitting_of(sitting))


@dataclass(frozen=True, repr=False)
class Neighbours:
    """Everyone's entries in an area, with what filters, sorts and shows them."""

    entries: Sequence[Entry]
    people: People
    sittings: Sittings
    marks: Mapping[int, Sequence[MarkKind]]  # by id of person
    marks_shown: bool  # else they only tell who needs home delivery

    @cached_property
    def programmes(self) -> tuple[tuple[str, str], ...]:
        """Code and name of the programmes that occur."""
        return tuple(sorted({(entry.row.programme_code, entry.row.programme_name) for entry in self.entries}))

    def wanted(self, filter: Filter) -> list[Entry]:
        """Those that fit programme, need of home delivery and name, whatever their state."""
        found: list[Entry] = list(self.entries)
        if filter.programme is not None:
            found = [entry for entry in found if entry.row.programme_code == filter.programme]
        if filter.home_delivery:
            found = [entry for entry in found if self.needs_care(entry)]
        if filter.is_search:
            part = letters(filter.name or "")
            found = [entry for entry in found if part and part in letters(self.people.name(entry.row.person.id))]
        return found

    def is_waiting(self, entry: Entry) -> bool:
        """Not collected, though there was a sitting; or the money went back, or its payment failed."""
        return entry.state in NOT_COLLECTED or (entry.state is LineState.DUE and self.sittings.has_begun(entry))

    def marked(self, entry: Entry) -> tuple[MarkKind, ...]:
        """What stands marked of the person, under whichever of their rows."""
        if not self.marks:
            return ()
        kinds = (kind for row in self.people.rows_of(entry.who) for kind in self.marks.get(row, ()))
        return tuple(dict.fromkeys(kinds))

    def needs_care(self, entry: Entry) -> bool:
        """By the list, or by a mark."""
        return bool(entry.row.person.care) or MarkKind.HOME_DELIVERY in self.marked(entry)

    def sorted(self, found: Iterable[Entry], sort: Sort) -> list[Entry]:
        """In the order asked for; within it by RW, RT and name. Who has no RT comes last."""
        return sorted(found, key=lambda entry: self._order(entry, sort))

    def _order(self, entry: Entry, sort: Sort) -> tuple[object, ...]:
        row = entry.row
        area = (row.person.rw is None, row.person.rw or 0, row.person.rt is None, row.person.rt or 0)
        rest = (*area, self.people.name(row.person.id), row.programme_code, row.id)
        if sort is Sort.NAME:
            return (self.people.name(row.person.id), *rest)
        if sort is Sort.STATE:
            return (list(LineState).index(entry.state), *rest)
        if sort is Sort.DATE:
            sitting, _ = self.sittings.next_or_missed(entry)
            return (sitting is None, sitting.starts.timestamp() if sitting else 0.0, *rest)
        return rest

    def line(self, entry: Entry, vault: Vault, *, years: bool, doubles: Collection[int]) -> Line:
        """One entry in full. `years`: whether the NIK is opened for the year of birth."""
        row, off = entry.row, entry.state in (LineState.TAKEN_OFF, LineState.UNCLEAR)
        upcoming, missed = self.sittings.next_or_missed(entry)
        dropped = off and row.list_state != ListState.PUBLISHED
        return Line(
            entitlement=row.id,
            name=self.people.name(row.person.id),
            rw=row.person.rw,
            rt=row.person.rt,
            programme=row.programme_code,
            programme_name=row.programme_name,
            period=row.now_period or row.period if dropped else row.period,
            last_listed=row.period if dropped else None,
            amount=None if off else row.amount,
            channel=None if off or upcoming or missed or not row.channel else Channel(row.channel),
            next_sitting=upcoming,
            missed_sitting=missed,
            state=entry.state,
            paid_on=_paid_on(entry),
            birth_year=birth_year(vault, row.person.sealed_numbers, row.person.id) if years else None,
            care=self.needs_care(entry),
            group=None if off else open_group(vault, row.sealed_group, row.id),
            marks=self.marked(entry) if self.marks_shown else (),
            double=row.person.id in doubles,
        )


def _paid_on(entry: Entry) -> date | None:
    """The day it was paid, went back, or failed."""
    day = entry.paid.paid_on if entry.state in OF_PAYMENT.values() else None
    return date.fromisoformat(day) if day else None


def periods_to_collect(found: Iterable[Entry]) -> set[str]:
    """The periods of which something is still due."""
    return {entry.row.period for entry in found if entry.state is LineState.DUE}
