"""The buttons of proposals and tickets. They name a question and one of its fixed answers, never what was typed.

Those that begin something work at any time; an answer counts only while its question is open.
"""

from __future__ import annotations

from collections.abc import Iterable

from telegram import InlineKeyboardButton

from salur.bot.chat.buttons import CANCEL
from salur.bot.chat.dialogues import Ask
from salur.bot.chat.turn import Row
from salur.core.proposals.kinds import Kind
from salur.words.language import Say

PROPOSE, TICKET = "aju", "tiket"
SKIP = "kosong"  # the answer that says nothing
FOLLOW, UNFOLLOW, OBJECT = f"{TICKET}:ikuti", f"{TICKET}:lepas", f"{TICKET}:keberatan"
ANSWER, NO_NAME = f"{TICKET}:jawab", f"{TICKET}:tanpa"


def kinds(say: Say) -> tuple[Row, ...]:
    """What someone may send."""
    labels = {
        Kind.USULAN: say("Usulkan penerima"),
        Kind.LAPORAN: say("Laporkan potongan"),
        Kind.KOREKSI: say("Perbaiki data"),
        Kind.SANGGAH: say("Sanggah penerima"),
    }
    return tuple((InlineKeyboardButton(label, callback_data=f"{PROPOSE}:{kind}"),) for kind, label in labels.items())


def answers(ask: Ask, choices: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    """One below the other: their words are too long to stand side by side on a small phone."""
    return tuple((InlineKeyboardButton(label, callback_data=f"{PROPOSE}:{ask}={code}"),) for code, label in choices)


def cancel(say: Say) -> Row:
    """To stop."""
    return (InlineKeyboardButton(say("Batal"), callback_data=CANCEL),)


def propose(say: Say) -> Row:
    """To begin, or to begin again."""
    return (InlineKeyboardButton(say("Ajukan atau lapor"), callback_data=PROPOSE),)


def ticket(say: Say) -> Row:
    """To open another ticket."""
    return (InlineKeyboardButton(say("Lihat tiket"), callback_data=TICKET),)


def follow(say: Say) -> Row:
    """To be told of every step in this chat."""
    return (InlineKeyboardButton(say("Kabari saya di sini"), callback_data=FOLLOW),)


def unfollow(say: Say) -> Row:
    """To be told no more."""
    return (InlineKeyboardButton(say("Berhenti dikabari"), callback_data=UNFOLLOW),)


def unfollow_too(say: Say) -> Row:
    """The same, where they are told no more of answers already: it says of what."""
    return (InlineKeyboardButton(say("Berhenti: kabar pengajuan"), callback_data=UNFOLLOW),)


def object_to(say: Say) -> Row:
    """To object to a rejection."""
    return (InlineKeyboardButton(say("Tulis keberatan"), callback_data=OBJECT),)


def reply(say: Say) -> Row:
    """To answer the question of an office."""
    return (InlineKeyboardButton(say("Jawab pertanyaan"), callback_data=ANSWER),)


def no_name(say: Say) -> Row:
    """For a ticket of something that was sent without a name."""
    return (InlineKeyboardButton(say("Dikirim tanpa nama"), callback_data=NO_NAME),)


def in_private(bot_username: str, what: str, label: str) -> Row:
    """From a group to the private chat."""
    return (InlineKeyboardButton(label, url=f"https://t.me/{bot_username}?start={what}"),)
