"""Proposals as the levels of the chain see them: inbox, decisions, clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salur.core.access import AccessLog
from salur.core.database import Database
from salur.core.notices import Notices
from salur.core.vault import Vault


class ProposalInbox:
    """The chain's side."""

    def __init__(self, database: Database, vault: Vault, notices: Notices, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._notices = notices
        self._access = access
        self._clock = clock
