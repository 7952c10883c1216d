"""The buttons of following: they hold a random word of the bot's memory, or numbers that say nothing of anybody."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from salur.bot.chat.turn import Row
from salur.core.notices.answers import Facts
from salur.words.language import Say
from salur.words.lookup.following import contests

FOLLOW, NOT_NOW, STOP = "kabari:", "kabari:tidak", "kabar:henti"  # FOLLOW: a random word of the bot's memory follows
AGREE = ":ya"  # behind it
ABOUT = "kabar:"  # the id of a follow, and what it calls an aid
FORGET, FORGET_ALL, KEEP = "hapus", "hapus:ya", "hapus:tidak"


def follow(token: str, say: Say) -> Row:
    """Under a right answer."""
    return (InlineKeyboardButton(say("Kabari saya"), callback_data=f"{FOLLOW}{token}"),)


def agree(token: str, say: Say) -> Row:
    """Yes, or no."""
    return (
        InlineKeyboardButton(say("Ya"), callback_data=f"{FOLLOW}{token}{AGREE}"),
        InlineKeyboardButton(say("Tidak"), callback_data=NOT_NOW),
    )


def stop(say: Say) -> Row:
    """To be told nothing any more."""
    return (InlineKeyboardButton(say("Berhenti dikabari"), callback_data=STOP),)


def forget(say: Say) -> Row:
    """To be asked whether all is to be deleted."""
    return (InlineKeyboardButton(say("Hapus data obrolan ini"), callback_data=FORGET),)


def really(say: Say) -> Row:
    """Whether it is."""
    return (
        InlineKeyboardButton(say("Ya, hapus"), callback_data=FORGET_ALL),
        InlineKeyboardButton(say("Batal"), callback_data=KEEP),
    )


def news(facts: Facts, say: Say) -> tuple[Row, ...]:
    """Under what is told: to say something against it, and to be told no more."""
    against = (
        (InlineKeyboardButton(label, callback_data=f"{ABOUT}{facts['follow']}:{ref}"),)
        for label, ref in contests(facts, say)
    )
    return (*against, stop(say))
