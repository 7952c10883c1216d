"""What helps to decide on a proposal: is this NIK or KK number on a published list, and what else was sent about it?

Lists are looked at beyond the officer's territory, because a person may be listed where he lived before. So only the
programme and its period are told, never where or under which name.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, or_, select

from salur.core.proposal_cases import Listing, Related
from salur.core.proposal_steps import Holder, Kind, Outcome
from salur.core.scope import Scope
from salur.core.tables import EntitlementRow, ListRow, PersonRow, ProgrammeRow

MOST_RELATED = 6


def listings(connection: Connection, nik: bytes | None, kk: bytes | None) -> tuple[tuple[Listing, ...], list[int]]:
    """The published lists that hold a NIK or KK number (their indexes), and the people (ids) found on them."""
    same = [column == index for column, index in ((PersonRow.nik_index, nik), (PersonRow.kk_index, kk)) if index]
    if not same:
        return (), []
    statement = (
        select(PersonRow.id, PersonRow.nik_index, ProgrammeRow.code, ProgrammeRow.name, ListRow.period)
        .add_columns(EntitlementRow.state)
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .where(or_(*same), ListRow.state == "published")
        .order_by(ListRow.period.desc(), ProgrammeRow.code)
    )
    rows = connection.execute(statement).all()
    by_nik = [row for row in rows if nik is not None and row.nik_index == nik]
    told = {Listing(row.code, row.name, row.period, row.state, by_nik=True) for row in by_nik}
    if not told:
        told = {Listing(row.code, row.name, row.period, row.state, by_nik=False) for row in rows}
    ordered = sorted(told, key=lambda listing: (listing.period, listing.programme), reverse=True)
    return tuple(ordered), [row.id for row in by_nik]


def related(connection: Connection, scope: Scope, id: int, nik: bytes | None, kk: bytes | None) -> tuple[Related, ...]:
    """Other proposals of the territory about the same person or family, the newest first."""
    own: Any = scope.proposals.c
    same = [column == index for column, index in ((own.nik_index, nik), (own.kk_index, kk)) if index]
    if not same:
        return ()
    statement = (
        select(own.id, own.kind, own.sent_at, own.desk, own.outcome)
        .where(or_(*same), own.id != id)
        .order_by(own.id.desc())
        .limit(MOST_RELATED)
    )
    return tuple(
        Related(
            row.id,
            Kind(row.kind),
            row.sent_at,
            Holder(row.desk) if row.desk else None,
            Outcome(row.outcome) if row.outcome else None,
        )
        for row in connection.execute(statement)
    )
