"""The buttons under messages that the bot sends by itself. Like all buttons they hold no personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from telegram import InlineKeyboardButton

from salur.bot.chat.turn import Row
from salur.bot.following import buttons as following_buttons
from salur.bot.proposals import buttons as proposal_buttons
from salur.core.notices.answers import Facts
from salur.words.language import Say

# The circular's id follows.
READ, PASSED_ON, OPEN, PDF = "edaran:baca:", "edaran:sampai:", "edaran:buka:", "edaran:pdf:"

Rows = Callable[[Facts, Say], tuple[Row, ...]]


def circular(facts: Facts, say: Say) -> tuple[Row, ...]:
    """To read the rest of a circular, and to acknowledge it. `facts["circular"]` is its id."""
    id = facts["circular"]
    reading = ((opened(id, say("Baca semua")),) if facts["more"] else ()) + (document(id, say) if facts["pdf"] else ())
    return (*((reading,) if reading else ()), (read(id, say), passed_on(id, say)))


def reminder(facts: Facts, say: Say) -> tuple[Row, ...]:
    """The text is not sent again, but is one press away."""
    id = facts["circular"]
    return ((opened(id, say("Baca edaran")),), (read(id, say), passed_on(id, say)))


def read(id: int, say: Say) -> InlineKeyboardButton:
    """To say that one has read it."""
    return InlineKeyboardButton(say("Sudah dibaca"), callback_data=f"{READ}{id}")


def passed_on(id: int, say: Say) -> InlineKeyboardButton:
    """To say that one has passed it on."""
    return InlineKeyboardButton(say("Sudah disampaikan"), callback_data=f"{PASSED_ON}{id}")


def opened(id: int, label: str) -> InlineKeyboardButton:
    """To see it whole."""
    return InlineKeyboardButton(label, callback_data=f"{OPEN}{id}")


def document(id: int, say: Say) -> Row:
    """To get the PDF."""
    return (InlineKeyboardButton(say("Ambil PDF"), callback_data=f"{PDF}{id}"),)


def following(_facts: Facts, say: Say) -> tuple[Row, ...]:
    """To open the ticket, or to be told no more."""
    return (proposal_buttons.ticket(say), proposal_buttons.unfollow(say))


# code of a notice -> its buttons; most have none
BUTTONS: Mapping[str, Rows] = MappingProxyType(
    {
        "circular": circular,
        "circular_reminder": reminder,
        "proposal_step": following,
        "line_step": following,
        "news": following_buttons.news,
    }
)
