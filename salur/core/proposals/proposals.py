"""What residents send: proposals, objections, corrections, reports; and what becomes of it.

The sender's side; what is sent is taken by `sending`. The levels of the chain see theirs in `casework.inbox`. Every
step goes through `ProposalLog.append`.
Code and name open a ticket (`tickets`); whichever is wrong, answer and work are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, delete, insert

from salur.core.errors import RanOut, Refused, TooManyAttempts
from salur.core.happenings import refused
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import Attempts, Try
from salur.core.notices.outbox import FOLLOWER_CHAT, Notices
from salur.core.notices.rows import OF_PROPOSALS
from salur.core.people.ticket_codes import TicketCode
from salur.core.privacy.passes import Purpose, end_of, open_pass, seal_pass
from salur.core.proposals.answers import NoTicket, Opened, Status
from salur.core.proposals.draft import check_words
from salur.core.proposals.granting import find_granted
from salur.core.proposals.kinds import Holder, Step
from salur.core.proposals.log import ANSWERER
from salur.core.proposals.sending import Sending, refuse
from salur.core.proposals.status import Lines, in_no_line, read_status
from salur.core.proposals.tickets import Ticket
from salur.core.storage.database import Database, fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.proposals import FollowerRow

T = TypeVar("T")


class Proposals(Sending):
    """The sender's side: what they send, and what they do with their ticket."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        attempts: Attempts,
        notices: Notices,
        clock: Callable[[], datetime],
        city: str,
        lines: Lines = in_no_line,
    ) -> None:
        super().__init__(database, vault, notices, clock, city)
        self._lines = lines
        self._attempts = attempts
        self._notices = notices

    def status(self, code: TicketCode, name: str, *, asker: Asker) -> Status | NoTicket:
        """What became of it. Raises TooManyAttempts."""
        return self.status_or(code, name, _nothing_else, asker=asker)

    def status_or(
        self, code: TicketCode, name: str, otherwise: Callable[[Connection, Try], T | None], *, asker: Asker
    ) -> Status | NoTicket | T:
        """What became of it; where code and name open nothing, what `otherwise` finds in the same counted try."""
        return self._with_ticket(code, name, asker, lambda _connection, _ticket: None, otherwise)

    def again(self, key: str) -> Opened:
        """Open a ticket once more, by the `way_back` of its status: nothing is typed, and no try is counted.

        Raises: Refused(`key_expired`).
        """
        now = self._clock()
        kept, until = open_pass(self._vault, Purpose.TICKET, key, now)
        code, name = TicketCode(kept["code"]), kept["name"]
        with self._database.reading() as connection:
            ticket = self._tickets.open(connection, code, name)
            if ticket is None:
                raise Refused("key_expired")
            found = read_status(connection, self._log, self._vault, ticket, now, self._lines)
        return Opened(replace(found, way_back=self._way_back(code, name, until)), code, name)

    def _way_back(self, code: TicketCode, name: str, until: int) -> str:
        return seal_pass(self._vault, Purpose.TICKET, {"code": code.reveal(), "name": name}, until)

    def answer(self, code: TicketCode, name: str, words: str, *, asker: Asker) -> Status | NoTicket:
        """Answer the question of an office: for oneself, once, whatever others answer who sent the same.

        Raises: FieldsRefused (`words`); TooManyAttempts; Refused(`not_asked`).
        """
        _refuse_words(words)

        def step(connection: Connection, ticket: Ticket) -> None:
            seen = read_status(connection, self._log, self._vault, ticket, self._clock())
            if seen.holder is not Holder.SENDER:
                raise Refused("not_asked")
            said = {"words": words, ANSWERER: ticket.first_event}
            self._log.append(connection, ticket.proposal_id, Step.ANSWERED, words=said, only_to=_ending(code), by=asker)

        return self._with_ticket(code, name, asker, step, _nothing_else)

    def object_(self, code: TicketCode, name: str, words: str, *, asker: Asker) -> Status | NoTicket:
        """Object to a rejection: it goes to the level above.

        Raises: FieldsRefused (`words`); TooManyAttempts; Refused(`no_objection`).
        """
        _refuse_words(words)

        def step(connection: Connection, ticket: Ticket) -> None:
            self._log.append(connection, ticket.proposal_id, Step.OBJECTED, words={"words": words}, by=asker)

        return self._with_ticket(code, name, asker, step, _nothing_else)

    def follow(self, code: TicketCode, name: str, chat: int, language: str, *, asker: Asker) -> Status | NoTicket:
        """Tell a Telegram chat of every step to come. Once is enough; again only changes the language."""

        def step(connection: Connection, ticket: Ticket) -> None:
            digest = self._notices.digest_of(chat)
            mine = (FollowerRow.proposal_id == ticket.proposal_id) & (FollowerRow.chat_digest == digest)
            connection.execute(delete(FollowerRow).where(mine))
            id = next(fresh_ids(1))
            values = {
                "id": id,
                "proposal_id": ticket.proposal_id,
                "chat_digest": digest,
                "sealed_chat": self._vault.seal(str(chat).encode(), FOLLOWER_CHAT, id),
                "language": language,
                "ending": _ending(code),
            }
            connection.execute(insert(FollowerRow).values(values))

        return self._with_ticket(code, name, asker, step, _nothing_else)

    def unfollow(self, chat: int) -> int:
        """Tell a chat nothing more, of whatever it follows, nor what waits for it; gives how many it followed."""
        digest = self._notices.digest_of(chat)
        with self._database.writing() as connection:
            followed = connection.execute(delete(FollowerRow).where(FollowerRow.chat_digest == digest)).rowcount
            self._notices.drop(connection, digest, *OF_PROPOSALS)
        return followed

    def granted_by(self, connection: Connection, list_id: int) -> int:
        """Close, in the transaction that publishes a list, every proposal that it grants; gives how many."""
        return self._log.grant(connection, find_granted(connection, self._vault, list_id, self._clock()))

    def _with_ticket(
        self,
        code: TicketCode,
        name: str,
        asker: Asker,
        step: Callable[[Connection, Ticket], None],
        otherwise: Callable[[Connection, Try], T | None],
    ) -> Status | NoTicket | T:
        """Open a ticket, take a step with it, and show what it shows then."""
        with self._database.writing() as connection:
            with self._attempts.count(connection, self._tickets.digest(code), asker) as tried:
                ticket = self._tickets.open(connection, code, name) if tried.refusal is None else None
                found = otherwise(connection, tried) if tried.refusal is None and ticket is None else None
                if ticket is not None:
                    self._attempts.succeed(connection, tried)
            if ticket is not None:
                step(connection, ticket)
                now = self._clock()
                found_now = read_status(connection, self._log, self._vault, ticket, now, self._lines)
                return replace(found_now, way_back=self._way_back(code, name, end_of(now)))
        if tried.refusal is not None:
            raise refused(_of_a_ticket(tried.refusal))
        return NoTicket() if found is None else found


def _ending(code: TicketCode) -> str:
    """By which a chat that follows several tickets knows which is meant."""
    return code.reveal()[-2:]


def _nothing_else(_connection: Connection, _tried: Try) -> None:
    """A code that can only be of a ticket."""


def _refuse_words(words: str) -> None:
    if code := check_words(words):
        refuse({"words": code})


def _of_a_ticket(refusal: TooManyAttempts) -> TooManyAttempts:
    """The waits of a number, said of a ticket: no letter opens it again."""
    return refusal if refusal.scope is RanOut.ASKER else TooManyAttempts(refusal.retry_in, RanOut.TICKET)
