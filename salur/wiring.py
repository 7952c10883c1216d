"""The only place that puts the parts together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from salur.config import Settings
from salur.core.access import AccessLog
from salur.core.accounts import Accounts
from salur.core.attempts import Attempts
from salur.core.chat_links import ChatLinks
from salur.core.circulars import Circulars
from salur.core.database import Database
from salur.core.doubles import Doubles
from salur.core.errors import ConfigError
from salur.core.imports import Imports
from salur.core.lists import Lists
from salur.core.lookup import Lookup
from salur.core.marks import Marks
from salur.core.my_data import MyData
from salur.core.neighbourhood import Neighbourhoods
from salur.core.notices import Notices
from salur.core.payments import Payments
from salur.core.payouts import Payouts
from salur.core.programmes import Programmes
from salur.core.proposal_inbox import ProposalInbox
from salur.core.proposals import Proposals
from salur.core.regions_table import Regions
from salur.core.retention import Retention
from salur.core.rotation import Rotation
from salur.core.schedules import Schedules
from salur.core.sign_in import SignIns
from salur.core.vault import Vault

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a door may ask. Built once per process; safe to share between threads."""

    settings: Settings
    database: Database
    lookup: Lookup
    payouts: Payouts
    programmes: Programmes
    regions: Regions
    lists: Lists
    imports: Imports
    schedules: Schedules
    payments: Payments
    rotation: Rotation
    retention: Retention
    accounts: Accounts
    sign_ins: SignIns
    chat_links: ChatLinks
    neighbourhood: Neighbourhoods
    marks: Marks
    doubles: Doubles
    proposals: Proposals
    inbox: ProposalInbox
    circulars: Circulars
    my_data: MyData
    notices: Notices


def build(settings: Settings, *, clock: Clock | None = None) -> Services:
    """Put the services together. Opens no connection. Raises ConfigError when the keys are missing."""
    if not settings.secret_key:
        raise ConfigError("SALUR_SECRET_KEY", "is missing: run `make run` or `python -m salur setup` first")
    clock = clock or _now
    database = Database(settings.database_url)
    vault = Vault.from_file(settings.keys_file)
    attempts = Attempts(vault, clock)
    access = AccessLog(vault, clock)
    notices = Notices(database, vault, clock)
    proposals = Proposals(database, vault, attempts, notices, clock)
    return Services(
        settings=settings,
        database=database,
        lookup=Lookup(database, vault, attempts, clock),
        payouts=Payouts(database, clock),
        programmes=Programmes(database),
        regions=Regions(database),
        lists=Lists(database, vault, clock, (proposals.granted_by,)),
        imports=Imports(database, vault, clock),
        schedules=Schedules(database),
        payments=Payments(database, vault),
        rotation=Rotation(database, settings.keys_file),
        retention=Retention(database, clock),
        accounts=Accounts(database, vault, clock),
        sign_ins=SignIns(database, vault, clock),
        chat_links=ChatLinks(database, vault, attempts, notices, clock),
        neighbourhood=Neighbourhoods(database, vault, access, clock),
        marks=Marks(database, vault, access, clock),
        doubles=Doubles(database, vault, access, clock),
        proposals=proposals,
        inbox=ProposalInbox(database, vault, notices, access, clock),
        circulars=Circulars(database, notices, clock),
        my_data=MyData(database, vault, access, clock),
        notices=notices,
    )


def _now() -> datetime:
    return datetime.now(UTC)
