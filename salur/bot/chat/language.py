"""/bahasa: choosing the language."""

from __future__ import annotations

import asyncio

from salur.bot.chat import buttons, replies
from salur.bot.chat.memory import Memory
from salur.bot.chat.turn import Turn
from salur.core.notices.channels import Channel
from salur.wiring import Services
from salur.words.language import known_language, language


class LanguageTalk:
    """Asks for the language. The choice is kept in memory only, and with what a chat follows."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self._services = services
        self._memory = memory

    async def ask(self, turn: Turn) -> None:
        """/bahasa."""
        await turn.says(replies.ask_language(turn.say), buttons.languages())

    async def choose(self, turn: Turn) -> None:
        """A language was chosen by its button."""
        code = turn.text.removeprefix(buttons.CHOOSE)
        self._memory.choose_language(turn.chat_id, known_language(code))
        say = language(code)
        address, speaks = str(turn.chat_id), self._services.following.speaks
        await asyncio.to_thread(speaks, Channel.TELEGRAM, address, known_language(code))
        await turn.says(replies.language_chosen(say), buttons.begin(say))
