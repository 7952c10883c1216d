"""A list's life: draft → published → superseded, or withdrawn. Every step is one transaction and can be taken back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from salur.core.errors import NotThere, Refused
from salur.core.lists.answers import Agreement, Change, FaultyRow, Happened, ListSummary, Published, Undone
from salur.core.lists.changes import basis_of, change_of
from salur.core.lists.history import history_of, note, prepared_by
from salur.core.lists.importing.imports import CELLS
from salur.core.lists.importing.writer import NOTE
from salur.core.lists.kinds import Coverage, ListEvent, ListState
from salur.core.lists.periods import last_day
from salur.core.lists.superseding import end, gather, overlapping, step_back, units_covered
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.lists import CoverageRow, FaultRow, ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow
from salur.core.tables.regions import RegionRow


class Lists:
    """Shows, publishes, withdraws and restores lists.

    `when_in_force` is called in the transaction that puts a list in force, with its number. With `four_eyes` who
    imported a list does not publish it; all who use the console are one for that.
    """

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Callable[[], datetime],
        when_in_force: tuple[Callable[[Connection, int], object], ...] = (),
        *,
        today: Callable[[], date],
        four_eyes: Callable[[], bool],
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._when_in_force = when_in_force
        self._today = today
        self._four_eyes = four_eyes

    def all(self) -> tuple[ListSummary, ...]:
        """All lists, the newest first."""
        with self._database.reading() as connection:
            return tuple(_summary(row) for row in connection.execute(_summaries().order_by(ListRow.id.desc())))

    def show(self, id: int) -> ListSummary:
        """One list. Raises Refused(`no_such_list`)."""
        with self._database.reading() as connection:
            row = connection.execute(_summaries().where(ListRow.id == id)).one_or_none()
        if row is None:
            raise NotThere("no_such_list", list=id)
        return _summary(row)

    def change(self, id: int) -> Change:
        """What publishing a draft would change. Raises Refused(`no_such_list`, `not_a_draft` or `newer_in_force`)."""
        with self._database.reading() as connection:
            return self._change(connection, id)

    def history(self, id: int) -> tuple[Happened, ...]:
        """What was done with a list, by whom and when, the latest first."""
        with self._database.reading() as connection:
            return history_of(connection, id)

    def check(self, agreement: Agreement, *, by: int | None = None) -> Change:
        """Whether a draft may be put in force, as it was agreed to; changes nothing. Raises what `publish` does."""
        with self._database.reading() as connection:
            change = self._change(connection, agreement.list)
        if change.digest != agreement.digest:
            raise Refused("change_is_another", list=agreement.list)
        if change.states and not change.states_confirmed:
            raise Refused("states_not_confirmed", list=agreement.list)
        if change.reasons and not agreement.yes:
            raise Refused("not_agreed", list=agreement.list)
        if not self.may_publish(agreement.list, by):
            raise Refused("second_person_needed", list=agreement.list)
        return change

    def may_publish(self, id: int, by: int | None) -> bool:
        """Whether this account may, or the console (None): with four eyes nobody publishes what they prepared."""
        if not self._four_eyes():
            return True
        with self._database.reading() as connection:
            return by not in prepared_by(connection, id)

    def publish(
        self, agreement: Agreement, *, by: int | None = None, within: Callable[[Connection], None] | None = None
    ) -> Published:
        """Put a draft in force, as it was agreed to; where it covers, other lists of the programme step back.

        The agreement holds for the change that was shown, and for no other: what is in force may have changed since.
        `within` is called in the transaction.

        Raises: Refused with `no_such_list`, `not_a_draft` (facts: state), `newer_in_force` (facts: list, period),
        `states_not_confirmed`, `not_agreed`, `second_person_needed` or `change_is_another` (facts: list).
        """
        id = agreement.list
        with self._database.reading() as connection:
            basis = basis_of(connection, self._row(connection, id))
        change = self.check(agreement, by=by)
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.state != ListState.DRAFT or basis_of(connection, row) != basis:
                raise Refused("change_is_another", list=id)
            ended = self._make_way(connection, row, ListState.SUPERSEDED, superseded_by=id, by=by)
            self._put_in_force(connection, id)
            note(connection, id, ListEvent.PUBLISHED, self._clock(), by)
            if within is not None:
                within(connection)
        self._database.count_rows()
        return Published(id, ended, row.people, change)

    def note(self, connection: Connection, id: int, what: ListEvent, *, by: int | None) -> None:
        """Write down what is done with a list elsewhere, in that transaction."""
        note(connection, id, what, self._clock(), by)

    def confirm_states(self, id: int, *, by: int | None = None) -> None:
        """Say that somebody has looked at whom a draft takes off or suspends. Raises Refused(`no_such_list`)."""
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            connection.execute(update(ListRow).where(ListRow.id == row.id).values(states_confirmed=True))
            note(connection, id, ListEvent.STATES_CONFIRMED, self._clock(), by)

    def withdraw(self, id: int, why: str, *, by: int | None = None) -> tuple[int, ...]:
        """Take a draft or published list out; gives the numbers of the lists it had superseded.

        These do not come back by themselves: `restore` does that for one, and `undo` for all of them.

        Raises: Refused with `no_such_list` or `not_withdrawable` (facts: state).
        """
        with self._database.writing() as connection:
            before = self._withdraw(connection, self.locked(connection, id), why)
            note(connection, id, ListEvent.WITHDRAWN, self._clock(), by, why=why)
        return before

    def undo(self, id: int, why: str, *, by: int | None = None) -> Undone:
        """Take a published list back, and put in force again what it had superseded, where nothing newer speaks.

        Raises: Refused with `no_such_list` or `not_withdrawable` (facts: state).
        """
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.state != ListState.PUBLISHED:
                raise Refused("not_withdrawable", list=id, state=row.state)
            before = self._withdraw(connection, row, why)
            for old in before:
                # What came since, and covers a part of what the old list covers, goes on speaking there.
                for newer, _, shared in overlapping(connection, self._row(connection, old)):
                    if newer.id not in before:
                        ending = self._ending(ListState.SUPERSEDED, superseded_by=newer.id)
                        step_back(
                            connection, self._row(connection, old), units_covered(connection, old), shared, ending
                        )
                self._put_in_force(connection, old)
                note(connection, old, ListEvent.IN_FORCE_AGAIN, self._clock(), by, other=id)
            note(connection, id, ListEvent.UNDONE, self._clock(), by, why=why)
        return Undone(id, before)

    def restore(self, id: int, why: str | None = None, *, by: int | None = None) -> tuple[int, ...]:
        """Bring a superseded or withdrawn list back, whole; those in force in its place are withdrawn and given.

        A draft that was withdrawn is a draft again.

        Raises: Refused with `no_such_list` or `not_restorable` (facts: state).
        """
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.state not in (ListState.SUPERSEDED, ListState.WITHDRAWN):
                raise Refused("not_restorable", list=id, state=row.state)
            note(connection, id, ListEvent.RESTORED, self._clock(), by, why=why)
            if row.published_at is None:
                again = {"state": ListState.DRAFT, "ended_at": None, "ended_why": None}
                connection.execute(update(ListRow).where(ListRow.id == id).values(again))
                return ()
            gather(connection, row)
            ended = self._make_way(connection, row, ListState.WITHDRAWN, why=f"list {id} was restored", by=by)
            self._put_in_force(connection, id)
        return ended

    def notes(self, id: int) -> list[tuple[str, int]]:
        """The office's remarks on a list that no code says, the most frequent first. They may be personal."""
        with self._database.reading() as connection:
            self._row(connection, id)
            kept = select(EntitlementRow.id, EntitlementRow.sealed_note).where(
                EntitlementRow.list_id == id, EntitlementRow.sealed_note.is_not(None)
            )
            opened = Counter(
                self._vault.open(row.sealed_note, NOTE, row.id).decode() for row in connection.execute(kept)
            )
        return opened.most_common()

    def faulty_rows(self, id: int) -> tuple[tuple[str, ...], list[FaultyRow]]:
        """The header of the source file and its faulty rows. Raises Refused(`no_such_list`)."""
        with self._database.reading() as connection:
            header = connection.execute(select(ListRow.header).where(ListRow.id == id)).one_or_none()
            if header is None:
                raise NotThere("no_such_list", list=id)
            rows = connection.execute(
                select(FaultRow.__table__).where(FaultRow.list_id == id).order_by(FaultRow.id)
            ).all()
        return tuple(json.loads(header[0] or "[]")), list(self._opened(iter(rows)))

    def _opened(self, rows: Iterator[AnyRow]) -> Iterator[FaultyRow]:
        for row in rows:
            cells = self._vault.open_json(row.sealed_cells, CELLS, row.id)
            yield FaultyRow(row.row, tuple(cells), tuple(row.codes.split()))

    def _change(self, connection: Connection, id: int) -> Change:
        row = self._row(connection, id)
        if row.state != ListState.DRAFT:
            raise Refused("not_a_draft", list=id, state=row.state)
        for other, _, _ in overlapping(connection, row):
            if last_day(other.period) > last_day(row.period):
                raise Refused("newer_in_force", list=other.id, period=other.period)
        return change_of(connection, row, self._today())

    def _withdraw(self, connection: Connection, row: AnyRow, why: str) -> tuple[int, ...]:
        if row.state not in (ListState.DRAFT, ListState.PUBLISHED):
            raise Refused("not_withdrawable", list=row.id, state=row.state)
        end(connection, row.id, self._ending(ListState.WITHDRAWN, why=why))
        before = select(ListRow.id).where(ListRow.superseded_by == row.id, ListRow.state == ListState.SUPERSEDED)
        return tuple(connection.execute(before.order_by(ListRow.id)).scalars())

    def _make_way(
        self,
        connection: Connection,
        row: AnyRow,
        state: ListState,
        *,
        why: str | None = None,
        superseded_by: int | None = None,
        by: int | None,
    ) -> tuple[int, ...]:
        """End what is in force where this list covers; gives the lists, and parts of lists, that ended."""
        ending = self._ending(state, why=why, superseded_by=superseded_by)
        around, what = overlapping(connection, row), ListEvent(state)
        ended = [step_back(connection, *found, ending) for found in around]
        for other, _, _ in around:
            note(connection, other.id, what, self._clock(), by, other=row.id)
        return tuple(id for id in ended if id is not None)

    def _ending(
        self, state: ListState, *, why: str | None = None, superseded_by: int | None = None
    ) -> dict[str, object]:
        return {"state": state, "ended_at": self._clock(), "ended_why": why, "superseded_by": superseded_by}

    @staticmethod
    def _row(connection: Connection, id: int) -> AnyRow:
        there = (ListRow.id == id, ListRow.state != ListState.LOADING)
        row = connection.execute(select(ListRow.__table__).where(*there)).one_or_none()
        if row is None:
            raise NotThere("no_such_list", list=id)
        return row

    @classmethod
    def locked(cls, connection: Connection, id: int) -> AnyRow:
        """A list's row, locked until the transaction ends: lists of one programme change state one after the other."""
        programme = cls._row(connection, id).programme_code
        connection.execute(select(ProgrammeRow.code).where(ProgrammeRow.code == programme).with_for_update())
        return cls._row(connection, id)

    def _put_in_force(self, connection: Connection, id: int) -> None:
        values = {
            "state": ListState.PUBLISHED,
            "published_at": self._clock(),
            "ended_at": None,
            "ended_why": None,
            "superseded_by": None,
        }
        connection.execute(update(ListRow).where(ListRow.id == id).values(values))
        connection.execute(update(CoverageRow).where(CoverageRow.list_id == id).values(in_force=True))
        for tell in self._when_in_force:
            tell(connection, id)


def _summaries() -> AnySelect:
    named = {"programme": ListRow.programme_code, "area_name": RegionRow.name}
    columns = [named[n].label(n) if n in named else ListRow.__table__.c[n] for n in ListSummary.__dataclass_fields__]
    return (
        select(*columns).outerjoin(RegionRow, RegionRow.code == ListRow.area).where(ListRow.state != ListState.LOADING)
    )


def _summary(row: AnyRow) -> ListSummary:
    own = {"state": ListState(row.state), "coverage": Coverage(row.coverage)}
    return ListSummary(**{**row._mapping, **own})
