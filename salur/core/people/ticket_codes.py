"""The code of a ticket, which a sender follows their proposal by: twelve characters, 55 bits (`checked_codes`)."""

from __future__ import annotations

from typing import ClassVar, Self

from salur.core.errors import MalformedTicketCode
from salur.core.people.checked_codes import BadCode, CheckedCode, plainly


class TicketCode(CheckedCode):
    """A well-formed code. With the name it shows what became of a proposal.

    `typed` are its characters before any was read as another: those of a letter's code, if it is none of a ticket.
    """

    __slots__ = ("typed",)
    LENGTH = 12
    needs_name: ClassVar[bool] = False  # what was sent without a name is opened without one

    def __init__(self, code: str, typed: str | None = None) -> None:
        super().__init__(code)
        self.typed = typed or code

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code; case, spaces, hyphens and dots are free, I and L are read as 1, O as 0.

        Raises: MalformedTicketCode with `ticket_length`, `ticket_letter` (a character no code has) or `ticket_check`
        (a slip of the finger).
        """
        typed = plainly(text)
        try:
            return cls(cls.checked(typed), typed)
        except BadCode as bad:
            facts = {"digits": bad.length} if bad.why == "length" else {}
            raise MalformedTicketCode(f"ticket_{bad.why}", **facts) from None
