"""Who did what with a list, and when: written in the transaction of what it tells of."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, insert, select, union
from sqlalchemy.orm import aliased

from salur.core.lists.answers import Happened
from salur.core.lists.kinds import ListEvent
from salur.core.notices.stirring import stir
from salur.core.tables.following import FollowRow
from salur.core.tables.lists import ListEventRow, ListRow
from salur.core.tables.people import EntitlementRow, PersonRow

SPEAKS_OTHERWISE = frozenset(
    {
        ListEvent.PUBLISHED,
        ListEvent.SUPERSEDED,
        ListEvent.WITHDRAWN,
        ListEvent.UNDONE,
        ListEvent.IN_FORCE_AGAIN,
        ListEvent.RESTORED,
        ListEvent.CORRECTED,
        ListEvent.ROWS_BACK,
    }
)


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
    """Write down what is done with a list; `by` an account, None for the console. `other`: the list that caused it.

    Where residents may read otherwise from now on, those who follow are looked at.
    """
    if what in SPEAKS_OTHERWISE:
        area = connection.execute(select(ListRow.area).where(ListRow.id == list_id)).scalar_one()
        stir(connection, at, [area, *_left_behind(connection, list_id, area)] if area else None)
    values = {"list_id": list_id, "what": what, "at": at, "made_by": by, "other": other, "why": why}
    connection.execute(insert(ListEventRow).values(values))


def _left_behind(connection: Connection, list_id: int, area: str) -> list[str]:
    """Where outside its area people of a list live, and where else rows of theirs stand: of a family that moved, who
    follows is looked for there.
    """
    followed = connection.execute(select(FollowRow.region_code).distinct()).scalars()
    outside = [code for code in followed if code is not None and not code.startswith(area)]
    if not outside:
        return []
    here, there = aliased(PersonRow), aliased(PersonRow)
    on_it = select(here.region_code).join(EntitlementRow, EntitlementRow.person_id == here.id)
    on_it = on_it.where(EntitlementRow.list_id == list_id)
    live = on_it.where(here.region_code.in_(outside))
    stood = on_it.with_only_columns(there.region_code).join(there, there.nik_index == here.nik_index)
    found = union(live, stood.where(there.region_code.in_(outside)))
    return [code for code in connection.execute(found).scalars() if code is not None]


def prepared_by(connection: Connection, list_id: int) -> frozenset[int | None]:
    """Who sent, corrected or imported a list, wrote it row by row, or confirmed whom it takes off and did not publish
    it then.

    None is the console, and also who imported before that was kept.
    """
    events = select(ListEventRow.what, ListEventRow.made_by).where(ListEventRow.list_id == list_id)
    did: dict[str, set[int | None]] = defaultdict(set)
    for row in connection.execute(events):
        did[row.what].add(row.made_by)
    prepared = did[ListEvent.IMPORTED] | did[ListEvent.PREPARED] | did[ListEvent.ROW_ADDED]
    return frozenset(prepared or {None}) | (did[ListEvent.STATES_CONFIRMED] - did[ListEvent.PUBLISHED])


def history_of(connection: Connection, list_id: int) -> tuple[Happened, ...]:
    """What was done with a list, the latest first."""
    columns = (ListEventRow.what, ListEventRow.at, ListEventRow.made_by, ListEventRow.other, ListEventRow.why)
    found = connection.execute(select(*columns).where(ListEventRow.list_id == list_id).order_by(ListEventRow.id.desc()))
    return tuple(Happened(ListEvent(row.what), row.at, row.made_by, row.other, row.why) for row in found)
