"""The buttons under messages. What a button sends back says what to do, and never holds personal data.

Few depend on what the bot remembers: *Batal*, and those about one's own data, which say after a restart what to do.
"""

from __future__ import annotations

from telegram import InlineKeyboardButton

from salur.bot.chat.turn import Row
from salur.core.payouts.answers import Sitting
from salur.words.language import LANGUAGES, Say

CHECK, CANCEL, HELP, SCHEDULE, LANGUAGE = "cek", "batal", "bantuan", "jadwal", "bahasa"
CALENDAR, KELURAHAN, CHOOSE = "ics:", "kel:", "bahasa:"  # an id, a region code or a language follows
MY_DATA, CORRECTION, END_WORD = "lihat:", "koreksi:", "sudahi:"  # a random word of the bot's memory follows
CONTEST = "tentang:"  # the same, and the number of an entitlement in that answer


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


def cancel(say: Say) -> Row:
    """To stop a check."""
    return (_button(say("Batal"), CANCEL),)


def begin(say: Say) -> Row:
    """Where a conversation can go."""
    return (_button(say("Cek bantuan"), CHECK), _button(say("Jadwal"), SCHEDULE), _button(say("Petunjuk"), HELP))


def check(say: Say) -> Row:
    """To check, alone."""
    return (_button(say("Cek bantuan"), CHECK),)


def schedule(say: Say) -> Row:
    """To see the sittings of a kelurahan, alone."""
    return (_button(say("Jadwal"), SCHEDULE),)


def guidance(say: Say) -> Row:
    """To read how it works, alone."""
    return (_button(say("Petunjuk"), HELP),)


def again(say: Say) -> Row:
    """After an answer."""
    return (_button(say("Cek orang lain"), CHECK), _button(say("Petunjuk"), HELP))


def retry(say: Say) -> Row:
    """After an answer that found nothing."""
    return (_button(say("Cek lagi"), CHECK), _button(say("Petunjuk"), HELP))


def my_data(token: str, say: Say) -> Row:
    """After an answer, to see who looked at these data."""
    return (_button(say("Siapa melihat data saya?"), f"{MY_DATA}{token}"),)


def end_word(token: str, say: Say) -> Row:
    """To have nobody told of them any more."""
    return (_button(say("Hentikan semuanya"), f"{END_WORD}{token}"),)


def correction(token: str, say: Say) -> Row:
    """To have something put right."""
    return (_button(say("Minta perbaikan data"), f"{CORRECTION}{token}"),)


def contest(token: str, number: int, label: str) -> Row:
    """To say that the money never came, or that one is still entitled."""
    return (_button(label, f"{CONTEST}{token}:{number}"),)


def calendar(sitting: Sitting, label: str) -> Row:
    """To get the calendar file of one sitting, or of one's own part of it."""
    window = sitting.window
    return (_button(label, f"{CALENDAR}{sitting.id}" + (f":{window.number}-{window.of}" if window else "")),)


def kelurahan(code: str, label: str) -> Row:
    """To choose one kelurahan among several."""
    return (_button(label, f"{KELURAHAN}{code}"),)


def languages(*, but: str = "") -> Row:
    """One for each language (but one), named in itself."""
    return tuple(_button(name, f"{CHOOSE}{code}") for code, name in LANGUAGES.items() if code != but)


def private_chat(bot_username: str, say: Say) -> Row:
    """From a group to the private chat, where a check starts at once."""
    return (InlineKeyboardButton(say("Buka obrolan pribadi"), url=f"https://t.me/{bot_username}?start={CHECK}"),)
