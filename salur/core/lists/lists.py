"""A list's life: draft → published → superseded, or withdrawn. Every step is one transaction and can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from salur.core.errors import Refused
from salur.core.lists.answers import Agreement, Change, Published, Undone
from salur.core.lists.changes import basis_of, change_of
from salur.core.lists.correcting import (
    change_of_correction,
    corrections_of,
    give_back,
    put_in_place,
    refuse_corrected,
)
from salur.core.lists.history import note, prepared_by
from salur.core.lists.kinds import ListEvent, ListState, Unit
from salur.core.lists.periods import last_day
from salur.core.lists.reading import ListsRead
from salur.core.lists.superseding import (
    end,
    gather,
    join,
    left_of,
    overlapping,
    root_of,
    step_back,
    units_covered,
)
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.lists import CoverageRow, ListRow


class Lists(ListsRead):
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
        super().__init__(database, vault)
        self._clock = clock
        self._when_in_force = when_in_force
        self._today = today
        self._four_eyes = four_eyes

    def change(self, id: int) -> Change:
        """What publishing a draft would change.

        Raises: Refused with `no_such_list`, `not_a_draft`, `newer_in_force`, or of a correction `row_changed_since`.
        """
        with self._database.reading() as connection:
            return self._change(connection, id)

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
                ended = self._take_their_place(connection, row, by)
            else:
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

        Raises: Refused with `no_such_list`, `not_withdrawable` (facts: state), `corrected_since` (facts: list), or
        `undo_instead` of a correction in force.
        """
        with self._database.writing() as connection:
            row = self.locked(connection, id)
            if row.corrects is not None and row.state == ListState.PUBLISHED:
                raise Refused("undo_instead", list=id)
            before = self._withdraw(connection, row, why)
            note(connection, id, ListEvent.WITHDRAWN, self._clock(), by, why=why)
        return before

    def undo(self, id: int, why: str, *, by: int | None = None) -> Undone:
        """Take a published list back, and put in force again what it had superseded, where nothing newer speaks.

        A correction is a draft again, and its people are where they were.

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
                restored = self._bring_back(connection, self._withdraw(connection, row, why), id, by)
            note(connection, id, ListEvent.UNDONE, self._clock(), by, why=why)
        return Undone(id, tuple(restored))

    def restore(self, id: int, why: str | None = None, *, by: int | None = None) -> tuple[int, ...]:
        """Bring a superseded or withdrawn list back, whole, with what corrected it; those in force in its place are
        withdrawn and given.

        A draft that was withdrawn is a draft again.

        Raises: Refused with `no_such_list`, `not_restorable` (facts: state), `restore_corrected` of a correction that
        ended with its list (facts: list), or `corrected_since` of people whom one speaks of.
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
            if row.corrects is not None:
                raise Refused("restore_corrected", list=row.corrects)
            if row.superseded_by is not None and self.row(connection, row.superseded_by).corrects is not None:
                raise Refused("corrected_since", list=row.superseded_by)
            gather(connection, row)
            ended = self._make_way(connection, row, ListState.WITHDRAWN, why=f"list {id} was restored", by=by)
            self._put_in_force(connection, id)
            for one in corrections_of(connection, id):
                gather(connection, one)
                self._put_in_force(connection, one.id)
                note(connection, one.id, ListEvent.RESTORED, self._clock(), by, why=why)
        return ended

    def _change(self, connection: Connection, id: int) -> Change:
        row = self.row(connection, id)
        if row.state != ListState.DRAFT:
            raise Refused("not_a_draft", list=id, state=row.state)
        if row.corrects is not None:
            return change_of_correction(connection, row, self._today())
        for other, _, _ in overlapping(connection, row):
            if last_day(other.period) > last_day(row.period):
                raise Refused("newer_in_force", list=other.id, period=other.period)
        return change_of(connection, row, self._today())

    def _withdraw(self, connection: Connection, row: AnyRow, why: str) -> tuple[int, ...]:
        if row.state not in (ListState.DRAFT, ListState.PUBLISHED):
            raise Refused("not_withdrawable", list=row.id, state=row.state)
        refuse_corrected(connection, row.id)
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

    def _take_their_place(self, connection: Connection, row: AnyRow, by: int | None) -> tuple[int, ...]:
        """Let a correction's people stand where they stood; gives the parts of lists that ended."""
        ended = put_in_place(connection, row, self._ending(ListState.SUPERSEDED, superseded_by=row.id))
        for other in ended:
            note(connection, other, ListEvent.CORRECTED, self._clock(), by, other=row.id)
        return tuple(ended.values())

    def _bring_back(self, connection: Connection, before: Sequence[int], id: int, by: int | None) -> list[int]:
        """Put in force what a list had superseded; what corrects a list comes after it."""
        rows = [self.row(connection, old) for old in before]
        newer_there: dict[int, list[tuple[int, tuple[Unit, ...]]]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row.corrects is not None, row.part_of is not None, row.id)):
            root = root_of(connection, row)
            if row.corrects is None:
                # What came since, and covers a part of what the old list covers, goes on speaking there.
                newer = [
                    (other.id, both)
                    for other, _, both in overlapping(connection, row)
                    if other.corrects is None and other.id not in before and root_of(connection, other) != root
                ]
                newer_there[root] += newer
            else:
                newer = newer_there[root]
            for other, shared in newer:
                ending = self._ending(ListState.SUPERSEDED, superseded_by=other)
                covered = units_covered(connection, row.id) if row.corrects is None else left_of(connection, root)
                step_back(connection, row, covered, shared, ending)
            if self.row(connection, row.id).superseded_by != id:
                continue
            if row.corrects is not None and row.part_of is not None:
                if self.row(connection, row.part_of).state == ListState.PUBLISHED:
                    join(connection, row.id, row.part_of)
                continue
            self._put_in_force(connection, row.id)
            note(connection, row.id, ListEvent.IN_FORCE_AGAIN, self._clock(), by, other=id)
        still = select(ListRow.id).where(ListRow.id.in_(before), ListRow.state == ListState.PUBLISHED)
        return list(connection.execute(still.order_by(ListRow.id)).scalars())

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
