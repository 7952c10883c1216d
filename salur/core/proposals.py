"""What residents send: proposals, objections, corrections, reports; and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salur.core.attempts import Attempts
from salur.core.database import Database
from salur.core.notices import Notices
from salur.core.vault import Vault


class Proposals:
    """The sender's side."""

    def __init__(self, database: Database, vault: Vault, attempts: Attempts, notices: Notices, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._attempts = attempts
        self._notices = notices
        self._clock = clock
