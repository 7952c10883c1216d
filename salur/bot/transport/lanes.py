"""One update at a time per chat, in the order in which they came; chats do not wait for each other.

A name must not overtake the number it belongs to, and one slow look-up, or one person who sends hundreds of messages,
must not hold up everybody else.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field

from aiolimiter import AsyncLimiter
from telegram import Update
from telegram.ext import BaseUpdateProcessor

from salur.logs import REQUEST

WAITING = 20  # updates that one chat may have in the queue
BURST = 20  # answers that one chat gets at once, before it waits for its pace
KEPT = 2000  # lanes kept for their pace, the least recently used go first
# The library's own semaphore is taken before it is known whose turn it is: a flooding chat must not fill it.
NO_BOUND = 1_000_000

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Lane:
    """The queue of one chat."""

    pace: AsyncLimiter
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    overflowed: bool = False


class Lanes(BaseUpdateProcessor):
    """Gives each chat a lane, in which it is answered once in `seconds` when it has had its burst.

    `too_fast` is told once when a lane is full; what comes then is not read.
    """

    def __init__(self, too_fast: Callable[[Update], Awaitable[None]], seconds: float) -> None:
        super().__init__(NO_BOUND)
        self._seconds = seconds
        self._too_fast = too_fast
        self._lanes: OrderedDict[int, Lane] = OrderedDict()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Wait for the chat's turn, then handle the update."""
        if isinstance(update, Update):
            REQUEST.set(f"update-{update.update_id}")
        lane = self._lane_of(update)
        if lane.waiting >= WAITING:
            _never_run(coroutine)
            if lane.overflowed or not isinstance(update, Update):
                return
            logger.warning("Update %d and what follows is not read: the chat sends too fast", update.update_id)
            lane.overflowed = True
            coroutine = self._too_fast(update)
        lane.waiting += 1
        try:
            async with lane.turn, lane.pace:
                await coroutine
        finally:
            lane.waiting -= 1
            lane.overflowed = lane.overflowed and lane.waiting > 0

    def _lane_of(self, update: object) -> Lane:
        chat = update.effective_chat if isinstance(update, Update) else None
        key = chat.id if chat else 0
        lane = self._lanes.setdefault(key, Lane(AsyncLimiter(BURST, BURST * self._seconds)))
        self._lanes.move_to_end(key)
        if len(self._lanes) > KEPT:
            self._drop_an_idle_lane()
        return lane

    def _drop_an_idle_lane(self) -> None:
        idle = next((key for key, lane in self._lanes.items() if not lane.waiting), None)
        if idle is not None:
            del self._lanes[idle]


def _never_run(coroutine: Awaitable[object]) -> None:
    """Close a coroutine that will not be awaited, so that Python does not warn about it."""
    if isinstance(coroutine, Coroutine):
        coroutine.close()
