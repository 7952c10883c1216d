"""The statements behind a neighbourhood's list: small ones, each by one index, put together here.

Joined into one, they make the database choose among many ways through, and it chooses badly where there are many lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Text,
    bindparam,
    cast,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from salur.core.mark_kinds import STANDING, MarkKind
from salur.core.prepared import Prepared
from salur.core.roles import DISTRICT, REGENCY, Territory
from salur.core.scope import Scope
from salur.core.sittings import sitting_columns
from salur.core.tables import EntitlementRow, ListRow, PaymentRow, PlaceRow, ProgrammeRow, RegionRow, SessionRow

PERSON = ("id", "nik_index", "kk_index", "sealed_names", "rw", "rt", "care", "sealed_numbers")
_PUBLISHED: ColumnElement[str] = literal_column("'published'")
_SUPERSEDED: ColumnElement[str] = literal_column("'superseded'")
_NAME = Prepared(select(RegionRow.name).where(RegionRow.code == bindparam("code")))
_now_list = aliased(ListRow, name="now_list")


class Row(NamedTuple):
    """A person's entry on one list. Of someone elsewhere RW, RT, care and numbers are None."""

    person: Any  # columns PERSON
    id: int  # of the entitlement
    amount: int | None
    channel: str | None
    state: str
    group_name: str | None
    list_id: int
    list_state: str
    programme_code: str
    programme_name: str
    period: str
    now_id: int | None  # the list in force of that programme and area
    now_period: str | None
    paid_state: str | None
    paid_on: str | None  # ISO 8601


def listed_rows(connection: Connection, scope: Scope) -> tuple[list[Row], list[Row]]:
    """What lists in force, and those of replaced ones that still matter, say of everyone in the scope; and of the rows
    elsewhere that bear the NIK of someone in it. In the order in which it was written.
    """
    people, found = (_run(connection, scope, what) for what in ("people", "entitlements"))
    others = _run(connection, scope, "namesakes")
    elsewhere = _run(connection, scope, "namesakes_entitlements") if others else []
    lists = _lists(connection, {row.list_id for row in (*found, *elsewhere)})
    return _rows(people, found, lists), _rows(others, elsewhere, lists)


def _run(connection: Connection, scope: Scope, what: str) -> list[Any]:
    return _prepared(what, **scope.shape).run(connection, scope.values)


@cache
def _prepared(what: str, *, rw: bool, rt: bool) -> Prepared:
    scope = Scope.to_prepare(rw=rw, rt=rt)
    statements = {
        "people": lambda: _people(scope.people),
        "entitlements": lambda: _entitlements(scope.people),
        "namesakes": lambda: _people(scope.namesakes),
        "namesakes_entitlements": lambda: _entitlements(scope.namesakes),
        "marks": lambda: _standing_marks(scope.marks),
    }
    return Prepared(statements[what]())


def _people(people: FromClause) -> Select[*tuple[Any, ...]]:
    return select(*((people.c[name] if name in people.c else null()).label(name) for name in PERSON))


def _entitlements(people: FromClause) -> Select[*tuple[Any, ...]]:
    return (
        select(
            EntitlementRow.person_id,
            EntitlementRow.id,
            EntitlementRow.amount,
            EntitlementRow.channel,
            EntitlementRow.state,
            EntitlementRow.group_name,
            EntitlementRow.list_id,
            PaymentRow.state.label("paid_state"),
            # As text, for there are many and few are shown.
            cast(PaymentRow.on, Text).label("paid_on"),
        )
        .select_from(people)
        .join(EntitlementRow, EntitlementRow.person_id == people.c.id)
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
    )


def _lists(connection: Connection, ids: Collection[int]) -> list[Any]:
    """Those of these lists that are in force or were replaced."""
    return _run_filled(connection, _of_lists, "list", ids) if ids else []


@cache
def _of_lists(size: int) -> Prepared:
    return Prepared(
        select(
            ListRow.id,
            ListRow.state,
            ListRow.programme_code,
            ProgrammeRow.name.label("programme_name"),
            ListRow.period,
            _now_list.id.label("now_id"),
            _now_list.period.label("now_period"),
        )
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(
            _now_list,
            (_now_list.programme_code == ListRow.programme_code)
            & (_now_list.area == ListRow.area)
            & (_now_list.state == _PUBLISHED),
        )
        .where(ListRow.id.in_(_slots("list", size)), or_(ListRow.state == _PUBLISHED, ListRow.state == _SUPERSEDED))
    )


def _rows(people: Iterable[Any], found: Iterable[Any], lists: Iterable[Any]) -> list[Row]:
    """Put together what matters. Of replaced lists these are the lines that a list of the same period corrects, for
    what was paid by then, and those of rows that no list in force of that programme names any more.
    """
    by_id = {person.id: person for person in people}
    rounds = {(of.programme_code, of.period) for of in lists if of.state == "published"}
    in_force = {of.id: of for of in lists if of.state == "published"}
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
        # The columns of the statements stand in the order of those of `Row`.
        rows.append(Row(by_id[row.person_id], *row[1:7], *of[1:], *row[7:]))
    return sorted(rows, key=lambda row: row.id)


def sitting_rows(connection: Connection, area: Territory, periods: Collection[str]) -> list[Any]:
    """The sittings around an area for these periods, the earliest first."""
    if not periods:
        return []
    village = area.region_code
    around = {"village": village, "district": village[:DISTRICT], "regency": village[:REGENCY]}
    return _run_filled(connection, _sittings, "period", periods, around)


@cache
def _sittings(size: int) -> Prepared:
    return Prepared(
        select(SessionRow.programme_code, SessionRow.period, *sitting_columns(SessionRow, PlaceRow, "s"))
        .join(PlaceRow, PlaceRow.id == SessionRow.place_id)
        .where(
            SessionRow.region_code.in_([bindparam(name) for name in ("village", "district", "regency")]),
            SessionRow.state == literal_column("'active'"),
            SessionRow.period.in_(_slots("period", size)),
        )
        .order_by(SessionRow.starts_at, SessionRow.id)
    )


def _slots(name: str, size: int) -> list[BindParameter[Any]]:
    return [bindparam(f"{name}{i}") for i in range(size)]


def _run_filled(
    connection: Connection,
    prepared: Callable[[int], Prepared],
    name: str,
    wanted: Collection[Any],
    values: Mapping[str, object] = MappingProxyType({}),
) -> list[Any]:
    """Run a statement with as many slots as it takes. Few sizes make few statements: one value fills the rest."""
    size = 1 << (len(wanted) - 1).bit_length()
    filled = [*wanted, *[max(wanted)] * (size - len(wanted))]
    slots = {f"{name}{i}": value for i, value in enumerate(filled)}
    return prepared(size).run(connection, {**values, **slots})


def marks_by_person(connection: Connection, scope: Scope) -> dict[int, list[MarkKind]]:
    """The kinds of all marks that stand in the scope, by person, the oldest first."""
    found: dict[int, list[MarkKind]] = {}
    for row in _run(connection, scope, "marks"):
        found.setdefault(row.person_id, []).append(MarkKind(row.kind))
    return found


def _standing_marks(marks: FromClause) -> Select[*tuple[Any, ...]]:
    stands = or_(*(marks.c.state == literal_column(f"'{state}'") for state in STANDING))
    return select(marks.c.person_id, marks.c.kind).where(stands).order_by(marks.c.id)


def name_of(connection: Connection, area: Territory) -> str | None:
    """The official name of the area's kelurahan; None where there is none."""
    rows = _NAME.run(connection, {"code": area.region_code})
    return str(rows[0].name) if rows else None


def areas_in(connection: Connection, scope: Scope) -> list[tuple[int, int | None]]:
    """The RW and RT that people of the scope live in, in their order; people without an RW are left out."""
    people = scope.people.c
    statement = select(people.rw, people.rt).where(people.rw.is_not(None)).distinct()
    rows = [(row.rw, row.rt) for row in connection.execute(statement)]
    return sorted(rows, key=lambda row: (row[0], row[1] or 0))
