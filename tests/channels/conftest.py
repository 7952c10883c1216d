"""Sending without a process of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

from salur.channels.carrier import Carrier
from salur.channels.sender import keep_sending
from salur.core.happenings import Part
from salur.wiring import Services
from tests.botapi.chats import PATIENCE


def sends(services: Services, *carriers: Carrier, until: Callable[[], bool], pause: float = 0.02) -> None:
    """Look for what there is to tell and send it by these, until something is so; then stop in order."""

    async def story() -> None:
        stop = asyncio.Event()
        sending = asyncio.create_task(keep_sending(services, carriers, Part.SEND, stop, pause, timedelta(hours=1)))
        deadline = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < deadline, "waited in vain"
            await asyncio.sleep(0.01)
        stop.set()
        await sending

    asyncio.run(story())
