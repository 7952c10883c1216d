"""Signing in: name and password, second factor, and what is known of each sign-in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salur.core.database import Database
from salur.core.vault import Vault


class SignIns:
    """Lets officers in, and out."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
