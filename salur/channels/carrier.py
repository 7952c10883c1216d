"""What a channel has to be able to do, and how it says that it could not. Another channel is one more Carrier."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from salur.core.notices.answers import Notice
from salur.core.notices.channels import Channel
from salur.words.language import Say


class Gone(Exception):
    """The address takes nothing any more, for good: its owner blocked us, or is there no longer."""


LEAST, MOST = timedelta(seconds=1), timedelta(hours=1)  # that are waited, whatever is asked


class TryLater(Exception):
    """It did not take this message, and wants to be left alone so long: that part of the channel by which it went. That
    is no failure of the message.

    Nobody is waited for longer than an hour before it is asked again, and nobody asked again at once.
    """

    def __init__(self, after: timedelta) -> None:
        super().__init__(after)
        self.after = min(max(after, LEAST), MOST)


class NotTaken(Exception):
    """It did not take this message. `why` is a fixed word or a status, and nothing of the message or the address."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Carrier(Protocol):
    """Brings messages to the addresses of one channel."""

    @property
    def channel(self) -> Channel:
        """Whose messages it carries."""

    @property
    def per_second(self) -> int:
        """How many it takes a second; a fifth more in the worst of them."""

    @property
    def at_once(self) -> int:
        """How many may be under way. One, where a message that is sent twice is read twice: so many may be doubled
        when the process is killed."""

    def part(self, notice: Notice) -> str:
        """By which part of the channel it goes, where one may ask for patience while the others go on.

        Where the channel is one: "". A name within this process, told to nobody.
        """

    async def carry(self, notice: Notice, say: Say) -> None:
        """Bring one message, put in words with `say`; return when it has arrived for certain.

        Raises: Gone, TryLater. Anything else means that it failed, and it is tried again.
        """

    async def close(self) -> None:
        """Let go of what it holds: nothing more is carried."""
