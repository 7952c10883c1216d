"""The statements behind a neighbourhood's days of payment: sittings around it, and where plans have placed people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import aliased

from salur.core.officers.scope import Scope
from salur.core.payouts.kinds import SittingState
from salur.core.payouts.sittings import PART, Part, SittingRead, read_sitting, sitting_columns
from salur.core.regions.region import district_of, regency_of
from salur.core.regions.territory import Territory
from salur.core.storage.prepared import PreparedForMany, columns_of, constant
from salur.core.storage.statements import AnySelect, Binds
from salur.core.tables.payouts import AppointmentRow, PlaceRow, SittingRow

_old, _old_place = aliased(SittingRow, name="old_sitting"), aliased(PlaceRow, name="old_place")


class SittingOfRound(NamedTuple):
    """A sitting, and what is paid there."""

    programme_code: str
    period: str
    sitting: SittingRead


def sitting_rows(connection: Connection, area: Territory, periods: Collection[str]) -> list[SittingOfRound]:
    """The sittings around an area for these periods, the earliest first."""
    if not periods:
        return []
    village = area.region_code
    around = {"village": village, "district": district_of(village), "regency": regency_of(village)}
    return _SITTINGS.run(connection, periods, around)


def _sittings(periods: Binds) -> AnySelect:
    return (
        select(
            SittingRow.programme_code,
            SittingRow.period,
            *sitting_columns(SittingRow, PlaceRow, "sitting_"),
            *sitting_columns(_old, _old_place, "old_"),
        )
        .join(PlaceRow, PlaceRow.id == SittingRow.place_id)
        .outerjoin(_old, _old.id == SittingRow.replaces_id)
        .outerjoin(_old_place, _old_place.id == _old.place_id)
        .where(
            SittingRow.region_code.in_([bindparam(name) for name in ("village", "district", "regency")]),
            SittingRow.state == constant(SittingState.ACTIVE),
            SittingRow.period.in_(periods),
        )
        .order_by(SittingRow.starts_at, SittingRow.id)
    )


def _read_sitting(values: Sequence[object]) -> SittingOfRound:
    return SittingOfRound._make((*values[:2], read_sitting(values[2:])))


_SITTINGS = PreparedForMany(_sittings, _read_sitting)


def parts_by_person(connection: Connection, scope: Scope, plans: Collection[int]) -> dict[int, list[Part]]:
    """Where these plans have placed the people of a scope."""
    found: dict[int, list[Part]] = defaultdict(list)
    if plans:
        for person, part in _placed(**scope.shape).run(connection, plans, scope.values):
            found[person].append(part)
    return found


@cache
def _placed(*, rw: bool, rt: bool) -> PreparedForMany[tuple[int, Part]]:
    people = Scope.to_prepare(rw=rw, rt=rt).people

    def of_plans(plans: Binds) -> AnySelect:
        own = select(AppointmentRow.person_id, *columns_of(Part, **PART))
        return own.join(people, people.c.id == AppointmentRow.person_id).where(AppointmentRow.file_id.in_(plans))

    return PreparedForMany(of_plans, lambda values: (int(str(values[0])), Part._make(values[1:])))
