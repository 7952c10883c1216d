"""What is no longer needed is deleted (UU 27/2022 articles 43 and 44: data are erased when their purpose is served)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from salur.core.jobs.kinds import OF_UPLOADS, JobKind
from salur.core.lists.kinds import ListState
from salur.core.marks.kinds import MarkState
from salur.core.people.families import note_copied
from salur.core.proposals.kinds import Kind, Outcome
from salur.core.regions.region import REGENCY
from salur.core.storage.database import Database
from salur.core.tables.comparing import ComparisonRow
from salur.core.tables.following import FollowRow
from salur.core.tables.jobs import JobRow
from salur.core.tables.letters import LetterRow, PrintedPieceRow, PrintingRow
from salur.core.tables.limits import TallyRow
from salur.core.tables.lists import CoverageRow, FaultRow, FileRow, ListEventRow, ListRow
from salur.core.tables.marks import DoubleCheckRow, MarkEventRow, MarkRow
from salur.core.tables.notices import NoticeRow
from salur.core.tables.officers import InvitationRow, LinkCodeRow, SignInRow
from salur.core.tables.payouts import AppointmentRow, FilePaymentRow, PayoutFileRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow
from salur.core.tables.privacy import AccessRow
from salur.core.tables.proposals import FollowerRow, PhotoRow, ProposalEventRow, ProposalRow, TicketRow
from salur.core.tables.record import OfficeNoteRow
from salur.core.tables.uploads import UploadFileRow, UploadRow
from salur.core.tables.waiting import LineStepRow, QuotaRow

# A year is shown; a month more, so that nothing vanishes while somebody looks.
KEPT = timedelta(days=395)
NOTICES_KEPT = timedelta(days=30)  # after they were sent or given up: time enough to find out why one did not come
UPLOADS_KEPT = timedelta(days=14)  # until an operator has asked the sender and heard back
ARRIVING_KEPT = timedelta(days=1)  # what broke off on the way
PRINTED_KEPT = timedelta(days=1)  # the file of letters, until whoever printed them has fetched it
AT_ONCE = 1_000  # ids in one statement
_correction, _replaced = aliased(ListRow, name="correction"), aliased(EntitlementRow, name="replaced")
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
    double_checks: int
    notices: int
    sign_ins: int
    invitations: int
    link_codes: int
    payout_files: int
    uploads: int
    jobs: int
    notes: int
    accounts: int  # whose term is over: closed, not deleted


class Retention:
    """Deletes what is past its time."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        close_ended: Callable[[], int] = lambda: 0,
        kept: Callable[[], timedelta] = lambda: KEPT,
        uploads_kept: Callable[[], timedelta] = lambda: UPLOADS_KEPT,
    ) -> None:
        self._database = database
        self._clock = clock
        self._close_ended = close_ended
        self._kept = kept
        self._uploads_kept = uploads_kept

    def purge(self) -> Purged:
        """Delete spent tallies and codes, sent notices after 30 days, and after 395 days: access records, ended lists,
        people on no list any more with their letters and appointments, files of schedules and payments (what they
        changed stays), closed proposals with all that hangs on them, marks that are over, what was found of doubles
        (which are asked about again), sign-ins and invitations, and the record of what offices did; after 14 days
        uploads that nobody imported. A city may set these days lower. And accounts are closed whose term is over."""
        now, before = self._clock(), self._clock() - self._kept()
        # Four transactions: each is whole by itself, and nobody waits for all of them.
        with self._database.writing() as connection:
            tallies, records, notices = _counted(connection, now, before)
            sign_ins, invitations, codes = _signed_in(connection, now, before)
        with self._database.writing() as connection:
            proposals, photos = _proposals(connection, before)
            marks = _marks(connection, before)
            checks = connection.execute(delete(DoubleCheckRow).where(DoubleCheckRow.at < before)).rowcount
        with self._database.writing() as connection:
            files = _payout_files(connection, before)
            lists, people = _lists(connection, now, before)
        with self._database.writing() as connection:
            uploads, jobs = _uploads(connection, now, before, now - self._uploads_kept())
            notes = connection.execute(delete(OfficeNoteRow).where(OfficeNoteRow.at < before)).rowcount
            _printings(connection, now, before)
        gone = (lists, people, proposals, photos, marks, checks, notices, sign_ins, invitations, codes, files)
        kept = (*gone, uploads, jobs, notes, self._close_ended())
        return Purged(tallies, records, *kept)


def _counted(connection: Connection, now: datetime, before: datetime) -> tuple[int, int, int]:
    """Tallies, access records, notices."""
    spent = (TallyRow.since + TallyRow.span < int(now.timestamp())) & TallyRow.opened.is_(False)
    forgotten = TallyRow.since < int(before.timestamp())
    return (
        connection.execute(delete(TallyRow).where(or_(spent, forgotten))).rowcount,
        connection.execute(delete(AccessRow).where(AccessRow.at < before)).rowcount,
        connection.execute(delete(NoticeRow).where(NoticeRow.done_at < now - NOTICES_KEPT)).rowcount,
    )


def _signed_in(connection: Connection, now: datetime, before: datetime) -> tuple[int, int, int]:
    """Sign-ins, invitations, codes for linking a chat."""
    left = func.coalesce(SignInRow.ended_at, SignInRow.seen_at)
    over = func.coalesce(InvitationRow.used_at, InvitationRow.withdrawn_at, InvitationRow.expires_at)
    return (
        connection.execute(delete(SignInRow).where(left < before)).rowcount,
        connection.execute(delete(InvitationRow).where(over < before)).rowcount,
        connection.execute(delete(LinkCodeRow).where(LinkCodeRow.expires_at <= now)).rowcount,
    )


def _proposals(connection: Connection, before: datetime) -> tuple[int, int]:
    """Those closed so long ago, with their events, tickets, followers and photos; and how many photos that were."""
    later = select(ProposalEventRow.id).where(
        ProposalEventRow.proposal_id == ProposalRow.id, ProposalEventRow.at >= before
    )
    closed = select(ProposalRow.id).where(ProposalRow.holder.is_(None), ~later.exists(), ~_waits())
    gone, photos = connection.execute(closed).scalars().all(), 0
    for ids in _portions(gone):
        photos += connection.execute(delete(PhotoRow).where(PhotoRow.proposal_id.in_(ids))).rowcount
        for table in (FollowerRow, TicketRow, ProposalEventRow, LineStepRow):
            connection.execute(delete(table).where(table.proposal_id.in_(ids)))
        connection.execute(delete(ProposalRow).where(ProposalRow.id.in_(ids)))
    return len(gone), photos


def _waits() -> ColumnElement[bool]:
    """Whether a proposal waits for a place: in a city where a programme has a quota it may take longer than a year."""
    newest = select(func.max(QuotaRow.id)).group_by(QuotaRow.programme_code, QuotaRow.region_code)
    quota = select(QuotaRow.id).where(
        QuotaRow.id.in_(newest),
        QuotaRow.places.is_not(None),
        QuotaRow.region_code == func.substr(ProposalRow.region_code, 1, REGENCY),
    )
    return and_(ProposalRow.kind == Kind.USULAN, ProposalRow.outcome == Outcome.ACCEPTED, quota.exists())


def _marks(connection: Connection, before: datetime) -> int:
    """Those handled or taken back so long ago; their events go with them."""
    later = select(MarkEventRow.id).where(MarkEventRow.mark_id == MarkRow.id, MarkEventRow.at >= before)
    return connection.execute(delete(MarkRow).where(MarkRow.state.in_(OVER), ~later.exists())).rowcount


def _payout_files(connection: Connection, before: datetime) -> int:
    """Those imported so long ago: nobody undoes them any more. What they said of payments and sittings stays."""
    old = select(PayoutFileRow.id).where(PayoutFileRow.imported_at < before)
    connection.execute(delete(FilePaymentRow).where(FilePaymentRow.file_id.in_(old)))
    return connection.execute(delete(PayoutFileRow).where(PayoutFileRow.imported_at < before)).rowcount


def _lists(connection: Connection, now: datetime, before: datetime) -> tuple[int, int]:
    """Those ended so long ago, what remains of one that nobody finished writing, and people on no list any more."""
    left = and_(ListRow.state == ListState.LOADING, ListRow.imported_at < now - ARRIVING_KEPT)
    old = select(ListRow.id).where(or_(and_(ListRow.ended_at < before, ~_corrected_still(before)), left))
    theirs = select(EntitlementRow.id).where(EntitlementRow.list_id.in_(old))
    connection.execute(delete(FilePaymentRow).where(FilePaymentRow.entitlement_id.in_(theirs)))
    connection.execute(delete(LetterRow).where(LetterRow.entitlement_id.in_(theirs)))
    connection.execute(delete(PaymentRow).where(PaymentRow.entitlement_id.in_(theirs)))
    gone_before = select(_replaced.id).where(_replaced.list_id.in_(old))
    connection.execute(update(EntitlementRow).where(EntitlementRow.corrects.in_(gone_before)).values(corrects=None))
    connection.execute(delete(EntitlementRow).where(EntitlementRow.list_id.in_(old)))
    connection.execute(delete(FaultRow).where(FaultRow.list_id.in_(old)))
    gone = [row.id for row in connection.execute(old)]
    # What a deleted list was superseded by no longer matters, and would point to nothing.
    connection.execute(update(ListRow).where(ListRow.superseded_by.in_(gone)).values(superseded_by=None))
    connection.execute(update(ListRow).where(ListRow.part_of.in_(gone)).values(part_of=None))
    for table in (CoverageRow, FileRow, ListEventRow):
        connection.execute(delete(table).where(table.list_id.in_(gone)))
    connection.execute(delete(ListRow).where(ListRow.id.in_(gone)))
    nowhere = ~select(EntitlementRow.id).where(EntitlementRow.person_id == PersonRow.id).exists()
    gone_people = select(PersonRow.id).where(nowhere)
    connection.execute(delete(AppointmentRow).where(AppointmentRow.person_id.in_(gone_people)))
    people = connection.execute(delete(PersonRow).where(nowhere)).rowcount
    if people:  # whom they followed is sealed: `Following.sweep` sees who is left with nobody, and deletes that
        later = or_(FollowRow.look_at.is_(None), FollowRow.look_at > now)
        connection.execute(update(FollowRow).where(later).values(look_at=now))
    note_copied(connection)
    return len(gone), people


def _corrected_still(before: datetime) -> ColumnElement[bool]:
    """Of a list: that its people stand, or stood within that time, on what corrects it: these can be taken back."""
    stays = or_(_correction.state == ListState.PUBLISHED, _correction.ended_at >= before)
    replaced = and_(_correction.corrects.is_not(None), _correction.id == ListRow.superseded_by)
    mine = or_(_correction.corrects == ListRow.id, replaced)
    return select(_correction.id).where(mine, stays).exists()


def _uploads(connection: Connection, now: datetime, before: datetime, unused_since: datetime) -> tuple[int, int]:
    """Those that nobody imported, what broke off on the way, comparisons, and jobs; what is being worked on stays."""
    open_jobs = select(JobRow.subject).where(JobRow.ended_at.is_(None))
    busy = open_jobs.where(JobRow.kind.in_(OF_UPLOADS))
    compared = open_jobs.where(JobRow.kind == JobKind.COMPARE)
    connection.execute(
        delete(ComparisonRow).where(ComparisonRow.made_at < unused_since, ComparisonRow.id.not_in(compared))
    )
    broken = delete(UploadFileRow).where(UploadFileRow.upload_id.is_(None), UploadFileRow.made_at < now - ARRIVING_KEPT)
    connection.execute(broken)
    old = delete(UploadRow).where(UploadRow.made_at < unused_since, UploadRow.id.not_in(busy))
    uploads = connection.execute(old).rowcount
    return uploads, connection.execute(delete(JobRow).where(JobRow.ended_at < before)).rowcount


def _printings(connection: Connection, now: datetime, before: datetime) -> None:
    """Files of letters after a day; printings of which no letter is left, after so long."""
    ready = select(PrintingRow.id).where(PrintingRow.ready_at < now - PRINTED_KEPT)
    connection.execute(delete(PrintedPieceRow).where(PrintedPieceRow.printing_id.in_(ready)))
    left = select(LetterRow.id).where(LetterRow.printing_id == PrintingRow.id)
    connection.execute(delete(PrintingRow).where(PrintingRow.made_at < before, ~left.exists()))


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
