"""NIK and KK numbers among words: in a story, a note for others to read, a message in a group, the name of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from salur.core.errors import MalformedNik
from salur.core.people.nik import Nik
from salur.core.people.written import SEPARATOR, digits_meant, visible

# Digits in chunks; which of them make a number, `numbers_in` finds out. A letter O or l counts beside digits only.
DIGIT = r"(?:\d|(?<![^\W\d_])[OoIl](?=[\dOoIl])|(?<=[\dOoIl])[OoIl](?![^\W\d_OoIl]))"
CHUNK = re.compile(f"{DIGIT}+")
RUN = re.compile(f"{DIGIT}+(?:{SEPARATOR}{{1,3}}{DIGIT}+)*")
DAY = re.compile(r"(?<!\d)(?:\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)")
SIXTEEN_DIGITS = re.compile(r"\d(?:[ .\-]?\d){15}")
MISSPELT = re.compile(r"\d(?:[ \t.\u00a0\u2010-\u2015-]{0,3}\d){14,}")
LONGEST = 80  # signs that a number with its separators takes


def numbers_in(words: str) -> Iterator[tuple[int, int]]:
    """Where NIK and KK numbers stand among `visible` words, however they are divided: from and to.

    Of digits that go on, only a part that is divided in a way of its own is taken for a number.
    """
    for run in RUN.finditer(words):
        chunks = [(run.start() + found.start(), run.start() + found.end()) for found in CHUNK.finditer(run[0])]
        between = [words[end:start] for (_, end), (start, _) in pairwise(chunks)]
        taken = 0
        for first in range(len(chunks)):
            for last in range(first, min(first + 16, len(chunks))):
                start, stop = chunks[first][0], chunks[last][1]
                may_be = first >= taken and stop - start <= LONGEST and _stands_apart(between, first, last)
                if may_be and _is_number(words[start:stop]):
                    yield start, stop
                    taken = last + 1


def _stands_apart(between: list[str], first: int, last: int) -> bool:
    """Whether chunks are all there are, or one, or divided otherwise than those before and behind them."""
    inside, around = set(between[first:last]), {*between[max(first - 1, 0) : first], *between[last : last + 1]}
    return not around or not inside or (len(inside) == 1 and not inside & around)


def stands_in(words: str) -> bool:
    """Whether a whole NIK or KK number stands among words that others are to read."""
    words = visible(words)
    return SIXTEEN_DIGITS.search(words) is not None or next(numbers_in(words), None) is not None


def without_numbers(words: str) -> str:
    """Words with the NIK and KK numbers in them, also misspelt ones, cut to their last four digits: `NIK …0001`."""
    words = visible(words)
    for start, stop in reversed(list(numbers_in(words))):
        words = words[:start] + _last_four(words[start:stop]) + words[stop:]
    return MISSPELT.sub(lambda found: _last_four(found[0]), words)


def _is_number(text: str) -> bool:
    digits = digits_meant(text)
    if digits is None or len(digits) != 16 or DAY.search(text):
        return False
    try:
        Nik.parse(digits, of_a_child=True)  # whatever is a KK number has the form of a NIK too
    except MalformedNik:
        return False
    return True


def _last_four(number: str) -> str:
    return "…" + (digits_meant(number) or "")[-4:]
