"""What publishing a list would change: who is new, drops out, has moved or gets another amount, by kelurahan and RW.

Two rows are one person's by the NIK, else by the KK number, else by the letter code: an office's slip in a NIK makes
nobody new, and drops nobody.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select

from salur.core.lists.answers import Change, Counts, Place
from salur.core.lists.importing.parts import pairs, parts
from salur.core.lists.kinds import LOOKED_AT, Coverage, ListState, State, Unit
from salur.core.lists.layout import looks_like
from salur.core.lists.periods import last_day
from salur.core.lists.superseding import is_covered, overlapping, units_covered
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ListRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.regions import RegionRow

NUMBERS = 3  # of a row: the indexes of NIK, KK number and letter code
NIK, KK, LETTER = range(NUMBERS)
KEY = 8  # bytes of an index that tell it from a million others
NOTHING = -1
AT_ONCE = 5_000  # rows that are fetched together


def change_of(connection: Connection, row: AnyRow, today: date) -> Change:
    """Compare a draft with what is in force of its programme."""
    units = units_covered(connection, row.id)
    around = overlapping(connection, row)
    whole = {other.id for other, theirs, both in around if is_covered(theirs, both)}
    after = people_of(connection, EntitlementRow.list_id == row.id)
    in_force = select(ListRow.id).where(
        ListRow.programme_code == row.programme_code, ListRow.state == ListState.PUBLISHED, ListRow.id != row.id
    )
    covers = _Covers(units)
    before, staying = People(), People()
    for id in connection.execute(in_force.order_by(ListRow.id)).scalars().all():
        for person in _rows(connection, EntitlementRow.list_id == id):
            *_, home, _ = person
            (before if id in whole or covers.holds(home) else staying).add(*person)
    places, names = named(connection, compared(before, staying, after), units)
    return Change(
        list=row.id,
        coverage=Coverage(row.coverage),
        units=units,
        places=places,
        replaces=tuple(other.id for other, _, _ in around if other.id in whole),
        in_part=tuple(other.id for other, _, _ in around if other.id not in whole),
        states=states_of(connection, row.id),
        states_confirmed=bool(row.states_confirmed),
        notes=_notes(connection, row.id),
        without_number=sum(not after.has_number(row) for row in range(len(after))),
        elsewhere=sum(not covers.holds(home) for home in after.homes),
        names=names,
        period_over=last_day(row.period) < today,
        looks_like=looks_like(connection, row),
    )


def basis_of(connection: Connection, row: AnyRow) -> list[tuple[int, int, str]]:
    """What a change was compared with: nothing but these lists in force, each with so many people, since then.

    A correction that was taken back and written otherwise has as many people as before.
    """
    in_force = (ListRow.programme_code == row.programme_code, ListRow.state == ListState.PUBLISHED)
    columns = (ListRow.id, ListRow.people, ListRow.published_at)
    found = connection.execute(select(*columns).where(*in_force).order_by(ListRow.id))
    return [(id, people, str(since)) for id, people, since in found]


Home = tuple[str | None, int | None, int | None]  # region code, RW, RT
_Row = tuple[bytes | None, bytes | None, bytes | None, Home, int | None]
Places = dict[tuple[str | None, int | None], Counts]


class People:
    """People of lists who are not taken off there, in the order of their rows; as columns, because they are many."""

    def __init__(self) -> None:
        self.numbers = tuple(array("Q") for _ in range(NUMBERS))  # 0: none
        self.homes: list[Home] = []
        self.amounts = array("q")

    def __len__(self) -> int:
        return len(self.homes)

    def add(self, nik: bytes | None, kk: bytes | None, letter: bytes | None, home: Home, amount: int | None) -> None:
        """One more."""
        for column, number in zip(self.numbers, (nik, kk, letter), strict=True):
            column.append(0 if number is None else int.from_bytes(number[:KEY]))
        self.homes.append(home)
        self.amounts.append(NOTHING if amount is None else amount)

    def extend(self, others: People) -> None:
        """The others behind them."""
        for column, theirs in zip(self.numbers, others.numbers, strict=True):
            column.extend(theirs)
        self.homes += others.homes
        self.amounts.extend(others.amounts)

    def has_number(self, row: int) -> bool:
        """Whether there is a number by which a row could be found again."""
        return any(column[row] for column in self.numbers)

    def family(self, row: int) -> int:
        """What stands for the family of a row; 0 for who has no number at all."""
        return self.numbers[KK][row] or self.numbers[NIK][row] or self.numbers[LETTER][row]


class _Covers:
    """Whether somebody lives where a list covers."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = frozenset(units)
        self._known: dict[Home, bool] = {}

    def holds(self, home: Home) -> bool:
        """Whether their kelurahan, RW or RT is among the places."""
        if (known := self._known.get(home)) is None:
            code, rw, rt = home[0] or "", home[1] or 0, home[2] or 0
            known = not self._units.isdisjoint((Unit(code), Unit(code, rw), Unit(code, rw, rt)))
            self._known[home] = known
        return known


def compared(before: People, staying: People, after: People) -> Places:
    """The counts of each RW. Whoever stays on another list in force drops out of nothing, and is new nowhere."""
    places: Places = defaultdict(Counts)
    ended, old = range(len(before)), before
    old.extend(staying)
    others = range(len(ended), len(old))
    partners, known = _partners(old, range(len(old)), after, range(len(after)))
    still, _ = _partners(old, others, old, (row for row in ended if not known[row]))
    doubled, stands_in_both = _niks(old, ended, others, after)
    told: set[int] = set()
    for row in range(len(after)):
        code, rw, _ = after.homes[row]
        counts = places[code, rw]
        counts.after += 1
        counts.doubled += doubled[row]
        if (partner := partners[row]) == NOTHING:
            counts.new += 1
        else:
            moved = old.homes[partner][:2] != (code, rw)
            other_amount = old.amounts[partner] != after.amounts[row]
            counts.moved += moved
            counts.amount_changed += other_amount
            if not (moved or other_amount):
                continue
        # Each family is counted where it is met first; who has no number is a family by himself.
        if family := after.family(row):
            counts.families += family not in told
            told.add(family)
        else:
            counts.families += 1
    for row in ended:
        code, rw, _ = old.homes[row]
        counts = places[code, rw]
        counts.before += 1
        found = known[row] or still[row] != NOTHING or stands_in_both[row]  # one that stood twice is one
        if old.has_number(row) and not found:
            counts.dropped += 1
            family = old.family(row)
            counts.families += family not in told
            told.add(family)
    return places


def _partners(old: People, olds: Iterable[int], new: People, news: Iterable[int]) -> tuple[array[int], bytearray]:
    """For each new row the old row that is the same person's, which is given once; and which old rows were given."""
    partners, taken = array("q", [NOTHING]) * len(new), bytearray(len(old))
    olds, news = list(olds), list(news)
    for number in range(NUMBERS):
        free = (row for row in olds if not taken[row])
        alone = (row for row in news if partners[row] == NOTHING)
        for theirs, ours in zip(parts(old.numbers[number], free), parts(new.numbers[number], alone), strict=True):
            waiting: dict[int, list[int]] = defaultdict(list)
            for key, row in reversed(list(pairs(theirs))):
                waiting[key].append(row)
            for key, row in pairs(ours):
                if found := waiting.get(key):
                    partners[row] = found.pop()
                    taken[partners[row]] = True
    return partners, taken


def _niks(old: People, ended: Iterable[int], staying: Iterable[int], new: People) -> tuple[bytearray, bytearray]:
    """Of new rows, whether their NIK will stand more than once; of old ones, whether theirs stands among the new."""
    doubled, stands = bytearray(len(new)), bytearray(len(old))
    ours, theirs = new.numbers[NIK], old.numbers[NIK]
    for mine, gone, other in zip(
        parts(ours, range(len(new))), parts(theirs, ended), parts(theirs, staying), strict=True
    ):
        times = Counter(key for key, _ in pairs(mine))
        elsewhere = Counter(key for key, _ in pairs(other))
        for key, row in pairs(mine):
            doubled[row] = times[key] + elsewhere[key] > 1
        for key, row in pairs(gone):
            stands[row] = key in times
    return doubled, stands


def people_of(connection: Connection, *which: ColumnElement[bool]) -> People:
    """Those of these entitlements who are not taken off."""
    found = People()
    for person in _rows(connection, *which):
        found.add(*person)
    return found


def _rows(connection: Connection, *which: ColumnElement[bool]) -> Iterator[_Row]:
    """As `People.add` takes them."""
    columns = (PersonRow.nik_index, PersonRow.kk_index, EntitlementRow.letter_index, PersonRow.region_code)
    statement = (
        select(*columns, PersonRow.rw, PersonRow.rt, EntitlementRow.amount)
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .where(*which, EntitlementRow.state != State.TAKEN_OFF)
        .order_by(EntitlementRow.id)
        .execution_options(yield_per=AT_ONCE)
    )
    homes: dict[Home, Home] = {}
    for nik, kk, letter, code, rw, rt, amount in connection.execute(statement):
        home = (code, rw, rt)
        yield nik, kk, letter, homes.setdefault(home, home), amount


def states_of(connection: Connection, list_id: int) -> dict[tuple[str, str | None], int]:
    """Whom a list takes off or suspends, by state and reason."""
    statement = (
        select(EntitlementRow.state, EntitlementRow.reason, func.count())
        .where(EntitlementRow.list_id == list_id, EntitlementRow.state.in_(LOOKED_AT))
        .group_by(EntitlementRow.state, EntitlementRow.reason)
    )
    return {(state, reason): count for state, reason, count in connection.execute(statement)}


def _notes(connection: Connection, list_id: int) -> int:
    kept = select(func.count()).where(EntitlementRow.list_id == list_id, EntitlementRow.sealed_note.is_not(None))
    return int(connection.execute(kept).scalar_one())


def named(
    connection: Connection, places: Places, units: Iterable[Unit] = ()
) -> tuple[tuple[Place, ...], dict[str, str]]:
    """The places in order, and the names of their kelurahan and of these units, by code."""
    codes = {code for code, _ in places if code} | {unit.region_code for unit in units}
    found = connection.execute(select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(sorted(codes))))
    names = {row.code: row.name for row in found}
    ordered = sorted(places.items(), key=lambda item: (item[0][0] or "~", item[0][1] or 0))
    return tuple(Place(code, names.get(code or ""), rw, counts) for (code, rw), counts in ordered), names
