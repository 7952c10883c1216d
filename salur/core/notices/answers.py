"""One message that waits to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]  # as queued, so what JSON can hold: a moment is a text, see datetime.fromisoformat


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted of a chat: how many answers and proposals it followed, and whether it was an officer's."""

    followed: int
    proposals: int
    was_linked: bool


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """One message to send. `language` is that of the chat where it is known. No `repr`: it names a chat."""

    id: int
    chat: int
    code: str
    language: str | None
    facts: Facts
