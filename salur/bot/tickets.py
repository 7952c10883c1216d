"""/tiket: what became of a proposal; being told of it here; objecting, and answering an office's question.

Code and last four digits open a ticket, as on the site, with the same words and the same counting. They stay in memory
for ten minutes, so that the buttons under the answer work.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from salur import words
from salur.bot import buttons as general
from salur.bot import proposal_buttons as buttons
from salur.bot import proposal_replies as replies
from salur.bot.dialogues import Ticket, Want
from salur.bot.memory import Memory
from salur.bot.proposals import LONGEST_WORDS
from salur.bot.reading import holds_number
from salur.bot.refusals import words_for
from salur.bot.replies import deleted_or_not
from salur.bot.turn import Row, Turn
from salur.core.attempts import Asker
from salur.core.errors import Malformed, MalformedTicketCode, Refused, TooManyAttempts
from salur.core.proposal_answers import NoTicket, Status
from salur.core.ticket_codes import TicketCode
from salur.wiring import Services
from salur.words import Say

START = f"{buttons.TICKET}-"  # before the code in a deep link, `/start tiket-7K3MQ0ZC41XN`
GROUPED = re.compile(r"\s*\w{4}[\s.–-]\w{4}[\s.–-]\w{4}\s*")
FOUR = re.compile(r"\s*(\d)\s?(\d)\s?(\d)\s?(\d)\s*")


class TicketTalk:
    """Opens tickets. Each method takes one turn."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self._services = services
        self._memory = memory
        self._zone = replies.zone_of(services.settings.city)

    async def start(self, turn: Turn) -> None:
        """/tiket, its button, or the site's link; the code may have come with it."""
        code = turn.arguments.removeprefix(START).strip() if turn.message else ""
        if code:
            return await self._code(turn, code)
        self._memory.go_on(turn.chat_id, Ticket(Want.CODE))
        return await turn.says(replies.ask_code(turn.say), general.cancel(turn.say))

    async def hear(self, turn: Turn, ticket: Ticket) -> None:
        """What was typed while a ticket is in hand."""
        match ticket.wants:
            case Want.CODE:
                return await self._code(turn, turn.text)
            case Want.DIGITS:
                return await self._digits(turn, ticket)
            case Want.OBJECTION | Want.ANSWER:
                return await self._words(turn, ticket)
            case Want.NOTHING:
                self._memory.go_on(turn.chat_id, ticket)
                return await turn.says(replies.press_a_button(turn.say))

    async def press(self, turn: Turn) -> None:
        """A button of a ticket. To stop being told needs no ticket; all others do."""
        if turn.text == buttons.UNFOLLOW:
            stopped = await asyncio.to_thread(self._services.proposals.unfollow, turn.chat_id)
            return await turn.says(replies.unfollowed(turn.say) if stopped else replies.nothing_followed(turn.say))
        ticket = self._memory.take(turn.chat_id).dialogue
        if not isinstance(ticket, Ticket) or ticket.code is None:
            return await turn.says(replies.ticket_forgotten(turn.say), buttons.ticket(turn.say))
        code = ticket.code
        if ticket.wants is Want.DIGITS and turn.text == buttons.NO_DIGITS:
            return await self._open(turn, Ticket(Want.NOTHING, code))
        if ticket.wants is Want.DIGITS:
            self._memory.go_on(turn.chat_id, ticket)
            return await turn.says(replies.need_digits(turn.say), general.cancel(turn.say))
        if turn.text == buttons.FOLLOW:
            return await self._follow(turn, ticket)
        wants, ask = (
            (Want.OBJECTION, replies.ask_objection)
            if turn.text == buttons.OBJECT
            else (Want.ANSWER, replies.ask_answer)
        )
        self._memory.go_on(turn.chat_id, Ticket(wants, code, ticket.last_four))
        return await turn.says(ask(turn.say), general.cancel(turn.say))

    async def _code(self, turn: Turn, text: str) -> None:
        try:
            code = TicketCode.parse(text)
        except Malformed as error:
            self._memory.go_on(turn.chat_id, Ticket(Want.CODE))
            return await turn.says(words.refusal(error, turn.say), general.cancel(turn.say))
        self._memory.go_on(turn.chat_id, Ticket(Want.DIGITS, code))
        return await turn.says(replies.ask_digits(turn.say), buttons.no_digits(turn.say), general.cancel(turn.say))

    async def _digits(self, turn: Turn, ticket: Ticket) -> None:
        """The digits are part of a NIK, so their message is deleted."""
        gone = await turn.deletes()
        found = FOUR.fullmatch(turn.text)
        if found is None:
            self._memory.go_on(turn.chat_id, ticket)
            told = f"{replies.need_digits(turn.say)} {deleted_or_not(turn.say, gone)}"
            return await turn.says(told, general.cancel(turn.say))
        return await self._open(turn, Ticket(Want.NOTHING, ticket.code, "".join(found.groups())), gone=gone)

    async def _words(self, turn: Turn, ticket: Ticket) -> None:
        """An objection or an answer."""
        if holds_number(turn.text) or len(turn.text) > LONGEST_WORDS:
            self._memory.go_on(turn.chat_id, ticket)
            if len(turn.text) > LONGEST_WORDS:
                return await turn.says(words.refusal("words_too_long", turn.say), general.cancel(turn.say))
            return await turn.says(replies.no_numbers(turn.say, await turn.deletes()), general.cancel(turn.say))
        said = turn.text.strip()
        objects = ticket.wants is Want.OBJECTION
        service = self._services.proposals.object_ if objects else self._services.proposals.answer
        done = replies.objected if objects else replies.answered
        return await self._show(
            turn, ticket, lambda code, asker: service(code, ticket.last_four, said, asker=asker), done
        )

    async def _follow(self, turn: Turn, ticket: Ticket) -> None:
        follow, language = self._services.proposals.follow, turn.say.code
        found = await self._reach(
            turn, ticket, lambda code, asker: follow(code, ticket.last_four, turn.chat_id, language, asker=asker)
        )
        if found is not None:
            await turn.says(replies.followed(turn.say), buttons.unfollow(turn.say))

    async def _open(self, turn: Turn, ticket: Ticket, *, gone: bool = True) -> None:
        status = self._services.proposals.status
        note = (lambda _say: "") if gone else (lambda say: deleted_or_not(say, gone=False))
        await self._show(turn, ticket, lambda code, asker: status(code, ticket.last_four, asker=asker), note)

    async def _show(
        self,
        turn: Turn,
        ticket: Ticket,
        ask: Callable[[TicketCode, Asker], Status | NoTicket],
        note: Callable[[Say], str],
    ) -> None:
        """Ask the core one thing and show what the ticket shows then."""
        found = await self._reach(turn, ticket, ask)
        if found is None:
            return
        text = replies.status(found, turn.say, self._zone)
        first = note(turn.say)
        await turn.says(f"{first}\n\n{text}" if first else text, *_rows(found, turn.say))

    async def _reach(
        self, turn: Turn, ticket: Ticket, ask: Callable[[TicketCode, Asker], Status | NoTicket]
    ) -> Status | None:
        """What the core says; what it refuses is said here. The ticket stays in hand only if it opened."""
        assert ticket.code is not None
        try:
            found = await asyncio.to_thread(ask, ticket.code, Asker.chat(turn.chat_id))
        except TooManyAttempts as error:
            await turn.says(words_for(error, turn.say, self._services.settings.city), general.begin(turn.say))
            return None
        except Refused as error:
            await turn.says(words.refusal(error, turn.say), buttons.ticket(turn.say))
            return None
        if isinstance(found, NoTicket):
            await turn.says(replies.no_ticket(turn.say), buttons.ticket(turn.say))
            return None
        self._memory.go_on(turn.chat_id, Ticket(Want.NOTHING, ticket.code, ticket.last_four))
        return found


def is_ticket(text: str) -> bool:
    """Whether a text is the code of a ticket, as the bot writes it or as the site's link holds it."""
    text = text.removeprefix(START)
    if not GROUPED.fullmatch(text) and len(text.strip()) != 12:
        return False
    try:
        TicketCode.parse(text)
    except MalformedTicketCode:
        return False
    return True


def _rows(found: Status, say: Say) -> list[Row]:
    """What can be done with it now."""
    rows = []
    if found.question:
        rows.append(buttons.reply(say))
    if found.may_object:
        rows.append(buttons.object_to(say))
    rows.append(buttons.follow(say))
    return rows
