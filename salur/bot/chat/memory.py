"""All that the bot remembers, in memory only: where each chat is in its conversation, the pass that its last answer
came with, and the language it chose.

After ten minutes of silence, or a restart, it is gone; the bot then says that it lost the thread.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum, auto
from hashlib import blake2b

from salur.bot.chat.dialogues import Dialogue, Ticket, Want
from salur.core.people.nik import Identity
from salur.core.people.ticket_codes import TicketCode

PATIENCE = timedelta(minutes=10)
LANGUAGES_KEPT = 50_000
RECORD, BACK = 0, 1  # of what an answer came with: the pass for the record, the way back; then those to contest


class Step(Enum):
    """What the bot waits for in a chat."""

    NOTHING = auto()
    NUMBER = auto()
    NAME = auto()
    KELURAHAN = auto()
    DIALOGUE = auto()  # whatever the dialogue waits for


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a chat is.

    `identity` is what was typed as number, while the bot waits for the name; `warned` a number or a name that was
    refused, and may come again; `dialogue` a proposal half written, or a ticket in hand; `lost` how many messages in a
    row were not understood.
    """

    step: Step = Step.NOTHING
    identity: Identity | TicketCode | None = None
    warned: str = field(default="", repr=False)
    dialogue: Dialogue | None = None
    lost: int = 0


class Memory:
    """What is remembered of each chat. Belongs to one event loop."""

    def __init__(self, patience: timedelta = PATIENCE) -> None:
        self._patience = patience.total_seconds()
        self._threads: dict[int, tuple[Thread, asyncio.TimerHandle]] = {}
        self._passes: dict[int, tuple[str, tuple[str, ...], asyncio.TimerHandle]] = {}
        self._secret = secrets.token_bytes(32)
        self._languages: OrderedDict[int, str] = OrderedDict()
        self._albums: OrderedDict[str, None] = OrderedDict()

    def expect(
        self, chat_id: int, step: Step, identity: Identity | TicketCode | None = None, *, warned: str = ""
    ) -> None:
        """Wait for something in a chat; forgotten, number and all, when it does not come in time."""
        self._keep(chat_id, Thread(step, identity, warned))

    def go_on(self, chat_id: int, dialogue: Dialogue) -> None:
        """Wait for the next answer of a dialogue; all of it is forgotten when that does not come in time."""
        self._keep(chat_id, Thread(Step.DIALOGUE, dialogue=dialogue))

    def stay(self, chat_id: int, thread: Thread, *, lost: int = 0) -> None:
        """Wait for the same as before, if for anything."""
        if (same := replace(thread, lost=lost)) != Thread():
            self._keep(chat_id, same)

    def _keep(self, chat_id: int, thread: Thread) -> None:
        self.take(chat_id)
        timer = asyncio.get_running_loop().call_later(self._patience, self.take, chat_id)
        self._threads[chat_id] = (thread, timer)

    def take(self, chat_id: int) -> Thread:
        """Give what is remembered of a chat and forget it: whatever happens next, the number is not kept."""
        thread, timer = self._threads.pop(chat_id, (Thread(), None))
        if timer:
            timer.cancel()
        return thread

    def keep_pass(self, chat_id: int, *keys: str) -> str:
        """Keep what an answer came with, for a while; gives a random word for buttons, which says nothing of it."""
        self.drop_pass(chat_id)
        token = secrets.token_hex(4)
        timer = asyncio.get_running_loop().call_later(self._patience, self.drop_pass, chat_id)
        self._passes[chat_id] = (token, keys, timer)
        return token

    def pass_of(self, chat_id: int, token: str, number: int = RECORD) -> str | None:
        """What the answer came with whose button this is, by its number; None when it was forgotten, or another answer
        came since."""
        kept, keys, _ = self._passes.get(chat_id, ("", (), None))
        return keys[number] if kept and kept == token and number < len(keys) else None

    def mark(self, chat_id: int) -> str:
        """What tells a chat from all others until the bot restarts, and is no number of it."""
        return blake2b(str(chat_id).encode(), key=self._secret, digest_size=16).hexdigest()

    def drop_pass(self, chat_id: int) -> None:
        """Forget it."""
        _, _, timer = self._passes.pop(chat_id, ("", (), None))
        if timer:
            timer.cancel()

    def step(self, chat_id: int) -> Step:
        """What the bot waits for in a chat, and goes on waiting for; a ticket in hand waits for nothing."""
        thread, _ = self._threads.get(chat_id, (Thread(), None))
        in_hand = isinstance(thread.dialogue, Ticket) and thread.dialogue.wants is Want.NOTHING
        return Step.NOTHING if in_hand else thread.step

    @property
    def holds_anything(self) -> bool:
        """Whether any chat is in the middle of something."""
        return bool(self._threads)

    def language(self, chat_id: int) -> str | None:
        """The language chosen in a chat, None when none was."""
        return self._languages.get(chat_id)

    def choose_language(self, chat_id: int, code: str) -> None:
        """Keep the language for this chat, until the bot restarts."""
        self._languages[chat_id] = code
        self._languages.move_to_end(chat_id)
        if len(self._languages) > LANGUAGES_KEPT:
            self._languages.popitem(last=False)

    def is_new_album(self, album: str | None) -> bool:
        """Whether this is the first of several pictures sent together: one answer is enough for all."""
        if album is None:
            return True
        if album in self._albums:
            return False
        self._albums[album] = None
        if len(self._albums) > 100:
            self._albums.popitem(last=False)
        return True

    def forget(self, chat_id: int) -> None:
        """Forget a chat altogether."""
        self.take(chat_id)
        self.drop_pass(chat_id)
        self._languages.pop(chat_id, None)
