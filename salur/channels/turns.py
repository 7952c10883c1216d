"""Doing something again and again until told to stop: what goes wrong in one turn is logged, and the next comes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from salur.core.errors import DatabaseAway
from salur.logs import where

logger = logging.getLogger(__name__)


class Turns:
    """Turns of one thing; `told` is how the line begins that is logged where one of them fails."""

    def __init__(self, told: str) -> None:
        self._told = told
        self._away = False

    async def take(self, turn: Callable[[], Awaitable[bool]], stop: asyncio.Event, pause: float) -> None:
        """Take turns until `stop`: at once where one says that there is more to do, else after so many seconds."""
        while not stop.is_set():
            more = False
            try:
                more = await turn()
                self._away = False
            except DatabaseAway as error:
                if not self._away:
                    logger.error("%s: the database is away (%s)", self._told, error.kind)
                self._away = True
            except Exception as error:
                logger.error("%s: %s at %s", self._told, type(error).__name__, where(error))  # noqa: TRY400
            if not more:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)
