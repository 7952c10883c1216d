"""The ways by which word goes out. Another way is a value here, and a carrier in `salur.channels`."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How somebody is reached."""

    TELEGRAM = "telegram"  # the address is the number of a chat
    PUSH = "push"  # Web Push: the address is the browser's subscription, as JSON
    CALENDAR = "calendar"  # nothing is sent: the calendar asks


SENT = tuple(channel for channel in Channel if channel is not Channel.CALENDAR)
