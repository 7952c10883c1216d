"""What a list in force does to others: where both cover a place, the later one speaks, and the earlier one steps back.

A list that is covered wholly steps back as it is. Of one that is covered in part, the people of that part become a
list of their own, which steps back; the rest stays in force. So the state of a list is true of all its people, and
nobody is taken off by a list that does not cover where they live.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, Delete, delete, insert, select, update
from sqlalchemy.orm import aliased

from salur.core.lists.coverage import within
from salur.core.lists.kinds import ListState, Unit
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import CoverageRow, ListRow
from salur.core.tables.people import EntitlementRow, PersonRow

AT_ONCE = 200  # places in one statement
# What a part of a list has of its own; the rest it says as the whole does.
OWN = ("id", "people", "faults", "refused", "header", "part_of")

_listed = aliased(EntitlementRow, name="listed")

Ending = Mapping[str, object]  # the columns of a list that ends: state, when, why, superseded by what


def units_covered(connection: Connection, id: int) -> tuple[Unit, ...]:
    """The places a list covers."""
    columns = select(CoverageRow.region_code, CoverageRow.rw, CoverageRow.rt).where(CoverageRow.list_id == id)
    return tuple(Unit(*row) for row in connection.execute(columns.order_by(*columns.selected_columns)))


def cover(connection: Connection, id: int, programme: str, units: Sequence[Unit]) -> None:
    """Write down what a list covers; it speaks there when it is put in force."""
    rows = [{"list_id": id, "programme_code": programme, **unit._asdict(), "in_force": False} for unit in units]
    if rows:
        connection.execute(insert(CoverageRow), rows)


def overlapping(connection: Connection, row: AnyRow) -> list[tuple[AnyRow, tuple[Unit, ...], tuple[Unit, ...]]]:
    """The lists in force of the same programme that cover a place this one covers: with their own and these places."""
    own = units_covered(connection, row.id)
    regions = {unit.region_code for unit in own}
    lists = select(ListRow.__table__).where(
        ListRow.programme_code == row.programme_code, ListRow.state == ListState.PUBLISHED, ListRow.id != row.id
    )
    found = []
    for other in connection.execute(lists.order_by(ListRow.id)).all():
        theirs = units_covered(connection, other.id)
        if not regions.isdisjoint(unit.region_code for unit in theirs) and (both := _shared(own, theirs)):
            found.append((other, theirs, both))
    return found


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
    part = _take_part(connection, row, shared, ending)
    for unit in covered:
        if any(other.holds(unit) for other in shared):
            connection.execute(_unit(row.id, unit))
    left = select(EntitlementRow.id).where(EntitlementRow.list_id == row.id).limit(1)
    if connection.execute(left).scalar() is None:
        end(connection, row.id, ending)
    return part


def end(connection: Connection, id: int, ending: Ending) -> None:
    """End a list. It speaks for nobody any more."""
    connection.execute(update(ListRow).where(ListRow.id == id).values(**ending))
    connection.execute(update(CoverageRow).where(CoverageRow.list_id == id).values(in_force=False))


def gather(connection: Connection, row: AnyRow) -> None:
    """Give a list back the parts that other lists took from it."""
    parts = select(ListRow.id).where(ListRow.part_of == row.id, ListRow.state == ListState.SUPERSEDED)
    ids = list(connection.execute(parts).scalars())
    for id in ids:
        gather(connection, connection.execute(select(ListRow.__table__).where(ListRow.id == id)).one())
        own, theirs = units_covered(connection, row.id), units_covered(connection, id)
        cover(connection, row.id, row.programme_code, [u for u in theirs if not any(o.holds(u) for o in own)])
        moved = connection.execute(update(EntitlementRow).where(EntitlementRow.list_id == id).values(list_id=row.id))
        _count(connection, row.id, moved.rowcount)
        connection.execute(delete(CoverageRow).where(CoverageRow.list_id == id))
        connection.execute(update(ListRow).where(ListRow.part_of == id).values(part_of=row.id))
        connection.execute(delete(ListRow).where(ListRow.id == id))


def _take_part(connection: Connection, row: AnyRow, units: Sequence[Unit], ending: Ending) -> int | None:
    """Make the people of these places a list of their own, which has ended; None when there is nobody."""
    theirs = [
        select(_listed.id)
        .join(PersonRow, PersonRow.id == _listed.person_id)
        .where(_listed.list_id == row.id, within(some))
        for some in _portions(units)
    ]
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
