"""Circulars: written, sent down the levels, acknowledged, and who has not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salur.core.database import Database
from salur.core.notices import Notices


class Circulars:
    """Sends and shows circulars."""

    def __init__(self, database: Database, notices: Notices, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._notices = notices
        self._clock = clock
