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
from salur.core.notices.stirring import HELD_BACK
from salur.core.people.families import copied_anew, note_copied
from salur.core.proposals.kinds import Kind, Outcome
from salur.core.regions.region import REGENCY
from salur.core.storage.bulk import delete_in_pieces
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
from salur.core.tables.payouts import AppointmentRow, FilePaymentRow, PayoutFileRow, SittingRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow
from salur.core.tables.privacy import AccessRow
from salur.core.tables.proposals import FollowerRow, PhotoRow, ProposalEventRow, ProposalRow, TicketRow
from salur.core.tables.record import OfficeNoteRow
from salur.core.tables.uploads import UploadFaultRow, UploadFileRow, UploadRow
from salur.core.tables.waiting import LineStepRow, QuotaRow
from salur.core.uploads.letting_go import let_go, sweep

# A year is shown; a month more, so that nothing vanishes while somebody looks.
KEPT = timedelta(days=395)
NOTICES_KEPT = timedelta(days=30)  # after they were sent or given up: time enough to find out why one did not come
UPLOADS_KEPT = timedelta(days=14)  # until an operator has asked the sender and heard back
ARRIVING_KEPT = timedelta(days=1)  # what broke off on the way
PRINTED_KEPT = timedelta(days=1)  # the file of letters, until whoever printed them has fetched it
AT_ONCE = 1_000  # ids in one statement
_correction = aliased(ListRow, name="correction")
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
        # Each transaction is whole by itself, and deletes a thousand of what may be a million rows: nobody waits long.
        with self._database.writing() as connection:
            tallies, records, notices = _counted(connection, now, before)
            sign_ins, invitations, codes = _signed_in(connection, now, before)
        with self._database.writing() as connection:
            proposals, photos = _proposals(connection, before)
            marks = _marks(connection, before)
            checks = connection.execute(delete(DoubleCheckRow).where(DoubleCheckRow.at < before)).rowcount
        files = _payout_files(self._database, before)
        lists, people = _lists(self._database, now, before), _people(self._database, now)
        uploads, jobs = _uploads(self._database, now, before, now - self._uploads_kept())
        with self._database.writing() as connection:
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


def _payout_files(database: Database, before: datetime) -> int:
    """Those imported so long ago: nobody undoes them any more. What they said of payments and sittings stays."""
    with database.reading() as connection:
        old = connection.execute(select(PayoutFileRow.id).where(PayoutFileRow.imported_at < before)).scalars().all()
    for file in old:
        theirs, key = FilePaymentRow.file_id == file, FilePaymentRow.entitlement_id
        sum(delete_in_pieces(database, FilePaymentRow, theirs, key=key))
        its, person = AppointmentRow.file_id == file, AppointmentRow.person_id
        sum(delete_in_pieces(database, AppointmentRow, its, key=person))
    with database.writing() as connection:
        # SQLite may give the number of a plan that is gone to another one.
        planned = update(SittingRow).where(SittingRow.plan_id.in_(old))
        connection.execute(planned.values(plan_id=None, slot=None))
        return connection.execute(delete(PayoutFileRow).where(PayoutFileRow.id.in_(old))).rowcount


def _lists(database: Database, now: datetime, before: datetime) -> int:
    """Those ended so long ago, and what remains of one that nobody finished writing."""
    with database.writing() as connection:
        left = and_(ListRow.state == ListState.LOADING, ListRow.imported_at < now - ARRIVING_KEPT)
        old = select(ListRow.id).where(or_(and_(ListRow.ended_at < before, ~_corrected_still(before)), left))
        gone = connection.execute(old).scalars().all()
        # From here on nobody is shown them or can take them back; should this be interrupted, they go the next time.
        connection.execute(update(ListRow).where(ListRow.id.in_(gone)).values(state=ListState.LOADING))
        # What a deleted list was superseded by no longer matters, and would point to nothing.
        connection.execute(update(ListRow).where(ListRow.superseded_by.in_(gone)).values(superseded_by=None))
        connection.execute(update(ListRow).where(ListRow.part_of.in_(gone)).values(part_of=None))
    sum(delete_in_pieces(database, EntitlementRow, EntitlementRow.list_id.in_(gone), before=_hanging_on))
    sum(delete_in_pieces(database, FaultRow, FaultRow.list_id.in_(gone)))
    with database.writing() as connection:
        for table in (CoverageRow, FileRow, ListEventRow):
            connection.execute(delete(table).where(table.list_id.in_(gone)))
        connection.execute(delete(ListRow).where(ListRow.id.in_(gone)))
    return len(gone)


def _hanging_on(connection: Connection, entitlements: Sequence[int]) -> None:
    """What is known of these entitlements only goes with them."""
    connection.execute(delete(FilePaymentRow).where(FilePaymentRow.entitlement_id.in_(entitlements)))
    connection.execute(delete(LetterRow).where(LetterRow.entitlement_id.in_(entitlements)))
    connection.execute(delete(PaymentRow).where(PaymentRow.entitlement_id.in_(entitlements)))
    connection.execute(update(EntitlementRow).where(EntitlementRow.corrects.in_(entitlements)).values(corrects=None))


def _appointed(connection: Connection, people: Sequence[int]) -> None:
    """When these came within a sitting goes with them."""
    connection.execute(delete(AppointmentRow).where(AppointmentRow.person_id.in_(people)))


def _people(database: Database, now: datetime) -> int:
    """Those on no list any more."""
    nowhere = ~select(EntitlementRow.id).where(EntitlementRow.person_id == PersonRow.id).exists()
    people = sum(delete_in_pieces(database, PersonRow, nowhere, before=_appointed))
    with database.reading() as connection:
        copied = copied_anew(connection)
    with database.writing() as connection:
        note_copied(connection, copied)
        if people:  # whom they followed is sealed: `Following.sweep` sees who is left with nobody, and deletes that
            soon = now + HELD_BACK  # not at once: what was just published may be taken back
            later = or_(FollowRow.look_at.is_(None), FollowRow.look_at > soon)
            connection.execute(update(FollowRow).where(later).values(look_at=soon))
    return people


def _corrected_still(before: datetime) -> ColumnElement[bool]:
    """Of a list: that its people stand, or stood within that time, on what corrects it: these can be taken back."""
    stays = or_(_correction.state == ListState.PUBLISHED, _correction.ended_at >= before)
    replaced = and_(_correction.corrects.is_not(None), _correction.id == ListRow.superseded_by)
    mine = or_(_correction.corrects == ListRow.id, replaced)
    return select(_correction.id).where(mine, stays).exists()


def _uploads(database: Database, now: datetime, before: datetime, unused_since: datetime) -> tuple[int, int]:
    """Those that nobody imported, what broke off on the way, comparisons, and jobs; what is being worked on stays."""
    open_jobs = select(JobRow.subject).where(JobRow.ended_at.is_(None))
    busy = open_jobs.where(JobRow.kind.in_(OF_UPLOADS))
    compared = open_jobs.where(JobRow.kind == JobKind.COMPARE)
    old = and_(UploadRow.made_at < unused_since, UploadRow.id.not_in(busy))
    theirs = UploadFaultRow.upload_id.in_(select(UploadRow.id).where(old))
    sum(delete_in_pieces(database, UploadFaultRow, theirs))
    with database.writing() as connection:
        unused = (ComparisonRow.made_at < unused_since, ComparisonRow.id.not_in(compared))
        connection.execute(delete(ComparisonRow).where(*unused))
        let_go(connection, UploadFileRow.upload_id.is_(None), UploadFileRow.made_at < now - ARRIVING_KEPT)
        let_go(connection, UploadFileRow.upload_id.in_(select(UploadRow.id).where(old)))
        uploads = connection.execute(delete(UploadRow).where(old)).rowcount
        jobs = connection.execute(delete(JobRow).where(JobRow.ended_at < before)).rowcount
    sweep(database)
    return uploads, jobs


def _printings(connection: Connection, now: datetime, before: datetime) -> None:
    """Files of letters after a day; printings of which no letter is left, after so long."""
    ready = select(PrintingRow.id).where(PrintingRow.ready_at < now - PRINTED_KEPT)
    connection.execute(delete(PrintedPieceRow).where(PrintedPieceRow.printing_id.in_(ready)))
    left = select(LetterRow.id).where(LetterRow.printing_id == PrintingRow.id)
    connection.execute(delete(PrintingRow).where(PrintingRow.made_at < before, ~left.exists()))


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
