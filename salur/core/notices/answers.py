"""One message that waits to be sent; what was deleted of a chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from salur.core.notices.channels import Channel

Facts = Mapping[str, Any]  # as queued, so what JSON can hold: a moment is a text, see datetime.fromisoformat

LEASE = timedelta(minutes=2)  # how long sending what was taken may take


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted of a chat: how many answers and proposals it followed, and whether it was an officer's."""

    followed: int
    proposals: int
    was_linked: bool


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """One message to send. `address` is what its channel sends to: in Telegram the number of a chat, as text.

    `language` is that of whoever reads it, where it is known; after `good_until` it tells nobody anything;
    `perhaps_read`: somebody took it before, and did not live to say what became of it; `taken_at`: when whoever has it
    took it, by which it is known whether it is still theirs. No `repr`: it names an address.
    """

    id: int
    channel: Channel
    address: str
    code: str
    language: str | None
    facts: Facts
    due_at: datetime
    good_until: datetime | None = None
    perhaps_read: bool = False
    taken_at: datetime | None = None

    @property
    def ours_until(self) -> datetime:
        """When another may take it. Of one that nobody has taken, when anybody may."""
        return self.due_at if self.taken_at is None else self.taken_at + LEASE
