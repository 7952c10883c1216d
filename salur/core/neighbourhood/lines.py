"""From what the lists say of everyone in an area to one line a person and programme, by the rules of the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from salur.core.lists.kinds import ListState, State
from salur.core.lists.periods import last_day
from salur.core.lookup.rules import (
    ListedLine,
    corrected,
    counted_as,
    latest_before,
    no_longer_listed,
    replaced_within_a_year,
)
from salur.core.lookup.still_listed import Found, Gone, Key
from salur.core.names.typed import letters
from salur.core.neighbourhood.answers import LineState
from salur.core.neighbourhood.people import People
from salur.core.neighbourhood.queries import Row
from salur.core.payouts.answers import PaymentState

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
    """A person of a programme, as far as filtering and counting need it."""

    row: Row
    name: str  # as listed
    letters: str  # of the name, as it is searched by
    rows: tuple[int, ...]  # all rows of the person (ids)
    paid_on: str | None  # the day it was paid, went back, or failed; ISO 8601
    state: LineState

    @property
    def bare(self) -> Entry:
        """Without the sealed names and the indexes of numbers."""
        return self._replace(row=self.row.bare)


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
    stand = [_entry(line, _stands(line), people) for line in present.values() if line.here]
    off = [line for line in gone if _key(line) not in found.theirs]
    states = dict.fromkeys(found.perhaps, LineState.UNCLEAR)
    return stand + [_entry(line, states.get(_key(line), LineState.TAKEN_OFF), people) for line in off]


def _entry(line: _Listed, state: LineState, people: People) -> Entry:
    name = people.name(line.row.person.id)
    paid_on = line.paid.paid_on if state in OF_PAYMENT.values() else None
    return Entry(line.row, name, letters(name), tuple(people.rows_of(line.who)), paid_on, state)


def in_order(found: Iterable[Entry]) -> list[Entry]:
    """By RW, RT and name. Who has no RT comes last."""
    return sorted(found, key=_place)


def _place(entry: Entry) -> tuple[object, ...]:
    row = entry.row
    area = (row.person.rw is None, row.person.rw or 0, row.person.rt is None, row.person.rt or 0)
    return (*area, entry.name, row.programme_code, row.id)


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
