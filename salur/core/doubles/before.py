"""Which doubles a draft would make if it were published: people who stand on another list in force, by the same NIK."""

from __future__ import annotations

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from salur.core.doubles.answers import WouldBeDouble
from salur.core.doubles.exclusions import exclusion
from salur.core.lists.kinds import ListState, State
from salur.core.lists.periods import overlap
from salur.core.tables.lists import ListRow
from salur.core.tables.people import EntitlementRow, PersonRow


def doubles_of_draft(connection: Connection, list_id: int) -> tuple[WouldBeDouble, ...]:
    """Of each programme that excludes the draft's in an overlapping period, how many people; the most first."""
    there, theirs, other = aliased(EntitlementRow), aliased(PersonRow), aliased(ListRow)
    draft = connection.execute(
        select(ListRow.programme_code, ListRow.period).where(ListRow.id == list_id)
    ).one_or_none()
    if draft is None:
        return ()
    found = connection.execute(
        select(other.programme_code, other.period, func.count(PersonRow.nik_index.distinct()))
        .select_from(EntitlementRow)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .join(theirs, theirs.nik_index == PersonRow.nik_index)
        .join(there, there.person_id == theirs.id)
        .join(other, other.id == there.list_id)
        .where(
            EntitlementRow.list_id == list_id,
            EntitlementRow.state != State.TAKEN_OFF,
            there.state != State.TAKEN_OFF,
            other.state == ListState.PUBLISHED,
            other.programme_code != draft.programme_code,
        )
        .group_by(other.programme_code, other.period)
    )
    would = (
        WouldBeDouble(programme, period, people, rule.sure)
        for programme, period, people in found
        if (rule := exclusion(draft.programme_code, programme)) and overlap(draft.period, period)
    )
    return tuple(sorted(would, key=lambda one: (-one.people, one.programme)))
