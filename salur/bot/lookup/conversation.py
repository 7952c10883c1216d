"""The conversation: a number, a name, an answer. docs/bot.mmd draws it.

What was typed as number is taken out of memory before the answer is awaited, and the message that held it is deleted
first of all. Nothing typed is ever said back.
"""

from __future__ import annotations

import asyncio
import re

from salur.bot.chat import buttons, replies
from salur.bot.chat.dialogues import Proposing, Ticket, Want
from salur.bot.chat.memory import Memory, Step, Thread
from salur.bot.chat.reading import holds_number, is_ticket, read
from salur.bot.chat.turn import Handler, Turn
from salur.bot.lookup import answers, questions
from salur.bot.lookup.safely import Safely
from salur.bot.payouts import ScheduleTalk
from salur.bot.proposals import buttons as proposal_buttons
from salur.bot.proposals import replies as proposal_replies
from salur.bot.proposals.proposing import ProposalTalk
from salur.bot.proposals.tickets import START, TicketTalk
from salur.bot.refusals import words_for
from salur.core.errors import Malformed, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.lookup.answers import NotOnTheList
from salur.core.names.typed import has_letters, slip_of
from salur.core.people.nik import LEAST_DIGITS, Identity, is_a_phones, recognise
from salur.core.people.ticket_codes import TicketCode
from salur.core.people.written import plain_digits
from salur.core.proposals.answers import NoTicket, Status
from salur.wiring import Services
from salur.words.lookup.answer import read_only
from salur.words.refusals import after_a_miss
from salur.words.refusals import refusal as refusal_words

TO_US = (
    r"(?:[\s,]+(?:pak|bu|bapak|ibu|min|admin|kak|mas|mbak|teh|kang|salur|semua|selamat|pagi|siang|sore|malam|wr|wb|izin"
    r"|mau|numpang|punten|ber?tanya|n?anya|tanya))*\W*"
)
GREETING = re.compile(
    r"(?:hal+o+|hai|hi|hel+o|hey|hei|p|punten|permisi|sampurasun|assala\w+(?: \w+){0,4}|ass?|selamat \w+|wilujeng \w+"
    rf"|pagi|siang|sore|malam|mau tanya){TO_US}",
    re.IGNORECASE,
)
ADDRESSED = re.compile(rf"[^\W\d_]+{TO_US}", re.IGNORECASE)  # `halo min` asks for no human
SALAM = re.compile(r"ass?\b|assala", re.IGNORECASE)
THANKS = re.compile(
    r"(?:ok\w?|oke|baik|siap)?[\s,]*(?:ma?kasih?|terima ?kasih|tri?ma ?kasih|(?:hatur )?nuhun|trims|tq|thanks?"
    r"|thank you)(?: \w+){0,3}\W*",
    re.IGNORECASE,
)
NOD = re.compile(r"(?:ok[ey]*|siap+|sip+|baik|ya+|iya|muhun|mangga|ya s?udah|👍|🙏)\W*", re.IGNORECASE)


class Conversation:
    """What is said in a private chat. Each method takes one turn."""

    def __init__(
        self, services: Services, memory: Memory, schedule: ScheduleTalk, proposals: ProposalTalk, tickets: TicketTalk
    ) -> None:
        self._services = services
        self._memory = memory
        self._schedule = schedule
        self._proposals = proposals
        self._tickets = tickets
        self._site = services.settings.site
        self._safely = Safely(services.settings, memory)

    async def start(self, turn: Turn) -> None:
        """/start: what Salur is; a number may follow at once. From a group's link, straight to the question."""
        if turn.text.startswith("/") and turn.arguments == buttons.CHECK:
            return await self._ask_number(turn)
        self._memory.expect(turn.chat_id, Step.NUMBER)
        text = _with(replies.start(turn.say), self._safely.told(turn))
        rows = (*self._safely.rows(turn), buttons.begin(turn.say), buttons.languages(but=turn.say.code))
        return await turn.says(text, *rows)

    async def check(self, turn: Turn) -> None:
        """/cek or its button: ask for the number, or take the one that came with the command."""
        if turn.message and turn.arguments.strip("?!. "):
            self._memory.expect(turn.chat_id, Step.NUMBER)
            return await self._hear(turn, turn.arguments)
        return await self._ask_number(turn)

    async def ticket(self, turn: Turn) -> None:
        """/tiket, its button, or the site's link; code and name may have come with it."""
        if turn.message and (typed := turn.arguments.removeprefix(START).strip()):
            return await self._ticket(turn, typed)
        self._memory.go_on(turn.chat_id, Ticket(Want.CODE))
        return await turn.says(proposal_replies.ask_code(turn.say), buttons.cancel(turn.say))

    async def without_name(self, turn: Turn) -> None:
        """A button in place of the name of a ticket."""
        code = self._memory.take(turn.chat_id).identity
        if not isinstance(code, TicketCode):
            return await turn.says(proposal_replies.ticket_forgotten(turn.say), proposal_buttons.ticket(turn.say))
        return await self._answer(turn, code, "")

    async def text(self, turn: Turn) -> None:
        """A text that is no command."""
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
        await turn.says(replies.help_text(turn.say, self._site, self._services.offices.dinsos), buttons.begin(turn.say))

    async def privacy(self, turn: Turn) -> None:
        """/privasi."""
        await turn.says(replies.privacy(turn.say, self._site), *self._safely.rows(turn))

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
        was_proposing = isinstance(self._memory.take(turn.chat_id).dialogue, Proposing)
        self._memory.expect(turn.chat_id, Step.NUMBER)
        note = proposal_replies.given_up(turn.say) if was_proposing else ""
        text = _with(_with(note, replies.ask_number(turn.say)), self._safely.told(turn))
        await turn.says(text, *self._safely.rows(turn), buttons.cancel(turn.say))

    async def _hear(self, turn: Turn, text: str) -> None:
        thread = self._memory.take(turn.chat_id)
        if isinstance(thread.dialogue, Proposing):
            return await self._proposals.hear(turn, thread.dialogue)
        if isinstance(thread.dialogue, Ticket) and thread.dialogue.wants is Want.CODE:
            return await self._ticket(turn, text)
        if isinstance(thread.dialogue, Ticket) and thread.dialogue.wants in (Want.OBJECTION, Want.ANSWER):
            return await self._tickets.hear(turn, thread.dialogue)
        found = read(text)
        if found.number is None and thread.step is Step.NUMBER and _may_be_a_number(text):
            return await self._number(turn, text, None, thread.warned)
        if thread.step is Step.NAME and found.number is not None and is_a_phones(found.number):
            return await self._phone_for_name(turn, thread)
        if found.number is not None and (thread.step is not Step.KELURAHAN or len(found.number) >= 10):
            return await self._number(turn, found.number, found.name, thread.warned, others=found.others)
        if thread.step is Step.NAME and thread.identity is not None:
            return await self._name(turn, thread.identity, text, thread.warned)
        if thread.step is Step.KELURAHAN:
            return await self._schedule.find(turn, text)
        return await self._chats(turn, text, thread)

    async def _chats(self, turn: Turn, text: str, thread: Thread) -> None:
        """Words that are no number: a greeting, a question. What the bot waits for, it goes on waiting for."""
        self._memory.stay(turn.chat_id, thread)
        text, waits = text.strip(), thread.step is Step.NUMBER
        if THANKS.fullmatch(text):
            return await turn.says(replies.you_are_welcome(turn.say), buttons.begin(turn.say))
        if NOD.fullmatch(text):
            return await turn.says(replies.well_then(turn.say), buttons.begin(turn.say))
        topic = questions.asked(text)
        if GREETING.fullmatch(text) and (topic is None or ADDRESSED.fullmatch(text)):
            if waits:
                return await turn.says(replies.hello(turn.say, salam=bool(SALAM.match(text))), buttons.cancel(turn.say))
            return await self.start(turn)
        if topic is not None:
            return await turn.says(topic.told(turn.say), *topic.rows(turn.say))
        if questions.wants_to_check(text):
            return await self._ask_number(turn)
        return await self._does_not_understand(turn, thread)

    async def _does_not_understand(self, turn: Turn, thread: Thread) -> None:
        lost = thread.lost + 1
        self._memory.stay(turn.chat_id, thread, lost=lost)
        waits = thread.step is Step.NUMBER
        if lost > 1:
            told = replies.not_understood(lost, turn.say)
        else:
            told = replies.need_number(turn.say) if waits else replies.lost_thread(turn.say)
        return await turn.says(told, buttons.cancel(turn.say) if waits and lost == 1 else buttons.begin(turn.say))

    async def _ticket(self, turn: Turn, text: str) -> None:
        """What was typed where a ticket was asked for; a number is taken as well."""
        found = read(text)
        if found.number is not None and (holds_number(text) or is_ticket(text)):
            return await self._number(turn, found.number, found.name, "", others=found.others)
        try:
            return await self._ask_ticket_name(turn, TicketCode.parse(text))
        except Malformed as error:
            self._memory.go_on(turn.chat_id, Ticket(Want.CODE))
            return await turn.says(refusal_words(error, turn.say), buttons.cancel(turn.say))

    async def _ask_ticket_name(self, turn: Turn, code: TicketCode) -> None:
        """The message stays: it may be all that its sender has of the code."""
        self._memory.expect(turn.chat_id, Step.NAME, code)
        rows = (proposal_buttons.no_name(turn.say), buttons.cancel(turn.say))
        return await turn.says(proposal_replies.ask_name(turn.say), *rows)

    async def _number(self, turn: Turn, number: str, name: str | None, warned: str, *, others: bool = False) -> None:
        try:
            identity = recognise(number, warned=warned)
        except Malformed as error:
            deleted = await turn.deletes()
            self._memory.expect(turn.chat_id, Step.NUMBER, warned=number)
            why = refusal_words(error, turn.say)
            refused = replies.refused_number(why, deleted, turn.say)
            return await turn.says(refused, *self._safely.rows(turn), buttons.cancel(turn.say))
        if isinstance(identity, TicketCode) and name is None:
            return await self._ask_ticket_name(turn, identity)
        deleted = await turn.deletes()
        unread = replies.one_at_a_time(turn.say) if others else ""
        if name is not None:
            return await self._answer(turn, identity, name, _with(unread, replies.deleted_or_not(turn.say, deleted)))
        assert not isinstance(identity, TicketCode)
        self._memory.expect(turn.chat_id, Step.NAME, identity)
        asked = replies.ask_name(identity, deleted, turn.say)
        return await turn.says(_with(unread, asked), buttons.cancel(turn.say))

    async def _phone_for_name(self, turn: Turn, thread: Thread) -> None:
        """The number that was read before stays in hand."""
        deleted = await turn.deletes()
        self._memory.expect(turn.chat_id, Step.NAME, thread.identity)
        told = refusal_words("number_for_name", turn.say) + " " + replies.deleted_or_not(turn.say, deleted)
        await turn.says(told, buttons.cancel(turn.say))

    async def _name(self, turn: Turn, identity: Identity | TicketCode, name: str, warned: str) -> None:
        if len(list(filter(has_letters, name.splitlines()))) > 1:
            self._memory.expect(turn.chat_id, Step.NAME, identity)
            return await turn.says(replies.one_name(turn.say), buttons.cancel(turn.say))
        is_end_of_number = isinstance(identity, TicketCode) and plain_digits(name)  # it opens a ticket of before
        if is_end_of_number:
            await turn.deletes()
        if slip := slip_of(name, needed=not is_end_of_number, warned=warned):
            self._memory.expect(turn.chat_id, Step.NAME, identity, warned=name)
            if slip == "perhaps_no_name" and (topic := questions.asked(name)) is not None:
                return await turn.says(
                    _with(topic.told(turn.say), replies.name_still(turn.say)), buttons.cancel(turn.say)
                )
            return await turn.says(refusal_words(slip, turn.say), buttons.cancel(turn.say))
        return await self._answer(turn, identity, name)

    async def _answer(self, turn: Turn, identity: Identity | TicketCode, name: str, note: str = "") -> None:
        # The default executor bounds how many questions run at once; other chats are served meanwhile.
        try:
            answer = await asyncio.to_thread(self._services.asking.ask, identity, name, asker=Asker.chat(turn.chat_id))
        except TooManyAttempts as error:
            refusal = words_for(error, turn.say, self._services.settings.zone)
            told = _with(refusal, replies.human(self._services.offices.dinsos, turn.say))
            return await turn.says(_with(told, note), buttons.again(turn.say))
        if isinstance(answer, Status | NoTicket):
            assert isinstance(identity, TicketCode)
            return await self._tickets.shows(turn, Ticket(Want.NOTHING, identity, name), answer, note)
        rows = answers.answer_buttons(answer, turn.say)
        if isinstance(answer, NotOnTheList):
            left = after_a_miss(answer, identity, turn.say, zone=self._services.settings.zone)
            human = replies.human(self._services.offices.dinsos, turn.say)
            text = _with(answers.not_found_text(turn.say, left), human)
        else:
            text = answers.answer_text(answer, turn.say, self._site)
            token = self._memory.keep_pass(turn.chat_id, answer.key, *(e.key for e in answers.contestable(answer)))
            rows = (*answers.contest_buttons(answer, token, turn.say), *rows, buttons.my_data(token, turn.say))
        if answer.as_of is not None:
            zone = self._services.settings.zone
            text = _with(text, read_only(answer.as_of, self._services.clock(), zone, turn.say))
        await turn.says(_with(text, note), *rows)
        if place := answers.place_to_show(answer):
            await turn.shows_place(place)
        return None


def _with(text: str, note: str) -> str:
    """A message with a note under it, if there are both."""
    return "\n\n".join(part for part in (text, note) if part)


def _may_be_a_number(text: str) -> bool:
    """Whether a text with digits is meant as a number or code, a slip in it or not: `16 angka` is not."""
    digits = sum(char.isdigit() for char in text)
    if digits == 0 or questions.asked(text) is not None:
        return False
    return digits >= LEAST_DIGITS or len(text.split()) == 1
