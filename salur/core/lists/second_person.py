"""Four eyes: who may not put a list in force, or in force again, where a city wants two people for it.

One prepares and another publishes: whoever sent or corrected a file, imported it, or confirmed whom it takes off has
prepared, but for confirming while publishing, which is the second look itself. A list that had ended comes back by
another than who prepared it and who ended it: nobody decides alone what takes its place. To undo a publishing is
everybody's: it goes back to what two people had agreed on, and a slip that residents see is mended at once.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from salur.core.lists.history import prepared_by
from salur.core.lists.kinds import ListEvent
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ListEventRow

ENDINGS = (ListEvent.SUPERSEDED, ListEvent.WITHDRAWN, ListEvent.UNDONE)


def who_may_not(connection: Connection, row: AnyRow) -> frozenset[int | None]:
    """Accounts that may not put this list in force, or in force again; None among them is the console."""
    if row.published_at is None:
        return prepared_by(connection, row.id)
    ended = select(ListEventRow.made_by).where(ListEventRow.list_id == row.id, ListEventRow.what.in_(ENDINGS))
    last = connection.execute(ended.order_by(ListEventRow.id.desc()).limit(1)).all()
    return prepared_by(connection, row.id) | {by for (by,) in last}
