"""The statements behind doubles: which numbers stand twice. The rules are GROUP BY … HAVING; nothing is opened here.

This is one of the few places that looks beyond an officer's territory, because a double often has its other half
elsewhere. The numbers looked for are those of people inside it (`among`), and of rows outside no more is selected
than programme and period.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
)

from salur.core.database import AnyRow
from salur.core.exclusions import ONE_PER_FAMILY, DoubleKind, Round, clashes
from salur.core.lookup import LARGEST_FAMILY
from salur.core.scope import Scope
from salur.core.tables import EntitlementRow, ListRow, PersonRow, ProgrammeRow, RegionRow

Clashes = tuple[tuple[Round, Round], ...]
# Which number is the same.
NUMBER = {
    DoubleKind.SAME_NIK: "nik_index",
    DoubleKind.NIK_EXCLUSIVE: "nik_index",
    DoubleKind.HOUSEHOLD: "kk_index",
    DoubleKind.KK_EXCLUSIVE: "kk_index",
}
# Constants stand in the text: for a parameter SQLite plans anew at each execution.
STANDS = and_(ListRow.state == literal_column("'published'"), EntitlementRow.state != literal_column("'taken_off'"))


def current_clashes(connection: Connection) -> Clashes:
    """The programmes and periods of the lists in force that exclude each other."""
    rounds = select(ListRow.programme_code, ListRow.period).where(ListRow.state == "published").distinct()
    return clashes((row.programme_code, row.period) for row in connection.execute(rounds))


def groups(kind: DoubleKind, among: FromClause, excluded: Clashes) -> Select[*tuple[Any, ...]]:
    """The numbers that stand twice in the way of `kind`, with someone of `among` being one of those who do.

    Columns: `number`, and `programme_code` and `period` where it is within one programme (else NULL).
    """
    number = PersonRow.__table__.c[NUMBER[kind]]
    within_one = kind in (DoubleKind.SAME_NIK, DoubleKind.HOUSEHOLD)
    rounds = (ListRow.programme_code, ListRow.period)
    shown = (
        rounds
        if within_one
        else (literal_column("NULL").label("programme_code"), literal_column("NULL").label("period"))
    )
    inside = among.alias("inside")
    statement = (
        select(number.label("number"), *shown)
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .outerjoin(inside, inside.c.id == PersonRow.id)
        .having(func.count(inside.c.id) > 0)
        .where(number.in_(select(among.c[number.key])), number.is_not(None), STANDS)
        .group_by(number, *(rounds if within_one else ()))
    )
    # Someone without a NIK is one more person, as nobody can say whom else he is.
    people = func.count(PersonRow.nik_index.distinct()) + func.max(case((PersonRow.nik_index.is_(None), 1), else_=0))
    if kind is DoubleKind.SAME_NIK:
        # Stages of one period are paid apart: twice is only what shares a stage, or does not say which.
        entries = func.count()
        return statement.having(entries > 1, entries > func.count(EntitlementRow.stage.distinct()))
    if kind is DoubleKind.HOUSEHOLD:
        return statement.where(ListRow.programme_code.in_(ONE_PER_FAMILY)).having(people.between(2, LARGEST_FAMILY))
    statement = statement.where(_any_of({round for clash in excluded for round in clash}))
    both = or_(false(), *(_has(one) & _has(other) for one, other in excluded))
    if kind is DoubleKind.KK_EXCLUSIVE:
        both &= people.between(2, LARGEST_FAMILY)
    return statement.having(both)


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


def _any_of(rounds: Iterable[Round]) -> ColumnElement[bool]:
    return or_(false(), *(_is(round) for round in sorted(rounds)))


def _has(round: Round) -> ColumnElement[bool]:
    return func.max(case((_is(round), 1), else_=0)) == 1
