"""The statements behind doubles: which numbers stand twice. The rules are GROUP BY … HAVING; nothing is opened here.

This is one of the few places that looks beyond an officer's territory, because a double often has its other half
elsewhere. Someone of every double found is inside it, and of rows outside no more is selected than programme and
period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
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

from salur.core.doubles.exclusions import ONE_PER_FAMILY, Round, Rules, clashes
from salur.core.doubles.kinds import DoubleKind
from salur.core.lists.kinds import ListState, State
from salur.core.officers.scope import Located, Scope, inside
from salur.core.people.families import are_family
from salur.core.regions.region import VILLAGE
from salur.core.regions.territory import Territory
from salur.core.storage.prepared import Prepared, PreparedForMany, columns_of, constant
from salur.core.storage.statements import AnyColumn, AnySelect, AnyUnion, Binds
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.regions import RegionRow

Clashes = tuple[tuple[Round, Round], ...]


class ListedHere(NamedTuple):
    """Someone of the scope on a list in force. `who` is a digest of numbers and name (`Recognise`)."""

    who: bytes
    person_id: int
    nik_index: bytes | None
    kk_index: bytes | None
    rw: int | None
    rt: int | None
    region_code: str | None
    sealed_names: bytes
    sealed_numbers: bytes | None
    kelurahan: str | None
    programme_code: str
    programme_name: str
    period: str
    issued_on: date
    decree: str


class ListedElsewhere(NamedTuple):
    """Someone outside the scope on a list in force: nothing is known of them, but whether it is they again (`who`)."""

    who: bytes
    programme_code: str
    programme_name: str
    period: str


Listed = ListedHere | ListedElsewhere
# From index of the NIK and of the KK number, sealed names and id of a person to a digest.
Recognise = Callable[[bytes | None, bytes | None, bytes, int], bytes]


class Group(NamedTuple):
    """A number that stands twice; and the programme and period where it does so within one."""

    number: bytes
    programme_code: str | None
    period: str | None


AT_ONCE = 256  # people asked for in one statement, which names each some dozen times
# Which number is the same.
NUMBER = {
    DoubleKind.SAME_NIK: "nik_index",
    DoubleKind.NIK_EXCLUSIVE: "nik_index",
    DoubleKind.HOUSEHOLD: "kk_index",
    DoubleKind.KK_EXCLUSIVE: "kk_index",
}
_IN_FORCE = ListRow.state == constant(ListState.PUBLISHED)
STANDS = and_(_IN_FORCE, EntitlementRow.state != constant(State.TAKEN_OFF))


class _Round(NamedTuple):
    """A programme and period of a list in force."""

    programme_code: str
    period: str


class Doubled(NamedTuple):
    """Someone who stands twice."""

    id: int


ROUNDS = Prepared(select(ListRow.programme_code, ListRow.period).where(_IN_FORCE).distinct(), _Round._make)


def current_clashes(connection: Connection, rules: Rules) -> Clashes:
    """The programmes and periods of the lists in force that exclude each other."""
    return clashes(ROUNDS.run(connection, {}), rules)


@lru_cache(maxsize=100)
def doubled_statement(scope: Scope, excluded: Clashes) -> PreparedForMany[Doubled]:
    """Which of these people (ids, of the scope) stand twice by a number.

    Kept: it takes longer to put together than to run, and every page of a list runs it. So `scope` is best one to
    prepare statements with.
    """
    own = scope.people

    def doubled(asked: Binds) -> Select[int]:
        twice = [
            own.c[number].in_(select(groups(kind, scope.territory, excluded, asked).subquery().c.number))
            for kind, number in NUMBER.items()
        ]
        return select(own.c.id).where(own.c.id.in_(asked), or_(*twice))

    return PreparedForMany(doubled, Doubled._make, at_once=AT_ONCE)


def groups(kind: DoubleKind, territory: Territory, excluded: Clashes, people: Binds | None = None) -> AnySelect:
    """The numbers that stand twice in the way of `kind`, with someone of the territory being one of those who do
    (of `people`, ids, where they are asked for).

    Columns: `number`, and `programme_code` and `period` where it is within one programme (else NULL).
    """
    number = PersonRow.__table__.c[NUMBER[kind]]
    within_one = kind in (DoubleKind.SAME_NIK, DoubleKind.HOUSEHOLD)
    rounds = (ListRow.programme_code, ListRow.period)
    nothing: tuple[AnyColumn, ...] = (
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
    family = are_family(PersonRow.nik_index, PersonRow.id)
    # All without a NIK are one more person, as nobody can say who else that is: they may be each other.
    persons = func.count(PersonRow.nik_index.distinct()) + func.max(case((PersonRow.nik_index.is_(None), 1), else_=0))
    if kind is DoubleKind.SAME_NIK:
        # Stages of one period are paid apart: twice is only what shares a stage, or does not say which.
        entries = func.count()
        return statement.having(_any(own), entries > 1, entries > func.count(EntitlementRow.stage.distinct()))
    if kind is DoubleKind.HOUSEHOLD:
        statement = statement.where(ListRow.programme_code.in_([literal(code) for code in ONE_PER_FAMILY]))
        return statement.having(_any(own), persons > 1, family)
    both = _clashing(excluded, own)
    if kind is DoubleKind.KK_EXCLUSIVE:
        both &= (persons > 1) & family
    return statement.where(_in_a_clash(excluded)).having(both)


def _within(territory: Territory, people: Binds | None, columns: Located) -> ColumnElement[bool]:
    own = inside(territory, columns)
    return own if people is None else own & columns.id.in_(people)


def _possible(kind: DoubleKind, territory: Territory, excluded: Clashes, people: Binds | None) -> AnySelect | AnyUnion:
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


def entries(
    connection: Connection, scope: Scope, kind: DoubleKind, numbers: Collection[bytes], recognise: Recognise
) -> dict[bytes, list[Listed]]:
    """All that stands on lists in force, by these numbers. Of those elsewhere only a digest leaves."""
    person = PersonRow.__table__.c
    number = person[NUMBER[kind]]
    known = (person.nik_index, person.kk_index, person.sealed_names, person.id)
    own = scope.people
    statement = (
        select(number, *(column.label(f"any_{column.name}") for column in known), *_entry_columns(own))
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(own, own.c.id == PersonRow.id)
        .outerjoin(RegionRow, RegionRow.code == own.c.region_code)
        .where(number.in_(numbers), STANDS)
        .order_by(EntitlementRow.id)
    )
    found: dict[bytes, list[Listed]] = defaultdict(list)
    for row in connection.execute(statement):
        who = recognise(*row[1:5])
        here = row.person_id is not None
        elsewhere = ListedElsewhere(who, row.programme_code, row.programme_name, row.period)
        found[row[0]].append(ListedHere(who, *row[5:]) if here else elsewhere)
    return found


def people_of(connection: Connection, scope: Scope, recognise: Recognise) -> list[ListedHere]:
    """Everyone of a territory who has a NIK and an RT and stands on a list in force, an entry each."""
    own = scope.people
    statement = (
        select(*_entry_columns(own))
        .select_from(own)
        .join(EntitlementRow, EntitlementRow.person_id == own.c.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(RegionRow, RegionRow.code == own.c.region_code)
        .where(own.c.nik_index.is_not(None), own.c.rt.is_not(None), STANDS)
        .order_by(EntitlementRow.id)
    )
    return [
        ListedHere._make((recognise(row.nik_index, row.kk_index, row.sealed_names, row.person_id), *row))
        for row in connection.execute(statement)
    ]


def _entry_columns(own: FromClause) -> tuple[AnyColumn, ...]:
    """The person's columns from the scope, the list's from the list."""
    person = ("nik_index", "kk_index", "rw", "rt", "region_code", "sealed_names", "sealed_numbers")
    return columns_of(
        ListedHere,
        person_id=own.c.id,
        **{name: own.c[name] for name in person},
        kelurahan=RegionRow.name,
        programme_code=ListRow.programme_code,
        programme_name=ProgrammeRow.name,
        period=ListRow.period,
        issued_on=ListRow.issued_on,
        decree=ListRow.decree,
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
