"""What heads mark about the people of their list. A mark goes up the chain; it changes no list by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, union, update

from salur.core.access import AccessLog
from salur.core.database import AnyRow, Database, fresh_ids
from salur.core.errors import Refused
from salur.core.listed_people import NAMES
from salur.core.mark_kinds import (
    CONFIRMERS,
    MAKERS,
    NOTE_LENGTH,
    READERS,
    STANDING,
    STATE_AFTER,
    CareReason,
    Markable,
    MarkInbox,
    MarkKind,
    MarkState,
    Outcome,
    Step,
    may_handle,
)
from salur.core.mark_query import (
    MARK_NOTE,
    STEP_NOTE,
    entry_of,
    events_of,
    last_four,
    lock_person,
    mark_of,
    marks_statement,
    own_accounts,
)
from salur.core.nik import stands_in
from salur.core.roles import Officer, Role
from salur.core.scope import Scope
from salur.core.tables import MarkEventRow, MarkRow
from salur.core.vault import Vault

PAGE = 50
# A NIK or KK number has no place in a note, however it is spaced.


def open_marks(connection: Connection, scope: Scope, people: Collection[int]) -> dict[int, tuple[MarkKind, ...]]:
    """What is marked of these people (ids, of the scope) and neither handled nor taken back.

    Lists write a person in several rows; a mark on one of them shows at all that have his NIK. One statement.
    """
    asked, other, marks = scope.people, scope.people.alias("other_person"), scope.marks
    stands = (asked.c.id.in_(people), marks.c.state.in_(STANDING))
    direct = select(asked.c.id, marks.c.kind).join(marks, marks.c.person_id == asked.c.id).where(*stands)
    by_nik = (
        select(asked.c.id, marks.c.kind)
        .join(other, other.c.nik_index == asked.c.nik_index)
        .join(marks, marks.c.person_id == other.c.id)
        .where(*stands)
    )
    found: dict[int, list[MarkKind]] = {}
    for id, kind in connection.execute(union(direct, by_nik)):
        found.setdefault(id, []).append(MarkKind(kind))
    order = list(MarkKind)
    return {id: tuple(sorted(kinds, key=order.index)) for id, kinds in found.items()}


class Marks:
    """Makes, takes back, confirms and handles marks. All refusals are Refused; what lies outside the officer's
    territory is `no_such_entry` or `no_such_mark`, as if it did not exist.
    """

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock

    def person(self, officer: Officer, entitlement: int, *, door: str = "web") -> Markable:
        """Whom the page for marking is about; the look is recorded. Raises Refused: `not_your_role`,
        `no_such_entry`."""
        _only(officer, MAKERS)
        scope = Scope.of(officer)
        with self._database.writing() as connection:
            row = entry_of(connection, scope, entitlement)
            self._access.record(connection, [row.person_id], officer, door=door, what="list")
            marked = open_marks(connection, scope, [row.person_id]).get(row.person_id, ())
        return Markable(
            entitlement=entitlement,
            name=self._vault.open_json(row.sealed_names, NAMES, row.person_id)["name"],
            last_four=last_four(self._vault, row.sealed_numbers, row.person_id),
            kelurahan=row.kelurahan,
            rw=row.rw,
            rt=row.rt,
            programme=row.programme_code,
            programme_name=row.programme_name,
            period=row.period,
            list_date=row.issued_on,
            marked=marked,
        )

    def make(
        self,
        officer: Officer,
        entitlement: int,
        kind: MarkKind,
        *,
        note: str | None = None,
        care: CareReason | None = None,
    ) -> int:
        """Mark the person of an entry; gives the mark's id. `care` goes with HOME_DELIVERY and with nothing else.

        Raises: Refused with `not_your_role`, `no_such_entry`, `already_marked`, `care_missing`, `note_too_long`,
        `number_in_note`.
        """
        _only(officer, MAKERS)
        note = _checked(note)
        if kind is not MarkKind.HOME_DELIVERY:
            care = None
        elif care is None:
            raise Refused("care_missing")
        scope = Scope.of(officer)
        with self._database.writing() as connection:
            row = entry_of(connection, scope, entitlement)
            lock_person(connection, scope, row)
            if kind in open_marks(connection, scope, [row.person_id]).get(row.person_id, ()):
                raise Refused("already_marked", kind=kind)
            id = next(fresh_ids(1))
            content = {"note": note, "care": care}
            sealed = self._vault.seal_json(content, MARK_NOTE, id) if note or care else None
            area = {"region_code": row.region_code, "rw": row.rw, "rt": row.rt}
            values = {"id": id, "person_id": row.person_id, **area, "kind": kind, "sealed_note": sealed}
            connection.execute(insert(MarkRow).values(state=STATE_AFTER[Step.MADE], **values))
            self._append(connection, id, Step.MADE, officer)
        return id

    def take_back(self, officer: Officer, id: int) -> None:
        """Take a mark back, as the office that made it, until it is handled.

        Raises: Refused with `not_your_role`, `no_such_mark`, `already_handled`, `already_taken_back`, `not_your_mark`.
        """
        _only(officer, MAKERS)
        self._step(officer, id, Step.TAKEN_BACK, otherwise="not_your_mark")

    def confirm(self, officer: Officer, id: int, *, note: str | None = None) -> None:
        """Say as a level above that it is so. It goes on up; the list stays as it is.

        Raises: Refused with `not_your_role`, `no_such_mark`, `already_handled`, `already_taken_back`,
        `already_confirmed`, `note_too_long`, `number_in_note`.
        """
        _only(officer, CONFIRMERS)
        self._step(officer, id, Step.CONFIRMED, note=_checked(note), otherwise="already_confirmed")

    def handle(self, officer: Officer, id: int, outcome: Outcome, *, note: str | None = None) -> None:
        """Close a mark and say what came of it. The kelurahan does so for home delivery, Dinas Sosial for all.

        Raises: Refused with `no_such_mark`, `not_your_role`, `already_handled`, `already_taken_back`,
        `note_too_long`, `number_in_note`.
        """
        self._step(officer, id, Step.HANDLED, outcome=outcome, note=_checked(note), otherwise="not_your_role")

    def inbox(
        self,
        officer: Officer,
        *,
        state: MarkState | None = None,
        kind: MarkKind | None = None,
        page: int = 1,
        door: str = "web",
    ) -> MarkInbox:
        """The marks of one's territory with their history: those that wait first, the newest on top. The look is
        recorded. Raises Refused(`not_your_role`)."""
        _only(officer, READERS)
        scope = Scope.of(officer)
        with self._database.writing() as connection:
            counted = select(scope.marks.c.state, func.count()).group_by(scope.marks.c.state)
            counts = {MarkState(state): int(n) for state, n in connection.execute(counted)}
            found, rows = self._page(connection, scope, state, kind, page)
            events = events_of(connection, [row.id for row in rows])
            own = own_accounts(connection, scope, officer)
            self._access.record(connection, [row.person_id for row in rows], officer, door=door, what="list")
        marks = tuple(
            mark_of(self._vault, row, events[row.id], _may(officer, row, events[row.id], own)) for row in rows
        )
        return MarkInbox(marks, counts, found, page, max(1, -(-found // PAGE)))

    @staticmethod
    def _page(
        connection: Connection, scope: Scope, state: MarkState | None, kind: MarkKind | None, page: int
    ) -> tuple[int, Sequence[AnyRow]]:
        marks = scope.marks
        wanted = [column == value for column, value in ((marks.c.state, state), (marks.c.kind, kind)) if value]
        found = connection.execute(select(func.count()).select_from(marks).where(*wanted)).scalar_one()
        shown = marks_statement(scope).where(*wanted).limit(PAGE).offset((page - 1) * PAGE)
        return int(found), connection.execute(shown).all()

    def _step(
        self,
        officer: Officer,
        id: int,
        step: Step,
        *,
        otherwise: str,
        outcome: Outcome | None = None,
        note: str | None = None,
    ) -> None:
        """Take one step with a mark of the territory, if this office may now; `otherwise` says why it may not."""
        scope = Scope.of(officer)
        with self._database.writing() as connection:
            marks = scope.marks
            row = connection.execute(select(marks).where(marks.c.id == id).with_for_update()).one_or_none()
            if row is None:
                raise Refused("no_such_mark")
            if row.state not in STANDING:
                raise Refused(f"already_{row.state}")
            events = events_of(connection, [id])[id]
            if step not in _may(officer, row, events, own_accounts(connection, scope, officer)):
                raise Refused(otherwise)
            self._append(connection, id, step, officer, outcome=outcome, note=note)

    def _append(
        self,
        connection: Connection,
        mark: int,
        step: Step,
        officer: Officer,
        *,
        outcome: Outcome | None = None,
        note: str | None = None,
    ) -> None:
        """Write a step, and the state that it leaves the mark in: the one place where a state changes."""
        id = next(fresh_ids(1))
        event = {
            "id": id,
            "mark_id": mark,
            "at": self._clock(),
            "what": step,
            "role": officer.role,
            "account_id": officer.account,
            "outcome": outcome,
            "sealed_note": self._vault.seal(note.encode(), STEP_NOTE, id) if note else None,
        }
        connection.execute(insert(MarkEventRow).values(event))
        connection.execute(update(MarkRow).where(MarkRow.id == mark).values(state=STATE_AFTER[step]))


def _may(officer: Officer, row: AnyRow, events: Sequence[AnyRow], own: Collection[int]) -> frozenset[Step]:
    """What an office can do with a mark as it stands now."""
    if row.state not in STANDING:
        return frozenset()
    may = set()
    if events[0].account_id in own:
        may.add(Step.TAKEN_BACK)
    if officer.role in CONFIRMERS and all(officer.is_above(Role(event.role)) for event in events):
        may.add(Step.CONFIRMED)
    if may_handle(officer.role, MarkKind(row.kind)):
        may.add(Step.HANDLED)
    return frozenset(may)


def _only(officer: Officer, roles: Collection[Role]) -> None:
    if officer.role not in roles:
        raise Refused("not_your_role", role=officer.role)


def _checked(note: str | None) -> str | None:
    note = " ".join((note or "").split())
    if len(note) > NOTE_LENGTH:
        raise Refused("note_too_long", most=NOTE_LENGTH)
    if stands_in(note):
        raise Refused("number_in_note")
    return note or None
