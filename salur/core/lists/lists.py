"""A list's life: draft → published → superseded, or withdrawn. Every step is one transaction and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from salur.core.errors import Refused
from salur.core.lists.answers import Agreement, Change, Published, Undone
from salur.core.lists.changes import basis_of, change_of
from salur.core.lists.history import note
from salur.core.lists.kinds import ListEvent, ListState
from salur.core.lists.layout import looks_like
from salur.core.lists.periods import last_day
from salur.core.lists.reading import ListsRead
from salur.core.lists.second_person import who_may_not
from salur.core.lists.superseding import end, gather, overlapping, step_back, units_covered
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.lists import CoverageRow, ListRow


class Lists(ListsRead):
    """Shows, publishes, withdraws and restores lists.

    `when_in_force` is called in the transaction that puts a list in force, with its number. With `four_eyes` who
    prepared a list does not publish it (`second_person`); all who use the console are one for that. `call_off` is
    called in the transaction that takes a list out, and says whether it was to be published.
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
        call_off: Callable[[Connection, int], bool] = lambda _, __: False,
    ) -> None:
        super().__init__(database, vault)
        self._clock = clock
        self._when_in_force = when_in_force
        self._today = today
        self._four_eyes = four_eyes
        self._call_off = call_off

    def change(self, id: int) -> Change:
        """What publishing a draft would change. Raises Refused(`no_such_list`, `not_a_draft` or `newer_in_force`)."""
        with self._database.reading() as connection:
            return self._change(connection, id)

    def basis(self, id: int) -> list[tuple[int, int]]:
        """What a draft is compared with now. Raises Refused as `change`, as far as it can be said without comparing."""
        with self._database.reading() as connection:
            return basis_of(connection, self._comparable(connection, id))

    def as_of_today(self, change: Change) -> Change:
        """A change that was worked out before, with what may be another today without anything in force being so."""
        with self._database.reading() as connection:
            row = self.row(connection, change.list)
            other = looks_like(connection, row)
        over = last_day(row.period) < self._today()
        return replace(change, states_confirmed=bool(row.states_confirmed), period_over=over, looks_like=other)

    def check(self, agreement: Agreement, *, by: int | None = None, change: Change | None = None) -> Change:
        """Whether a draft may be put in force, as it was agreed to; changes nothing. Raises what `publish` does.

        `change`: as it was worked out by somebody else, who answers for its being true still.
        """
        change = change or self.change(agreement.list)
        if change.digest != agreement.digest:
            raise Refused("change_is_another", list=agreement.list)
        if change.states and not (change.states_confirmed or agreement.states):
            raise Refused("states_not_confirmed", list=agreement.list)
        if change.reasons and not agreement.yes:
            raise Refused("not_agreed", list=agreement.list)
        if not self.may_publish(agreement.list, by):
            raise Refused("second_person_needed", list=agreement.list)
        return change

    def may_publish(self, id: int, by: int | None) -> bool:
        """Whether this account may, or the console (None), put a draft in force, or what was in force again."""
        if not self._four_eyes():
            return True
        with self._database.reading() as connection:
            return by not in who_may_not(connection, self.row(connection, id))

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
            basis = basis_of(connection, self.row(connection, id))
        change = self.check(agreement, by=by)
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.state != ListState.DRAFT or basis_of(connection, row) != basis:
                raise Refused("change_is_another", list=id)
            if agreement.states and not row.states_confirmed:
                self._confirm(connection, id, by)
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
            self._confirm(connection, self.locked(connection, id).id, by)

    def withdraw(self, id: int, why: str, *, by: int | None = None) -> tuple[int, ...]:
        """Take a draft or published list out; gives the numbers of the lists it had superseded.

        These do not come back by themselves: `restore` does that for one, and `undo` for all of them.

        Raises: Refused with `no_such_list` or `not_withdrawable` (facts: state).
        """
        with self._database.writing() as connection:
            before = self._withdraw(connection, self.locked(connection, id), why)
            if self._call_off(connection, id):
                note(connection, id, ListEvent.CALLED_OFF, self._clock(), by)
            note(connection, id, ListEvent.WITHDRAWN, self._clock(), by, why=why)
        return before

    def undo(self, id: int, why: str, *, by: int | None = None) -> Undone:
        """Take a published list back, and put in force again what it had superseded, where nothing newer speaks.

        Anybody may, with four eyes too: it goes back to what two people had agreed on, and mends a slip at once.

        Raises: Refused with `no_such_list` or `not_withdrawable` (facts: state).
        """
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.state != ListState.PUBLISHED:
                raise Refused("not_withdrawable", list=id, state=row.state)
            before = self._withdraw(connection, row, why)
            for old in before:
                # What came since, and covers a part of what the old list covers, goes on speaking there.
                for newer, _, shared in overlapping(connection, self.row(connection, old)):
                    if newer.id not in before:
                        ending = self._ending(ListState.SUPERSEDED, superseded_by=newer.id)
                        step_back(connection, self.row(connection, old), units_covered(connection, old), shared, ending)
                self._put_in_force(connection, old)
                note(connection, old, ListEvent.IN_FORCE_AGAIN, self._clock(), by, other=id)
            note(connection, id, ListEvent.UNDONE, self._clock(), by, why=why)
        return Undone(id, before)

    def restore(self, id: int, why: str | None = None, *, by: int | None = None) -> tuple[int, ...]:
        """Bring a superseded or withdrawn list back, whole; those in force in its place are withdrawn and given.

        A draft that was withdrawn is a draft again.

        Raises: Refused with `no_such_list`, `not_restorable` (facts: state) or `second_person_to_restore`.
        """
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.state not in (ListState.SUPERSEDED, ListState.WITHDRAWN):
                raise Refused("not_restorable", list=id, state=row.state)
            if row.published_at is not None and self._four_eyes() and by in who_may_not(connection, row):
                raise Refused("second_person_to_restore", list=id)
            note(connection, id, ListEvent.RESTORED, self._clock(), by, why=why)
            if row.published_at is None:
                again = {"state": ListState.DRAFT, "ended_at": None, "ended_why": None}
                connection.execute(update(ListRow).where(ListRow.id == id).values(again))
                return ()
            gather(connection, row)
            ended = self._make_way(connection, row, ListState.WITHDRAWN, why=f"list {id} was restored", by=by)
            self._put_in_force(connection, id)
        return ended

    def _confirm(self, connection: Connection, id: int, by: int | None) -> None:
        connection.execute(update(ListRow).where(ListRow.id == id).values(states_confirmed=True))
        note(connection, id, ListEvent.STATES_CONFIRMED, self._clock(), by)

    def _change(self, connection: Connection, id: int) -> Change:
        return change_of(connection, self._comparable(connection, id), self._today())

    def _comparable(self, connection: Connection, id: int) -> AnyRow:
        row = self.row(connection, id)
        if row.state != ListState.DRAFT:
            raise Refused("not_a_draft", list=id, state=row.state)
        for other, _, _ in overlapping(connection, row):
            if last_day(other.period) > last_day(row.period):
                raise Refused("newer_in_force", list=other.id, period=other.period)
        return row

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
