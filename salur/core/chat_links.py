"""Which Telegram chat belongs to which account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salur.core.database import Database
from salur.core.vault import Vault


class ChatLinks:
    """Links and unlinks chats."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
