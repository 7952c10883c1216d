"""In groups: schedules, yes; numbers, never, for everybody there reads them.

The bot speaks in a group only when it is spoken to, or when someone writes a NIK or KK number.
"""

from __future__ import annotations

import contextlib

from salur.bot import buttons, replies
from salur.bot.reading import NUMBER
from salur.bot.turn import Handler, Row, Turn
from salur.core.errors import Malformed
from salur.core.nik import LetterCode, recognise


class Groups:
    """What is said in a group. Each method takes one turn."""

    def unless_number(self, handler: Handler) -> Handler:
        """Guard a command: with a number behind it, it is deleted like any message with a number."""

        async def guarded(turn: Turn) -> None:
            if holds_identity(turn.text):
                return await self.text(turn)
            return await handler(turn)

        return guarded

    async def command(self, turn: Turn) -> None:
        """A command with nothing personal to it: what Salur does in a group."""
        await turn.says(replies.hello_group(turn.say), private_chat(turn))

    async def check(self, turn: Turn) -> None:
        """/cek: only in private. What was typed behind it may be a number, so it is deleted."""
        if turn.arguments:
            gone = await turn.deletes()
            return await turn.says(replies.in_group(turn.say, gone), private_chat(turn))
        return await turn.says(replies.not_in_group(turn.say), private_chat(turn))

    async def text(self, turn: Turn) -> None:
        """Any message: of interest only when a number stands in it."""
        if holds_identity(turn.text):
            gone = await turn.deletes()
            await turn.says(replies.in_group(turn.say, gone), private_chat(turn))

    async def press(self, turn: Turn) -> None:
        """A button that needs a private chat."""
        await turn.says(replies.not_in_group(turn.say), private_chat(turn))


def holds_identity(text: str) -> bool:
    """Whether a well-formed NIK or KK number stands in the text: groups exchange phone numbers too."""
    for match in NUMBER.finditer(text):
        with contextlib.suppress(Malformed):
            if not isinstance(recognise(match[0]), LetterCode):
                return True
    return False


def private_chat(turn: Turn) -> Row:
    """The way out of the group."""
    return buttons.private_chat(turn.bot.username, turn.say)
