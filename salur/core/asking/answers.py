"""What the one question is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from salur.core.lookup.answers import Answer, NotOnTheList
from salur.core.proposals.answers import NoTicket, Status


@dataclass(frozen=True, slots=True, repr=False)
class Missed:
    """A miss, with what was typed. No `repr`: it is about people."""

    number: str
    name: str
    found: NotOnTheList


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """The page was opened from a chat: the pass that says from which, sealed, and the language of the person's Telegram
    as Telegram writes it (`id`, `en-GB`)."""

    key: str
    language: str | None


Found = Answer | Status | NoTicket
