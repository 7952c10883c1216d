"""`python -m salur send`: looks for what there is to tell, and sends what goes by other channels than the bot's.

Not a part of `work`: that reads files that somebody sent, and has no way out into the network.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from datetime import timedelta

import click

from salur.cli.console import with_services
from salur.core.happenings import Part
from salur.logs import write
from salur.observe.counting import begin
from salur.wiring import Services

LOOKS_EVERY = 3.0  # seconds
REMINDERS = timedelta(minutes=10)  # between two looks for who is to be reminded
GRACE = 5.0  # seconds for what is being sent when it is told to stop


@click.command()
@with_services
def send(services: Services) -> None:
    """Send news to browsers, and look for what there is to tell. `serve` runs it; several may run at once."""
    write(services.settings.logs)
    begin(services.settings, Part.SEND)
    asyncio.run(_until_signal(services))


async def _until_signal(services: Services) -> None:
    from salur.channels.carriers import carriers  # what these bring takes longer to import than other commands run
    from salur.channels.sender import keep_sending

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    to_send = keep_sending(services, carriers(services), Part.SEND, stop, LOOKS_EVERY, REMINDERS)
    sending = asyncio.create_task(to_send)
    await asyncio.wait({sending, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.wait({sending}, timeout=GRACE)
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
