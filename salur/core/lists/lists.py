"""A list's life: draft → published → superseded, or withdrawn. Every step is one transaction and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from salur.core.errors import Refused
from salur.core.lists.answers import Agreement, Change, Published, Undone
from salur.core.lists.changes import basis_of, change_of
from salur.core.lists.corrections.placing import (
    change_of_correction,
    corrections_of,
    give_back,
    refuse_corrected,
)
from salur.core.lists.history import note
from salur.core.lists.in_force import InForce
from salur.core.lists.kinds import ListEvent, ListState
from salur.core.lists.layout import looks_like
from salur.core.lists.periods import last_day
from salur.core.lists.reading import ListsRead
from salur.core.lists.second_person import who_may_not
from salur.core.lists.superseding import (
    end,
    gather,
    overlapping,
)
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow


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
        self._steps = InForce(clock, when_in_force)
        self._today = today
        self._four_eyes = four_eyes
        self._call_off = call_off

    def change(self, id: int) -> Change:
        """What publishing a draft would change.

        Raises: Refused with `no_such_list`, `not_a_draft`, `newer_in_force`, or of a correction `row_changed_since`.
        """
        with self._database.reading() as connection:
            return self._change(connection, id)

    def basis(self, id: int) -> list[tuple[int, int, str]]:
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
        `states_not_confirmed`, `not_agreed`, `second_person_needed`, `change_is_another` or, of a correction,
        `row_changed_since` (facts: list).
        """
        id = agreement.list
        with self._database.reading() as connection:
            basis = basis_of(connection, self.row(connection, id))
        change = self.check(agreement, by=by)
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.state != ListState.DRAFT or basis_of(connection, row) != basis:
                raise Refused("change_is_another", list=id)
            if row.corrects is not None:
                if self._change(connection, id).digest != agreement.digest:
                    raise Refused("change_is_another", list=id)
                ended = self._steps.take_their_place(connection, row, by)
            else:
                if agreement.states and not row.states_confirmed:
                    self._confirm(connection, id, by)
                ended = self._steps.make_way(connection, row, ListState.SUPERSEDED, superseded_by=id, by=by)
            self._steps.put_in_force(connection, id)
            note(connection, id, ListEvent.PUBLISHED, self._clock(), by)
            if within is not None:
                within(connection)
        self._database.count_rows(row.people)
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

        Raises: Refused with `no_such_list`, `not_withdrawable` (facts: state), `corrected_since` (facts: list), or
        `undo_instead` of a correction in force.
        """
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.corrects is not None and row.state == ListState.PUBLISHED:
                raise Refused("undo_instead", list=id)
            before = self._withdraw(connection, row, why)
            if self._call_off(connection, id):
                note(connection, id, ListEvent.CALLED_OFF, self._clock(), by)
            note(connection, id, ListEvent.WITHDRAWN, self._clock(), by, why=why)
        return before

    def undo(self, id: int, why: str, *, by: int | None = None) -> Undone:
        """Take a published list back, and put in force again what it had superseded, where nothing newer speaks.

        A correction is a draft again, and its people are where they were. Anybody may, with four eyes too: it goes back
        to what two people had agreed on, and mends a slip at once.

        Raises: Refused with `no_such_list`, `not_withdrawable` (facts: state), `corrected_since` (facts: list); of a
        correction `changed_after` (facts: list) or `added_was_paid`.
        """
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.state != ListState.PUBLISHED:
                raise Refused("not_withdrawable", list=id, state=row.state)
            if row.corrects is not None:
                restored: Sequence[int] = give_back(connection, row)
                for other in restored:
                    note(connection, other, ListEvent.ROWS_BACK, self._clock(), by, other=id)
                again = {"state": ListState.DRAFT, "published_at": None}
                connection.execute(update(ListRow).where(ListRow.id == id).values(again))
            else:
                restored = self._steps.bring_back(connection, self._withdraw(connection, row, why), id, by)
            note(connection, id, ListEvent.UNDONE, self._clock(), by, why=why)
        return Undone(id, tuple(restored))

    def restore(self, id: int, why: str | None = None, *, by: int | None = None) -> tuple[int, ...]:
        """Bring a superseded or withdrawn list back, whole, with what corrected it; those in force in its place are
        withdrawn and given.

        A draft that was withdrawn is a draft again.

        Raises: Refused with `no_such_list`, `not_restorable` (facts: state), `second_person_to_restore`,
        `restore_corrected` of a correction that ended with its list (facts: list), or `corrected_since` of people whom
        one speaks of.
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
            if row.corrects is not None:
                raise Refused("restore_corrected", list=row.corrects)
            if row.superseded_by is not None and self.row(connection, row.superseded_by).corrects is not None:
                raise Refused("corrected_since", list=row.superseded_by)
            gather(connection, row)
            ended = self._steps.make_way(connection, row, ListState.WITHDRAWN, why=f"list {id} was restored", by=by)
            self._steps.put_in_force(connection, id)
            for one in corrections_of(connection, id):
                gather(connection, one)
                self._steps.put_in_force(connection, one.id)
                note(connection, one.id, ListEvent.RESTORED, self._clock(), by, why=why)
            if row.part_of is not None:
                self._steps.bring_corrections_back(connection, row, by)
        return ended

    def _confirm(self, connection: Connection, id: int, by: int | None) -> None:
        connection.execute(update(ListRow).where(ListRow.id == id).values(states_confirmed=True))
        note(connection, id, ListEvent.STATES_CONFIRMED, self._clock(), by)

    def _change(self, connection: Connection, id: int) -> Change:
        row = self._comparable(connection, id)
        if row.corrects is not None:
            return change_of_correction(connection, row, self._today())
        return change_of(connection, row, self._today())

    def _comparable(self, connection: Connection, id: int) -> AnyRow:
        row = self.row(connection, id)
        if row.state != ListState.DRAFT:
            raise Refused("not_a_draft", list=id, state=row.state)
        for other, _, _ in overlapping(connection, row) if row.corrects is None else ():
            if last_day(other.period) > last_day(row.period):
                raise Refused("newer_in_force", list=other.id, period=other.period)
        return row

    def _withdraw(self, connection: Connection, row: AnyRow, why: str) -> tuple[int, ...]:
        if row.state not in (ListState.DRAFT, ListState.PUBLISHED):
            raise Refused("not_withdrawable", list=row.id, state=row.state)
        refuse_corrected(connection, row.id)
        end(connection, row.id, self._steps.ending(ListState.WITHDRAWN, why=why))
        before = select(ListRow.id).where(ListRow.superseded_by == row.id, ListRow.state == ListState.SUPERSEDED)
        return tuple(connection.execute(before.order_by(ListRow.id)).scalars())
