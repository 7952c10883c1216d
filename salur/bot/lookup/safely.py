"""A way to ask past the servers of Telegram: the site's own form, which a button opens inside Telegram.

What is typed there goes from the phone to the city's server. Telegram opens https alone, and so there is no button
where the site is not reached by it.
"""

from __future__ import annotations

from telegram import InlineKeyboardButton, WebAppInfo

from salur.bot.chat.memory import Memory
from salur.bot.chat.turn import Row, Turn
from salur.config import Settings
from salur.words.lookup.launches import difference, label


class Safely:
    """The button, for private chats alone: elsewhere Telegram takes none."""

    def __init__(self, settings: Settings, memory: Memory) -> None:
        self._site = settings.site if settings.https else ""
        self._memory = memory

    def told(self, turn: Turn) -> str:
        """Where what is typed goes, here and there; empty where there is no button."""
        return difference(self._site, turn.say) if self._site else ""

    def rows(self, turn: Turn) -> tuple[Row, ...]:
        """The button in a row of its own. The page speaks the language that was chosen in the chat, if one was."""
        if not self._site:
            return ()
        chosen = self._memory.language(turn.chat_id)
        address = f"{self._site}/aman" + (f"?bahasa={chosen}" if chosen else "")
        return ((InlineKeyboardButton(label(turn.say), web_app=WebAppInfo(address)),),)
