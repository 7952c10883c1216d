"""What a report of payments is compared with: the people of its round, what was known of them, and their sittings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, true

from salur.core.lists.kinds import ListState
from salur.core.payouts.answers import FileKind, FileState, PaymentState
from salur.core.payouts.kinds import Round, SittingState
from salur.core.regions.region import district_of, regency_of
from salur.core.regions.zones import time_zone
from salur.core.storage.prepared import columns_of
from salur.core.storage.statements import AnyColumn, AnyField, AnySelect
from salur.core.tables.lists import ListRow
from salur.core.tables.payouts import PayoutFileRow, SittingRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow
from salur.core.tables.regions import RegionRow

QUERY_SIZE = 1_000
HEARD = (ListState.PUBLISHED, ListState.SUPERSEDED)  # lists that a payment may belong to
Key = tuple[str, object]  # `letter`, `nik` or `kk`, and its index; or `place`, and RW and RT
Place = tuple[int, int]  # RW and RT


class Entitled(NamedTuple):
    """A payee's line on a list of the round, and what is known of its payment."""

    id: int
    list_id: int
    list_state: str
    area: str  # of the list
    person_id: int
    nik: bytes | None
    kk: bytes | None
    region_code: str | None
    rw: int | None
    rt: int | None
    sealed_names: bytes
    amount: int | None
    paid_state: str | None
    paid_on: date | None
    paid_at: str | None
    corrects: int | None  # the line in whose place this one stands

    @property
    def payee(self) -> object:
        """What tells two payees apart."""
        return self.nik or self.person_id


def of_several() -> AnyColumn:
    """What became of several payments of somebody in a round: paid once is paid, whatever else was tried."""
    paid = func.max(case((PaymentRow.state == PaymentState.PAID, PaymentRow.state)))
    return func.coalesce(paid, func.min(PaymentRow.state))


def entitled(
    connection: Connection, round: Round, wanted: Mapping[str, Collection[bytes]], region_code: str | None = None
) -> dict[Key, list[Entitled]]:
    """Who stands on lists of the round under these indexes of letter codes, NIKs and KKs, the first written first.

    Only who lives in the region, where one is given, or is on a list of it without saying where.
    """
    columns = {"letter": EntitlementRow.letter_index, "nik": PersonRow.nik_index, "kk": PersonRow.kk_index}
    found: dict[Key, list[Entitled]] = defaultdict(list)
    for kind, values in wanted.items():
        ordered = sorted(values)
        for start in range(0, len(ordered), QUERY_SIZE):
            statement = _entitled(round, columns[kind]).where(
                inside(region_code), columns[kind].in_(ordered[start : start + QUERY_SIZE])
            )
            for value, *rest in connection.execute(statement):
                found[kind, value].append(Entitled._make(rest))
    return found


def living_in(
    connection: Connection, round: Round, places: Collection[Place], region_code: str | None = None
) -> tuple[dict[Key, list[Entitled]], dict[str, str]]:
    """Who stands on lists of the round in these RW and RT, of whatever kelurahan; and the names of those, by code."""
    found: dict[Key, list[Entitled]] = defaultdict(list)
    for rw, rt in sorted(places):
        here = _entitled(round, PersonRow.rt).where(inside(region_code), PersonRow.rw == rw, PersonRow.rt == rt)
        for _, *rest in connection.execute(here):
            found["place", (rw, rt)].append(Entitled._make(rest))
    codes = sorted({one.region_code for people in found.values() for one in people if one.region_code})
    names: dict[str, str] = {}
    for start in range(0, len(codes), QUERY_SIZE):
        some = RegionRow.code.in_(codes[start : start + QUERY_SIZE])
        names |= {row.code: row.name for row in connection.execute(select(RegionRow.code, RegionRow.name).where(some))}
    return found, names


def _entitled(round: Round, value: AnyField) -> AnySelect:
    columns = columns_of(
        Entitled,
        id=EntitlementRow.id,
        list_id=EntitlementRow.list_id,
        list_state=ListRow.state,
        area=ListRow.area,
        person_id=EntitlementRow.person_id,
        nik=PersonRow.nik_index,
        kk=PersonRow.kk_index,
        region_code=PersonRow.region_code,
        rw=PersonRow.rw,
        rt=PersonRow.rt,
        sealed_names=PersonRow.sealed_names,
        amount=EntitlementRow.amount,
        paid_state=PaymentRow.state,
        paid_on=PaymentRow.on,
        paid_at=PaymentRow.at,
        corrects=EntitlementRow.corrects,
    )
    return (
        select(value.label("value"), *columns)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .where(ListRow.programme_code == round.programme, ListRow.period == round.period, ListRow.state.in_(HEARD))
        .order_by(EntitlementRow.id)
    )


def inside(region_code: str | None) -> ColumnElement[bool]:
    """Who lives in a region, or is on a list of it without saying where; everybody where none is given."""
    if region_code is None:
        return true()
    nowhere = and_(PersonRow.region_code.is_(None), _within(ListRow.area, region_code))
    return or_(_within(PersonRow.region_code, region_code), nowhere)


def _within(code: AnyField, region_code: str) -> ColumnElement[bool]:
    """The dot keeps 32.7 from holding 32.71."""
    return or_(code == region_code, code.startswith(f"{region_code}.", autoescape=True))


class Openings:
    """On which day the first sitting of a round is open for someone; a moved one counts from its earlier day."""

    def __init__(self, connection: Connection, round: Round) -> None:
        statement = select(SittingRow.region_code, SittingRow.rw, SittingRow.rt, func.min(SittingRow.starts_at)).where(
            SittingRow.programme_code == round.programme,
            SittingRow.period == round.period,
            SittingRow.state.in_((SittingState.ACTIVE, SittingState.REPLACED)),
        )
        grouped = statement.group_by(SittingRow.region_code, SittingRow.rw, SittingRow.rt)
        self._first: dict[tuple[str, int | None, int | None], datetime] = {
            (region, rw, rt): first for region, rw, rt, first in connection.execute(grouped)
        }

    def first_day(self, person: Entitled) -> date | None:
        """The earliest day on which anybody of the person's area could be paid; None while nothing is announced."""
        code = person.region_code
        if code is None:
            return None
        areas = [
            (region, rw, rt)
            for region in {code, district_of(code), regency_of(code)}
            for rw in {None, person.rw}
            for rt in {None, person.rt}
        ]
        starts = [self._first[area] for area in areas if area in self._first]
        return min(starts).astimezone(time_zone(code)).date() if starts else None


def basis_of(connection: Connection, round: Round) -> str:
    """What a draft of payments was compared with: when it changes, so may what its rows mean."""
    lists = select(ListRow.id, ListRow.state).where(
        ListRow.programme_code == round.programme, ListRow.period == round.period, ListRow.state.in_(HEARD)
    )
    files = select(PayoutFileRow.id).where(
        PayoutFileRow.kind == FileKind.PAYMENTS,
        PayoutFileRow.programme_code == round.programme,
        PayoutFileRow.period == round.period,
        PayoutFileRow.state == FileState.PUBLISHED,
    )
    sittings = select(func.count(), func.max(SittingRow.id)).where(
        SittingRow.programme_code == round.programme,
        SittingRow.period == round.period,
        SittingRow.state == SittingState.ACTIVE,
    )
    return json.dumps(
        [sorted(tuple(row) for row in connection.execute(statement)) for statement in (lists, files, sittings)]
    )
