"""A ticket in hand: what became of a proposal; being told of it here; objecting, and answering an office's question.

Code and name open it, in `conversation`, which asks for them as for any number. They stay in memory for ten minutes, so
that the buttons under the answer work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from salur.bot.chat import buttons as general
from salur.bot.chat.dialogues import Ticket, Want
from salur.bot.chat.memory import Memory
from salur.bot.chat.reading import holds_number
from salur.bot.chat.turn import Row, Turn
from salur.bot.proposals import buttons, replies
from salur.bot.refusals import words_for
from salur.core.errors import FieldsRefused, Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.answers import NoTicket, Status
from salur.wiring import Services
from salur.words.language import Say
from salur.words.refusals import refusal

START = f"{buttons.TICKET}-"  # before the code in a deep link, `/start tiket-7K3MQ0ZC41XN`


class TicketTalk:
    """Goes on with tickets. Each method takes one turn."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self._services = services
        self._memory = memory
        self._zone = services.settings.zone

    async def hear(self, turn: Turn, ticket: Ticket) -> None:
        """What was typed while a ticket is in hand."""
        match ticket.wants:
            case Want.OBJECTION | Want.ANSWER:
                return await self._words(turn, ticket)
            case _:
                self._memory.go_on(turn.chat_id, ticket)
                return await turn.says(replies.press_a_button(turn.say))

    async def press(self, turn: Turn) -> None:
        """A button of a ticket. To stop being told needs no ticket; all others do."""
        if turn.text == buttons.UNFOLLOW:
            stopped = await asyncio.to_thread(self._services.proposals.unfollow, turn.chat_id)
            return await turn.says(replies.unfollowed(turn.say) if stopped else replies.nothing_followed(turn.say))
        ticket = self._memory.take(turn.chat_id).dialogue
        if not isinstance(ticket, Ticket) or ticket.code is None or ticket.wants is Want.SENT:
            return await turn.says(replies.ticket_forgotten(turn.say), buttons.ticket(turn.say))
        code = ticket.code
        if turn.text == buttons.FOLLOW:
            return await self._follow(turn, ticket)
        wants, ask = (
            (Want.OBJECTION, replies.ask_objection)
            if turn.text == buttons.OBJECT
            else (Want.ANSWER, replies.ask_answer)
        )
        self._memory.go_on(turn.chat_id, Ticket(wants, code, ticket.name))
        return await turn.says(ask(turn.say), general.cancel(turn.say))

    async def shows(self, turn: Turn, ticket: Ticket, found: Status | NoTicket, first: str = "") -> None:
        """What code and name open. It stays in hand if they do, so that the buttons under the answer work."""
        if isinstance(found, NoTicket):
            told, rows = replies.no_ticket(turn.say), [buttons.ticket(turn.say)]
        else:
            self._memory.go_on(turn.chat_id, replace(ticket, wants=Want.NOTHING))
            told, rows = replies.status(found, turn.say, self._zone), _rows(found, turn.say)
        await turn.says(f"{first}\n\n{told}" if first else told, *rows)

    async def _words(self, turn: Turn, ticket: Ticket) -> None:
        """An objection or an answer."""
        if holds_number(turn.text):
            self._memory.go_on(turn.chat_id, ticket)
            return await turn.says(replies.no_numbers(turn.say, await turn.deletes()), general.cancel(turn.say))
        said = turn.text.strip()
        objects = ticket.wants is Want.OBJECTION
        service = self._services.proposals.object_ if objects else self._services.proposals.answer
        done = replies.objected if objects else replies.answered
        found = await self._reach(turn, ticket, lambda code, asker: service(code, ticket.name, said, asker=asker))
        return None if found is None else await self.shows(turn, ticket, found, done(turn.say))

    async def _follow(self, turn: Turn, ticket: Ticket) -> None:
        follow, language = self._services.proposals.follow, turn.say.code
        found = await self._reach(
            turn, ticket, lambda code, asker: follow(code, ticket.name, turn.chat_id, language, asker=asker)
        )
        if found is not None:
            await turn.says(replies.followed(turn.say), buttons.unfollow(turn.say))

    async def _reach(
        self, turn: Turn, ticket: Ticket, ask: Callable[[TicketCode, Asker], Status | NoTicket]
    ) -> Status | None:
        """What the core says; what it refuses is said here. The ticket stays in hand only if it opened."""
        assert ticket.code is not None
        try:
            found = await asyncio.to_thread(ask, ticket.code, Asker.chat(turn.chat_id))
        except TooManyAttempts as error:
            await turn.says(words_for(error, turn.say, self._services.settings.zone), general.begin(turn.say))
            return None
        except FieldsRefused as error:
            self._memory.go_on(turn.chat_id, ticket)
            await turn.says(refusal(error, turn.say), general.cancel(turn.say))
            return None
        except Refused as error:
            await turn.says(refusal(error, turn.say), buttons.ticket(turn.say))
            return None
        if isinstance(found, NoTicket):
            await self.shows(turn, ticket, found)
            return None
        self._memory.go_on(turn.chat_id, replace(ticket, wants=Want.NOTHING))
        return found


def _rows(found: Status, say: Say) -> list[Row]:
    """What can be done with it now."""
    rows = []
    if found.question:
        rows.append(buttons.reply(say))
    if found.may_object:
        rows.append(buttons.object_to(say))
    rows.append(buttons.follow(say))
    return rows
