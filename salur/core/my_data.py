"""Who looked at my data: what a resident may know of it (UU 27/2022 article 32)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salur.core.database import Database
from salur.core.vault import Vault


class MyData:
    """Answers residents about their record."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
