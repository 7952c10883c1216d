"""Getting a message through: Telegram's limits kept, its 429s waited for, its short absences sat out.

An answer is said once: the number is forgotten by then and the question is counted. So what cannot be delivered at
once is tried again for a while.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from http import HTTPStatus
from importlib.util import find_spec
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter
from telegram.request import HTTPXRequest

# httpcore asks for this library several times a request, and Python would look for it on the disk each time in vain.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]

MAX_WAITS = 3  # times that one message waits for a 429
LONGEST_WAIT = timedelta(minutes=1)
PER_SECOND = 30  # messages of one bot, where Telegram has said that they are too many
CAREFUL = 60.0  # seconds for which that is kept to
PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds before trying again when Telegram is away
ONCE = -1  # for `rate_limit_args`: of what goes wrong, whoever sends hears at once

Json = dict[str, Any]  # an answer of Telegram, which the library takes apart
Result = bool | Json | list[Json]
Request = Callable[..., Coroutine[object, object, Result]]


class Delivery(AIORateLimiter):
    """The library's rate limiter, which also tries again when Telegram cannot be reached.

    Whoever asks is answered as fast as Telegram takes it: how many answers that is, it does not tell. Once it has said
    that they are too many, all go at the pace at which it takes messages for certain, until it is content again.

    Only calls to a chat are limited and repeated. Telegram may refuse `setMyDescription` for hours, and the limiter
    stands still for everybody while it waits; the start of the bot has its own way of trying again.

    Nor is what is sent ONCE: a message of our own accord has time, and waits where it is written down. Nobody's answer
    waits for it, and it is not sent again before it is known what became of it.
    """

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        super().__init__(overall_max_rate=0, max_retries=MAX_WAITS)
        self._pauses = tuple(pauses)
        self._pace = AsyncLimiter(PER_SECOND, 1)
        self._careful_until = 0.0

    async def process_request(
        self,
        callback: Request,
        args: Sequence[object],
        kwargs: dict[str, object],
        endpoint: str,
        data: dict[str, object],
        rate_limit_args: int | None,
    ) -> Result:
        """Make one request to Telegram. Raises TelegramError when it failed for good."""
        if "chat_id" not in data:
            return await callback(*args, **kwargs)
        if rate_limit_args == ONCE:
            return await self._carefully(callback)(*args, **kwargs)
        patient = self._carefully(_unless_for_long(callback))
        for pause in self._pauses:
            try:
                return await super().process_request(patient, args, kwargs, endpoint, data, rate_limit_args)
            except BadRequest:  # a NetworkError by inheritance, but Telegram was there and said no
                raise
            except NetworkError:
                await asyncio.sleep(pause)
        return await super().process_request(patient, args, kwargs, endpoint, data, rate_limit_args)

    def _carefully(self, callback: Request) -> Request:
        """Make a request that keeps to the pace, where Telegram has just asked for patience."""

        async def request(*args: object, **kwargs: object) -> Result:
            if time.monotonic() < self._careful_until:
                await self._pace.acquire()
            try:
                return await callback(*args, **kwargs)
            except RetryAfter:
                self._careful_until = time.monotonic() + CAREFUL
                raise

        return request


class NotForLong(TelegramError):
    """Telegram wants a chat left alone for longer than all others can be made to wait."""


def _unless_for_long(callback: Request) -> Request:
    """Make a request that gives up where the limiter would stand still for everybody because of one chat."""

    async def request(*args: object, **kwargs: object) -> Result:
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            if error._retry_after > LONGEST_WAIT:
                raise NotForLong("asked to wait for long") from None
            raise

    return request


class Polling(HTTPXRequest):
    """Asks for updates without ever giving up.

    The library stops polling for good, and silently, at a 401 or 404. A token that is wrong is found at the start;
    later on it is a proxy or a Bot API server that is just being restarted.
    """

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make one request, as the library asks. Raises NetworkError for a 401 or 404, so that it is tried again."""
        status, body = await super().do_request(*args, **kwargs)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            raise NetworkError("not served")
        return status, body
