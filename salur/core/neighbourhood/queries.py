"""The statements behind a neighbourhood's list: small ones, each by one index, put together here.

Joined into one, they make the database choose among many ways through, and it chooses badly where there are many lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, FromClause, Text, bindparam, cast, null, or_, select
from sqlalchemy.orm import aliased

from salur.core.lists.coverage import Speaker, Speakers, same_area, speakers_in
from salur.core.lists.kinds import ListState
from salur.core.marks.kinds import STANDING, MarkKind
from salur.core.officers.scope import Scope
from salur.core.storage.prepared import Prepared, PreparedForMany, columns_of, constant
from salur.core.storage.statements import AnySelect, Binds
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow, PaymentRow

_PUBLISHED, _SUPERSEDED = constant(ListState.PUBLISHED), constant(ListState.SUPERSEDED)
_SPEAKERS = Prepared(speakers_in(bindparam("village")), Speaker._make)
_now_list = aliased(ListRow, name="now_list")


class PersonRead(NamedTuple):
    """A person as a list writes them. Of someone elsewhere RW, RT and care are None."""

    id: int
    nik_index: bytes | None
    kk_index: bytes | None
    sealed_names: bytes
    rw: int | None
    rt: int | None
    care: bool | None


class _Entitlement(NamedTuple):
    """What a list says of a person, and what became of the money."""

    person_id: int
    id: int
    amount: int | None
    channel: str | None
    state: str
    list_id: int
    paid_state: str | None
    paid_on: str | None  # ISO 8601
    corrects: int | None


class _List(NamedTuple):
    """A list, and the newest one in force of its programme and area."""

    id: int
    state: str
    published_at: datetime
    programme_code: str
    programme_name: str
    period: str
    now_id: int | None
    now_period: str | None
    part_of: int | None
    corrects: int | None


class _Mark(NamedTuple):
    """A mark that stands."""

    person_id: int
    kind: str


class Row(NamedTuple):
    """A person's entry on one list."""

    person: PersonRead
    id: int  # of the entitlement
    amount: int | None
    channel: str | None
    state: str
    list_id: int
    list_state: str
    published_at: datetime
    programme_code: str
    programme_name: str
    period: str
    now_id: int | None  # the list in force of that programme where they live
    now_period: str | None
    paid_state: str | None
    paid_on: str | None  # ISO 8601
    corrects: int | None  # the entitlement in whose place this one stands
    list_corrects: int | None  # the list of which this one corrects a few people

    @property
    def bare(self) -> Row:
        """Without the sealed names and the indexes of numbers."""
        return self._replace(person=self.person._replace(nik_index=None, kk_index=None, sealed_names=b""))


def listed_rows(connection: Connection, scope: Scope) -> tuple[list[Row], list[Row]]:
    """What lists in force, and those of replaced ones that still matter, say of everyone in the scope; and of the rows
    elsewhere that bear the NIK of someone in it. In the order in which it was written.
    """
    shape, values = scope.shape, scope.values
    people, found = _people(**shape).run(connection, values), _entitlements(**shape).run(connection, values)
    others = _namesakes(**shape).run(connection, values)
    elsewhere = _namesakes_entitlements(**shape).run(connection, values) if others else []
    lists = _lists(connection, {row.list_id for row in (*found, *elsewhere)})
    speakers = Speakers(_SPEAKERS.run(connection, {"village": scope.territory.region_code}))
    return _rows(people, found, lists, speakers), _rows(others, elsewhere, lists, speakers)


@cache
def _people(*, rw: bool, rt: bool) -> Prepared[PersonRead]:
    return _prepared_people(Scope.to_prepare(rw=rw, rt=rt).people)


@cache
def _namesakes(*, rw: bool, rt: bool) -> Prepared[PersonRead]:
    return _prepared_people(Scope.to_prepare(rw=rw, rt=rt).namesakes)


@cache
def _entitlements(*, rw: bool, rt: bool) -> Prepared[_Entitlement]:
    return _prepared_entitlements(Scope.to_prepare(rw=rw, rt=rt).people)


@cache
def _namesakes_entitlements(*, rw: bool, rt: bool) -> Prepared[_Entitlement]:
    return _prepared_entitlements(Scope.to_prepare(rw=rw, rt=rt).namesakes)


def _prepared_people(people: FromClause) -> Prepared[PersonRead]:
    columns = {name: people.c[name] if name in people.c else null() for name in PersonRead._fields}
    return Prepared(select(*columns_of(PersonRead, **columns)), PersonRead._make)


def _prepared_entitlements(people: FromClause) -> Prepared[_Entitlement]:
    columns = columns_of(
        _Entitlement,
        person_id=EntitlementRow.person_id,
        id=EntitlementRow.id,
        amount=EntitlementRow.amount,
        channel=EntitlementRow.channel,
        state=EntitlementRow.state,
        list_id=EntitlementRow.list_id,
        paid_state=PaymentRow.state,
        paid_on=cast(PaymentRow.on, Text),  # as text, for there are many and few are shown
        corrects=EntitlementRow.corrects,
    )
    statement = (
        select(*columns)
        .select_from(people)
        .join(EntitlementRow, EntitlementRow.person_id == people.c.id)
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
    )
    return Prepared(statement, _Entitlement._make)


def _lists(connection: Connection, ids: Collection[int]) -> list[_List]:
    """Those of these lists that are in force or were replaced."""
    return _OF_LISTS.run(connection, ids) if ids else []


def _of_lists(ids: Binds) -> AnySelect:
    return (
        select(
            *columns_of(
                _List,
                id=ListRow.id,
                state=ListRow.state,
                published_at=ListRow.published_at,
                programme_code=ListRow.programme_code,
                programme_name=ProgrammeRow.name,
                period=ListRow.period,
                now_id=_now_list.id,
                now_period=_now_list.period,
                part_of=ListRow.part_of,
                corrects=ListRow.corrects,
            )
        )
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(_now_list, _now_list.id == same_area())
        .where(ListRow.id.in_(ids), or_(ListRow.state == _PUBLISHED, ListRow.state == _SUPERSEDED))
    )


def _rows(
    people: Iterable[PersonRead], found: Sequence[_Entitlement], lists: Sequence[_List], speakers: Speakers
) -> list[Row]:
    """Put together what matters. Of replaced lists these are the lines that a list of the same period corrects, for
    what was paid by then, and those of rows that no list in force of that programme names any more.
    """
    by_id = {person.id: person for person in people}
    rounds = {(of.programme_code, of.period) for of in lists if of.state == ListState.PUBLISHED}
    in_force = {of.id: of for of in lists if of.state == ListState.PUBLISHED}
    kept = in_force | {of.id: of for of in lists if (of.programme_code, of.period) in rounds}
    replaced = {of.id: of for of in lists if of.id not in kept}
    named = {(row.person_id, in_force[row.list_id].programme_code) for row in found if row.list_id in in_force}
    rows = []
    for row in found:
        of = kept.get(row.list_id)
        if of is None:
            of = replaced.get(row.list_id)
            if of is None or (row.person_id, of.programme_code) in named:
                continue
        person = by_id[row.person_id]
        now = _now(of, person, speakers)
        # The columns of the statements stand in the order of those of `Row`.
        rows.append(Row(person, *row[1:6], *of[1:6], *now, *row[6:8], row.corrects, of.corrects))
    return sorted(rows, key=lambda row: row.id)


def _now(of: _List, person: PersonRead, speakers: Speakers) -> tuple[int | None, str | None]:
    """Number and period of the list in force for a person, as `speaks_for` has it."""
    found = speakers.of(of.programme_code, person.rw, person.rt)
    now = (of.now_id, of.now_period) if found is None else (found.list_id, found.period)
    return (None, None) if now[0] == of.part_of else now


_OF_LISTS = PreparedForMany(_of_lists, _List._make)


def marks_by_person(connection: Connection, scope: Scope) -> dict[int, list[MarkKind]]:
    """The kinds of all marks that stand in the scope, by person, the oldest first."""
    found: dict[int, list[MarkKind]] = {}
    for row in _marks(**scope.shape).run(connection, scope.values):
        found.setdefault(row.person_id, []).append(MarkKind(row.kind))
    return found


@cache
def _marks(*, rw: bool, rt: bool) -> Prepared[_Mark]:
    marks = Scope.to_prepare(rw=rw, rt=rt).marks
    stands = or_(*(marks.c.state == constant(state) for state in STANDING))
    columns = columns_of(_Mark, person_id=marks.c.person_id, kind=marks.c.kind)
    return Prepared(select(*columns).where(stands).order_by(marks.c.id), _Mark._make)
