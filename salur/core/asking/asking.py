"""One field takes NIK, KK number, letter code and ticket; here is asked what was typed into it.

A letter's code of twelve characters passes for a ticket's once in 37 times. So a ticket is looked for first, and where
code and name open none, the letter: in one transaction, as one try, counted under the ticket whichever it is. What is
counted, done and said of a miss depends on what was typed alone, and not on what there is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from salur.core.asking.answers import Found, Missed
from salur.core.errors import MalformedLetterCode, RanOut, TooManyAttempts
from salur.core.happenings import At, Given, answered
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import Try
from salur.core.limits.kinds import Door
from salur.core.lookup.answering import Answering
from salur.core.lookup.answers import Listed, NotOnTheList, OnTheList
from salur.core.lookup.lookup import Lookup
from salur.core.names.typed import has_letters, name_meant
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Identity
from salur.core.people.ticket_codes import TicketCode
from salur.core.privacy.passes import Purpose, end_of, open_pass, seal_pass
from salur.core.proposals.answers import NoTicket
from salur.core.proposals.proposals import Proposals
from salur.core.storage.vault import Vault

Told = TypeVar("Told", bound=Found | Listed)


class Asking:
    """The one question."""

    def __init__(
        self,
        answering: Answering,
        lookup: Lookup,
        proposals: Proposals,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self._answering = answering
        self._lookup = lookup
        self._proposals = proposals
        self._vault = vault
        self._clock = clock

    def ask(self, typed: Identity | TicketCode, name: str, *, asker: Asker) -> Found:
        """Answer what a number or code and a name open together: what lists say, or what became of a proposal.

        Raises: TooManyAttempts.
        """
        if isinstance(typed, TicketCode):
            return _told(self._ticket(typed, name_meant(name), asker), asker)
        return _told(self._answering.ask(typed, name_meant(name), asker=asker), asker)

    def find(self, typed: Identity | TicketCode, name: str, *, asker: Asker) -> Found | Listed:
        """The same, but under a number of what lists say only the way to it (`again`).

        Raises: TooManyAttempts.
        """
        if isinstance(typed, TicketCode):
            return _told(self._ticket(typed, name_meant(name), asker), asker)
        return _told(self._answering.find(typed, name_meant(name), asker=asker), asker)

    def _ticket(self, typed: TicketCode, name: str, asker: Asker) -> Found:
        letter = _letter_in(typed)
        if letter is None or not has_letters(name):  # a ticket may have no name, a letter has one
            return self._proposals.status(typed, name, asker=asker)

        def of_the_letter(connection: Connection, tried: Try) -> OnTheList | None:
            answer = self._lookup.judge(connection, tried, letter, name, asker)
            return answer if isinstance(answer, OnTheList) else None

        return self._proposals.status_or(typed, name, of_the_letter, asker=asker)

    def again(self, back: str) -> OnTheList:
        """Give what lists said once more, by the answer's `way_back`: nothing is typed, and nothing is counted.

        Raises Refused(`key_expired`).
        """
        return self._answering.again(back)

    def keep(self, missed: Missed) -> str:
        """Seal a miss, for a quarter of an hour: what was typed, and what tries are left. Nothing is looked up."""
        now, closed = self._clock(), missed.found.next_refusal
        content = {
            "number": missed.number,
            "name": missed.name,
            "left": missed.found.tries_left,
            "over": closed and now.timestamp() + closed.retry_in.total_seconds(),
            "scope": closed and closed.scope,
            "as_of": missed.found.as_of and missed.found.as_of.timestamp(),
        }
        return seal_pass(self._vault, Purpose.MISS, content, end_of(now))

    def missed(self, back: str) -> Missed:
        """Give a miss once more, as things were then. Nothing is counted.

        Raises Refused(`key_expired`).
        """
        now = self._clock()
        kept, _ = open_pass(self._vault, Purpose.MISS, back, now)
        closed = None
        if kept["scope"] is not None:
            left = max(kept["over"] - now.timestamp(), 0)
            closed = TooManyAttempts(timedelta(seconds=left), RanOut(kept["scope"]))
        as_of = kept.get("as_of")  # an older version sealed none
        told = NotOnTheList(kept["left"], closed, as_of and datetime.fromtimestamp(as_of, UTC))
        return Missed(kept["number"], kept["name"], told)


def _told(found: Told, asker: Asker) -> Told:
    """What was found, once it is told to whoever counts."""
    answered(At.BOT if asker.door is Door.CHAT else At.WEB, _kind_of(found))
    return found


def _kind_of(found: Found | Listed) -> Given:
    match found:
        case OnTheList() | Listed():
            return Given.LISTED if found.present else Given.PAST
        case NotOnTheList():
            return Given.MISSED
        case NoTicket():
            return Given.NO_TICKET
    return Given.TICKET


def _letter_in(code: TicketCode) -> LetterCode | None:
    """The code of a letter that was typed, if it is none of a ticket; None where no letter has such a code."""
    try:
        return LetterCode.parse(code.typed)
    except MalformedLetterCode:
        return None
