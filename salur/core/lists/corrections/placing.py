"""What a correcting list does when it is put in force: its people take the place of theirs, and their payments follow.

It covers no place, so nobody else is taken off by it. All of it can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.orm import aliased

from salur.core.errors import Refused
from salur.core.lists.answers import Change
from salur.core.lists.changes import compared, named, people_of, states_of
from salur.core.lists.kinds import Coverage, ListState, State
from salur.core.lists.periods import last_day
from salur.core.lists.superseding import Ending, in_force_of, join, take_rows
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ListRow
from salur.core.tables.payouts import FilePaymentRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow

_new, _old = aliased(EntitlementRow, name="new"), aliased(EntitlementRow, name="old")
_named = aliased(PersonRow, name="named")


def change_of_correction(connection: Connection, row: AnyRow, today: date) -> Change:
    """What a correcting draft would change. Raises: Refused(`row_changed_since` or `nobody_corrected`)."""
    columns = (_new.id, _new.person_id, _new.state, _new.reason, _new.amount, _new.corrects)
    own = connection.execute(select(*columns).where(_new.list_id == row.id).order_by(_new.id)).all()
    if not own:
        raise Refused("nobody_corrected", list=row.id)
    replaced = [one.corrects for one in own if one.corrects is not None]
    there = select(_old.id, _old.list_id).join(ListRow, ListRow.id == _old.list_id)
    found = connection.execute(there.where(_old.id.in_(replaced), *in_force_of(row.programme_code))).all()
    if len(found) < len(set(replaced)) or not _speaks(connection, row.corrects):
        raise Refused("row_changed_since", list=row.id)
    before = people_of(connection, EntitlementRow.id.in_(replaced))
    after = people_of(connection, EntitlementRow.list_id == row.id)
    niks = select(_named.nik_index).join(_new, _new.person_id == _named.id)
    niks = niks.where(_new.list_id == row.id, _new.state != State.TAKEN_OFF, _named.nik_index.is_not(None))
    beside = (ListRow.id == EntitlementRow.list_id, *in_force_of(row.programme_code))
    staying = people_of(
        connection,
        PersonRow.nik_index.in_(niks),
        EntitlementRow.id.not_in(replaced),
        select(ListRow.id).where(*beside).exists(),
    )
    places, names = named(connection, compared(before, staying, after))
    return Change(
        list=row.id,
        coverage=Coverage.KELURAHAN,
        units=(),
        places=places,
        replaces=(),
        in_part=tuple(sorted({one.list_id for one in found})),
        states=states_of(connection, row.id),
        states_confirmed=bool(row.states_confirmed),
        notes=0,
        without_number=0,
        elsewhere=0,
        names=names,
        period_over=last_day(row.period) < today,
        corrects=row.corrects,
        rows=tuple(tuple(one) for one in own),
    )


def put_in_place(connection: Connection, row: AnyRow, ending: Ending) -> dict[int, int]:
    """Let a correction's people take the place of theirs; gives by list the part of it that ended."""
    ended = {}
    stood = select(_old.list_id).join(_new, _new.corrects == _old.id).where(_new.list_id == row.id).distinct()
    for id in sorted(connection.execute(stood).scalars()):
        source = connection.execute(select(ListRow.__table__).where(ListRow.id == id)).one()
        if (part := take_rows(connection, source, row.id, ending)) is not None:
            ended[id] = part
    theirs = select(_new.corrects).where(_new.list_id == row.id, _new.corrects.is_not(None))
    for table in (PaymentRow, FilePaymentRow):
        now = select(_new.id).where(_new.list_id == row.id, _new.corrects == table.entitlement_id).scalar_subquery()
        connection.execute(update(table).where(table.entitlement_id.in_(theirs)).values(entitlement_id=now))
    return ended


def give_back(connection: Connection, row: AnyRow) -> Sequence[int]:
    """Put those whom a correction replaced back to where they stood; gives these lists.

    Raises: Refused with `changed_after` (facts: list) where a later list speaks of these people, or `added_was_paid`.
    """
    later = select(ListRow.superseded_by).where(ListRow.part_of == row.id, ListRow.state != ListState.PUBLISHED)
    whole = aliased(ListRow, name="whole")
    taken = (
        select(ListRow.id, ListRow.part_of, whole.state, whole.superseded_by)
        .join(whole, whole.id == ListRow.part_of)
        .where(ListRow.superseded_by == row.id)
        .order_by(ListRow.id)
    )
    parts = connection.execute(taken).all()
    since = [*connection.execute(later).scalars(), *(p.superseded_by for p in parts if p.state != ListState.PUBLISHED)]
    if since:
        raise Refused("changed_after", list=since[0])
    added = select(_new.id).where(_new.list_id == row.id, _new.corrects.is_(None))
    if connection.execute(select(PaymentRow.state).where(PaymentRow.entitlement_id.in_(added)).limit(1)).first():
        raise Refused("added_was_paid", list=row.id)
    mine = select(_new.id).where(_new.list_id == row.id, _new.corrects.is_not(None))
    for table in (PaymentRow, FilePaymentRow):
        before = select(_new.corrects).where(_new.id == table.entitlement_id).scalar_subquery()
        connection.execute(update(table).where(table.entitlement_id.in_(mine)).values(entitlement_id=before))
    for part in parts:
        join(connection, part.id, part.part_of)
    return [part.part_of for part in parts]


def refuse_corrected(connection: Connection, id: int) -> None:
    """Raises: Refused(`corrected_since`, facts: list) where a correction in force speaks of people of a list."""
    part, by = aliased(ListRow, name="part"), aliased(ListRow, name="by")
    of_part = select(part.id).where(part.part_of == id, part.superseded_by == by.id).exists()
    speaks = select(by.id).where(by.corrects.is_not(None), by.state == ListState.PUBLISHED)
    found = connection.execute(speaks.where(or_(by.corrects == id, of_part)).order_by(by.id.desc()).limit(1)).scalar()
    if found is not None:
        raise Refused("corrected_since", list=found)


def corrections_of(connection: Connection, root: int) -> Sequence[AnyRow]:
    """The corrections of a list that were in force once, and ended: parts of them are left out."""
    ended = (ListState.SUPERSEDED, ListState.WITHDRAWN)
    theirs = (ListRow.corrects == root, ListRow.part_of.is_(None), ListRow.published_at.is_not(None))
    found = select(ListRow.__table__).where(*theirs, ListRow.state.in_(ended))
    return connection.execute(found.order_by(ListRow.id)).all()


def _speaks(connection: Connection, root: int) -> bool:
    """Whether a list is in force, in whole or in part: else nobody can be added to it."""
    there = select(ListRow.id).where(ListRow.id == root, ListRow.state == ListState.PUBLISHED)
    return connection.execute(there).scalar() is not None
