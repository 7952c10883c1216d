"""The tables, a file per subject. Only the core reads and writes them."""

from salur.core.tables.accounts import (
    AccountRow,
    ChatLinkRow,
    InvitationRow,
    LinkCodeRow,
    RecoveryCodeRow,
    SignInRow,
)
from salur.core.tables.asking import AccessRow, TallyRow
from salur.core.tables.base import Table
from salur.core.tables.circulars import CircularAreaRow, CircularPdfRow, CircularReceiptRow, CircularRow
from salur.core.tables.lists import FaultRow, ListRow, ProgrammeRow
from salur.core.tables.neighbourhood import MarkEventRow, MarkRow
from salur.core.tables.notices import NoticeRow
from salur.core.tables.payouts import PlaceRow, SessionRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow
from salur.core.tables.proposals import FollowerRow, PhotoRow, ProposalEventRow, ProposalRow, TicketRow
from salur.core.tables.regions import RegionRow

__all__ = [
    "AccessRow",
    "AccountRow",
    "ChatLinkRow",
    "CircularAreaRow",
    "CircularPdfRow",
    "CircularReceiptRow",
    "CircularRow",
    "EntitlementRow",
    "FaultRow",
    "FollowerRow",
    "InvitationRow",
    "LinkCodeRow",
    "ListRow",
    "MarkEventRow",
    "MarkRow",
    "NoticeRow",
    "PaymentRow",
    "PersonRow",
    "PhotoRow",
    "PlaceRow",
    "ProgrammeRow",
    "ProposalEventRow",
    "ProposalRow",
    "RecoveryCodeRow",
    "RegionRow",
    "SessionRow",
    "SignInRow",
    "Table",
    "TallyRow",
    "TicketRow",
]
