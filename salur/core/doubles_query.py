"""The statements behind doubles: which numbers stand twice. The rules are GROUP BY … HAVING; nothing is opened here.

This is one of the few places that looks beyond an officer's territory, because a double often has its other half
elsewhere. Someone of every double found is inside it, and of rows outside no more is selected than programme and
period.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from salur.core.database import AnyRow
from salur.core.exclusions import ONE_PER_FAMILY, DoubleKind, Round, clashes
from salur.core.lookup import LARGEST_FAMILY
from salur.core.prepared import Prepared
from salur.core.roles import VILLAGE, Territory
from salur.core.scope import Scope, inside
from salur.core.tables import EntitlementRow, ListRow, PersonRow, ProgrammeRow, RegionRow

Clashes = tuple[tuple[Round, Round], ...]
Ids = list[BindParameter[Any]]
# Which number is the same.
NUMBER = {
    DoubleKind.SAME_NIK: "nik_index",
    DoubleKind.NIK_EXCLUSIVE: "nik_index",
    DoubleKind.HOUSEHOLD: "kk_index",
    DoubleKind.KK_EXCLUSIVE: "kk_index",
}
# Constants stand in the text: for a parameter SQLite plans anew at each execution.
STANDS = and_(ListRow.state == literal_column("'published'"), EntitlementRow.state != literal_column("'taken_off'"))

ROUNDS = Prepared(
    select(ListRow.programme_code, ListRow.period).where(ListRow.state == literal_column("'published'")).distinct()
)


def current_clashes(connection: Connection) -> Clashes:
    """The programmes and periods of the lists in force that exclude each other."""
    return clashes((row.programme_code, row.period) for row in ROUNDS.run(connection, {}))


@lru_cache(maxsize=100)
def doubled_statement(scope: Scope, excluded: Clashes, size: int) -> Prepared:
    """Which of the people given as `person0` … (ids, of the scope, so many) stand twice by a number.

    Kept: it takes longer to put together than to run, and every page of a list runs it. So `scope` is best one to
    prepare statements with.
    """
    own = scope.people
    asked: Ids = [bindparam(f"person{i}") for i in range(size)]
    twice = [
        own.c[number].in_(select(groups(kind, scope.territory, excluded, asked).subquery().c.number))
        for kind, number in NUMBER.items()
    ]
    return Prepared(select(own.c.id).where(own.c.id.in_(asked), or_(*twice)))


def groups(
    kind: DoubleKind, territory: Territory, excluded: Clashes, people: Ids | None = None
) -> Select[*tuple[Any, ...]]:
    """The numbers that stand twice in the way of `kind`, with someone of the territory being one of those who do
    (of `people`, ids, where they are asked for).

    Columns: `number`, and `programme_code` and `period` where it is within one programme (else NULL).
    """
    number = PersonRow.__table__.c[NUMBER[kind]]
    within_one = kind in (DoubleKind.SAME_NIK, DoubleKind.HOUSEHOLD)
    rounds = (ListRow.programme_code, ListRow.period)
    nothing: tuple[ColumnElement[Any], ...] = (
        literal_column("NULL").label("programme_code"),
        literal_column("NULL").label("period"),
    )
    statement = (
        select(number.label("number"), *(rounds if within_one else nothing))
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .where(number.in_(_possible(kind, territory, excluded, people)), STANDS)
        .group_by(number, *(rounds if within_one else ()))
    )
    own = _within(territory, people, PersonRow)
    # Someone without a NIK is one more person, as nobody can say whom else he is.
    persons = func.count(PersonRow.nik_index.distinct()) + func.max(case((PersonRow.nik_index.is_(None), 1), else_=0))
    if kind is DoubleKind.SAME_NIK:
        # Stages of one period are paid apart: twice is only what shares a stage, or does not say which.
        entries = func.count()
        return statement.having(_any(own), entries > 1, entries > func.count(EntitlementRow.stage.distinct()))
    if kind is DoubleKind.HOUSEHOLD:
        statement = statement.where(ListRow.programme_code.in_([literal(code) for code in ONE_PER_FAMILY]))
        return statement.having(_any(own), persons.between(2, LARGEST_FAMILY))
    both = _clashing(excluded, own)
    if kind is DoubleKind.KK_EXCLUSIVE:
        both &= persons.between(2, LARGEST_FAMILY)
    return statement.where(_in_a_clash(excluded)).having(both)


def _within(territory: Territory, people: Ids | None, columns: Any) -> ColumnElement[bool]:
    own = inside(territory, columns)
    return own if people is None else own & columns.id.in_(people)


def _possible(
    kind: DoubleKind, territory: Territory, excluded: Clashes, people: Ids | None
) -> Select[Any] | CompoundSelect[Any]:
    """The numbers worth looking at. Of a kelurahan: all of its people. Of a city that would be everyone's: there,
    those that several people have, which the index alone tells; and of people, those who stand on two lists."""
    other = aliased(PersonRow, name="other")
    number = getattr(other, NUMBER[kind])
    known = select(number).where(number.is_not(None))
    if people is not None or len(territory.region_code) == VILLAGE:
        return known.where(_within(territory, people, other))
    several = known.group_by(number).having(func.count() > 1)
    if kind in (DoubleKind.HOUSEHOLD, DoubleKind.KK_EXCLUSIVE):
        return several
    listed = (
        select(EntitlementRow.person_id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .where(STANDS)
        .group_by(EntitlementRow.person_id)
    )
    if kind is DoubleKind.SAME_NIK:
        twice = listed.group_by(ListRow.programme_code, ListRow.period).having(func.count() > 1)
    else:
        twice = listed.where(_in_a_clash(excluded)).having(_clashing(excluded, true()))
    return several.union(known.where(other.id.in_(twice)))


def entries(connection: Connection, scope: Scope, kind: DoubleKind, numbers: Collection[bytes]) -> list[AnyRow]:
    """All that stands on lists in force under these numbers; columns of the person are NULL outside the scope."""
    number = PersonRow.__table__.c[NUMBER[kind]]
    own = scope.people
    statement = (
        select(number.label("number"), *entry_columns(own))
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(own, own.c.id == PersonRow.id)
        .outerjoin(RegionRow, RegionRow.code == own.c.region_code)
        .where(number.in_(numbers), STANDS)
        .order_by(EntitlementRow.id)
    )
    return list(connection.execute(statement))


def people_of(connection: Connection, scope: Scope) -> list[AnyRow]:
    """Everyone of a territory who has a NIK and an RT and stands on a list in force, an entry each."""
    own = scope.people
    statement = (
        select(*entry_columns(own))
        .select_from(own)
        .join(EntitlementRow, EntitlementRow.person_id == own.c.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(RegionRow, RegionRow.code == own.c.region_code)
        .where(own.c.nik_index.is_not(None), own.c.rt.is_not(None), STANDS)
        .order_by(EntitlementRow.id)
    )
    return list(connection.execute(statement))


def entry_columns(own: FromClause) -> tuple[ColumnElement[Any], ...]:
    """What an entry is made of: the person's columns from the scope, the list's from the list."""
    person = ("nik_index", "kk_index", "rw", "rt", "region_code", "sealed_names", "sealed_numbers")
    return (
        own.c.id.label("person_id"),
        *(own.c[name] for name in person),
        RegionRow.name.label("kelurahan"),
        ListRow.programme_code.label("programme_code"),
        ProgrammeRow.name.label("programme_name"),
        ListRow.period.label("period"),
        ListRow.issued_on.label("issued_on"),
        ListRow.decree.label("decree"),
    )


def _is(round: Round) -> ColumnElement[bool]:
    return and_(ListRow.programme_code == round[0], ListRow.period == round[1])


def _in_a_clash(excluded: Clashes) -> ColumnElement[bool]:
    return or_(false(), *(_is(round) for round in sorted({round for clash in excluded for round in clash})))


def _clashing(excluded: Clashes, own: ColumnElement[bool]) -> ColumnElement[bool]:
    """That both programmes of some pair are there, and `own` is so in one of them."""
    pairs = ((_is(one), _is(other)) for one, other in excluded)
    return or_(false(), *(_any(one) & _any(other) & _any(own & (one | other)) for one, other in pairs))


def _any(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """That it is so in some row of the group."""
    return func.max(case((condition, 1), else_=0)) == 1
