"""Judging the NIK and KK cells of a list. A number that lost digits is flagged and left out, never repaired."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeGuard

from salur.core.errors import MalformedNik
from salur.core.people.nik import Kk, Nik
from salur.core.people.written import digits_meant, label_of, was_a_number
from salur.intake.cells.texts import value_of
from salur.intake.files.sheet import Cell


class Judged(NamedTuple):
    """A number as it is kept, and what is wrong with the cell: a code without its prefix, `missing` without a number.

    Both only where a NIK has a date that cannot be: it is kept, since some were given out so, and flagged.
    """

    digits: str | None
    code: str | None


MISSING = Judged(None, "missing")
SIXTEEN = len("3271064502800011")


def read_nik(cell: Cell) -> Judged:
    """Judge a NIK cell. A child's NIK is fine on a list."""
    text = cell if is_plain(cell) else _digits(cell, "nik")
    if isinstance(text, Judged):
        return text
    try:
        return Judged(Nik.parse(text, of_a_child=True).reveal(), None)
    except MalformedNik as error:
        kept = Nik.parse(text, of_a_child=True, warned=text).reveal() if error.code == "impossible_date" else None
        return Judged(kept, error.code)


def read_kk(cell: Cell) -> Judged:
    """Judge a KK cell: it is there, missing or `malformed`."""
    text = cell if is_plain(cell) else _digits(cell, "kk")
    if isinstance(text, Judged):
        return text if text is MISSING else Judged(None, "malformed")
    try:
        return Judged(Kk.parse(text).reveal(), None)
    except MalformedNik:
        return Judged(None, "malformed")


def is_long_number(cell: Cell, digits: int = 15) -> bool:
    """Whether a cell holds nothing but a number of so many digits at least, whatever signs are about it."""
    return len(digits_meant(cell) or "") >= digits if isinstance(cell, str) else False


def is_plain(cell: Cell) -> TypeGuard[str]:
    """Sixteen digits and nothing else, as most cells are: worth a short cut in long lists."""
    return isinstance(cell, str) and len(cell) == SIXTEEN and cell.isascii() and cell.isdecimal()


def _digits(cell: Cell, kind: str) -> str | Judged:
    """The digits of a cell, in whatever dress; one that says `KK:` in a column of NIK is no NIK."""
    if isinstance(cell, bool | date) or not isinstance(cell, str | int | float):
        return Judged(None, "not_16_digits")
    if not isinstance(cell, str):
        return Judged(None, "from_number") if cell else MISSING
    text = value_of(cell)
    if text is None:
        return MISSING
    if was_a_number(text):
        return Judged(None, "from_number")
    if label_of(text) not in (kind, None):
        return Judged(None, "other_number")
    return digits_meant(text) or text
