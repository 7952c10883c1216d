"""Who did what with a list, and when: written in the transaction of what it tells of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from salur.core.lists.answers import Happened
from salur.core.lists.kinds import ListEvent
from salur.core.tables.lists import ListEventRow


def note(
    connection: Connection,
    list_id: int,
    what: ListEvent,
    at: datetime,
    by: int | None,
    *,
    other: int | None = None,
    why: str | None = None,
) -> None:
    """Write down what is done with a list; `by` an account, None for the console. `other`: the list that caused it."""
    values = {"list_id": list_id, "what": what, "at": at, "made_by": by, "other": other, "why": why}
    connection.execute(insert(ListEventRow).values(values))


def prepared_by(connection: Connection, list_id: int) -> frozenset[int | None]:
    """Who imported a list, or wrote it row by row; None is the console, and also who imported before that was kept."""
    written = (ListEvent.IMPORTED, ListEvent.ROW_ADDED)
    imported = (ListEventRow.list_id == list_id, ListEventRow.what.in_(written))
    found = connection.execute(select(ListEventRow.made_by).where(*imported)).scalars()
    return frozenset(found) or frozenset({None})


def history_of(connection: Connection, list_id: int) -> tuple[Happened, ...]:
    """What was done with a list, the latest first."""
    columns = (ListEventRow.what, ListEventRow.at, ListEventRow.made_by, ListEventRow.other, ListEventRow.why)
    found = connection.execute(select(*columns).where(ListEventRow.list_id == list_id).order_by(ListEventRow.id.desc()))
    return tuple(Happened(ListEvent(row.what), row.at, row.made_by, row.other, row.why) for row in found)
