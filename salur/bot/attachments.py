"""What is not text: photos of a KTP, voice messages, phone numbers, stickers; and messages changed afterwards.

What may show a person's data is deleted, as a message with a number is.
"""

from __future__ import annotations

from collections.abc import Callable

from salur.bot import proposal_replies, replies
from salur.bot.memory import Memory
from salur.bot.reading import holds_number
from salur.bot.turn import Turn
from salur.words import Say

# Which attachment is answered how; telegram.Message has an attribute of each name.
ANSWERS: dict[str, Callable[[Say, bool], str]] = {
    "photo": replies.photo,
    "document": replies.photo,
    "video": replies.photo,
    "voice": replies.voice,
    "video_note": replies.voice,
    "audio": replies.voice,
    "contact": replies.contact,
    "venue": replies.contact,
    "location": replies.contact,
}


class Attachments:
    """Answers in a private chat what cannot be read."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def attachment(self, turn: Turn) -> None:
        """Anything but text. Of an album, each picture is deleted and one answered."""
        assert turn.message is not None
        answer = next((reply for name, reply in ANSWERS.items() if getattr(turn.message, name)), None)
        # A GIF comes as animation and, for old programs, as document too.
        if answer is None or turn.message.animation:
            return await turn.says(replies.not_text(turn.say))
        gone = await turn.deletes()
        if self._memory.is_new_album(turn.message.media_group_id):
            in_dialogue = self._memory.is_in_dialogue(turn.chat_id)
            await turn.says((proposal_replies.no_attachment if in_dialogue else answer)(turn.say, gone))
        return None

    async def edited(self, turn: Turn) -> None:
        """A message changed afterwards: it is not read again, and a number in it is deleted."""
        if holds_number(turn.text):
            gone = await turn.deletes()
            return await turn.says(f"{replies.edited(turn.say)} {replies.deleted_or_not(turn.say, gone)}")
        return await turn.says(replies.edited(turn.say))
