"""What helps to decide on a proposal: is this NIK or KK number on a published list, and what else was sent about it?

Lists are looked at beyond the officer's territory, because a person may be listed where they lived before. So only the
programme and its period are told, never where or under which name, and not at all where the name does not fit.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from salur.core.casework.answers import Listing, Related
from salur.core.limits.attempts import MISSES_OF_ANYONE
from salur.core.lists.kinds import ListState
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.proposals.kinds import Holder, Kind, Outcome
from salur.core.proposals.names import fits
from salur.core.proposals.visible import select_proposals
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.proposals import ProposalRow

MOST_RELATED = 6
MOST_LISTED = 200  # rows under one number; an office may have copied a KK number down its column


def find_listings(
    connection: Connection, vault: Vault, officer: Officer, id: int, nik: bytes | None, kk: bytes | None, name: str
) -> tuple[tuple[Listing, ...], list[int]]:
    """The published lists that hold a NIK or KK number (their indexes), and the people (ids) of whom that is told.

    Only where the name fits, or the listed person lives in the officer's own territory: a head could otherwise propose
    a stranger to learn whether they receive aid. Nor are names compared beyond the first that were sent under a number:
    else one could send name after name until one fits. `id` is the proposal's.
    """
    same = [column == index for column, index in ((PersonRow.nik_index, nik), (PersonRow.kk_index, kk)) if index]
    if not same:
        return (), []
    statement = (
        select(PersonRow.id.label("person_id"), PersonRow.nik_index, PersonRow.sealed_names)
        .add_columns(PersonRow.region_code, PersonRow.rw, PersonRow.rt)
        .add_columns(ProgrammeRow.code, ProgrammeRow.name, ListRow.period, EntitlementRow.state)
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .where(or_(*same), ListRow.state == ListState.PUBLISHED)
        .order_by(ListRow.period.desc(), ProgrammeRow.code)
        .limit(MOST_LISTED)
    )
    may_compare = _sent_before(connection, id, nik, kk) < MISSES_OF_ANYONE
    told: list[AnyRow] = []
    for row in connection.execute(statement):
        under_nik = nik is not None and row.nik_index == nik
        own = officer.territory.covers(Territory(row.region_code or "", row.rw, row.rt))
        if own or (may_compare and fits(vault, name, row, under_kk=not under_nik)):
            told.append(row)
    by_nik = [row for row in told if nik is not None and row.nik_index == nik]
    shown = by_nik or told
    found = {Listing(row.code, row.name, row.period, row.state, by_nik=bool(by_nik)) for row in shown}
    ordered = sorted(found, key=lambda listing: (listing.period, listing.programme), reverse=True)
    return tuple(ordered), [row.person_id for row in shown]


def _sent_before(connection: Connection, id: int, nik: bytes | None, kk: bytes | None) -> int:
    """How many proposals under one of these numbers are older."""
    columns = ((ProposalRow.nik_index, nik), (ProposalRow.kk_index, kk))
    same = or_(*(column == index for column, index in columns if index))
    return connection.execute(select(func.count()).where(ProposalRow.id < id, same)).scalar_one()


def find_related(
    connection: Connection, scope: Scope, id: int, nik: bytes | None, kk: bytes | None
) -> tuple[Related, ...]:
    """Other proposals of the territory about the same person or family, the newest first."""
    own = select_proposals(scope).c
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
