"""What lists in force hold that may be of people who seem gone: the statements of `still_listed`."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, aliased

from salur.core.lists.kinds import ListState
from salur.core.people.families import are_family
from salur.core.regions.region import VILLAGE
from salur.core.storage.prepared import PreparedForMany, columns_of, constant
from salur.core.storage.statements import AnySelect, AnyUnion, Binds
from salur.core.tables.lists import FaultRow, ListRow
from salur.core.tables.people import EntitlementRow, PersonRow

MOST_REFUSED = 2_000  # rows; where more were refused, anybody may be among them
# Of an entitlement, if its list is in force. Joined instead, SQLite would go through all lists first.
_in_force = (
    select(ListRow.programme_code)
    .where(ListRow.id == EntitlementRow.list_id, ListRow.state == constant(ListState.PUBLISHED))
    .correlate(EntitlementRow)
    .scalar_subquery()
)


class Under(NamedTuple):
    """Someone on a list, under one of the numbers asked for. No programme: the list is not in force."""

    number: bytes
    id: int
    nik_index: bytes | None
    kk_index: bytes | None
    sealed_names: bytes
    programme_code: str | None


class NextDoor(NamedTuple):
    """Someone without a NIK on a list, in the RT of the person `own_id`, as far as RW and RT are known."""

    own_id: int
    id: int
    sealed_names: bytes
    programme_code: str | None


class Lettered(NamedTuple):
    """Someone on a list in force, under a letter code that the person `own_id` had."""

    own_id: int
    id: int
    nik_index: bytes | None
    kk_index: bytes | None
    sealed_names: bytes
    programme_code: str | None


class Nowhere(NamedTuple):
    """Someone on a list, with neither a NIK nor a kelurahan that could be read."""

    list_id: int
    id: int
    sealed_names: bytes


class Sealed(NamedTuple):
    """The numbers of someone, sealed."""

    id: int
    sealed_numbers: bytes | None


class RefusedRow(NamedTuple):
    """A row that the import refused."""

    id: int
    list_id: int
    sealed_cells: bytes


def _under(numbers: Binds) -> AnyUnion:
    """Who stands on lists under these NIKs and KK numbers; not under one that was copied down a column."""
    families = (
        select(PersonRow.kk_index)
        .where(PersonRow.kk_index.in_(numbers))
        .group_by(PersonRow.kk_index)
        .having(are_family(PersonRow.nik_index, PersonRow.id))
    )

    def listed(number: InstrumentedAttribute[bytes | None]) -> AnySelect:
        columns = columns_of(
            Under,
            number=number,
            id=PersonRow.id,
            nik_index=PersonRow.nik_index,
            kk_index=PersonRow.kk_index,
            sealed_names=PersonRow.sealed_names,
            programme_code=_in_force,
        )
        return select(*columns).join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)

    # Two statements: under "or" PostgreSQL would read the whole table.
    by_card = listed(PersonRow.kk_index).where(PersonRow.kk_index.in_(families))
    return union(by_card, listed(PersonRow.nik_index).where(PersonRow.nik_index.in_(numbers)))


def _next_door(people: Binds) -> AnySelect:
    """Who stands without NIK on lists, in the RT of these people; where an RW or RT is unknown, in any."""
    own = aliased(PersonRow, name="own")

    def alike(one: InstrumentedAttribute[int | None], other: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
        return or_(one == other, one.is_(None), other.is_(None))

    same_region = PersonRow.region_code == own.region_code
    same_rt = same_region & alike(PersonRow.rw, own.rw) & alike(PersonRow.rt, own.rt)
    columns = columns_of(
        NextDoor, own_id=own.id, id=PersonRow.id, sealed_names=PersonRow.sealed_names, programme_code=_in_force
    )
    return (
        select(*columns)
        .select_from(own)
        .join(PersonRow, same_rt)
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        # Else SQLite would take everybody without a NIK by the index of NIKs, which is a whole carrier's list.
        .where(own.id.in_(people), func.length(PersonRow.nik_index).is_(None))
    )


def _lettered(people: Binds) -> AnySelect:
    """Who stands on lists in force under the letter codes that these people had."""
    own = aliased(EntitlementRow, name="own")
    columns = columns_of(
        Lettered,
        own_id=own.person_id,
        id=PersonRow.id,
        nik_index=PersonRow.nik_index,
        kk_index=PersonRow.kk_index,
        sealed_names=PersonRow.sealed_names,
        programme_code=_in_force,
    )
    return (
        select(*columns)
        .select_from(own)
        .join(EntitlementRow, EntitlementRow.letter_index == own.letter_index)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .where(own.person_id.in_(people))
    )


def _nowhere(lists: Binds) -> AnySelect:
    """Who stands on these lists with neither NIK nor kelurahan."""
    unknown = func.coalesce(func.length(PersonRow.region_code), constant(0)) < constant(VILLAGE)
    columns = columns_of(Nowhere, list_id=EntitlementRow.list_id, id=PersonRow.id, sealed_names=PersonRow.sealed_names)
    return (
        select(*columns)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .where(EntitlementRow.list_id.in_(lists), PersonRow.nik_index.is_(None), unknown)
        .limit(constant(MOST_REFUSED + 1))
    )


def _numbers(people: Binds) -> AnySelect:
    columns = columns_of(Sealed, id=PersonRow.id, sealed_numbers=PersonRow.sealed_numbers)
    return select(*columns).where(PersonRow.id.in_(people))


def _bearing(niks: Binds) -> AnySelect:
    """Who stands on lists under these NIKs."""
    columns = columns_of(
        Under,
        number=PersonRow.nik_index,
        id=PersonRow.id,
        nik_index=PersonRow.nik_index,
        kk_index=PersonRow.kk_index,
        sealed_names=PersonRow.sealed_names,
        programme_code=_in_force,
    )
    joined = select(*columns).join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
    return joined.where(PersonRow.nik_index.in_(niks))


def _refused(lists: Binds) -> AnySelect:
    """The rows of these lists that the import refused."""
    why = or_(*(FaultRow.codes.contains(constant(code)) for code in ("no_identity", "name_missing")))
    return (
        select(*columns_of(RefusedRow, id=FaultRow.id, list_id=FaultRow.list_id, sealed_cells=FaultRow.sealed_cells))
        .where(FaultRow.list_id.in_(lists), why)
        .limit(constant(MOST_REFUSED + 1))
    )


UNDER = PreparedForMany(_under, Under._make)
NEXT_DOOR = PreparedForMany(_next_door, NextDoor._make)
REFUSED = PreparedForMany(_refused, RefusedRow._make)
LETTERED = PreparedForMany(_lettered, Lettered._make)
NOWHERE = PreparedForMany(_nowhere, Nowhere._make)
NUMBERS = PreparedForMany(_numbers, Sealed._make)
BEARING = PreparedForMany(_bearing, Under._make)
