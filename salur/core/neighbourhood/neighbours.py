"""Everyone's entries in an area: whose sitting is when, and what filters, sorts and shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

from salur.core.lists.kinds import ListState
from salur.core.lookup.rules import COLLECTS, next_or_missed, own_sittings
from salur.core.marks.kinds import MarkKind
from salur.core.names.typed import letters
from salur.core.neighbourhood.answers import Filter, Line, LineState, Sort
from salur.core.neighbourhood.closed import Closed
from salur.core.neighbourhood.lines import NOT_COLLECTED, Entry
from salur.core.neighbourhood.sitting_rows import SittingOfRound
from salur.core.payouts.answers import Channel, Sitting
from salur.core.payouts.sittings import Part, SittingRead, sitting_of
from salur.core.people.sealed import birth_year, open_group
from salur.core.storage.vault import Vault

NO_PARTS: Mapping[int, Sequence[Part]] = MappingProxyType({})
_STATES = {state: place for place, state in enumerate(LineState)}


def collects(entry: Entry) -> bool:
    """Whether there is something to go and get."""
    return entry.state is LineState.DUE and entry.row.state in COLLECTS


class Sittings:
    """The sittings around an area, given to whom they are for. Neighbours share them, so each is worked out once.

    `parts`: by person (id) where plans have placed them.
    """

    def __init__(
        self, rows: Iterable[SittingOfRound], now: datetime, parts: Mapping[int, Sequence[Part]] = NO_PARTS
    ) -> None:
        self._now = now
        self._parts = parts
        self._by_round: dict[tuple[str, str], list[SittingRead]] = defaultdict(list)
        for row in rows:
            self._by_round[row.programme_code, row.period].append(row.sitting)
        self._own: dict[tuple[object, ...], tuple[Sitting, ...]] = {}
        self._sittings: dict[tuple[int, Part | None], Sitting] = {}
        self._begun: dict[tuple[object, ...], bool] = {}
        self._next: dict[tuple[object, ...], tuple[Sitting | None, Sitting | None]] = {}

    def next_or_missed(self, entry: Entry) -> tuple[Sitting | None, Sitting | None]:
        """The next sitting of an entry, or the one it missed."""
        if not collects(entry):
            return (None, None)
        key = self._for_whom(entry)
        found = self._next.get(key)
        if found is None:
            found = self._next[key] = next_or_missed(self._of(entry), self._now)
        return found

    def has_begun(self, entry: Entry) -> bool:
        """Whether a sitting of this entry is over or running."""
        if not collects(entry):
            return False
        key = self._for_whom(entry)
        begun = self._begun.get(key)
        if begun is None:
            begun = self._begun[key] = any(sitting.starts <= self._now for sitting in self._of(entry))
        return begun

    def _of(self, entry: Entry) -> tuple[Sitting, ...]:
        key, person = self._for_whom(entry), entry.row.person
        own = self._own.get(key)
        if own is None:
            placed = {part.plan_id: part for part in self._parts.get(person.id, ())}
            around = [
                sitting.placed(placed[sitting.plan_id]) if sitting.plan_id in placed else sitting
                for sitting in self._by_round[entry.row.programme_code, entry.row.period]
                if sitting.rw in (None, person.rw) and sitting.rt in (None, person.rt)
            ]
            own = tuple(self._sitting(sitting) for sitting in own_sittings(around, care=bool(person.care)))
            self._own[key] = own
        return own

    def _sitting(self, sitting: SittingRead) -> Sitting:
        return self._sittings.setdefault((sitting.id, sitting.part), sitting_of(sitting))

    def _for_whom(self, entry: Entry) -> tuple[object, ...]:
        """What tells whose sittings are an entry's."""
        row, person = entry.row, entry.row.person
        return (row.programme_code, row.period, person.rw, person.rt, person.care, *self._parts.get(person.id, ()))


@dataclass(frozen=True, repr=False)
class Neighbours:
    """Everyone's entries in an area, `in_order`, with what filters, sorts and shows them."""

    entries: Sequence[Entry]
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
            found = [entry for entry in found if part and part in entry.letters]
        return found

    def is_waiting(self, entry: Entry) -> bool:
        """Not collected, though there was a sitting; or the money went back, or its payment failed."""
        return entry.state in NOT_COLLECTED or (entry.state is LineState.DUE and self.sittings.has_begun(entry))

    def marked(self, entry: Entry) -> tuple[MarkKind, ...]:
        """What stands marked of the person, under whichever of their rows."""
        if not self.marks:
            return ()
        kinds = (kind for row in entry.rows for kind in self.marks.get(row, ()))
        return tuple(dict.fromkeys(kinds))

    def needs_care(self, entry: Entry) -> bool:
        """By the list, or by a mark."""
        return bool(entry.row.person.care) or MarkKind.HOME_DELIVERY in self.marked(entry)

    def sorted(self, found: Sequence[Entry], sort: Sort) -> Sequence[Entry]:
        """In the order asked for; within it as they are, by RW, RT and name."""
        if sort is Sort.NAME:
            return sorted(found, key=attrgetter("name"))
        if sort is Sort.STATE:
            return sorted(found, key=lambda entry: _STATES[entry.state])
        return sorted(found, key=self._day) if sort is Sort.DATE else found

    def _day(self, entry: Entry) -> tuple[bool, float]:
        sitting, _ = self.sittings.next_or_missed(entry)
        return (sitting is None, sitting.starts.timestamp() if sitting else 0.0)

    def line(
        self, entry: Entry, vault: Vault, sealed: Mapping[int, Closed], *, years: bool, doubles: Collection[int]
    ) -> Line:
        """One entry in full. `sealed`: by id of entitlement; `years`: whether the NIK is opened for the birth year."""
        row, off = entry.row, entry.state in (LineState.TAKEN_OFF, LineState.UNCLEAR)
        upcoming, missed = self.sittings.next_or_missed(entry)
        dropped = off and row.list_state != ListState.PUBLISHED
        return Line(
            entitlement=row.id,
            name=entry.name,
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
            paid_on=date.fromisoformat(entry.paid_on) if entry.paid_on else None,
            birth_year=birth_year(vault, sealed[row.id].sealed_numbers, row.person.id) if years else None,
            care=self.needs_care(entry),
            group=None if off else open_group(vault, sealed[row.id].sealed_group, row.id),
            marks=self.marked(entry) if self.marks_shown else (),
            double=row.person.id in doubles,
        )


def periods_to_collect(found: Iterable[Entry]) -> set[str]:
    """The periods of which something is still due."""
    return {entry.row.period for entry in found if entry.state is LineState.DUE}
