"""How many stand on the lists in force in each kelurahan: counted by the database, nobody's name is opened."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, and_, case, func, literal_column, select
from sqlalchemy.orm import aliased

from salur.core.neighbourhood_answers import KelurahanCounts, Overview
from salur.core.roles import DISTRICT, VILLAGE
from salur.core.scope import Scope
from salur.core.tables import EntitlementRow, ListRow, PaymentRow, RegionRow

_PUBLISHED: ColumnElement[str] = literal_column("'published'")
_SUPERSEDED: ColumnElement[str] = literal_column("'superseded'")


def overview(connection: Connection, scope: Scope) -> Overview:
    """Every kelurahan of the territory where someone is listed, by kecamatan and name."""
    counted = {row.region_code: row for row in connection.execute(_counts(scope))}
    codes = sorted({code for village in counted for code in (village, village[:DISTRICT])})
    named = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(codes))
    names = {row.code: row.name for row in connection.execute(named)}
    found = [
        KelurahanCounts(code, names.get(code, code), row.listed, row.paid, row.returned)
        for code, row in counted.items()
        if len(code) == VILLAGE
    ]
    found.sort(key=lambda k: (names.get(k.code[:DISTRICT], ""), k.code[:DISTRICT], k.name))
    grouped = groupby(found, key=lambda k: k.code[:DISTRICT])
    return Overview(tuple((names.get(code, code), tuple(kelurahan)) for code, kelurahan in grouped))


def _counts(scope: Scope) -> Any:
    """By kelurahan: entries of lists in force, of people who still stand there, and what became of the money."""
    people, before = scope.people, _paid_before()
    state = func.coalesce(PaymentRow.state, before.c.state, "due")
    return (
        select(
            people.c.region_code,
            func.count().label("listed"),
            func.sum(case((state == "paid", 1), else_=0)).label("paid"),
            func.sum(case((state == "returned", 1), else_=0)).label("returned"),
        )
        .select_from(people)
        .join(EntitlementRow, EntitlementRow.person_id == people.c.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .outerjoin(
            before,
            and_(
                before.c.person_id == people.c.id,
                before.c.programme_code == ListRow.programme_code,
                before.c.period == ListRow.period,
            ),
        )
        .where(ListRow.state == _PUBLISHED, EntitlementRow.state != "taken_off")
        .group_by(people.c.region_code)
    )


def _paid_before() -> Subquery:
    """What was paid before a list was corrected by another of its period: it stays paid."""
    now = aliased(ListRow, name="now_list")
    return (
        select(
            EntitlementRow.person_id,
            ListRow.programme_code,
            ListRow.period,
            func.min(PaymentRow.state).label("state"),  # `paid` comes before `returned`
        )
        .join(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(
            now,
            and_(
                now.programme_code == ListRow.programme_code,
                now.area == ListRow.area,
                now.period == ListRow.period,
                now.state == _PUBLISHED,
            ),
        )
        .where(ListRow.state == _SUPERSEDED)
        .group_by(EntitlementRow.person_id, ListRow.programme_code, ListRow.period)
        .subquery("paid_before")
    )
