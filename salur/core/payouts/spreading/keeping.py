"""How a plan is kept: a draft of a schedule, and beside its rows an appointment for each family."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from salur.core.errors import Meanwhile, NotThere, Refused
from salur.core.officers.roles import Officer
from salur.core.payouts.answers import FileKind, FileState
from salur.core.payouts.kinds import NOWHERE, Announcement
from salur.core.payouts.places.known import Places
from salur.core.payouts.schedules import Schedules, refuse_elsewhere
from salur.core.payouts.spreading.answers import Share, Wish
from salur.core.payouts.spreading.families import Family, count_of
from salur.core.payouts.spreading.fitting import Kinds, fitted, scheduled
from salur.core.payouts.spreading.spread import Plan
from salur.core.payouts.spreading.wishes import told_wish
from salur.core.storage.bulk import bulk_insert
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ListRow
from salur.core.tables.metadata import METADATA
from salur.core.tables.payouts import PayoutFileRow

TABLE = PayoutFileRow.__table__
APPOINTED = ("file_id", "person_id", "slot", "turn", "window", "windows", "party")


class Ready(NamedTuple):
    """What a plan is worked out from. `basis`: while it is the same, so are the families."""

    officer: Officer
    wish: Wish
    kinds: Kinds
    families: Sequence[Family]
    basis: object


def write(
    connection: Connection, schedules: Schedules, of: Ready, plan: Plan, now: dt.datetime, instead: int | None = None
) -> int:
    """Keep a plan as a draft, with an appointment for each family; gives its number. `instead`: a draft that goes.

    Raises: NotThere; Meanwhile; Refused(`nobody_to_plan`; `rows_lost`, which is a fault of our own).
    """
    officer, wish, kinds, families, basis = of
    where = {family.person: family.where for family in families}
    placed = plan.placed
    shares = Counter((where[person], slot, turn.party) for person, (slot, turn) in placed.items())
    left = [[why, *one, count] for why, some in plan.left.items() for one, count in sorted(some.items(), key=str)]
    sums = len(placed) + sum(sum(some.values()) for some in plan.left.values())
    rows = scheduled(wish, (Share(*key[:2], count, key[2]) for key, count in shares.items()), kinds)
    if not rows:
        raise Refused("nobody_to_plan")
    if basis_of(connection, wish) != basis:
        raise Meanwhile()
    listed = count_of(connection, wish.programme, wish.period, wish.regions)
    if listed != sums:
        raise Refused("rows_lost", rows=listed, used=len(placed), not_used=sums - len(placed))
    if instead is not None:
        row = plan_row(connection, officer, instead)
        draft = delete(PayoutFileRow).where(PayoutFileRow.id == row.id, PayoutFileRow.state == FileState.DRAFT)
        connection.execute(draft)
    sittings, cancels = fitted(connection, rows, wish, Places(connection), now)
    id, _ = schedules.draft(
        connection, Announcement(sittings=tuple(sittings)), secrets.token_bytes(32), programme=wish.programme,
        period=wish.period, cancels=cancels, by=officer.account, territory=officer.territory,
        spread={"wish": told_wish(wish), "listed": listed, "left": left},
    )  # fmt: skip
    windows = [one.windows for one in wish.sittings]
    appointed = [(id, p, slot, t.turn, t.window, windows[slot], t.party) for p, (slot, t) in placed.items()]
    # Who is left reads no sitting as theirs to which others of their RW come.
    left_out = (one.person for one in families if one.left is None and one.person not in placed)
    appointed += [(id, person, NOWHERE, 0, 0, 1, None) for person in left_out]
    bulk_insert(connection, METADATA.tables["appointment"], APPOINTED, sorted(appointed, key=itemgetter(1)))
    return id


def basis_of(connection: Connection, wish: Wish) -> object:
    """While it stays, so do the families: the lists of the round, and how many are on them."""
    lists = select(ListRow.id, ListRow.state).where(
        ListRow.programme_code == wish.programme, ListRow.period == wish.period
    )
    rows = [tuple(row) for row in connection.execute(lists.order_by(ListRow.id))]
    return rows, count_of(connection, wish.programme, wish.period, wish.regions)


def plan_row(connection: Connection, officer: Officer, id: int, state: FileState | None = None) -> AnyRow:
    """The row of a plan, in a state where one is wanted.

    Raises: NotThere; Refused(`file_not_a_draft`, `plan_not_published`, facts: file, state).
    """
    found = select(TABLE).where(PayoutFileRow.id == id, PayoutFileRow.kind == FileKind.SCHEDULE)
    row = connection.execute(found).one_or_none()
    if row is None or not json.loads(row.content or "{}").get("spread"):
        raise NotThere("no_such_file", file=id)
    refuse_elsewhere(row, officer)
    if state is not None and row.state != state:
        raise Refused(
            "file_not_a_draft" if state is FileState.DRAFT else "plan_not_published", file=id, state=row.state
        )
    return row
