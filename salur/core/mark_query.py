"""Marks as they are read: the statements, and from rows to what an office sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, case, select

from salur.core.database import AnyRow
from salur.core.errors import Refused
from salur.core.listed_people import NAMES, NUMBERS
from salur.core.mark_kinds import STANDING, CareReason, Mark, MarkEvent, MarkKind, MarkState, Outcome, Step
from salur.core.roles import Officer, Role
from salur.core.scope import Scope
from salur.core.tables import EntitlementRow, ListRow, MarkEventRow, ProgrammeRow, RegionRow
from salur.core.vault import Vault

MARK_NOTE, STEP_NOTE = "mark.sealed_note", "mark_event.sealed_note"


def entry_of(connection: Connection, scope: Scope, entitlement: int) -> AnyRow:
    """The entry of a list that was published, with its person, who is in the scope. Raises Refused(`no_such_entry`)."""
    own = scope.people
    statement = (
        select(
            own.c.id.label("person_id"),
            *(own.c[name] for name in ("nik_index", "region_code", "rw", "rt", "sealed_names", "sealed_numbers")),
            RegionRow.name.label("kelurahan"),
            ListRow.programme_code,
            ProgrammeRow.name.label("programme_name"),
            ListRow.period,
            ListRow.issued_on,
        )
        .select_from(own)
        .join(EntitlementRow, EntitlementRow.person_id == own.c.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .outerjoin(RegionRow, RegionRow.code == own.c.region_code)
        .where(EntitlementRow.id == entitlement, ListRow.state.in_(("published", "superseded")))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise Refused("no_such_entry")
    return row


def lock_person(connection: Connection, scope: Scope, row: AnyRow) -> None:
    """Make two who mark one person at once wait for each other."""
    own = scope.people
    same = own.c.id == row.person_id if row.nik_index is None else own.c.nik_index == row.nik_index
    connection.execute(select(own.c.id).where(same).order_by(own.c.id).with_for_update())


def marks_statement(scope: Scope) -> Select[*tuple[Any, ...]]:
    """Marks of a territory with their people: those that wait first, the newest on top."""
    marks, people = scope.marks, scope.people
    return (
        select(
            *(marks.c[name] for name in ("id", "person_id", "kind", "state", "sealed_note")),
            *(people.c[name] for name in ("rw", "rt", "sealed_names", "sealed_numbers")),
            RegionRow.name.label("kelurahan"),
        )
        .select_from(marks)
        .join(people, people.c.id == marks.c.person_id)
        .outerjoin(RegionRow, RegionRow.code == people.c.region_code)
        .order_by(case((marks.c.state.in_(STANDING), 0), else_=1), marks.c.id.desc())
    )


def events_of(connection: Connection, marks: Sequence[int]) -> Mapping[int, list[AnyRow]]:
    """The steps of these marks (ids, found in the scope before), the oldest first."""
    found: dict[int, list[AnyRow]] = defaultdict(list)
    statement = select(MarkEventRow.__table__).where(MarkEventRow.mark_id.in_(marks)).order_by(MarkEventRow.id)
    for row in connection.execute(statement):
        found[row.mark_id].append(row)
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


def mark_of(vault: Vault, row: AnyRow, events: Sequence[AnyRow], may: frozenset[Step]) -> Mark:
    """One mark, opened."""
    content = vault.open_json(row.sealed_note, MARK_NOTE, row.id) if row.sealed_note else {"note": None, "care": None}
    history = tuple(_event(vault, event, content["note"]) for event in events)
    return Mark(
        id=row.id,
        kind=MarkKind(row.kind),
        care=CareReason(content["care"]) if content["care"] else None,
        state=MarkState(row.state),
        name=vault.open_json(row.sealed_names, NAMES, row.person_id)["name"],
        last_four=last_four(vault, row.sealed_numbers, row.person_id),
        kelurahan=row.kelurahan,
        rw=row.rw,
        rt=row.rt,
        events=history,
        may=may,
    )


def last_four(vault: Vault, sealed_numbers: bytes | None, person: int) -> str | None:
    """The last four digits of a NIK; the rest stays where it is."""
    nik = vault.open_json(sealed_numbers, NUMBERS, person)[0] if sealed_numbers else None
    return nik[-4:] if nik else None


def _event(vault: Vault, row: AnyRow, note_of_the_mark: str | None) -> MarkEvent:
    step = Step(row.what)
    note = vault.open(row.sealed_note, STEP_NOTE, row.id).decode() if row.sealed_note else None
    return MarkEvent(
        at=row.at,
        step=step,
        role=Role(row.role),
        outcome=Outcome(row.outcome) if row.outcome else None,
        note=note_of_the_mark if step is Step.MADE else note,
    )
