"""People who stand twice where they should stand once, with the evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salur.core.access import AccessLog
from salur.core.database import Database
from salur.core.vault import Vault


class Doubles:
    """Finds doubles."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock
