"""Where somebody who is chosen is to stand: on which list in force, and with what most people of it get."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from salur.core.regions.territory import Territory
from salur.core.tables.lists import CoverageRow, ListRow
from salur.core.tables.people import EntitlementRow
from salur.core.waiting.kinds import HOLDS_A_PLACE


class Common(NamedTuple):
    """What most people of a list get."""

    amount: int | None  # whole rupiah
    stage: str | None
    channel: str | None


def find_base(connection: Connection, programme: str, own: Sequence[int], home: Territory) -> int | None:
    """The list in force for a place, of these of a programme: the narrowest that covers it, else the newest around it.

    None where no list says anything of that place.
    """
    covering = (
        select(CoverageRow.list_id)
        .where(
            CoverageRow.in_force,
            CoverageRow.programme_code == programme,
            CoverageRow.region_code == home.region_code,
            CoverageRow.rw.in_((0, home.rw or 0)),
            CoverageRow.rt.in_((0, home.rt or 0)),
            CoverageRow.list_id.in_(own),
        )
        .order_by(CoverageRow.rw.desc(), CoverageRow.rt.desc())
    )
    found = connection.execute(covering.limit(1)).scalar()
    if found is None:
        around = select(ListRow.id, ListRow.area).where(ListRow.id.in_(own), ListRow.corrects.is_(None))
        rows = connection.execute(around.order_by(ListRow.id.desc())).all()
        found = next((row.id for row in rows if home.region_code.startswith(row.area)), None)
    return found


def common_of(connection: Connection, base: int) -> Common:
    """What most people of a list get, its stage and channel with it."""
    what = (EntitlementRow.amount, EntitlementRow.stage, EntitlementRow.channel)
    held = select(*what).where(EntitlementRow.list_id == base, EntitlementRow.state.in_(HOLDS_A_PLACE))
    row = connection.execute(held.group_by(*what).order_by(func.count().desc(), *what).limit(1)).first()
    return Common(*row) if row is not None else Common(None, None, None)
