"""The statements about letters on their way. All go through Scope; only official letters, as long as they matter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, or_, select

from salur.core.letters.handing.answers import Counts
from salur.core.letters.handing.kinds import LISTED_AFTER, SOON, TOO_LONG, HandingState
from salur.core.letters.issuing.kinds import PrintingKind
from salur.core.officers.scope import Scope
from salur.core.people.letter_codes import LetterState
from salur.core.regions.territory import Territory
from salur.core.storage.statements import AnyColumn, AnySelect
from salur.core.tables.letters import LetterRow, PrintingRow
from salur.core.tables.payouts import PlaceRow, SittingRow
from salur.core.tables.people import EntitlementRow

_GOOD = LetterRow.state == LetterState.GENUINE
STANDS = {
    HandingState.WAITING: and_(_GOOD, LetterRow.handed_at.is_(None)),
    HandingState.HANDED: and_(_GOOD, LetterRow.handed_at.is_not(None)),
}


class LetterRead(NamedTuple):
    """A letter with its payee."""

    id: int
    number: int
    state: str
    comes_at: datetime | None
    comes_until: datetime | None
    handed_at: datetime | None
    handed_by: int | None
    programme: str
    period: str
    place_kind: str | None
    person: int
    sealed_names: bytes
    sealed_address: bytes | None
    region_code: str
    rw: int | None
    rt: int | None


def letters_of(scope: Scope, now: datetime) -> AnySelect:
    """All letters of an area that still matter, as LetterRead."""
    people = scope.people.c
    return _among(
        scope,
        now,
        LetterRow.id,
        LetterRow.number,
        LetterRow.state,
        LetterRow.comes_at,
        LetterRow.comes_until,
        LetterRow.handed_at,
        LetterRow.handed_by,
        PrintingRow.programme_code,
        PrintingRow.period,
        PlaceRow.kind,
        people.id.label("person"),
        people.sealed_names,
        people.sealed_address,
        people.region_code,
        people.rw,
        people.rt,
    )


def locked(connection: Connection, scope: Scope, letters: Collection[int], now: datetime) -> list[LetterRead]:
    """These letters, as far as they are of the area; nobody else changes them until the transaction ends."""
    found = letters_of(scope, now).where(LetterRow.id.in_(letters)).order_by(LetterRow.id)
    return [LetterRead._make(row) for row in connection.execute(found.with_for_update(of=LetterRow.__table__))]


def counts_in(connection: Connection, scope: Scope, now: datetime) -> Counts:
    """What became of the letters of an area."""
    return Counts(*map(int, connection.execute(_among(scope, now, *_sums())).one()))


def waiting_by_rt(connection: Connection, scope: Scope, now: datetime) -> list[tuple[int | None, int | None, int]]:
    """RW, RT, and how many letters wait there; with those where none does any more."""
    people = scope.people.c
    counted = _among(scope, now, people.rw, people.rt, _sum(STANDS[HandingState.WAITING]))
    return [(row[0], row[1], int(row[2])) for row in connection.execute(counted.group_by(people.rw, people.rt))]


class OfRt(NamedTuple):
    """An RT with its counts: how many wait too long, whose day is near, and of whom either is true."""

    area: Territory
    counts: Counts
    long: int
    soon: int
    late: int


def by_rt(connection: Connection, scope: Scope, now: datetime) -> list[OfRt]:
    """All RT of the area for which letters were printed."""
    people = scope.people.c
    waits = STANDS[HandingState.WAITING]
    late = (_sum(and_(waits, condition(now))) for condition in (_long, _soon, _late))
    where = (people.region_code, people.rw, people.rt)
    found = connection.execute(_among(scope, now, *where, *_sums(), *late).group_by(*where))
    return [OfRt(Territory(*row[:3]), Counts(*map(int, row[3:8])), *map(int, row[8:])) for row in found]


def late_rts(connection: Connection, scope: Scope, now: datetime) -> set[Territory]:
    """The RT of `by_rt` where a letter is late. The first page of Dinas Sosial asks this of a whole city, so letters
    come first: most are handed over, and their payees are not looked for."""
    late = (
        select(EntitlementRow.person_id)
        .join(LetterRow, LetterRow.entitlement_id == EntitlementRow.id)
        .join(PrintingRow, PrintingRow.id == LetterRow.printing_id)
        .where(*_matters(now), STANDS[HandingState.WAITING], _late(now))
    )
    people = scope.people.c
    found = select(people.region_code, people.rw, people.rt).where(people.id.in_(late)).distinct()
    return {Territory(*row) for row in connection.execute(found)}


def _long(now: datetime) -> AnyColumn:
    return PrintingRow.ready_at < now - TOO_LONG


def _soon(now: datetime) -> AnyColumn:
    return LetterRow.comes_at <= now + SOON


def _late(now: datetime) -> AnyColumn:
    return or_(_long(now), _soon(now))


def _matters(now: datetime) -> tuple[AnyColumn, AnyColumn]:
    """Of the office, and of a day that is not over for long."""
    lately = or_(LetterRow.comes_until.is_(None), LetterRow.comes_until >= now - LISTED_AFTER)
    return PrintingRow.kind == PrintingKind.OFFICIAL, lately


def _sums() -> tuple[AnyColumn, ...]:
    """In the order of Counts."""
    return (
        func.count(LetterRow.id),
        _sum(STANDS[HandingState.HANDED]),
        _sum(STANDS[HandingState.WAITING]),
        _sum(LetterRow.state == LetterState.REPLACED),
        _sum(LetterRow.state == LetterState.WITHDRAWN),
    )


def _sum(condition: AnyColumn) -> AnyColumn:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _among(scope: Scope, now: datetime, *columns: object) -> AnySelect:
    found: AnySelect = select(*columns)  # type: ignore[call-overload]
    return (
        found.select_from(scope.people)
        .join(EntitlementRow, EntitlementRow.person_id == scope.people.c.id)
        .join(LetterRow, LetterRow.entitlement_id == EntitlementRow.id)
        .join(PrintingRow, PrintingRow.id == LetterRow.printing_id)
        .outerjoin(SittingRow, SittingRow.id == LetterRow.sitting_id)
        .outerjoin(PlaceRow, PlaceRow.id == SittingRow.place_id)
        .where(*_matters(now))
    )
