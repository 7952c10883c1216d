"""Which proposals a published list grants."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import Connection, or_, select

from salur.core.limits.attempts import MISSES_OF_ANYONE
from salur.core.lists.kinds import State
from salur.core.people.families import are_family
from salur.core.proposals.kinds import OBJECTION_TIME, Kind, Outcome
from salur.core.proposals.names import fits, open_name_in
from salur.core.storage.vault import Vault
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.proposals import ProposalRow


def find_granted(connection: Connection, vault: Vault, list_id: int, now: datetime) -> list[int]:
    """The ids of the proposals that a list grants.

    That is each usulan whose NIK or KK number stands on the list as entitled, under a name that fits: open, or
    rejected with time left to object. One that was accepted and waits for the list needs no name.

    Of many names that were sent under a number only the first are compared: else somebody could send name after name
    and learn from the one that is granted which is right.
    """
    still_objectable = (ProposalRow.outcome == Outcome.REJECTED) & (ProposalRow.held_since >= now - OBJECTION_TIME)
    waiting = or_(ProposalRow.outcome.is_(None), ProposalRow.outcome == Outcome.ACCEPTED, still_objectable)
    listed = (
        select(PersonRow.id.label("person_id"), PersonRow.sealed_names, PersonRow.nik_index, PersonRow.kk_index)
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .where(EntitlementRow.list_id == list_id, EntitlementRow.state.in_((State.ENTITLED, State.GROUP)))
    ).cte("listed")
    families = (
        select(listed.c.kk_index)
        .where(listed.c.kk_index.is_not(None))
        .group_by(listed.c.kk_index)
        .having(are_family(listed.c.nik_index, listed.c.person_id))
    )
    usulan = (
        select(ProposalRow.id, ProposalRow.outcome, ProposalRow.sealed_body, listed.c.person_id, listed.c.sealed_names)
        .select_from(ProposalRow)
        .where(ProposalRow.kind == Kind.USULAN, waiting)
        .order_by(ProposalRow.id)
    )
    by_nik = usulan.join(listed, listed.c.nik_index == ProposalRow.nik_index)
    by_kk = usulan.join(listed, listed.c.kk_index == ProposalRow.kk_index).where(listed.c.kk_index.in_(families))
    granted: set[int] = set()
    compared = Counter[int]()  # names, by listed person
    for statement, under_kk in ((by_nik, False), (by_kk, True)):
        for row in connection.execute(statement):
            # Whom the whole chain has accepted is no stranger's curiosity, whatever name the list has.
            if row.outcome == Outcome.ACCEPTED:
                granted.add(row.id)
            elif row.id not in granted and compared[row.person_id] < MISSES_OF_ANYONE:
                compared[row.person_id] += 1
                if fits(vault, open_name_in(vault, row.sealed_body, row.id), row, under_kk=under_kk):
                    granted.add(row.id)
    return sorted(granted)
