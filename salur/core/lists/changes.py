"""What publishing a list would change: who is new, drops out, has moved or gets another amount, by kelurahan and RW.

Two rows are one person's by the NIK, else by the KK number, else by the letter code: an office's slip in a NIK makes
nobody new, and drops nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from salur.core.lists.answers import Change, Counts, Place
from salur.core.lists.kinds import LOOKED_AT, Coverage, ListState, State, Unit
from salur.core.lists.periods import last_day
from salur.core.lists.superseding import is_covered, overlapping, units_covered
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ListRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.regions import RegionRow

NUMBERS = 3  # of a row: the indexes of NIK, KK number and letter code


class Listed(NamedTuple):
    """Someone on a list, who is not taken off there."""

    nik: bytes | None
    kk: bytes | None
    letter: bytes | None
    region_code: str | None
    rw: int | None
    rt: int | None
    amount: int | None


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
    stepping_back: list[Listed] = []
    staying: list[Listed] = []
    for id in connection.execute(in_force.order_by(ListRow.id)).scalars().all():
        for person in people_of(connection, EntitlementRow.list_id == id):
            (stepping_back if id in whole or covers.holds(person) else staying).append(person)
    places, names = named(connection, compared(stepping_back, staying, after), units)
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
        without_number=sum(not any(person[:NUMBERS]) for person in after),
        elsewhere=sum(not covers.holds(person) for person in after),
        names=names,
        period_over=last_day(row.period) < today,
    )


def basis_of(connection: Connection, row: AnyRow) -> list[tuple[int, int]]:
    """What a change was compared with: nothing but these lists in force, each with so many people."""
    in_force = (ListRow.programme_code == row.programme_code, ListRow.state == ListState.PUBLISHED)
    found = connection.execute(select(ListRow.id, ListRow.people).where(*in_force).order_by(ListRow.id))
    return [(id, people) for id, people in found]


class _Covers:
    """Whether somebody lives where a list covers."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = frozenset(units)

    def holds(self, person: Listed) -> bool:
        """Whether their kelurahan, RW or RT is among the places."""
        code, rw, rt = person.region_code or "", person.rw or 0, person.rt or 0
        return not self._units.isdisjoint((Unit(code), Unit(code, rw), Unit(code, rw, rt)))


Places = dict[tuple[str | None, int | None], Counts]


def compared(before: Sequence[Listed], staying: Sequence[Listed], after: Sequence[Listed]) -> Places:
    """The counts of each RW. Whoever stays on another list in force drops out of nothing, and is new nowhere."""
    places: Places = defaultdict(Counts)
    partners = _partners([*before, *staying], after)
    known = {id(old) for old in partners.values()}
    still = _partners(staying, [old for old in before if id(old) not in known])
    niks = Counter(person.nik for person in after)
    standing = Counter(person.nik for person in staying)
    told: set[object] = set()
    for person in after:
        counts = places[person.region_code, person.rw]
        counts.after += 1
        counts.doubled += person.nik is not None and niks[person.nik] + standing[person.nik] > 1
        old = partners.get(id(person))
        if old is None:
            counts.new += 1
        else:
            moved, other_amount = (
                (old.region_code, old.rw) != (person.region_code, person.rw),
                old.amount != person.amount,
            )
            counts.moved += moved
            counts.amount_changed += other_amount
            if not (moved or other_amount):
                continue
        counts.families += _is_first(person, told)
    for person in before:
        counts = places[person.region_code, person.rw]
        counts.before += 1
        one_nik = person.nik is not None and person.nik in niks  # one that stood twice is one
        dropped = any(person[:NUMBERS]) and not (id(person) in known or id(person) in still or one_nik)
        counts.dropped += dropped
        if dropped:
            counts.families += _is_first(person, told)
    return places


def _is_first(person: Listed, told: set[object]) -> bool:
    """Whether nobody of the family was met before; who has no KK number is a family by himself."""
    family = person.kk or person.nik or person.letter or id(person)
    before = len(told)
    told.add(family)
    return len(told) > before


def _partners(old: Sequence[Listed], new: Sequence[Listed]) -> dict[int, Listed]:
    """By identity of the new row the old row that is the same person's; each old row is given once."""
    partners: dict[int, Listed] = {}
    taken: set[int] = set()
    for number in range(NUMBERS):
        waiting: dict[object, list[Listed]] = defaultdict(list)
        for row in old:
            if row[number] is not None and id(row) not in taken:
                waiting[row[number]].append(row)
        for row in new:
            if row[number] is not None and id(row) not in partners and waiting.get(row[number]):
                partners[id(row)] = found = waiting[row[number]].pop(0)
                taken.add(id(found))
    return partners


def people_of(connection: Connection, *which: ColumnElement[bool]) -> list[Listed]:
    """Those of these entitlements who are not taken off."""
    columns = (PersonRow.nik_index, PersonRow.kk_index, EntitlementRow.letter_index, PersonRow.region_code)
    statement = (
        select(*columns, PersonRow.rw, PersonRow.rt, EntitlementRow.amount)
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .where(*which, EntitlementRow.state != State.TAKEN_OFF)
        .order_by(EntitlementRow.id)
    )
    return [Listed._make(row) for row in connection.execute(statement)]


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
