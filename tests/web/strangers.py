"""What every door must not open: people of other areas, and what a form could change there."""

from __future__ import annotations

from sqlalchemy import func, select

from salur.core.officers.roles import Officer
from salur.core.regions.territory import Territory
from salur.core.tables.circulars import CircularRow
from salur.core.tables.marks import MarkRow
from salur.core.tables.officers import AccountRow, InvitationRow, SignInRow
from salur.core.tables.payouts import PlaceRow, SittingRow
from salur.core.tables.people import PersonRow
from salur.core.tables.privacy import AccessRow
from salur.core.tables.proposals import ProposalRow
from salur.core.tables.waiting import LineStepRow, QuotaRow
from salur.wiring import Services
from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.office import TEGAL_GUNDIL

# Where things are: the first is the place of the officers who walk. A word for each that nobody else has.
PLACES = {
    "ANGGREKWATI": Territory(TEGAL_GUNDIL, 5, 3),
    "BAKUNGSARI": Territory(TEGAL_GUNDIL, 5, 4),
    "CEMPAKASIH": Territory(TEGAL_GUNDIL, 6, 3),
    "DAHLIARUM": Territory(BANTAR_JATI, 5, 3),
    "ELOKMAWAR": Territory("32.71.01.1001", 5, 3),
    "FLAMBOYANI": Territory("76.04.01.1001", 5, 3),
}


def looks_at_strangers(services: Services, officer: Officer) -> int:
    """How often people outside his area were looked at."""
    inside = [place for place in PLACES.values() if officer.territory.covers(place)]
    mine = PersonRow.id < 0
    for place in inside:
        mine |= (PersonRow.region_code == place.region_code) & (PersonRow.rw == place.rw) & (PersonRow.rt == place.rt)
    with services.database.reading() as connection:
        counted = select(func.count()).select_from(AccessRow).join(PersonRow).where(~mine)
        return int(connection.execute(counted).scalar_one())


def state_of_strangers(services: Services, officer: Officer) -> list[tuple[object, ...]]:
    """All that a form could change outside an officer's area."""
    found: list[tuple[object, ...]] = []
    with services.database.reading() as connection:
        for table, columns in (
            (MarkRow, ("state",)),
            (ProposalRow, ("holder", "outcome", "held_since")),
            (AccountRow, ("closed_at", "password_hash")),
            (InvitationRow, ("withdrawn_at", "used_at")),
            (CircularRow, ("withdrawn_at",)),
            (PlaceRow, ("name", "merged_into_id")),
            (SittingRow, ("state", "place_id")),
            (QuotaRow, ("places", "source")),
        ):
            rows = connection.execute(select(table.__table__).order_by(table.id)).all()
            for row in rows:
                place = Territory(row.region_code, getattr(row, "rw", None), getattr(row, "rt", None))
                if not officer.territory.covers(place):
                    found.append((table.__tablename__, row.id, *(getattr(row, name) for name in columns)))
        steps = connection.execute(select(LineStepRow.what, ProposalRow.region_code).join(ProposalRow))
        found += [("line_step", what) for what, code in steps if not officer.territory.covers(Territory(code))]
        others = select(func.count()).select_from(SignInRow).where(SignInRow.account_id != officer.account)
        found.append(("sign_in", connection.execute(others.where(SignInRow.ended_at.is_(None))).scalar_one()))
    return found
