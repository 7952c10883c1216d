"""The real bot in a thread with a loop of its own, as `python -m salur.bot` runs it, only in more of a hurry."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Self

from salur.bot.app import Pace, build_application, serve
from salur.bot.chat.memory import Memory
from salur.wiring import Services
from tests.botapi.chats import PATIENCE
from tests.botapi.server import BotApiServer

HASTE = Pace(poll=timedelta(seconds=2), first_wait=0.05, pauses=(0.05, 0.1, 0.2), answers=0.01, notices=0.1)


def telegram_of(services: Services, telegram: BotApiServer, **settings: Any) -> Services:
    """The same services with the settings that lead to this Telegram."""
    wanted = {"telegram_token": telegram.token, "telegram_api": telegram.url} | settings
    return replace(services, settings=replace(services.settings, **wanted))


@dataclass
class RunningBot:
    """Use as a context manager: the bot runs inside, and has stopped after it. `failure` is what ended it early."""

    services: Services
    pace: Pace = HASTE
    memory: Memory | None = None
    failure: BaseException | None = None

    def __enter__(self) -> Self:
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._started.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self._stop.set) if not self.loop.is_closed() else None
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the bot does not stop"

    def ends(self) -> BaseException | None:
        """Wait until the bot ends by itself; gives what it raised."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the bot goes on"
        return self.failure

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001
            self.failure = error

    async def _serve(self) -> None:
        self.loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._started.set()
        application = build_application(self.services, self.pace, memory=self.memory)
        await serve(application, self.services.settings, self._stop, self.pace)
