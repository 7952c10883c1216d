"""What was worked out of a neighbourhood, until a list or a report of payments changes: few change, and many are read.

To sort and count the people of a kelurahan, each name is opened, and who was taken off is looked for once more: seconds
for tens of thousands of lines. Each process keeps the outcome: names, states, ids, and of those who were looked for
the keyed indexes of their numbers; no number itself, no address, and nothing sealed, which is read again for those who
are shown. Marks, sittings and what is recorded are never kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from salur.core.lists.kinds import ListState
from salur.core.lookup.still_listed import Found, Gone, still_listed
from salur.core.neighbourhood import queries as query
from salur.core.neighbourhood.lines import Entry, entries, in_order
from salur.core.neighbourhood.people import People
from salur.core.officers.scope import Scope
from salur.core.payouts.answers import FileKind
from salur.core.storage.prepared import Prepared, columns_of, constant
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.payouts import PayoutFileRow

MOST_LINES = 100_000  # of all neighbourhoods that a process keeps: about 75 MB


class _List(NamedTuple):
    """All of a list that changes when what it says of anybody, or how that reads, changes."""

    id: int
    state: str
    published_at: datetime
    period: str
    area: str
    people: int
    part_of: int | None
    corrects: int | None
    programme_name: str


class _File(NamedTuple):
    """A report of payments: while it stays as it is, so does what was paid."""

    id: int
    state: str


_LISTS = Prepared(
    select(
        *columns_of(
            _List,
            **{name: getattr(ListRow, name) for name in _List._fields[:-1]},
            programme_name=ProgrammeRow.name,
        )
    )
    .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
    .where(or_(*(ListRow.state == constant(state) for state in (ListState.PUBLISHED, ListState.SUPERSEDED))))
    .order_by(ListRow.id),
    _List._make,
)
_FILES = Prepared(
    select(*columns_of(_File, id=PayoutFileRow.id, state=PayoutFileRow.state))
    .where(PayoutFileRow.kind == constant(FileKind.PAYMENTS))
    .order_by(PayoutFileRow.id),
    _File._make,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """The entries of an area, and what they were worked out from. `found`: who was looked for once more, and where."""

    lists: Hashable
    payments: Hashable
    found: Found
    entries: Sequence[Entry]


class Remembered:
    """The entries of areas, by RW, RT and name."""

    def __init__(self, vault: Vault, *, most_lines: int = MOST_LINES) -> None:
        self._vault = vault
        self._most_lines = most_lines
        self._known: dict[Hashable, _Known] = {}  # the one that was read last stands last
        self._stamps: tuple[Hashable, Hashable] = ((), ())  # of lists and payments; there may be thousands
        self._lock = Lock()

    def entries(self, connection: Connection, scope: Scope, now: datetime) -> Sequence[Entry]:
        """One entry for each person and programme of a scope, as `lines.entries` has it."""
        # Read before the rows: what changes meanwhile makes another stamp, and is read again the next time.
        # Whether a year is over changes with the day.
        read = (tuple(_LISTS.run(connection, {})), now.date()), tuple(_FILES.run(connection, {}))
        with self._lock:
            lists, payments = self._shared(*read)
            known = self._known.pop(scope.territory, None)
            if known is not None and (known.lists, known.payments) == (lists, payments):
                self._known[scope.territory] = known
                return known.entries
        look_again = _Again(partial(still_listed, connection, self._vault))
        if known is not None and known.lists == lists:  # who stands on which list is as it was
            look_again.found = known.found
        own, elsewhere = query.listed_rows(connection, scope)
        worked_out = in_order(entries(own, elsewhere, People(self._vault), now, look_again))
        found = look_again.found or Found({}, ())
        self._keep(scope.territory, _Known(lists, payments, found, [entry.bare for entry in worked_out]))
        return worked_out

    def _shared(self, lists: Hashable, payments: Hashable) -> tuple[Hashable, Hashable]:
        """The same stamps, one copy for all areas. What was worked out from other lists is not kept any longer."""
        if lists != self._stamps[0]:
            self._known.clear()
            self._stamps = (lists, ())
        if payments != self._stamps[1]:
            self._stamps = (self._stamps[0], payments)
        return self._stamps

    def _keep(self, area: Hashable, known: _Known) -> None:
        """Keep it, and forget what was not read for longest."""
        with self._lock:
            self._known.pop(area, None)
            self._known[area] = known
            lines = sum(map(_size, self._known.values()))
            while lines > self._most_lines:
                lines -= _size(self._known.pop(next(iter(self._known))))


def _size(known: _Known) -> int:
    """In lines. Where nobody lives takes room as well, and anybody can ask for an RW that there is not."""
    return max(len(known.entries), 1)


class _Again:
    """Looks for who was taken off once more, unless it is known what was found."""

    def __init__(self, look: Callable[[Sequence[Gone]], Found]) -> None:
        self._look = look
        self.found: Found | None = None

    def __call__(self, gone: Sequence[Gone]) -> Found:
        if self.found is None:
            self.found = self._look(gone)
        return self.found
