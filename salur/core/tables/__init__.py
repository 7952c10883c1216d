"""The tables, a file per subject. Only the core reads and writes them."""

from salur.core.tables.asking import AccessRow, TallyRow
from salur.core.tables.base import Table
from salur.core.tables.lists import FaultRow, ListRow, ProgrammeRow
from salur.core.tables.payouts import PlaceRow, SessionRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow
from salur.core.tables.regions import RegionRow

__all__ = [
    "AccessRow",
    "EntitlementRow",
    "FaultRow",
    "ListRow",
    "PaymentRow",
    "PersonRow",
    "PlaceRow",
    "ProgrammeRow",
    "RegionRow",
    "SessionRow",
    "Table",
    "TallyRow",
]
