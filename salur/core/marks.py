"""What heads mark about the people of their list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salur.core.access import AccessLog
from salur.core.database import Database
from salur.core.vault import Vault


class Marks:
    """Makes, takes back, confirms and handles marks."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock
