"""What a list in force does to others: where both cover a place, the later one speaks, and the earlier one steps back.

A list that is covered wholly steps back as it is. Of one that is covered in part, the people of that part become a
list of their own, which steps back; the rest stays in force. So the state of a list is true of all its people, and
nobody is taken off by a list that does not cover where they live.

What corrects a list (`corrections`) covers nothing itself: it steps back with the list that it corrects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Delete, delete, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from salur.core.lists.coverage import within
from salur.core.lists.kinds import ListState, Unit
from salur.core.storage.database import AnyRow
from salur.core.storage.statements import AnySelect
from salur.core.tables.lists import CoverageRow, ListRow
from salur.core.tables.people import EntitlementRow, PersonRow

AT_ONCE = 200  # places in one statement
# What a part of a list has of its own; the rest it says as the whole does.
OWN = ("id", "people", "faults", "refused", "header", "part_of")

_listed, _correcting = aliased(EntitlementRow, name="listed"), aliased(EntitlementRow, name="correcting")

Ending = Mapping[str, object]  # the columns of a list that ends: state, when, why, superseded by what
Overlap = tuple[AnyRow, tuple[Unit, ...], tuple[Unit, ...]]


def units_covered(connection: Connection, id: int) -> tuple[Unit, ...]:
    """The places a list covers."""
    columns = select(CoverageRow.region_code, CoverageRow.rw, CoverageRow.rt).where(CoverageRow.list_id == id)
    return tuple(Unit(*row) for row in connection.execute(columns.order_by(*columns.selected_columns)))


def cover(connection: Connection, id: int, programme: str, units: Sequence[Unit]) -> None:
    """Write down what a list covers; it speaks there when it is put in force."""
    rows = [{"list_id": id, "programme_code": programme, **unit._asdict(), "in_force": False} for unit in units]
    if rows:
        connection.execute(insert(CoverageRow), rows)


def overlapping(connection: Connection, row: AnyRow) -> list[Overlap]:
    """The lists in force of the same programme that cover a place this one covers: with their own and these places.

    After them what corrects them, with the places of all that is left of the list it corrects.
    """
    own = units_covered(connection, row.id)
    regions = {unit.region_code for unit in own}
    lists = select(ListRow.__table__).where(*in_force_of(row.programme_code), ListRow.id != row.id)
    found: list[Overlap] = []
    corrections: list[AnyRow] = []
    covered: dict[int, list[Unit]] = defaultdict(list)
    shared: dict[int, list[Unit]] = defaultdict(list)
    for other in connection.execute(lists.order_by(ListRow.id)).all():
        if other.corrects is not None:
            corrections.append(other)
            continue
        theirs, root = units_covered(connection, other.id), root_of(connection, other)
        covered[root] += theirs
        if not regions.isdisjoint(unit.region_code for unit in theirs) and (both := _shared(own, theirs)):
            found.append((other, theirs, both))
            shared[root] += both
    return found + [
        (one, tuple(covered[one.corrects]), tuple(shared[one.corrects])) for one in corrections if shared[one.corrects]
    ]


def in_force_of(programme: str) -> tuple[ColumnElement[bool], ...]:
    """Of `recipient_list`: what is in force of a programme."""
    return ListRow.programme_code == programme, ListRow.state == ListState.PUBLISHED


def root_of(connection: Connection, row: AnyRow) -> int:
    """The list as which somebody began: of a part of a list the whole, of a correction the list that it corrects."""
    while row.part_of is not None and row.corrects is None:
        row = connection.execute(select(ListRow.__table__).where(ListRow.id == row.part_of)).one()
    return int(row.corrects or row.id)


def left_of(connection: Connection, root: int) -> tuple[Unit, ...]:
    """The places where a list, or a part of it, speaks still."""
    programme = connection.execute(select(ListRow.programme_code).where(ListRow.id == root)).scalar_one()
    there = select(ListRow.__table__).where(*in_force_of(programme), ListRow.corrects.is_(None))
    rows = [row for row in connection.execute(there).all() if root_of(connection, row) == root]
    return tuple(unit for row in rows for unit in units_covered(connection, row.id))


def is_covered(units: Sequence[Unit], by: Sequence[Unit]) -> bool:
    """Whether each of these places lies in one of the others."""
    return all(any(other.holds(unit) for other in by) for unit in units)


def step_back(
    connection: Connection, row: AnyRow, covered: Sequence[Unit], shared: Sequence[Unit], ending: Ending
) -> int | None:
    """End a list where another covers it: as a whole, or the part of it. Gives the list that ended; None: nobody's."""
    if is_covered(covered, shared):
        end(connection, row.id, ending)
        return int(row.id)
    part = _take_part(connection, row, _living_in(row.id, shared), ending, () if row.corrects else shared)
    for unit in covered:
        if any(other.holds(unit) for other in shared):
            connection.execute(_unit(row.id, unit))
    still = or_(ListRow.id == row.id, (ListRow.corrects == row.id) & (ListRow.state == ListState.PUBLISHED))
    left = select(EntitlementRow.id).join(ListRow, ListRow.id == EntitlementRow.list_id).where(still).limit(1)
    if connection.execute(left).scalar() is None:
        end(connection, row.id, ending)
    return part


def take_rows(connection: Connection, row: AnyRow, by: int, ending: Ending) -> int | None:
    """Make the people of a list whom a correction speaks of a list of their own, which has ended.

    The other stays in force, were there nobody left of it: it speaks for the places that it covers.
    """
    theirs = select(_listed.id).join(_correcting, _correcting.corrects == _listed.id)
    return _take_part(connection, row, [theirs.where(_listed.list_id == row.id, _correcting.list_id == by)], ending, ())


def end(connection: Connection, id: int, ending: Ending) -> None:
    """End a list. It speaks for nobody any more."""
    connection.execute(update(ListRow).where(ListRow.id == id).values(**ending))
    connection.execute(update(CoverageRow).where(CoverageRow.list_id == id).values(in_force=False))


def gather(connection: Connection, row: AnyRow) -> None:
    """Give a list back the parts that other lists took from it; not the people whom a correction speaks of."""
    other = aliased(ListRow, name="taker")
    parts = (
        select(ListRow.id)
        .outerjoin(other, other.id == ListRow.superseded_by)
        .where(ListRow.part_of == row.id, ListRow.state == ListState.SUPERSEDED, other.corrects.is_(None))
    )
    for id in connection.execute(parts).scalars().all():
        gather(connection, connection.execute(select(ListRow.__table__).where(ListRow.id == id)).one())
        own, theirs = units_covered(connection, row.id), units_covered(connection, id)
        cover(connection, row.id, row.programme_code, [u for u in theirs if not any(o.holds(u) for o in own)])
        join(connection, id, row.id)


def together_with(connection: Connection, row: AnyRow, root: int) -> Sequence[AnyRow]:
    """What corrects a list, and is in force as this part of it is, or ended in the same step; wholes first."""
    same = ListRow.superseded_by == row.superseded_by
    if row.superseded_by is None:
        same = ListRow.superseded_by.is_(None) & (ListRow.ended_at == row.ended_at)
    theirs = (ListRow.corrects == root, ListRow.state == row.state, ListRow.published_at.is_not(None), same)
    found = select(ListRow.__table__).where(*theirs)
    return connection.execute(found.order_by(ListRow.part_of.is_not(None), ListRow.id)).all()


def set_apart(connection: Connection, row: AnyRow, units: Sequence[Unit] | None = None) -> int | None:
    """Make those of a correction that ended who live in these places, or all, a part of it that ended as it did.

    Gives the part, which is itself where it is a part and nobody lives elsewhere; None: nobody's.
    """
    theirs = [select(_listed.id).where(_listed.list_id == row.id)] if units is None else _living_in(row.id, units)
    if row.part_of is not None and _number(connection, theirs) == row.people:
        return int(row.id) if row.people else None
    ending = {name: row._mapping[name] for name in ("state", "ended_at", "ended_why", "superseded_by")}
    part = _take_part(connection, row, theirs, ending, ())
    if part is not None and row.part_of is not None:
        connection.execute(update(ListRow).where(ListRow.id == part).values(part_of=row.part_of))
    return part


def join(connection: Connection, part: int, whole: int) -> None:
    """Let a part of a list be no list of its own any more."""
    moved = connection.execute(update(EntitlementRow).where(EntitlementRow.list_id == part).values(list_id=whole))
    _count(connection, whole, moved.rowcount)
    connection.execute(delete(CoverageRow).where(CoverageRow.list_id == part))
    connection.execute(update(ListRow).where(ListRow.part_of == part).values(part_of=whole))
    connection.execute(delete(ListRow).where(ListRow.id == part))


def _living_in(id: int, units: Sequence[Unit]) -> list[AnySelect]:
    return [
        select(_listed.id).join(PersonRow, PersonRow.id == _listed.person_id).where(_listed.list_id == id, within(some))
        for some in _portions(units)
    ]


def _number(connection: Connection, theirs: Sequence[AnySelect]) -> int:
    return sum(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one() for some in theirs)


def _take_part(
    connection: Connection, row: AnyRow, theirs: Sequence[AnySelect], ending: Ending, units: Sequence[Unit]
) -> int | None:
    """Make these people a list of their own, which has ended and covers these places; None when there is nobody."""
    if all(connection.execute(some.limit(1)).scalar() is None for some in theirs):
        return None
    values = {name: value for name, value in row._mapping.items() if name not in OWN}
    values |= {"people": 0, "faults": 0, "refused": 0, "part_of": row.id, **ending}
    part = int(connection.execute(insert(ListRow).values(values).returning(ListRow.id)).scalar_one())
    cover(connection, part, row.programme_code, units)
    moved = 0
    for some in theirs:
        change = update(EntitlementRow).where(EntitlementRow.id.in_(some)).values(list_id=part)
        moved += connection.execute(change).rowcount
    _count(connection, part, moved)
    _count(connection, row.id, -moved)
    return part


def _count(connection: Connection, id: int, more: int) -> None:
    connection.execute(update(ListRow).where(ListRow.id == id).values(people=ListRow.people + more))


def _unit(id: int, unit: Unit) -> Delete:
    same = (CoverageRow.region_code == unit.region_code, CoverageRow.rw == unit.rw, CoverageRow.rt == unit.rt)
    return delete(CoverageRow).where(CoverageRow.list_id == id, *same)


def _shared(one: Sequence[Unit], other: Sequence[Unit]) -> tuple[Unit, ...]:
    """The places that lie in both: of two the narrower one."""
    by_region: dict[str, list[Unit]] = {}
    for unit in other:
        by_region.setdefault(unit.region_code, []).append(unit)
    both = {
        theirs if unit.holds(theirs) else unit
        for unit in one
        for theirs in by_region.get(unit.region_code, ())
        if unit.holds(theirs) or theirs.holds(unit)
    }
    return tuple(sorted(both))


def _portions(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    return (units[start : start + AT_ONCE] for start in range(0, len(units), AT_ONCE))
