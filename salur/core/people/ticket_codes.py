"""The code of a ticket: what a sender follows their proposal by. Made to be read out over a bad line and typed again.

Twelve characters of Crockford's base32 (no I, L, O, U) in groups of four: eleven at random, 55 bits, and Crockford's
check character, the number modulo 37. That finds every wrong character and every two that changed places. Of the 37
check characters five are signs or the letter U; numbers that would need one of those are never given out. Neither are
those of digits or of letters alone: in a field or a message that takes other things too, they would look like those.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from typing import ClassVar, NoReturn, Self

from salur.core.errors import MalformedTicketCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4
BITS, CHECK = 55, 37
VALUES = {char: value for value, char in enumerate(ALPHABET)}
AS_MEANT = str.maketrans("ILO", "110")  # what the eye takes for one and nought
SEPARATORS = re.compile(r"[\W_]+")


class TicketCode:
    """A well-formed code. With the name it shows what became of a proposal, so `repr` shows only its end.

    `typed` are its characters before any was read as another: those of a letter's code, if it is none of a ticket.
    """

    __slots__ = ("_code", "typed")
    needs_name: ClassVar[bool] = False  # what was sent without a name is opened without one

    def __init__(self, code: str, typed: str | None = None) -> None:
        self._code = code
        self.typed = typed or code

    @classmethod
    def new(cls) -> Self:
        """A fresh one from the system's random source."""
        return cls.drawn(iter(lambda: secrets.randbits(BITS), None))

    @classmethod
    def drawn(cls, numbers: Iterable[int]) -> Self:
        """The code of the first of these numbers (of `BITS` bits, as good as random, endless) that makes one."""
        written = (_written(number) for number in numbers if number % CHECK < len(ALPHABET))
        return cls(next(code for code in written if not code.isdecimal() and not code.isalpha()))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code; case, spaces, hyphens and dots are free, I and L are read as 1, O as 0.

        Raises: MalformedTicketCode with `ticket_length`, `ticket_letter` (a character no code has) or `ticket_check`
        (a slip of the finger).
        """
        typed = SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
        code = typed.translate(AS_MEANT)
        if len(code) != LENGTH:
            raise MalformedTicketCode("ticket_length", digits=len(code))
        if not set(code) <= set(ALPHABET):
            raise MalformedTicketCode("ticket_letter")
        number = 0
        for char in code[:-1]:
            number = number * len(ALPHABET) + VALUES[char]
        if number % CHECK != VALUES[code[-1]]:
            raise MalformedTicketCode("ticket_check")
        return cls(code, typed)

    def reveal(self) -> str:
        """Give the code without separators: for its digest, and for links out of the site."""
        return self._code

    @property
    def groups(self) -> tuple[str, ...]:
        """The three groups in which it is read out."""
        return tuple(self._code[i : i + GROUP] for i in range(0, LENGTH, GROUP))

    @property
    def grouped(self) -> str:
        """As it is shown: `7K3M-Q0ZC-41XN`."""
        return "-".join(self.groups)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TicketCode) and other._code == self._code

    def __hash__(self) -> int:
        return hash(("TicketCode", self._code))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a TicketCode is not pickled: it would leak its characters")

    def __str__(self) -> str:
        return f"…{self._code[-2:]}"

    def __repr__(self) -> str:
        return f"<TicketCode {self}>"


def _written(number: int) -> str:
    """A number as eleven characters and their check."""
    chars = [ALPHABET[number % CHECK]]
    for _ in range(LENGTH - 1):
        number, value = divmod(number, len(ALPHABET))
        chars.append(ALPHABET[value])
    return "".join(reversed(chars))
