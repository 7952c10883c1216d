"""/bahasa: choosing the language."""

from __future__ import annotations

from salur import words
from salur.bot import buttons, replies
from salur.bot.memory import Memory
from salur.bot.turn import Turn


class LanguageTalk:
    """Asks for the language and keeps the choice, in memory only."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def ask(self, turn: Turn) -> None:
        """/bahasa."""
        await turn.says(replies.ask_language(turn.say), buttons.languages())

    async def choose(self, turn: Turn) -> None:
        """A language was chosen by its button."""
        code = turn.text.removeprefix(buttons.CHOOSE)
        self._memory.choose_language(turn.chat_id, words.known_language(code))
        say = words.language(code)
        await turn.says(replies.language_chosen(say), buttons.begin(say))
