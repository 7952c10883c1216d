"""Sending what waits: messages that Salur has of its own accord, beside any conversation.

Every few seconds the box (`salur.core.notices.outbox`) is asked for what is due in one channel, and the channel's
carrier brings it. Several processes may ask at once: what one of them takes, no other is given.

That a message was sent is written down before the carrier gets the next, so none is lost, and of a process that is
killed as many are in doubt as were under way (`at_once`): these are sent once more. While it cannot be written down,
for whatever reason, nothing is sent. One that is told to stop ends what it has begun, and puts back the rest.

Where a part of a channel asks for patience, its messages go back into the box for so long, and those of other parts go
on; where all of it does, nothing is taken. Nothing of a message is ever logged, only its code and what kind of error it
met.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import timedelta

from aiolimiter import AsyncLimiter

from salur.channels.carrier import Carrier, Gone, NotTaken, TryLater
from salur.channels.rounds import Rounds
from salur.channels.turns import Turns
from salur.core.errors import DatabaseAway
from salur.core.happenings import Part
from salur.core.notices.answers import Notice
from salur.logs import where
from salur.wiring import Services
from salur.words.language import language
from salur.words.notices import NOTICES

# Together well within the two minutes after which another process may take what this one took and did not send.
LONGEST_BATCH, LONGEST_SENDING = 30.0, 60.0  # seconds
AHEAD = 5  # messages taken for each that may be under way: who is killed leaves the rest until their time is over
BEHIND = timedelta(seconds=1)  # what was refused goes after what only waited with it: it may be refused for ever
AGAIN = 1.0  # seconds before it is tried again to write down what was sent

logger = logging.getLogger(__name__)


class Sender:
    """Takes and sends what is for one carrier, until it is told to stop."""

    def __init__(self, services: Services, carrier: Carrier) -> None:
        self._box = services.notices
        self._clock = services.clock
        self._carrier = carrier
        # A fifth of a second's may go at once, so that what the others wait for is made up for: in no second more than
        # that above its pace.
        at_once = max(carrier.per_second / 5, 1)
        self._pace = AsyncLimiter(at_once, at_once / carrier.per_second)
        self._silent: dict[str, float] = {}  # until when each part is to be left alone; "": all of them

    async def run(self, stop: asyncio.Event, pause: float) -> None:
        """Look into the box every `pause` seconds, and at once where more is in it."""
        await Turns("Messages wait").take(lambda: self._send_what_is_due(stop), stop, pause)

    async def _send_what_is_due(self, stop: asyncio.Event) -> bool:
        """Send one batch; whether there was any, and perhaps more is waiting."""
        self._silent = {part: until for part, until in self._silent.items() if until > time.monotonic()}
        if self._left("") or stop.is_set():
            return False
        due = await asyncio.to_thread(self._box.take, self._carrier.at_once * AHEAD, self._carrier.channel)
        waiting = list(reversed(due))
        until = time.monotonic() + LONGEST_BATCH
        hands = (self._send_all(waiting, until, stop) for _ in range(min(self._carrier.at_once, len(due))))
        try:
            faults = [fault for fault in await asyncio.gather(*hands, return_exceptions=True) if fault is not None]
        finally:
            if waiting:
                await asyncio.to_thread(self._put_back, waiting)
        if faults:
            raise faults[0]
        return bool(due)

    async def _send_all(self, waiting: list[Notice], until: float, stop: asyncio.Event) -> None:
        """Take one after the other out of what waits, as long as there is time and nobody wants us to stop."""

        def first() -> Notice | None:
            over = stop.is_set() or time.monotonic() >= until
            return None if over else self._next(waiting)

        while first() is not None:
            await self._pace.acquire()
            if (notice := first()) is not None:
                waiting.remove(notice)
                await self._send(notice, stop)

    async def _send(self, notice: Notice, stop: asyncio.Event) -> None:
        try:
            if notice.code not in NOTICES:  # a newer version put it there, which is about to run here too
                raise NotTaken("there are no words for it")
            async with asyncio.timeout(LONGEST_SENDING):
                await self._carrier.carry(notice, language(notice.language))
        except Gone:
            await asyncio.to_thread(self._box.unreachable, notice)
            logger.info("An address (%s) takes no more messages; its links are undone", notice.channel)
        except TryLater as later:
            part = self._carrier.part(notice)
            self._silent[part] = time.monotonic() + later.after.total_seconds()
            await asyncio.to_thread(self._box.put_back, [notice], later.after + BEHIND if part else later.after)
            logger.warning("Messages (%s) wait for %d s", notice.channel, later.after.total_seconds())
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001
            if _is_cancelled():
                raise
            await self._failed(notice, error)
        else:
            await self._written_down(notice, stop)

    async def _failed(self, notice: Notice, error: BaseException) -> None:
        why = error.why if isinstance(error, NotTaken) else type(error).__name__
        given_up = await asyncio.to_thread(self._box.failed, notice.id)
        logger.warning("A message (%s) did not get through: %s", notice.code, why)
        if given_up:
            logger.error("A message (%s) was given up, nobody was told: %s", notice.code, why)

    async def _written_down(self, notice: Notice, stop: asyncio.Event) -> None:
        """It was sent, and that must be written down before anything else is: else it would be sent again."""
        waited = False
        while True:
            try:
                return await asyncio.to_thread(self._box.sent, notice.id)
            except Exception as error:
                if stop.is_set():
                    raise
                if not waited:
                    why = error.kind if isinstance(error, DatabaseAway) else f"{type(error).__name__} at {where(error)}"
                    told = "Messages (%s) wait: it cannot be written down that one was sent (%s)"
                    logger.error(told, notice.channel, why)  # noqa: TRY400
                waited = True
                await asyncio.sleep(AGAIN)

    def _next(self, waiting: Sequence[Notice]) -> Notice | None:
        """The first that may leave now.

        A clock that is set forward, or a machine that slept, may have given it to another process meanwhile.
        """
        if self._left(""):
            return None
        ours = (notice for notice in reversed(waiting) if self._clock() < notice.ours_until)
        return next((notice for notice in ours if not self._left(self._part(notice))), None)

    def _put_back(self, waiting: Sequence[Notice]) -> None:
        """They were not sent: whoever takes next is given them, or, where their part is to be left alone, later."""
        by_part: dict[str, list[Notice]] = {}
        for notice in waiting:
            by_part.setdefault(self._part(notice), []).append(notice)
        for part, notices in by_part.items():
            left = self._left(part) if part else 0.0  # where that is all, nothing is taken meanwhile
            self._box.put_back(notices, timedelta(seconds=left) if left else None)

    def _part(self, notice: Notice) -> str:
        return self._carrier.part(notice) if self._silent else ""

    def _left(self, part: str) -> float:
        """Seconds for which it is to be left alone."""
        return max(self._silent.get(part, 0.0) - time.monotonic(), 0.0)


def _is_cancelled() -> bool:
    """Whether somebody wants this task to end: a library may say so of its own, and all of the channel would end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def keep_sending(
    services: Services, carriers: Sequence[Carrier], part: Part, stop: asyncio.Event, pause: float, reminders: timedelta
) -> None:
    """Look for what there is to tell, and send it by these carriers, until `stop`."""
    senders = (Sender(services, carrier).run(stop, pause) for carrier in carriers)
    try:
        await asyncio.gather(Rounds(services, part).run(stop, pause, reminders), *senders)
    finally:
        for carrier in carriers:
            await carrier.close()
