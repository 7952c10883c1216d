"""In groups: schedules, yes; numbers, never, for everybody there reads them.

The bot speaks in a group only when it is spoken to, or when someone writes a NIK or KK number.
"""

from __future__ import annotations

from salur.bot.chat import buttons, replies
from salur.bot.chat.turn import Handler, Row, Turn
from salur.bot.chat.words import words_of
from salur.core.people.among import numbers_in
from salur.core.people.written import visible


class Groups:
    """What is said in a group. Each method takes one turn."""

    def unless_number(self, handler: Handler) -> Handler:
        """Guard a command: with a number behind it, it is deleted like any message with a number."""

        async def guarded(turn: Turn) -> None:
            if shows_identity(turn):
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
        """A message: of interest only when a number stands in it."""
        if shows_identity(turn):
            gone = await turn.deletes()
            await turn.says(replies.in_group(turn.say, gone), private_chat(turn))

    async def press(self, turn: Turn) -> None:
        """A button that needs a private chat."""
        await turn.says(replies.not_in_group(turn.say), private_chat(turn))


def shows_identity(turn: Turn) -> bool:
    """Whether a number stands anywhere in the message, as group members see it."""
    return any(map(holds_identity, words_of(turn.message) if turn.message else [turn.text]))


def holds_identity(text: str) -> bool:
    """Whether a well-formed NIK or KK number stands in the text: groups exchange phone numbers too."""
    return next(numbers_in(visible(text)), None) is not None


def private_chat(turn: Turn) -> Row:
    """The way out of the group."""
    return buttons.private_chat(turn.bot.username, turn.say)
