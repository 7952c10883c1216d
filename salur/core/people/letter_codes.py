"""The code on a notification letter: an office's own, such as `16100-000001`, or one that Salur gave out.

Salur's have sixteen characters, nearly 75 bits, as `checked_codes` says: nobody finds the code of a letter never seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar, Self

from salur.core.errors import MalformedLetterCode
from salur.core.people.checked_codes import BadCode, CheckedCode, plainly
from salur.core.people.ticket_codes import TicketCode
from salur.core.people.written import without_edges

CODE_LABEL = re.compile(r"(?:KODE|NO(?:MOR)?\b)[^\d:=]{0,30}[:=]", re.I)


class LetterState(StrEnum):
    """What a letter that Salur printed is good for. Only the code of a genuine one opens anything."""

    GENUINE = "genuine"
    REPLACED = "replaced"  # by a newer one
    WITHDRAWN = "withdrawn"


class Unguessable(CheckedCode):
    """The code of a letter that Salur printed. It says that the letter is genuine, and with the name opens an answer.

    Kept only as a keyed hash, `salur.core.people.sealed.issued_index`.
    """

    __slots__ = ()
    LENGTH = 16

    @classmethod
    def drawn(cls, numbers: Iterable[int]) -> Self:
        """As any code; but none that begins like that of a ticket, behind which a name of four letters may stand."""
        coming = iter(numbers)
        while _begins_like_a_ticket(code := super().drawn(coming)):
            pass
        return code

    @classmethod
    def read(cls, text: str) -> Unguessable | None:
        """One that was typed or scanned; case, spaces, hyphens and dots are free, I and L are read as 1, O as 0.

        None where it is none, and where it is digits alone: those are a NIK's or a KK number's.
        """
        try:
            code = cls.checked(plainly(text))
        except BadCode:
            return None
        return None if code.isdecimal() or code.isalpha() else cls(code)


def _begins_like_a_ticket(code: Unguessable) -> bool:
    try:
        return bool(TicketCode.checked(code.reveal()[: TicketCode.LENGTH]))
    except BadCode:
        return False


class LetterCode:
    """The code on a notification letter; case, spaces and hyphens do not matter. `issued`, if it may be one of Salur's.

    It may be an office's all the same, written by chance as one of Salur's: both are looked for.
    """

    __slots__ = ("_code", "issued")
    needs_name: ClassVar[bool] = True

    def __init__(self, code: str) -> None:
        self._code = code
        self.issued = Unguessable.read(code)

    @classmethod
    def parse(cls, text: str) -> LetterCode:
        """Read a letter code: 4 to 24 letters and digits with at least one digit, and no NIK among them.

        Raises: MalformedLetterCode.
        """
        bare = without_edges(CODE_LABEL.sub("", without_edges(unicodedata.normalize("NFKC", text)), count=1))
        if Unguessable.read(bare) is not None:  # in which all digits may be typed as letters
            return cls(plainly(bare))
        code = re.sub(r"[\s\-./_]+", "", bare).upper()
        if not re.fullmatch(r"[A-Z0-9]{4,24}", code) or not re.search(r"\d", code) or re.search(r"\d{16}", code):
            raise MalformedLetterCode("not_a_letter_code")
        return cls(code)

    def reveal(self) -> str:
        """Give the code as an office's is compared: capitals and digits only."""
        return self._code

    @property
    def meant(self) -> str:
        """The code as one of Salur's is compared, and as tries on it are counted: with slips of the eye forgiven."""
        return self.issued.reveal() if self.issued is not None else self._code

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LetterCode) and other._code == self._code

    def __hash__(self) -> int:
        return hash(("LetterCode", self._code))

    def __str__(self) -> str:
        return f"…{self._code[-3:]}"

    def __repr__(self) -> str:
        return f"<LetterCode {self}>"
