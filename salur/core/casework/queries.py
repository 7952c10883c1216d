"""What an officer's inbox is selected by, and a proposal as its row holds it, with the words of each field known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, func, select

from salur.core.casework.answers import Counts, Order, Tab, Wanted
from salur.core.errors import NotThere
from salur.core.limits.kinds import Door
from salur.core.officers.scope import Scope
from salur.core.proposals.kinds import Holder, Kind, Outcome
from salur.core.proposals.visible import select_proposals
from salur.core.regions.region import DISTRICT
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow
from salur.core.storage.statements import AnyColumn, Columns
from salur.core.tables.proposals import PhotoRow, ProposalRow

AT_ONCE = 500  # values in one statement


@dataclass(frozen=True, slots=True, repr=False)
class Proposal:
    """A row of `proposal`, under the names of its columns."""

    id: int
    kind: Kind
    region_code: str
    rw: int | None
    rt: int | None
    nik_index: bytes | None
    kk_index: bytes | None
    door: Door
    sent_at: datetime
    sealed_body: bytes
    holder: Holder | None
    desk: Holder | None
    held_since: datetime
    due_at: datetime | None
    outcome: Outcome | None

    @property
    def place(self) -> Territory:
        """Where the person lives whom it is about."""
        return Territory(self.region_code, self.rw, self.rt)


def find(connection: Connection, scope: Scope, id: int, *, lock: bool = False) -> Proposal:
    """One proposal; `lock` makes who decides on it at the same time wait. Raises NotThere(`no_such_proposal`)."""
    own = select_proposals(scope)
    if lock:
        visible = select(own.c.id).where(own.c.id == id)
        connection.execute(select(ProposalRow.id).where(ProposalRow.id.in_(visible)).with_for_update())
    row = connection.execute(select(own).where(own.c.id == id)).one_or_none()
    if row is None:
        raise NotThere("no_such_proposal")
    return _proposal(row)


def count(connection: Connection, scope: Scope, level: Holder | None, now: datetime) -> Counts:
    """How many there are in each part, and how many of those that wait are late."""
    own = select_proposals(scope)
    waiting, elsewhere, closed = (_part(own.c, tab, level) for tab in Tab)
    counted = [func.count().filter(part) for part in (waiting, waiting & (own.c.due_at < now), elsewhere, closed)]
    return Counts(*map(int, connection.execute(select(*counted).select_from(own)).one()))


class Part:
    """What is wanted of one part of an inbox: counted, or some of it in its order."""

    def __init__(self, scope: Scope, level: Holder | None, tab: Tab, wanted: Wanted, now: datetime) -> None:
        own = select_proposals(scope)
        self._found = select(own).where(_part(own.c, tab, level), *_conditions(own.c, wanted, now))
        self._order = _order(own.c, tab, wanted.order, now)

    def count(self, connection: Connection) -> int:
        """How many there are."""
        return int(connection.execute(select(func.count()).select_from(self._found.subquery())).scalar_one())

    def read(self, connection: Connection, limit: int, offset: int) -> list[Proposal]:
        """Some of them."""
        some = self._found.order_by(*self._order).limit(limit).offset(offset)
        return [_proposal(row) for row in connection.execute(some)]


def list_photos(connection: Connection, proposal: int) -> Sequence[int]:
    """The ids of its photos."""
    photos = select(PhotoRow.id).where(PhotoRow.proposal_id == proposal).order_by(PhotoRow.id)
    return connection.execute(photos).scalars().all()


def people_under(connection: Connection, scope: Scope, niks: Collection[bytes]) -> list[int]:
    """The ids of those of the territory who stand on lists under these NIKs (indexes)."""
    own, known = scope.people.c, sorted(niks)
    found: list[int] = []
    for start in range(0, len(known), AT_ONCE):
        found += connection.execute(select(own.id).where(own.nik_index.in_(known[start : start + AT_ONCE]))).scalars()
    return found


def _proposal(row: AnyRow) -> Proposal:
    holder, desk = (Holder(value) if value else None for value in (row.holder, row.desk))
    outcome = Outcome(row.outcome) if row.outcome else None
    known = {"kind": Kind(row.kind), "door": Door(row.door), "holder": holder, "desk": desk, "outcome": outcome}
    return Proposal(**{**row._mapping, **known})


def _part(own: Columns, tab: Tab, level: Holder | None) -> ColumnElement[bool]:
    """The condition of one part. What the level asked its sender about lies at the level all the same."""
    found: ColumnElement[bool]
    match tab:
        case Tab.WAITING:
            found = own.desk == level
        case Tab.ELSEWHERE:
            found = own.desk.is_not(None) & (own.desk != level)
        case Tab.CLOSED:
            found = own.desk.is_(None)
    return found


def _conditions(own: Columns, wanted: Wanted, now: datetime) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield own.kind == wanted.kind
    if wanted.district is not None:
        yield func.substr(own.region_code, 1, DISTRICT) == wanted.district
    if wanted.late:
        yield own.due_at < now
    if wanted.older_than is not None:
        yield own.sent_at < now - wanted.older_than


def _order(own: Columns, tab: Tab, order: Order, now: datetime) -> tuple[AnyColumn, ...]:
    if order is Order.OLDEST:
        return (own.sent_at, own.id)
    if order is Order.NEWEST:
        return (own.sent_at.desc(), own.id.desc())
    if tab is Tab.CLOSED:
        return (own.held_since.desc(), own.id.desc())
    late = case((own.due_at < now, 0), else_=1)
    return (late, own.due_at.is_(None), own.due_at, own.sent_at, own.id)
