"""Sending what waits: messages that Salur has of its own accord, beside any conversation.

Every few seconds the box (`salur.core.notices.outbox`) is asked for what is due in one channel, and the channel's
carrier brings it. Several processes may ask at once: what one of them takes, no other is given.

That a message was sent is written down before the carrier gets the next, so none is lost, and of a process that is
killed as many are in doubt as were under way (`at_once`): these are sent once more. While it cannot be written down,
for whatever reason, nothing is sent. One that is told to stop ends what it has begun, and puts back the rest. Nothing
of a message is ever logged, only its code and what kind of error it met.
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
        self._silent_until = 0.0

    async def run(self, stop: asyncio.Event, pause: float) -> None:
        """Look into the box every `pause` seconds, and at once where more is in it."""
        await Turns("Messages wait").take(lambda: self._send_what_is_due(stop), stop, pause)

    async def _send_what_is_due(self, stop: asyncio.Event) -> bool:
        """Send one batch; whether there was any, and perhaps more is waiting."""
        if self._is_silent() or stop.is_set():
            return False
        due = await asyncio.to_thread(self._box.take, self._carrier.at_once * AHEAD, self._carrier.channel)
        waiting = list(reversed(due))
        until = time.monotonic() + LONGEST_BATCH
        hands = (self._send_all(waiting, until, stop) for _ in range(min(self._carrier.at_once, len(due))))
        try:
            faults = [fault for fault in await asyncio.gather(*hands, return_exceptions=True) if fault is not None]
        finally:
            if waiting:
                await asyncio.to_thread(self._box.put_back, waiting)
        if faults:
            raise faults[0]
        return bool(due)

    async def _send_all(self, waiting: list[Notice], until: float, stop: asyncio.Event) -> None:
        """Take one after the other out of what waits, as long as there is time and nobody wants us to stop.

        A clock that is set forward, or a machine that slept, may have given them to another process meanwhile.
        """

        def goes_on() -> bool:
            free = not self._is_silent() and not stop.is_set() and time.monotonic() < until
            return free and bool(waiting) and self._clock() < waiting[-1].ours_until

        while goes_on():
            await self._pace.acquire()
            if goes_on():
                await self._send(waiting.pop(), stop)

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
            self._silent_until = time.monotonic() + later.after.total_seconds()
            await asyncio.to_thread(self._box.put_back, [notice], later.after)
            logger.warning("Messages (%s) wait for %d s", notice.channel, later.after.total_seconds())
        except Exception as error:  # noqa: BLE001
            await self._failed(notice, error)
        else:
            await self._written_down(notice, stop)

    async def _failed(self, notice: Notice, error: Exception) -> None:
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

    def _is_silent(self) -> bool:
        return time.monotonic() < self._silent_until


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
