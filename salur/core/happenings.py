"""What happens, told to whoever watches over Salur: that somebody was answered or refused, and that a part is at work.

In fixed words, without anything of anybody. The core knows no more of it than this: who counts (`salur.observe`) calls
`watch` once at the start of a process, and where nobody does, nothing comes of what is told.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from salur.core.errors import RanOut, TooManyAttempts


class At(StrEnum):
    """The door at which a look-up was answered."""

    WEB = "web"
    BOT = "bot"
    COUNTER = "counter"  # of an office


class Given(StrEnum):
    """The kind of answer that it was."""

    LISTED = "listed"
    PAST = "past"  # on lists of the last year alone
    MISSED = "missed"
    TICKET = "ticket"
    NO_TICKET = "no_ticket"


class Part(StrEnum):
    """What has to be at work all the time, and says so again and again."""

    SITE = "site"
    WORK = "work"
    BOT = "bot"
    SEND = "send"


class Watcher(Protocol):
    """Whoever counts. Must be quick, safe to call from several threads, and raise nothing."""

    def answered(self, at: At, given: Given) -> None:
        """A look-up was answered."""

    def refused(self, limit: RanOut) -> None:
        """A try was refused by this limit."""

    def looked(self, part: Part) -> None:
        """A part is at work."""


_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> Callable[[], None]:
    """Tell this one, too, from now on; gives what ends it."""
    _watchers.append(watcher)
    return lambda: _watchers.remove(watcher)


def answered(at: At, given: Given) -> None:
    """Tell that a look-up was answered."""
    for watcher in _watchers:
        watcher.answered(at, given)


def refused(refusal: TooManyAttempts) -> TooManyAttempts:
    """Tell that a try was refused; gives the refusal, to be raised."""
    for watcher in _watchers:
        watcher.refused(refusal.scope)
    return refusal


def looked(part: Part) -> None:
    """Tell that a part is at work: it looked for something to do, or is doing it."""
    for watcher in _watchers:
        watcher.looked(part)
