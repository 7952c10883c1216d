"""Codes that Salur gives out: made to be read out over a bad line and typed again, and not to be guessed.

Characters of Crockford's base32 (no I, L, O, U) in groups of four: all but the last at random, five bits each, and
Crockford's check character, the number modulo 37. That finds every wrong character and every two that changed places.
Of the 37 check characters five are signs or the letter U; numbers that would need one of those are never given out.
Neither are those of digits or of letters alone: in a field or a message that takes other things too, they would look
like those.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from typing import ClassVar, NoReturn, Self

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
BITS_OF_ONE, CHECK = 5, 37
VALUES = {char: value for value, char in enumerate(ALPHABET)}
AS_MEANT = str.maketrans("ILO", "110")  # what the eye takes for one and nought
SEPARATORS = re.compile(r"[\W_]+")


class BadCode(ValueError):
    """What was typed is no code of this kind: `length`, `letter` (a character no code has) or `check`."""

    def __init__(self, why: str, length: int) -> None:
        super().__init__(why)
        self.why, self.length = why, length


class CheckedCode:
    """A well-formed code of `LENGTH` characters. It opens something, so `repr` shows only its end."""

    __slots__ = ("_code",)
    LENGTH: ClassVar[int]

    def __init__(self, code: str) -> None:
        self._code = code

    @classmethod
    def bits(cls) -> int:
        """How many of them are random."""
        return BITS_OF_ONE * (cls.LENGTH - 1)

    @classmethod
    def new(cls) -> Self:
        """A fresh one from the system's random source."""
        return cls.drawn(iter(lambda: secrets.randbits(cls.bits()), None))

    @classmethod
    def drawn(cls, numbers: Iterable[int]) -> Self:
        """The code of the first of these numbers (of `bits()` bits, as good as random, endless) that makes one."""
        written = (_written(number, cls.LENGTH) for number in numbers if number % CHECK < len(ALPHABET))
        return cls(next(code for code in written if not code.isdecimal() and not code.isalpha()))

    @classmethod
    def checked(cls, typed: str) -> str:
        """The characters of a code, from what `plainly` left of what was typed. Raises BadCode."""
        code = typed.translate(AS_MEANT)
        if len(code) != cls.LENGTH:
            raise BadCode("length", len(code))
        if not set(code) <= set(ALPHABET):
            raise BadCode("letter", len(code))
        number = 0
        for char in code[:-1]:
            number = number * len(ALPHABET) + VALUES[char]
        if number % CHECK != VALUES[code[-1]]:
            raise BadCode("check", len(code))
        return code

    def reveal(self) -> str:
        """Give the code without separators: for its digest, and for links out of the site."""
        return self._code

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of four in which it is read out."""
        return tuple(self._code[i : i + GROUP] for i in range(0, len(self._code), GROUP))

    @property
    def grouped(self) -> str:
        """As it is shown: `7K3M-Q0ZC-41XN`."""
        return "-".join(self.groups)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._code == self._code

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._code))

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} is not pickled: it would leak its characters")

    def __str__(self) -> str:
        return f"…{self._code[-2:]}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


def plainly(text: str) -> str:
    """What was typed in capitals, without spaces, hyphens, dots and all that is neither letter nor digit."""
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _written(number: int, length: int) -> str:
    """A number as so many characters, the last their check."""
    chars = [ALPHABET[number % CHECK]]
    for _ in range(length - 1):
        number, value = divmod(number, len(ALPHABET))
        chars.append(ALPHABET[value])
    return "".join(reversed(chars))
