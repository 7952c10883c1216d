"""The buttons under messages. What a button sends back says what to do, and never holds personal data.

Few depend on what the bot remembers: *Batal*, and those about one's own data, which say after a restart what to do.
"""

from __future__ import annotations

from telegram import InlineKeyboardButton

from salur import words
from salur.bot.turn import Row

CHECK, CANCEL, HELP, SCHEDULE, LANGUAGE = "cek", "batal", "bantuan", "jadwal", "bahasa"
CALENDAR, KELURAHAN, CHOOSE = "ics:", "kel:", "bahasa:"  # an id, a region code or a language follows
MY_DATA, CORRECTION = "lihat:", "koreksi:"  # a random word of the bot's memory follows


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


def cancel(say: words.Say) -> Row:
    """To stop a check."""
    return (_button(say("Batal"), CANCEL),)


def begin(say: words.Say) -> Row:
    """Where a conversation can go."""
    return (_button(say("Cek bantuan"), CHECK), _button(say("Jadwal"), SCHEDULE), _button(say("Petunjuk"), HELP))


def again(say: words.Say) -> Row:
    """After an answer."""
    return (_button(say("Cek orang lain"), CHECK), _button(say("Petunjuk"), HELP))


def retry(say: words.Say) -> Row:
    """After an answer that found nothing."""
    return (_button(say("Cek lagi"), CHECK), _button(say("Petunjuk"), HELP))


def my_data(token: str, say: words.Say) -> Row:
    """After an answer, to see who looked at these data."""
    return (_button(say("Siapa melihat data saya?"), f"{MY_DATA}{token}"),)


def correction(token: str, say: words.Say) -> Row:
    """To have something put right."""
    return (_button(say("Minta perbaikan data"), f"{CORRECTION}{token}"),)


def calendar(session_id: int, label: str) -> Row:
    """To get the calendar file of one sitting."""
    return (_button(label, f"{CALENDAR}{session_id}"),)


def kelurahan(code: str, label: str) -> Row:
    """To choose one kelurahan among several."""
    return (_button(label, f"{KELURAHAN}{code}"),)


def languages(*, but: str = "") -> Row:
    """One for each language (but one), named in itself."""
    return tuple(_button(name, f"{CHOOSE}{code}") for code, name in words.LANGUAGES.items() if code != but)


def private_chat(bot_username: str, say: words.Say) -> Row:
    """From a group to the private chat, where a check starts at once."""
    return (InlineKeyboardButton(say("Buka obrolan pribadi"), url=f"https://t.me/{bot_username}?start={CHECK}"),)
