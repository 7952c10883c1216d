"""The statements behind a neighbourhood's list. Sittings come apart from people: joined, they would multiply rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, exists, literal_column, null, or_, select
from sqlalchemy.orm import aliased

from salur.core.database import AnyRow
from salur.core.mark_kinds import STANDING, MarkKind
from salur.core.roles import DISTRICT, REGENCY, Territory
from salur.core.scope import Scope
from salur.core.sittings import sitting_columns
from salur.core.tables import EntitlementRow, ListRow, PaymentRow, PlaceRow, ProgrammeRow, SessionRow

PERSON = ("id", "nik_index", "kk_index", "sealed_names", "rw", "rt", "care", "sealed_numbers")
_PUBLISHED: ColumnElement[str] = literal_column("'published'")
_SUPERSEDED: ColumnElement[str] = literal_column("'superseded'")
_now_list = aliased(ListRow, name="now_list")
_other, _on_other = aliased(ListRow, name="other_list"), aliased(EntitlementRow, name="on_other")


def listed_rows(connection: Connection, scope: Scope) -> list[AnyRow]:
    """What the lists say of everyone in the scope, in the order in which it was written."""
    return list(connection.execute(_listed(scope.people)))


def namesake_rows(connection: Connection, scope: Scope) -> list[AnyRow]:
    """The same of the rows elsewhere that bear the NIK of someone here; RT, RW, care and numbers are None in them."""
    return list(connection.execute(_listed(scope.namesakes)))


def _listed(people: FromClause) -> Select[*tuple[Any, ...]]:
    """Lines of lists in force; of replaced ones those that still matter.

    These are the lines that a list of the same period corrects, for what was paid by then, and those of people whom no
    list in force of that programme names under the same row: they were taken off, or are written otherwise now.
    """
    in_force = and_(_other.state == _PUBLISHED, _other.programme_code == ListRow.programme_code)
    corrected = exists(select(_other.id).where(in_force, _other.period == ListRow.period))
    still_named = exists(
        select(_on_other.id)
        .join(_other, _other.id == _on_other.list_id)
        .where(_on_other.person_id == people.c.id, in_force)
    )
    known = [people.c[name] if name in people.c else null() for name in PERSON]
    return (
        select(
            *(column.label(f"person_{name}") for name, column in zip(PERSON, known, strict=True)),
            EntitlementRow.id,
            EntitlementRow.amount,
            EntitlementRow.channel,
            EntitlementRow.state,
            EntitlementRow.group_name,
            ListRow.id.label("list_id"),
            ListRow.state.label("list_state"),
            ListRow.programme_code,
            ProgrammeRow.name.label("programme_name"),
            ListRow.period,
            _now_list.id.label("now_id"),
            _now_list.period.label("now_period"),
            PaymentRow.state.label("paid_state"),
            PaymentRow.on.label("paid_on"),
        )
        .join(EntitlementRow, EntitlementRow.person_id == people.c.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(
            _now_list,
            (_now_list.programme_code == ListRow.programme_code)
            & (_now_list.area == ListRow.area)
            & (_now_list.state == _PUBLISHED),
        )
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .where(
            or_(ListRow.state == _PUBLISHED, and_(ListRow.state == _SUPERSEDED, or_(corrected, ~still_named))),
        )
        .order_by(EntitlementRow.id)
    )


def sitting_rows(connection: Connection, area: Territory, rounds: Collection[tuple[str, str]]) -> list[AnyRow]:
    """The sittings around an area for these programmes and periods, the earliest first."""
    if not rounds:
        return []
    village = area.region_code
    statement = (
        select(SessionRow.programme_code, SessionRow.period, *sitting_columns(SessionRow, PlaceRow, "s"))
        .join(PlaceRow, PlaceRow.id == SessionRow.place_id)
        .where(
            SessionRow.region_code.in_((village, village[:DISTRICT], village[:REGENCY])),
            SessionRow.state == literal_column("'active'"),
            SessionRow.programme_code.in_(sorted({programme for programme, _ in rounds})),
            SessionRow.period.in_(sorted({period for _, period in rounds})),
        )
        .order_by(SessionRow.starts_at, SessionRow.id)
    )
    return list(connection.execute(statement))


def marks_by_person(connection: Connection, scope: Scope) -> dict[int, list[MarkKind]]:
    """The kinds of all marks that stand in the scope, by person, the oldest first."""
    marks = scope.marks.c
    statement = select(marks.person_id, marks.kind).where(marks.state.in_(STANDING)).order_by(marks.id)
    found: dict[int, list[MarkKind]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.person_id, []).append(MarkKind(row.kind))
    return found


def areas_in(connection: Connection, scope: Scope) -> list[tuple[int, int | None]]:
    """The RW and RT that people of the scope live in, in their order; people without an RW are left out."""
    people = scope.people.c
    statement = select(people.rw, people.rt).where(people.rw.is_not(None)).distinct()
    rows = [(row.rw, row.rt) for row in connection.execute(statement)]
    return sorted(rows, key=lambda row: (row[0], row[1] or 0))
