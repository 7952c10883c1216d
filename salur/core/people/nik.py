"""Who someone says they are, by number: NIK, KK number or the code of a letter.

A NIK is `PPKKCC DDMMYY SSSS`: province, regency and district of first issue, birth date (women's day + 40),
serial. There is no check digit. A KK number has the same form with the date of issue instead. Source: Permendagri
on population identity; what real registers hold is described in the publications of Ditjen Dukcapil.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import ClassVar, NoReturn, Self

from salur.core.errors import MalformedKk, MalformedLetterCode, MalformedNik, MalformedTicketCode
from salur.core.people.letter_codes import LetterCode
from salur.core.people.ticket_codes import TicketCode
from salur.core.people.written import digits_meant, plain_digits, was_a_number, without_edges

# Provinces that exist, and 54 (Timor Timur, until 1999): a NIK keeps the code of the place where it was first issued.
PROVINCES = frozenset(
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 54 61 62 63 64 65 71 72 73 74 75 76 81 82"
    " 91 92 93 94 95 96".split()
)
ADULT_YEARS = 17
FIRST_KK_YEAR = 1997  # older dates of issue do not occur
# A mobile telephone: no NIK, KK number or post office begins like this.
PHONE_LABEL = re.compile(r"(?:(?:NO(?:MOR)?|HP|WA|WHATSAPP|TELP(?:ON)?|TLP|TELEPON|PONSEL)\b[\s.:=]*)+", re.I)
PHONE = re.compile(r"(?:0|620?)8[1-9]\d{7,10}")
LONG_NUMBER = 10  # digits from which on a number is meant as a NIK or KK number
LEAST_DIGITS = 3  # of a code
LETTER_DIGITS = 11  # `16100-000001`: the post office's code (KPRK), then a running number


@dataclass(frozen=True, slots=True)
class BirthDate:
    """The birth date that a NIK tells, as far as it tells it.

    `year_in_century` is 0-99. `candidates` are the real dates it may mean, latest first: the NIK does not know the
    century, and offices enter 1 July when the day is unknown, so never take it for more than a hint.
    """

    day: int
    month: int
    year_in_century: int
    candidates: tuple[date, ...]


class _Number:
    """Sixteen digits that must not leak: only the last four are ever shown."""

    __slots__ = ("_digits",)
    needs_name: ClassVar[bool] = True
    _error: ClassVar[type[MalformedNik]]

    def __init__(self, digits: str) -> None:
        self._digits = digits

    def reveal(self) -> str:
        """Give the full sixteen digits. The only way out: for sealing and for the keyed index."""
        return self._digits

    @property
    def last_four(self) -> str:
        """The most that is ever shown."""
        return self._digits[-4:]

    @property
    def province(self) -> str:
        """Two-digit code of the province of first issue."""
        return self._digits[:2]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._digits == self._digits

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._digits))

    def __reduce__(self) -> NoReturn:
        # A pickle would carry the digits past `reveal`: into caches, queues, a file of conversation state.
        raise TypeError(f"a {type(self).__name__} is not pickled: it would leak its digits")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __str__(self) -> str:
        return f"…{self.last_four}"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} …{self.last_four}>"

    @classmethod
    def _checked_digits(cls, text: str, *, women: bool, warned: str = "") -> str:
        """Sixteen ASCII digits out of what was typed. Raises this class's error with the first thing found wrong."""
        digits = plain_digits(text)
        if digits is None or len(digits) != 16:
            raise cls._error("not_16_digits", digits=len(digits) if digits is not None else None)
        if digits[:2] not in PROVINCES:
            raise cls._error("unknown_province")
        if digits[12:] == "0000":
            raise cls._error("serial_zero")
        if not _is_some_date(digits[6:12], women) and digits != plain_digits(warned):
            raise cls._error("impossible_date")
        return digits


class Nik(_Number):
    """A well-formed NIK."""

    __slots__ = ()
    _error = MalformedNik

    @classmethod
    def parse(cls, text: str, *, of_a_child: bool = False, warned: str = "") -> Self:
        """Read a NIK as typed or listed, by the rules of `written`: signs that say nothing, digits of any script.

        A date that cannot be is a slip of the finger nearly always; but some NIKs were given out with one. So it is
        refused once, and taken when the same number comes again: `warned` is the number that was refused for its date.

        A KK number cannot be told from a man's NIK, but one issued within the last 17 years would be the NIK of a
        boy, and boys do not ask: that is `looks_like_kk`, unless `of_a_child` says that it may be one.

        Raises: MalformedNik.
        """
        nik = cls(cls._checked_digits(text, women=True, warned=warned))
        if not of_a_child and nik._would_be_a_boys():
            raise MalformedNik("looks_like_kk")
        return nik

    @property
    def birth_date(self) -> BirthDate:
        """The birth date as far as the number tells it; the century is a guess it leaves open."""
        day, month, year = (int(self._digits[i : i + 2]) for i in (6, 8, 10))
        # Women's birth days are recorded with 40 added: the 5th becomes 45.
        day = day - 40 if day > 40 else day
        today = datetime.now(UTC).date()
        real = (_real_date(century + year, month, day) for century in (2000, 1900))
        return BirthDate(day, month, year, tuple(d for d in real if d is not None and d <= today))

    @property
    def birth_year(self) -> int | None:
        """The year of birth, by which officers tell namesakes apart; the later century where both may be."""
        candidates = self.birth_date.candidates
        return candidates[0].year if candidates else None

    @property
    def is_a_womans(self) -> bool:
        """Whether the day has 40 added."""
        return int(self._digits[6:8]) > 40

    @property
    def may_be_a_kk(self) -> bool:
        """Whether a KK number could look the same: no 40 added, and a day since the numbers have this form."""
        latest = self.birth_date.candidates
        return not self.is_a_womans and bool(latest) and latest[0].year >= FIRST_KK_YEAR

    def _would_be_a_boys(self) -> bool:
        if self.is_a_womans or not (candidates := self.birth_date.candidates):
            return False
        today = datetime.now(UTC).date()
        latest = candidates[0]
        age = today.year - latest.year - ((today.month, today.day) < (latest.month, latest.day))
        return age < ADULT_YEARS


class Kk(_Number):
    """A well-formed KK (family card) number."""

    __slots__ = ()
    _error = MalformedKk

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a KK number, as `Nik.parse` does; the date is that of issue, so no day has 40 added.

        Raises: MalformedKk, a MalformedNik.
        """
        return cls(cls._checked_digits(text, women=False))


Identity = Nik | Kk | LetterCode


def recognise(text: str, *, warned: str = "") -> Identity | TicketCode:
    """Tell which of the four was typed into the one field that takes them all.

    The codes of letters that have digits only are short, or have 11 (post office and running number); any other number
    is meant as a NIK or KK number, so the error is about that. A number that can be either comes back as `Nik`, unless
    it would be a child's: the look-up finds it under both. A letter O typed for zero, or I for one, is read as meant
    where that gives sixteen digits. `warned` as for `Nik.parse`.

    What can be the code of a ticket is taken for one, though the code of a letter with twelve characters looks so once
    in 37 times: `asking` finds out which of the two there is.

    Raises: MalformedNik, MalformedLetterCode.
    """
    digits = digits_meant(text)
    if is_a_phones(text):
        raise MalformedNik("phone_number")
    if digits is not None and len(digits) >= LONG_NUMBER and len(digits) != LETTER_DIGITS:
        try:
            return Nik.parse(digits, warned=digits_meant(warned) or "")
        except MalformedNik as error:
            if error.code != "looks_like_kk":
                raise
            return Kk.parse(digits)
    if digits is None and was_a_number(text):
        raise MalformedNik("not_16_digits")
    if digits is None:
        with suppress(MalformedTicketCode):
            return TicketCode.parse(text)
    return LetterCode.parse(text)


def are_swapped(number: str, name: str) -> bool:
    """Whether a name was typed where the number belongs, and in place of the name something like a number."""
    if not number.strip() or any(char.isdecimal() for char in number):
        return False
    if sum(char.isdecimal() for char in name) < LEAST_DIGITS or _is_recognised(number):
        return False
    return _is_recognised(name) or len(digits_meant(name) or "") >= LONG_NUMBER


def _is_recognised(text: str) -> bool:
    try:
        recognise(text)
    except (MalformedNik, MalformedLetterCode):
        return False
    return True


def is_a_phones(text: str) -> bool:
    """Whether it is the number of a mobile telephone, written with 0, 62 or +62, and with a word in front or none."""
    text = PHONE_LABEL.sub("", without_edges(text), count=1)
    digits = plain_digits(re.sub(r"[+()]", " ", text))
    if digits is None or (len(digits) == LETTER_DIGITS and digits[0] == "6" and "+" not in text):
        return False
    return PHONE.fullmatch(digits) is not None


@lru_cache(maxsize=1 << 16)  # lists repeat them; six digits of a date name nobody
def _is_some_date(ddmmyy: str, women: bool) -> bool:
    day, month, year = int(ddmmyy[:2]), int(ddmmyy[2:4]), int(ddmmyy[4:])
    if women and 41 <= day <= 71:
        day -= 40
    return any(_real_date(century + year, month, day) for century in (1900, 2000))


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
