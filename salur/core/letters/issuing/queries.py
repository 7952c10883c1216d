"""The statements about who gets a letter, and about letters that were printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, FromClause, case, func, select, update
from sqlalchemy.orm import aliased

from salur.core.letters.issuing.answers import KnownRound
from salur.core.lists.kinds import ListState
from salur.core.officers.scope import Scope
from salur.core.people.letter_codes import LetterState
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow
from salur.core.storage.statements import AnySelect
from salur.core.tables.letters import LetterRow, PrintingRow
from salur.core.tables.lists import CoverageRow, ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow, PersonRow

AT_ONCE = 500  # ids in one statement


class Listed(NamedTuple):
    """Somebody on a list in force of a round."""

    entitlement: int
    person: int
    nik_index: bytes | None
    kk_index: bytes | None
    sealed_names: bytes
    sealed_address: bytes | None
    region_code: str
    rw: int | None
    rt: int | None


def basis_of(connection: Connection, people: FromClause, programme: str, period: str) -> tuple[int, int]:
    """How many rows the lists in force of a round have about these people, and the newest of them: where both are as
    they were, so are the lists."""
    counted = _listed(people, programme, period, func.count(), func.coalesce(func.max(EntitlementRow.id), 0))
    count, newest = connection.execute(counted).one()
    return count, newest


def listed(connection: Connection, people: FromClause, programme: str, period: str) -> list[Listed]:
    """These rows."""
    columns = [people.c[name] for name in ("id", *Listed._fields[2:])]
    rows = connection.execute(_listed(people, programme, period, EntitlementRow.id.label("entitlement"), *columns))
    return [Listed._make(row) for row in rows]


def _listed(people: FromClause, programme: str, period: str, *columns: object) -> AnySelect:
    found: AnySelect = select(*columns)  # type: ignore[call-overload]
    return (
        found.select_from(people)
        .join(EntitlementRow, EntitlementRow.person_id == people.c.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .where(ListRow.programme_code == programme, ListRow.period == period)
        .where(ListRow.state == ListState.PUBLISHED, people.c.region_code.is_not(None))
    )


def rounds_in(connection: Connection, scope: Scope) -> tuple[KnownRound, ...]:
    """For which programmes and periods lists are in force there."""
    whole = Scope(Territory(scope.territory.region_code))  # a list of an RW is one of its kelurahan's
    place = whole.within(CoverageRow, CoverageRow.__table__.c.in_force).c
    found = (
        select(ListRow.programme_code, ProgrammeRow.name, ListRow.period)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .where(ListRow.id.in_(select(place.list_id)), ListRow.state == ListState.PUBLISHED)
        .distinct()
        .order_by(ProgrammeRow.name, ListRow.period.desc())
    )
    return tuple(KnownRound(*row) for row in connection.execute(found))


def same_payees(connection: Connection, entitlements: Collection[int]) -> set[int]:
    """Of entitlements the rows of `person` that are their payees: in the lists of now, of before, and in whose place a
    correction stands."""
    people: set[int] = set()
    wanted = set(entitlements)
    while wanted:
        of_them = select(EntitlementRow.person_id, EntitlementRow.corrects).where(EntitlementRow.id.in_(wanted))
        rows = connection.execute(of_them).all()
        people |= {row.person_id for row in rows}
        wanted = {row.corrects for row in rows if row.corrects is not None}
    other = aliased(PersonRow, name="other")
    alike = (other.nik_index == PersonRow.nik_index) & (other.kk_index == PersonRow.kk_index)
    same = select(other.id).join(PersonRow, alike).where(PersonRow.id.in_(people))
    return people | set(connection.execute(same).scalars())


def replace_older(connection: Connection, printing: AnyRow, entitlements: Sequence[int], now: datetime) -> None:
    """Older letters of the same payees, round and kind are good no longer."""
    of_round = select(PrintingRow.id).where(
        PrintingRow.programme_code == printing.programme_code,
        PrintingRow.period == printing.period,
        PrintingRow.kind == printing.kind,
        PrintingRow.id != printing.id,
    )
    for start in range(0, len(entitlements), AT_ONCE):
        people = same_payees(connection, entitlements[start : start + AT_ONCE])
        theirs = select(EntitlementRow.id).where(EntitlementRow.person_id.in_(people))
        older = update(LetterRow).where(
            LetterRow.state == LetterState.GENUINE,
            LetterRow.entitlement_id.in_(theirs),
            LetterRow.printing_id.in_(of_round),
        )
        connection.execute(older.values(state=LetterState.REPLACED, state_at=now))


class Sums(NamedTuple):
    """What became of the letters of a printing."""

    genuine: int
    replaced: int
    withdrawn: int
    handed: int


NONE = Sums(0, 0, 0, 0)


def sums_of(connection: Connection, printings: Iterable[int]) -> dict[int, Sums]:
    """By printing; one without letters is left out."""
    states = (func.sum(case((LetterRow.state == state, 1), else_=0)) for state in LetterState)
    handed = func.count(LetterRow.handed_at)
    counted: AnySelect = select(LetterRow.printing_id, *states, handed)
    rows = connection.execute(counted.where(LetterRow.printing_id.in_(list(printings))).group_by(LetterRow.printing_id))
    return {row[0]: Sums(*row[1:]) for row in rows}


def people_of(connection: Connection, printing: int) -> list[int]:
    """The payees (rows of `person`) of a printing's letters."""
    found = select(EntitlementRow.person_id).join(LetterRow, LetterRow.entitlement_id == EntitlementRow.id)
    return list(connection.execute(found.where(LetterRow.printing_id == printing)).scalars())
