"""The conversation: a number, a name, an answer. docs/bot.mmd draws it.

What was typed as number is taken out of memory before the answer is awaited, and the message that held it is deleted
first of all. Nothing typed is ever said back.
"""

from __future__ import annotations

import asyncio
import re

from salur import words
from salur.bot import buttons, proposal_replies, replies
from salur.bot.answers import answer_buttons, answer_text, place_to_show
from salur.bot.dialogues import Proposing, Ticket, Want
from salur.bot.memory import Memory, Step
from salur.bot.proposals import ProposalTalk
from salur.bot.reading import LONGEST_NAME, holds_number, is_name, read
from salur.bot.refusals import words_for
from salur.bot.schedule import ScheduleTalk
from salur.bot.tickets import TicketTalk, is_ticket
from salur.bot.turn import Handler, Turn
from salur.core.answers import OnTheList
from salur.core.attempts import Asker
from salur.core.errors import Malformed, TooManyAttempts
from salur.core.nik import Identity, recognise
from salur.wiring import Services

GREETING = re.compile(
    r"(hal+o+|hai|hi|hel+o|hey|hei|p|punten|permisi|assala\w+( .*)?|ass?|selamat \w+|pagi|siang|sore|malam)\W*",
    re.IGNORECASE,
)
THANKS = re.compile(r"(ma?kasih?|terima ?kasih|(hatur )?nuhun|trims|thanks?|thank you)( \w+){0,3}\W*", re.IGNORECASE)


class Conversation:
    """What is said in a private chat. Each method takes one turn."""

    def __init__(
        self,
        services: Services,
        memory: Memory,
        schedule: ScheduleTalk,
        proposals: ProposalTalk,
        tickets: TicketTalk,
    ) -> None:
        self._services = services
        self._memory = memory
        self._schedule = schedule
        self._proposals = proposals
        self._tickets = tickets
        self._site = services.settings.public_url.rstrip("/")

    async def start(self, turn: Turn) -> None:
        """/start: what Salur is; a number may follow at once. From a group's link, straight to the question."""
        if turn.text.startswith("/") and turn.arguments == buttons.CHECK:
            return await self._ask_number(turn)
        self._memory.expect(turn.chat_id, Step.NUMBER)
        return await turn.says(replies.start(turn.say), buttons.begin(turn.say), buttons.languages(but=turn.say.code))

    async def check(self, turn: Turn) -> None:
        """/cek or its button: ask for the number, or take the one that came with the command."""
        if turn.message and turn.arguments.strip("?!. "):
            self._memory.expect(turn.chat_id, Step.NUMBER)
            return await self._hear(turn, turn.arguments)
        return await self._ask_number(turn)

    async def text(self, turn: Turn) -> None:
        """Any text that is no command."""
        await self._hear(turn, turn.text)

    async def cancel(self, turn: Turn) -> None:
        """/batal or its button: forget the number, and what the last answer came with."""
        self._memory.drop_pass(turn.chat_id)
        thread = self._memory.take(turn.chat_id)
        if thread.dialogue is not None:
            return await turn.says(proposal_replies.cancelled(turn.say), buttons.begin(turn.say))
        was_running = thread.step is not Step.NOTHING
        text = replies.cancelled(turn.say) if was_running else replies.nothing_to_cancel(turn.say)
        return await turn.says(text, buttons.begin(turn.say))

    async def help(self, turn: Turn) -> None:
        """/bantuan: where the numbers stand, where to report. A check that runs goes on."""
        await turn.says(replies.help_text(turn.say, self._site), buttons.begin(turn.say))

    async def privacy(self, turn: Turn) -> None:
        """/privasi."""
        await turn.says(replies.privacy(turn.say, self._site))

    async def unknown_command(self, turn: Turn) -> None:
        """A command that the bot does not have; there may be a number behind it, or just behind the stroke."""
        for text in (turn.arguments, turn.text.lstrip("/")):
            if holds_number(text):
                return await self._hear(turn, text)
        return await turn.says(replies.unknown_command(turn.say))

    async def lost_button(self, turn: Turn) -> None:
        """A button that no longer means anything."""
        await turn.says(replies.lost_button(turn.say), buttons.begin(turn.say))

    def unless_number(self, handler: Handler) -> Handler:
        """Guard a command: a number that was typed behind it is a question, and its message is deleted."""

        async def guarded(turn: Turn) -> None:
            if turn.message and holds_number(turn.arguments) and not is_ticket(turn.arguments):
                return await self._hear(turn, turn.arguments)
            return await handler(turn)

        return guarded

    async def _ask_number(self, turn: Turn) -> None:
        self._memory.expect(turn.chat_id, Step.NUMBER)
        await turn.says(replies.ask_number(turn.say), buttons.cancel(turn.say))

    async def _hear(self, turn: Turn, text: str) -> None:
        thread = self._memory.take(turn.chat_id)
        if isinstance(thread.dialogue, Proposing):
            return await self._proposals.hear(turn, thread.dialogue)
        if isinstance(thread.dialogue, Ticket) and thread.dialogue.wants is not Want.NOTHING:
            return await self._tickets.hear(turn, thread.dialogue)
        if is_ticket(text):
            return await self._tickets.hear(turn, Ticket(Want.CODE))
        found = read(text)
        if found.number is None and thread.step is Step.NUMBER and any(char.isdigit() for char in text):
            return await self._number(turn, text, None)
        if found.number is not None and (thread.step is not Step.KELURAHAN or len(found.number) >= 10):
            return await self._number(turn, found.number, found.name)
        if thread.step is Step.NAME and thread.identity is not None:
            return await self._name(turn, thread.identity, text)
        if thread.step is Step.NUMBER:
            self._memory.expect(turn.chat_id, Step.NUMBER)
            return await turn.says(replies.need_number(turn.say), buttons.cancel(turn.say))
        if thread.step is Step.KELURAHAN:
            return await self._schedule.find(turn, text)
        if GREETING.fullmatch(text.strip()):
            return await self.start(turn)
        if THANKS.fullmatch(text.strip()):
            return await turn.says(replies.you_are_welcome(turn.say), buttons.begin(turn.say))
        return await turn.says(replies.lost_thread(turn.say), buttons.begin(turn.say))

    async def _number(self, turn: Turn, number: str, name: str | None) -> None:
        deleted = await turn.deletes()
        try:
            identity = recognise(number)
        except Malformed as error:
            self._memory.expect(turn.chat_id, Step.NUMBER)
            why = words.refusal(error, turn.say)
            return await turn.says(replies.refused_number(why, deleted, turn.say), buttons.cancel(turn.say))
        if name is None:
            self._memory.expect(turn.chat_id, Step.NAME, identity)
            return await turn.says(replies.ask_name(identity, deleted, turn.say), buttons.cancel(turn.say))
        return await self._answer(turn, identity, name, replies.deleted_or_not(turn.say, deleted))

    async def _name(self, turn: Turn, identity: Identity, name: str) -> None:
        if not is_name(name):
            self._memory.expect(turn.chat_id, Step.NAME, identity)
            slip = "name_too_long" if len(name) > LONGEST_NAME else "name_missing"
            return await turn.says(words.refusal(slip, turn.say), buttons.cancel(turn.say))
        return await self._answer(turn, identity, name)

    async def _answer(self, turn: Turn, identity: Identity, name: str, note: str = "") -> None:
        # The default executor bounds how many questions run at once; other chats are served meanwhile.
        try:
            answer = await asyncio.to_thread(self._services.lookup.ask, identity, name, asker=Asker.chat(turn.chat_id))
        except TooManyAttempts as error:
            refusal = words_for(error, turn.say, self._services.settings.city)
            return await turn.says(_with(refusal, note), buttons.again(turn.say))
        text, rows = answer_text(answer, turn.say, self._site), answer_buttons(answer, turn.say)
        if isinstance(answer, OnTheList):
            rows += (buttons.my_data(self._memory.keep_pass(turn.chat_id, answer.key), turn.say),)
        await turn.says(_with(text, note), *rows)
        if place := place_to_show(answer):
            await turn.shows_place(place)
        return None


def _with(text: str, note: str) -> str:
    """A message with a note under it, if there is one."""
    return f"{text}\n\n{note}" if note else text
