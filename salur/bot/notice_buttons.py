"""The buttons under messages that the bot sends by itself. Like all buttons they hold no personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from telegram import InlineKeyboardButton

from salur.bot.turn import Row
from salur.words import Say
from salur.words.notices import Facts

READ, PASSED_ON = "edaran:baca:", "edaran:sampai:"  # the circular's id follows

Rows = Callable[[Facts, Say], tuple[Row, ...]]


def circular(facts: Facts, say: Say) -> tuple[Row, ...]:
    """To acknowledge a circular. `facts["circular"]` is its id."""
    id = facts["circular"]
    read = InlineKeyboardButton(say("Sudah dibaca"), callback_data=f"{READ}{id}")
    return ((read, InlineKeyboardButton(say("Sudah disampaikan"), callback_data=f"{PASSED_ON}{id}")),)


# code of a notice -> its buttons; most have none
BUTTONS: Mapping[str, Rows] = MappingProxyType({"circular": circular, "circular_reminder": circular})
