"""What is no longer needed is deleted (UU 27/2022 articles 43 and 44: data are erased when their purpose is served)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from salur.core.database import Database
from salur.core.tables import AccessRow, EntitlementRow, FaultRow, ListRow, PaymentRow, PersonRow, TallyRow

# A year is shown; a month more, so that nothing vanishes while somebody looks.
KEPT = timedelta(days=395)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows were deleted."""

    tallies: int
    access_records: int
    lists: int
    people: int


class Retention:
    """Deletes what is past its time."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def purge(self) -> Purged:
        """Delete spent tallies, access records and ended lists older than 395 days, and people on no list any more."""
        now = self._clock()
        spent = (TallyRow.since + TallyRow.span < int(now.timestamp())) & TallyRow.opened.is_(False)
        forgotten = TallyRow.since < int((now - KEPT).timestamp())
        old = select(ListRow.id).where(ListRow.ended_at < now - KEPT)
        theirs = select(EntitlementRow.id).where(EntitlementRow.list_id.in_(old))
        with self._database.writing() as connection:
            tallies = connection.execute(delete(TallyRow).where(or_(spent, forgotten))).rowcount
            records = connection.execute(delete(AccessRow).where(AccessRow.at < now - KEPT)).rowcount
            connection.execute(delete(PaymentRow).where(PaymentRow.entitlement_id.in_(theirs)))
            connection.execute(delete(EntitlementRow).where(EntitlementRow.list_id.in_(old)))
            connection.execute(delete(FaultRow).where(FaultRow.list_id.in_(old)))
            gone = [row.id for row in connection.execute(old)]
            # What a deleted list was superseded by no longer matters, and would point to nothing.
            connection.execute(
                ListRow.__table__.update().where(ListRow.superseded_by.in_(gone)).values(superseded_by=None)  # type: ignore[attr-defined]
            )
            connection.execute(delete(ListRow).where(ListRow.id.in_(gone)))
            nowhere = ~select(EntitlementRow.id).where(EntitlementRow.person_id == PersonRow.id).exists()
            people = connection.execute(delete(PersonRow).where(nowhere)).rowcount
        return Purged(tallies, records, len(gone), people)
