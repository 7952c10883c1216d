"""What is in force steps back for what comes, and comes back: one step each, in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from salur.core.lists.corrections.placing import put_in_place
from salur.core.lists.history import note
from salur.core.lists.kinds import ListEvent, ListState, Unit
from salur.core.lists.reading import ListsRead
from salur.core.lists.superseding import (
    join,
    left_of,
    overlapping,
    root_of,
    set_apart,
    step_back,
    together_with,
    units_covered,
)
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import CoverageRow, ListRow


class InForce:
    """The steps. `when_in_force` is called with the number of each list that comes into force."""

    def __init__(
        self, clock: Callable[[], datetime], when_in_force: tuple[Callable[[Connection, int], object], ...]
    ) -> None:
        self._clock = clock
        self._when_in_force = when_in_force

    def make_way(
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
        ending = self.ending(state, why=why, superseded_by=superseded_by)
        around, what = overlapping(connection, row), ListEvent(state)
        ended = [step_back(connection, *found, ending) for found in around]
        for other, _, _ in around:
            note(connection, other.id, what, self._clock(), by, other=row.id)
        return tuple(id for id in ended if id is not None)

    def take_their_place(self, connection: Connection, row: AnyRow, by: int | None) -> tuple[int, ...]:
        """Let a correction's people stand where they stood; gives the parts of lists that ended."""
        ended = put_in_place(connection, row, self.ending(ListState.SUPERSEDED, superseded_by=row.id))
        for other in ended:
            note(connection, other, ListEvent.CORRECTED, self._clock(), by, other=row.id)
        return tuple(ended.values())

    def bring_back(self, connection: Connection, before: Sequence[int], id: int, by: int | None) -> list[int]:
        """Put in force what a list had superseded; what corrects a list comes after it."""
        rows = [ListsRead.row(connection, old) for old in before]
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
                ending = self.ending(ListState.SUPERSEDED, superseded_by=other)
                covered = units_covered(connection, row.id) if row.corrects is None else left_of(connection, root)
                step_back(connection, row, covered, shared, ending)
            if ListsRead.row(connection, row.id).superseded_by != id:
                continue
            if row.corrects is not None and row.part_of is not None:
                self._rejoin(connection, row, ListEvent.IN_FORCE_AGAIN, by, id)
                continue
            self.put_in_force(connection, row.id)
            note(connection, row.id, ListEvent.IN_FORCE_AGAIN, self._clock(), by, other=id)
        still = select(ListRow.id).where(ListRow.id.in_(before), ListRow.state == ListState.PUBLISHED)
        return list(connection.execute(still.order_by(ListRow.id)).scalars())

    def bring_corrections_back(self, connection: Connection, part: AnyRow, by: int | None) -> None:
        """Put in force what corrected the people of a part of a list, and ended with it.

        `part`: as it stood before it was put in force again.
        """
        for row in together_with(connection, part, root_of(connection, part)):
            if (theirs := set_apart(connection, row, units_covered(connection, part.id))) is not None:
                self._rejoin(connection, ListsRead.row(connection, theirs), ListEvent.RESTORED, by)

    def _rejoin(
        self, connection: Connection, row: AnyRow, what: ListEvent, by: int | None, other: int | None = None
    ) -> None:
        """Let a correction, or a part of one, speak again: the whole is in force then, and whom others of it speak of
        stay with what took them."""
        whole = ListsRead.row(connection, row.part_of or row.id)
        if whole.state != ListState.PUBLISHED:
            if whole.id != row.id:
                set_apart(connection, whole)
            self.put_in_force(connection, whole.id)
            note(connection, whole.id, what, self._clock(), by, other=other)
        if whole.id != row.id:
            join(connection, row.id, whole.id)

    def ending(
        self, state: ListState, *, why: str | None = None, superseded_by: int | None = None
    ) -> dict[str, object]:
        """The columns of a list that ends now."""
        return {"state": state, "ended_at": self._clock(), "ended_why": why, "superseded_by": superseded_by}

    def put_in_force(self, connection: Connection, id: int) -> None:
        """Let a list speak where it covers, and tell those who wait for that."""
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
