"""What comes into the box by itself: who follows and is to be told, heads in the morning, circulars nobody has read.

Several processes may look at once: each of these is decided and queued in one transaction, so it is told once.
"""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from salur.channels.turns import Turns
from salur.core.happenings import Part, looked
from salur.wiring import Services

AT_ONCE = 20  # followers that are looked at in one turn: what else a process does has its turn between


class Rounds:
    """Looks for what there is to tell. `part`: what the process is of, which says by it that it is at work."""

    def __init__(self, services: Services, part: Part) -> None:
        self._services = services
        self._part = part
        self._reminded = float("-inf")

    async def run(self, stop: asyncio.Event, pause: float, reminders: timedelta) -> None:
        """Look every `pause` seconds, and so often for who is to be reminded of a circular."""
        await Turns("Nobody is looked at").take(lambda: self._look(reminders), stop, pause)

    async def _look(self, reminders: timedelta) -> bool:
        """Look once; whether more wait."""
        looked(self._part)
        if time.monotonic() - self._reminded >= reminders.total_seconds():
            self._reminded = time.monotonic()
            await asyncio.to_thread(self._services.circulars.remind)
        swept = await asyncio.to_thread(self._services.following.sweep, AT_ONCE)
        more_heads = await asyncio.to_thread(self._services.summaries.tell, AT_ONCE)
        return swept.more or more_heads
