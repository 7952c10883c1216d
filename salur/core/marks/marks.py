"""What heads mark about the people of their list. A mark goes up the chain; it changes no list by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, union, update

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.marks.answers import Mark, Markable, MarkInbox
from salur.core.marks.kinds import (
    CONFIRMERS,
    MAKERS,
    NOTE_LENGTH,
    READERS,
    STANDING,
    STATE_AFTER,
    CareReason,
    MarkKind,
    MarkState,
    Outcome,
    Step,
    may_handle,
)
from salur.core.marks.queries import (
    MARK_NOTE,
    STEP_NOTE,
    MarkFound,
    StepFound,
    find_entry,
    list_marks,
    lock_person,
    open_mark,
    own_accounts,
    steps_of,
)
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.people.among import stands_in
from salur.core.people.sealed import birth_year, open_name
from salur.core.privacy.access_log import AccessLog
from salur.core.storage.database import Database, fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.marks import MarkEventRow, MarkRow

PAGE = 50


def open_marks(connection: Connection, scope: Scope, people: Collection[int]) -> dict[int, tuple[MarkKind, ...]]:
    """What is marked of these people (ids, of the scope) and neither handled nor taken back.

    Lists write a person in several rows; a mark on one of them shows at all that have the same NIK. One statement.
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

    def person(self, officer: Officer, entitlement: int, *, door: Door) -> Markable:
        """Whom the page for marking is about; the look is recorded. Raises Refused: `not_your_role`,
        `no_such_entry`."""
        _only(officer, MAKERS)
        scope = Scope.of(officer)
        with self._database.writing() as connection:
            entry = find_entry(connection, scope, entitlement)
            self._access.record(connection, [entry.person_id], officer, door=door, what="list")
            marked = open_marks(connection, scope, [entry.person_id]).get(entry.person_id, ())
        return Markable(
            entitlement=entitlement,
            name=open_name(self._vault, entry.sealed_names, entry.person_id),
            birth_year=birth_year(self._vault, entry.sealed_numbers, entry.person_id),
            kelurahan=entry.kelurahan,
            rw=entry.rw,
            rt=entry.rt,
            programme=entry.programme_code,
            programme_name=entry.programme_name,
            period=entry.period,
            list_date=entry.issued_on,
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
        note = check_note(note)
        if kind is not MarkKind.HOME_DELIVERY:
            care = None
        elif care is None:
            raise FieldRefused("care", "care_missing")
        scope = Scope.of(officer)
        with self._database.writing() as connection:
            entry = find_entry(connection, scope, entitlement)
            lock_person(connection, scope, entry)
            if kind in open_marks(connection, scope, [entry.person_id]).get(entry.person_id, ()):
                raise Refused("already_marked", kind=kind)
            id = next(fresh_ids(1))
            content = {"note": note, "care": care}
            sealed = self._vault.seal_json(content, MARK_NOTE, id) if note or care else None
            area = {"region_code": entry.region_code, "rw": entry.rw, "rt": entry.rt}
            values = {"id": id, "person_id": entry.person_id, **area, "kind": kind, "sealed_note": sealed}
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
        self._step(officer, id, Step.CONFIRMED, note=check_note(note), otherwise="already_confirmed")

    def handle(self, officer: Officer, id: int, outcome: Outcome, *, note: str | None = None) -> None:
        """Close a mark and say what came of it. The kelurahan does so for home delivery, Dinas Sosial for all.

        Raises: Refused with `no_such_mark`, `not_your_role`, `already_handled`, `already_taken_back`,
        `note_too_long`, `number_in_note`.
        """
        self._step(officer, id, Step.HANDLED, outcome=outcome, note=check_note(note), otherwise="not_your_role")

    def count(self, officer: Officer) -> Mapping[MarkState, int]:
        """How many marks of one's territory are in each state. Raises Refused(`not_your_role`)."""
        _only(officer, READERS)
        with self._database.reading() as connection:
            return _counts(connection, Scope.of(officer))

    def inbox(
        self,
        officer: Officer,
        *,
        state: MarkState | None = None,
        kind: MarkKind | None = None,
        page: int = 1,
        door: Door,
    ) -> MarkInbox:
        """The marks of one's territory with their history: those that wait first, the newest on top. The look is
        recorded. Raises Refused(`not_your_role`)."""
        _only(officer, READERS)
        scope = Scope.of(officer)
        with self._database.writing() as connection:
            counts = _counts(connection, scope)
            rows = self._page(connection, scope, state, kind, page)
            steps = steps_of(connection, [row.id for row in rows])
            own = own_accounts(connection, scope, officer)
            self._access.record(connection, [row.person_id for row in rows], officer, door=door, what="list")

        def opened(row: MarkFound) -> Mark:
            return open_mark(self._vault, row, steps[row.id], _may(officer, row.kind, row.state, steps[row.id], own))

        return MarkInbox(rows.map(opened), counts)

    @staticmethod
    def _page(
        connection: Connection, scope: Scope, state: MarkState | None, kind: MarkKind | None, page: int
    ) -> Page[MarkFound]:
        marks = scope.marks
        wanted = [column == value for column, value in ((marks.c.state, state), (marks.c.kind, kind)) if value]
        found = connection.execute(select(func.count()).select_from(marks).where(*wanted)).scalar_one()

        def rows(limit: int, offset: int) -> list[MarkFound]:
            return list_marks(connection, scope, *wanted, limit=limit, offset=offset)

        return Page.read(page, found, PAGE, rows)

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
                raise NotThere("no_such_mark")
            if row.state not in STANDING:
                raise Refused(f"already_{row.state}")
            own, steps = own_accounts(connection, scope, officer), steps_of(connection, [id])[id]
            if step not in _may(officer, MarkKind(row.kind), row.state, steps, own):
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


def _counts(connection: Connection, scope: Scope) -> Mapping[MarkState, int]:
    counted = select(scope.marks.c.state, func.count()).group_by(scope.marks.c.state)
    return {MarkState(state): int(n) for state, n in connection.execute(counted)}


def _may(
    officer: Officer, kind: MarkKind, state: MarkState, steps: Sequence[StepFound], own: Collection[int]
) -> frozenset[Step]:
    """What an office can do with a mark as it stands now."""
    if state not in STANDING:
        return frozenset()
    may = set()
    if steps[0].account_id in own:
        may.add(Step.TAKEN_BACK)
    if officer.role in CONFIRMERS and all(officer.is_above(step.role) for step in steps):
        may.add(Step.CONFIRMED)
    if may_handle(officer.role, kind):
        may.add(Step.HANDLED)
    return frozenset(may)


def _only(officer: Officer, roles: Collection[Role]) -> None:
    if officer.role not in roles:
        raise Refused("not_your_role", role=officer.role)


def check_note(note: str | None) -> str | None:
    """A note as it is kept; None for an empty one. Raises FieldRefused: `note_too_long`, `number_in_note`."""
    note = " ".join((note or "").split())
    if len(note) > NOTE_LENGTH:
        raise FieldRefused("note", "note_too_long", most=NOTE_LENGTH)
    # A NIK or KK number has no place in a note, however it is spaced.
    if stands_in(note):
        raise FieldRefused("note", "number_in_note")
    return note or None
