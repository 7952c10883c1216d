"""Which channels there are besides the bot's, which has Telegram's. A new one is a line here."""

from __future__ import annotations

from salur.channels.carrier import Carrier
from salur.channels.push import WebPush
from salur.wiring import Services


def carriers(services: Services) -> list[Carrier]:
    """One of each, for one process."""
    return [WebPush(services)]
