"""/bahasa: choosing the language."""

from __future__ import annotations

from salur.bot.chat import buttons, replies
from salur.bot.chat.memory import Memory
from salur.bot.chat.turn import Turn
from salur.words.language import known_language, language


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
        self._memory.choose_language(turn.chat_id, known_language(code))
        say = language(code)
        await turn.says(replies.language_chosen(say), buttons.begin(say))
