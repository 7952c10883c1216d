"""How many stand on the lists in force in each kelurahan: counted by the database, nobody's name is opened."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Connection, FromClause, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from salur.core.lists.kinds import ListState, State
from salur.core.neighbourhood.answers import KelurahanCounts, Overview
from salur.core.officers.scope import Scope
from salur.core.payouts.answers import PaymentState
from salur.core.payouts.queries import of_several
from salur.core.regions.directory import name_territories
from salur.core.regions.region import VILLAGE, district_of
from salur.core.regions.territory import Territory
from salur.core.storage.prepared import constant
from salur.core.storage.statements import AnyField, AnySelect
from salur.core.tables.lists import ListRow
from salur.core.tables.people import EntitlementRow, PaymentRow

_PUBLISHED, _SUPERSEDED = constant(ListState.PUBLISHED), constant(ListState.SUPERSEDED)


class Counted(NamedTuple):
    """What was counted under one region, mostly a kelurahan."""

    region_code: str
    listed: int
    amount: int | None  # whole rupiah
    paid: int
    returned: int


def count_by_kelurahan(connection: Connection, scope: Scope) -> Overview:
    """Every kelurahan of the territory where someone is listed, by kecamatan and name."""
    found = map(Counted._make, connection.execute(counted(scope.people, scope.people.c.region_code)))
    inside_it = [row for row in found if len(row.region_code) == VILLAGE]
    names = name_territories(connection, [Territory(row.region_code) for row in inside_it])
    by_district: dict[tuple[str, str], list[KelurahanCounts]] = defaultdict(list)
    for code, listed, _, paid, returned in inside_it:
        name = names[Territory(code)]
        kelurahan = KelurahanCounts(code, name.kelurahan or code, listed, paid, returned)
        by_district[name.kecamatan or "", district_of(code)].append(kelurahan)
    return Overview(
        tuple(
            (name or code, tuple(sorted(inside, key=attrgetter("name"))))
            for (name, code), inside in sorted(by_district.items())
        )
    )


def counted(people: FromClause, *by: AnyField) -> AnySelect:
    """By these columns: entries of lists in force, of people who stand there or were paid, and what came of it."""
    before = _paid_before()
    state = func.coalesce(PaymentRow.state, before.c.state, PaymentState.DUE)
    return (
        select(
            *by,
            func.count().label("listed"),
            func.sum(EntitlementRow.amount).label("amount"),
            func.sum(case((state == PaymentState.PAID, 1), else_=0)).label("paid"),
            func.sum(case((state == PaymentState.RETURNED, 1), else_=0)).label("returned"),
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
        .where(ListRow.state == _PUBLISHED, or_(EntitlementRow.state != State.TAKEN_OFF, state != PaymentState.DUE))
        .group_by(*by)
    )


def _paid_before() -> Subquery:
    """What was paid before a list was corrected by another of its period: it stays paid."""
    now = aliased(ListRow, name="now_list")
    same_round = (now.programme_code == ListRow.programme_code, now.period == ListRow.period)
    corrected = select(now.id).where(*same_round, now.state == _PUBLISHED).exists()
    return (
        select(
            EntitlementRow.person_id,
            ListRow.programme_code,
            ListRow.period,
            of_several().label("state"),
        )
        .join(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .where(ListRow.state == _SUPERSEDED, corrected)
        .group_by(EntitlementRow.person_id, ListRow.programme_code, ListRow.period)
        .subquery("paid_before")
    )
