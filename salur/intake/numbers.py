"""Judging the NIK and KK cells of a list. A number that lost digits is flagged and left out, never repaired."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple, TypeGuard

from salur.core.errors import MalformedNik
from salur.core.nik import Kk, Nik
from salur.intake.cells import value_of
from salur.intake.files import Cell

# Excel keeps fifteen digits: what it shows as 3,27101E+15 or 3271010101010000.0 was a number once.
WAS_A_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+?\d+|\d{9,}[.,]0+", re.I)
WRITTEN_BEFORE = re.compile(r"^(?:NIK|KK|NO|KTP|NKK)\b[.:\s]*(?=[\dO])", re.I)
LETTER_O = str.maketrans({"O": "0", "o": "0"})


class Judged(NamedTuple):
    """A well-formed number, or why there is none: a code without its prefix, `missing` when nothing is written."""

    digits: str | None
    code: str | None


MISSING = Judged(None, "missing")


def read_nik(cell: Cell) -> Judged:
    """Judge a NIK cell. A child's NIK is fine on a list."""
    text = cell if _is_plain(cell) else _text(cell)
    if isinstance(text, Judged):
        return text
    try:
        return Judged(Nik.parse(text, of_a_child=True).reveal(), None)
    except MalformedNik as error:
        return Judged(None, error.code)


def read_kk(cell: Cell) -> Judged:
    """Judge a KK cell: it is there, missing or `malformed`."""
    text = cell if _is_plain(cell) else _text(cell)
    if isinstance(text, Judged):
        return text if text is MISSING else Judged(None, "malformed")
    try:
        return Judged(Kk.parse(text).reveal(), None)
    except MalformedNik:
        return Judged(None, "malformed")


def _is_plain(cell: Cell) -> TypeGuard[str]:
    """Sixteen digits and nothing else, as most cells are: worth a short cut in long lists."""
    return isinstance(cell, str) and len(cell) == 16 and cell.isdecimal()


def _text(cell: Cell) -> str | Judged:
    if isinstance(cell, bool | date) or not isinstance(cell, str | int | float):
        return Judged(None, "not_16_digits")
    if not isinstance(cell, str):
        return Judged(None, "from_number") if cell else MISSING
    text = value_of(cell)
    if text is None:
        return MISSING
    text = WRITTEN_BEFORE.sub("", text.rstrip("'`’"))
    return Judged(None, "from_number") if WAS_A_NUMBER.fullmatch(text) else text.translate(LETTER_O)
