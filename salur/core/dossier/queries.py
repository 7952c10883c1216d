"""The statements behind a dossier. Each is bounded by the office's region: who lives there, or is on a list of it
without saying where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.orm import aliased

from salur.core.lists.kinds import ListState
from salur.core.payouts.queries import inside
from salur.core.storage.prepared import columns_of
from salur.core.storage.statements import AnyField, AnySelect
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow
from salur.core.tables.regions import RegionRow

AT_ONCE = 1_000
MOST_UNDER_ONE = 200  # rows under a number; one that was copied down a column is nobody's

_other = aliased(EntitlementRow, name="other")


class PersonFound(NamedTuple):
    """A row of `person`."""

    id: int
    nik_index: bytes | None
    kk_index: bytes | None
    region_code: str | None
    rw: int | None
    rt: int | None
    care: bool
    sealed_names: bytes
    sealed_numbers: bytes | None
    kelurahan: str | None


class EntryFound(NamedTuple):
    """What a list says of a person."""

    person_id: int
    sealed_names: bytes
    id: int
    list_id: int
    list_state: str
    programme: str
    programme_name: str
    period: str
    stage: str | None
    decree: str
    issued_on: date
    published_at: datetime | None
    corrects: int | None
    superseded_by: int | None
    state: str
    reason: str | None
    sealed_note: bytes | None
    amount: int | None
    paid: str | None
    paid_on: date | None
    paid_at: str | None


class Listed(NamedTuple):
    """Somebody on a list, of whom the name is not opened yet."""

    person_id: int
    sealed_names: bytes
    id: int


_person = columns_of(
    PersonFound,
    **{name: getattr(PersonRow, name) for name in PersonFound._fields[:-1]},
    kelurahan=RegionRow.name,
)
_entry = columns_of(
    EntryFound,
    person_id=PersonRow.id,
    sealed_names=PersonRow.sealed_names,
    id=EntitlementRow.id,
    list_id=ListRow.id,
    list_state=ListRow.state,
    programme=ListRow.programme_code,
    programme_name=ProgrammeRow.name,
    **{name: getattr(ListRow, name) for name in ("period", "decree", "issued_on", "published_at", "corrects")},
    superseded_by=ListRow.superseded_by,
    **{name: getattr(EntitlementRow, name) for name in ("stage", "state", "reason", "sealed_note", "amount")},
    paid=PaymentRow.state,
    paid_on=PaymentRow.on,
    paid_at=PaymentRow.at,
)


def entries(connection: Connection, region_code: str, *which: ColumnElement[bool]) -> list[EntryFound]:
    """What lists of the region say, the newest first."""
    statement = (
        select(*_entry)
        .select_from(EntitlementRow)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .where(inside(region_code), ListRow.state != ListState.LOADING, *which)
        .order_by(func.coalesce(ListRow.published_at, ListRow.imported_at).desc(), EntitlementRow.id.desc())
    )
    return [EntryFound._make(row) for row in connection.execute(statement)]


def people(connection: Connection, region_code: str, *which: ColumnElement[bool]) -> list[PersonFound]:
    """Rows of people on lists of the region."""
    listed = (
        select(EntitlementRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .where(EntitlementRow.person_id == PersonRow.id, inside(region_code))
        .correlate(PersonRow)
        .exists()
    )
    statement = select(*_person).outerjoin(RegionRow, RegionRow.code == PersonRow.region_code).where(*which, listed)
    return [PersonFound._make(row) for row in connection.execute(statement.limit(MOST_UNDER_ONE))]


def corrected_with(connection: Connection, ids: Collection[int]) -> set[int]:
    """The people (ids) whose entries correct, or are corrected by, those of these people."""
    other, mine = _other, EntitlementRow
    either = or_(other.corrects == mine.id, mine.corrects == other.id)
    found = select(other.person_id).join(mine, either).where(mine.person_id.in_(ids))
    return set(connection.execute(found).scalars())


def bears(index: bytes, *, letter: bool) -> ColumnElement[bool]:
    """Of an entry: that it is under a letter code, or its person under a NIK or KK number."""
    if letter:
        return EntitlementRow.letter_index == index
    # Two statements: under "or" PostgreSQL would read the whole table.
    by_nik = select(PersonRow.id).where(PersonRow.nik_index == index)
    return EntitlementRow.person_id.in_(by_nik.union(select(PersonRow.id).where(PersonRow.kk_index == index)))


def of_list(id: int) -> ColumnElement[bool]:
    """Of `recipient_list`: a list, with what corrects it in force."""
    return or_(ListRow.id == id, (ListRow.corrects == id) & (ListRow.state == ListState.PUBLISHED))


def count_listed(connection: Connection, region_code: str, id: int, kelurahan: str | None) -> int:
    """How many people a list has, in a kelurahan or in all."""
    return int(connection.execute(_listed(region_code, id, kelurahan, func.count())).scalar_one())


def listed(connection: Connection, region_code: str, id: int, kelurahan: str | None) -> Iterable[Listed]:
    """Everybody on a list, in a kelurahan or in all."""
    columns = (PersonRow.id, PersonRow.sealed_names, EntitlementRow.id)
    return map(Listed._make, connection.execute(_listed(region_code, id, kelurahan, *columns)))


def kelurahan_of(connection: Connection, region_code: str, id: int) -> tuple[tuple[str, str], ...]:
    """Code and name of the kelurahan whose people stand on a list."""
    codes = _listed(region_code, id, None, PersonRow.region_code).distinct()
    names = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(codes)).order_by(RegionRow.name)
    return tuple((row.code, row.name) for row in connection.execute(names))


def _listed(region_code: str, id: int, kelurahan: str | None, *columns: AnyField) -> AnySelect:
    statement = (
        select(*columns)
        .select_from(EntitlementRow)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .where(of_list(id), inside(region_code))
    )
    return statement if kelurahan is None else statement.where(PersonRow.region_code == kelurahan)
