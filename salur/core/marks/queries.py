"""Marks as they are read: the statements, and from rows to what an office sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, case, select

from salur.core.errors import NotThere
from salur.core.lists.kinds import ListState
from salur.core.marks.answers import Mark, MarkEvent
from salur.core.marks.kinds import STANDING, CareReason, MarkKind, MarkState, Outcome, Step
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import Scope
from salur.core.people.sealed import birth_year, open_name
from salur.core.storage.prepared import columns_of
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.marks import MarkEventRow
from salur.core.tables.people import EntitlementRow
from salur.core.tables.regions import RegionRow

MARK_NOTE, STEP_NOTE = "mark.sealed_note", "mark_event.sealed_note"
SEALED = ("sealed_names", "sealed_numbers")


class Entry(NamedTuple):
    """Someone of the scope on a list that was published."""

    person_id: int
    nik_index: bytes | None
    region_code: str
    rw: int | None
    rt: int | None
    sealed_names: bytes
    sealed_numbers: bytes | None
    kelurahan: str | None
    programme_code: str
    programme_name: str
    period: str
    issued_on: date


class MarkFound(NamedTuple):
    """A mark of the scope, with its person."""

    id: int
    person_id: int
    kind: MarkKind
    state: MarkState
    sealed_note: bytes | None
    rw: int | None
    rt: int | None
    sealed_names: bytes
    sealed_numbers: bytes | None
    kelurahan: str | None


class StepFound(NamedTuple):
    """A step of a mark."""

    id: int
    mark_id: int
    at: datetime
    what: Step
    role: Role
    account_id: int
    outcome: Outcome | None
    sealed_note: bytes | None


def find_entry(connection: Connection, scope: Scope, entitlement: int) -> Entry:
    """The entry of a list that was published, with its person, who is in the scope. Raises Refused(`no_such_entry`)."""
    own = scope.people
    statement = (
        select(
            *columns_of(
                Entry,
                person_id=own.c.id,
                **{name: own.c[name] for name in ("nik_index", "region_code", "rw", "rt", *SEALED)},
                kelurahan=RegionRow.name,
                programme_code=ListRow.programme_code,
                programme_name=ProgrammeRow.name,
                period=ListRow.period,
                issued_on=ListRow.issued_on,
            )
        )
        .select_from(own)
        .join(EntitlementRow, EntitlementRow.person_id == own.c.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(RegionRow, RegionRow.code == own.c.region_code)
        .where(EntitlementRow.id == entitlement, ListRow.state.in_((ListState.PUBLISHED, ListState.SUPERSEDED)))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NotThere("no_such_entry")
    return Entry._make(row)


def lock_person(connection: Connection, scope: Scope, entry: Entry) -> None:
    """Make two who mark one person at once wait for each other."""
    own = scope.people
    same = own.c.id == entry.person_id if entry.nik_index is None else own.c.nik_index == entry.nik_index
    connection.execute(select(own.c.id).where(same).order_by(own.c.id).with_for_update())


def list_marks(
    connection: Connection, scope: Scope, *conditions: ColumnElement[bool], limit: int, offset: int
) -> list[MarkFound]:
    """Marks of a territory with their people: those that wait first, the newest on top."""
    marks, people = scope.marks, scope.people
    statement = (
        select(
            *columns_of(
                MarkFound,
                **{name: marks.c[name] for name in ("id", "person_id", "kind", "state", "sealed_note")},
                **{name: people.c[name] for name in ("rw", "rt", *SEALED)},
                kelurahan=RegionRow.name,
            )
        )
        .select_from(marks)
        .join(people, people.c.id == marks.c.person_id)
        .outerjoin(RegionRow, RegionRow.code == people.c.region_code)
        .where(*conditions)
        .order_by(case((marks.c.state.in_(STANDING), 0), else_=1), marks.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    rows = map(MarkFound._make, connection.execute(statement))
    return [row._replace(kind=MarkKind(row.kind), state=MarkState(row.state)) for row in rows]


def steps_of(connection: Connection, marks: Sequence[int]) -> Mapping[int, list[StepFound]]:
    """The steps of these marks (ids, found in the scope before), the oldest first."""
    event = MarkEventRow.__table__.c
    statement = select(*(event[name] for name in StepFound._fields)).where(event.mark_id.in_(marks)).order_by(event.id)
    found: dict[int, list[StepFound]] = defaultdict(list)
    for row in map(StepFound._make, connection.execute(statement)):
        outcome = Outcome(row.outcome) if row.outcome else None
        found[row.mark_id].append(row._replace(what=Step(row.what), role=Role(row.role), outcome=outcome))
    return found


def own_accounts(connection: Connection, scope: Scope, officer: Officer) -> frozenset[int]:
    """The accounts of an officer's own office, closed ones too: whoever follows a head speaks for the same RT."""
    accounts, territory = scope.accounts, officer.territory
    same = (
        accounts.c.role == officer.role,
        accounts.c.region_code == territory.region_code,
        accounts.c.rw.is_(None) if territory.rw is None else accounts.c.rw == territory.rw,
        accounts.c.rt.is_(None) if territory.rt is None else accounts.c.rt == territory.rt,
    )
    return frozenset(connection.execute(select(accounts.c.id).where(*same)).scalars())


def open_mark(vault: Vault, row: MarkFound, steps: Sequence[StepFound], may: frozenset[Step]) -> Mark:
    """One mark, opened."""
    content = vault.open_json(row.sealed_note, MARK_NOTE, row.id) if row.sealed_note else {"note": None, "care": None}
    history = tuple(_event(vault, step, content["note"]) for step in steps)
    return Mark(
        id=row.id,
        kind=row.kind,
        care=CareReason(content["care"]) if content["care"] else None,
        state=row.state,
        name=open_name(vault, row.sealed_names, row.person_id),
        birth_year=birth_year(vault, row.sealed_numbers, row.person_id),
        kelurahan=row.kelurahan,
        rw=row.rw,
        rt=row.rt,
        events=history,
        may=may,
    )


def _event(vault: Vault, row: StepFound, note_of_the_mark: str | None) -> MarkEvent:
    note = vault.open(row.sealed_note, STEP_NOTE, row.id).decode() if row.sealed_note else None
    return MarkEvent(
        at=row.at,
        step=row.what,
        role=row.role,
        outcome=row.outcome,
        note=note_of_the_mark if row.what is Step.MADE else note,
    )
