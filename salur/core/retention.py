"""What is no longer needed is deleted (UU 27/2022 articles 43 and 44: data are erased when their purpose is served)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, update

from salur.core.database import Database
from salur.core.mark_kinds import MarkState
from salur.core.tables import (
    AccessRow,
    EntitlementRow,
    FaultRow,
    FollowerRow,
    InvitationRow,
    LinkCodeRow,
    ListRow,
    MarkEventRow,
    MarkRow,
    NoticeRow,
    PaymentRow,
    PersonRow,
    PhotoRow,
    ProposalEventRow,
    ProposalRow,
    SignInRow,
    TallyRow,
    TicketRow,
)

# A year is shown; a month more, so that nothing vanishes while somebody looks.
KEPT = timedelta(days=395)
NOTICES_KEPT = timedelta(days=30)  # after they were sent or given up: time enough to find out why one did not come
AT_ONCE = 1_000  # ids in one statement
OVER = (MarkState.HANDLED, MarkState.TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows were deleted."""

    tallies: int
    access_records: int
    lists: int
    people: int
    proposals: int
    photos: int
    marks: int
    notices: int
    sign_ins: int
    invitations: int
    link_codes: int


class Retention:
    """Deletes what is past its time."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def purge(self) -> Purged:
        """Delete spent tallies and codes, sent notices after 30 days, and after 395 days: access records, ended lists,
        people on no list any more, closed proposals with all that hangs on them, marks that are over, sign-ins and
        invitations."""
        now = self._clock()
        # Three transactions: each is whole by itself, and nobody waits for all of them.
        with self._database.writing() as connection:
            tallies, records, notices = _counted(connection, now)
            sign_ins, invitations, codes = _signed_in(connection, now)
        with self._database.writing() as connection:
            proposals, photos = _proposals(connection, now - KEPT)
            marks = _marks(connection, now - KEPT)
        with self._database.writing() as connection:
            lists, people = _lists(connection, now - KEPT)
        return Purged(tallies, records, lists, people, proposals, photos, marks, notices, sign_ins, invitations, codes)


def _counted(connection: Connection, now: datetime) -> tuple[int, int, int]:
    """Tallies, access records, notices."""
    spent = (TallyRow.since + TallyRow.span < int(now.timestamp())) & TallyRow.opened.is_(False)
    forgotten = TallyRow.since < int((now - KEPT).timestamp())
    return (
        connection.execute(delete(TallyRow).where(or_(spent, forgotten))).rowcount,
        connection.execute(delete(AccessRow).where(AccessRow.at < now - KEPT)).rowcount,
        connection.execute(delete(NoticeRow).where(NoticeRow.done_at < now - NOTICES_KEPT)).rowcount,
    )


def _signed_in(connection: Connection, now: datetime) -> tuple[int, int, int]:
    """Sign-ins, invitations, codes for linking a chat."""
    left = func.coalesce(SignInRow.ended_at, SignInRow.seen_at)
    over = func.coalesce(InvitationRow.used_at, InvitationRow.withdrawn_at, InvitationRow.expires_at)
    return (
        connection.execute(delete(SignInRow).where(left < now - KEPT)).rowcount,
        connection.execute(delete(InvitationRow).where(over < now - KEPT)).rowcount,
        connection.execute(delete(LinkCodeRow).where(LinkCodeRow.expires_at <= now)).rowcount,
    )


def _proposals(connection: Connection, before: datetime) -> tuple[int, int]:
    """Those closed so long ago, with their events, tickets, followers and photos; and how many photos that were."""
    later = select(ProposalEventRow.id).where(
        ProposalEventRow.proposal_id == ProposalRow.id, ProposalEventRow.at >= before
    )
    closed = select(ProposalRow.id).where(ProposalRow.holder.is_(None), ~later.exists())
    gone, photos = connection.execute(closed).scalars().all(), 0
    for ids in _portions(gone):
        photos += connection.execute(delete(PhotoRow).where(PhotoRow.proposal_id.in_(ids))).rowcount
        for table in (FollowerRow, TicketRow, ProposalEventRow):
            connection.execute(delete(table).where(table.proposal_id.in_(ids)))
        connection.execute(delete(ProposalRow).where(ProposalRow.id.in_(ids)))
    return len(gone), photos


def _marks(connection: Connection, before: datetime) -> int:
    """Those handled or taken back so long ago; their events go with them."""
    later = select(MarkEventRow.id).where(MarkEventRow.mark_id == MarkRow.id, MarkEventRow.at >= before)
    return connection.execute(delete(MarkRow).where(MarkRow.state.in_(OVER), ~later.exists())).rowcount


def _lists(connection: Connection, before: datetime) -> tuple[int, int]:
    """Those ended so long ago, and people on no list any more."""
    old = select(ListRow.id).where(ListRow.ended_at < before)
    theirs = select(EntitlementRow.id).where(EntitlementRow.list_id.in_(old))
    connection.execute(delete(PaymentRow).where(PaymentRow.entitlement_id.in_(theirs)))
    connection.execute(delete(EntitlementRow).where(EntitlementRow.list_id.in_(old)))
    connection.execute(delete(FaultRow).where(FaultRow.list_id.in_(old)))
    gone = [row.id for row in connection.execute(old)]
    # What a deleted list was superseded by no longer matters, and would point to nothing.
    connection.execute(update(ListRow).where(ListRow.superseded_by.in_(gone)).values(superseded_by=None))
    connection.execute(delete(ListRow).where(ListRow.id.in_(gone)))
    nowhere = ~select(EntitlementRow.id).where(EntitlementRow.person_id == PersonRow.id).exists()
    return len(gone), connection.execute(delete(PersonRow).where(nowhere)).rowcount


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
