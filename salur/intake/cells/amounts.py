"""Amounts of aid: in the unit that header or titles name, and none that no programme pays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from salur.intake.cells.texts import amount, value_of
from salur.intake.files.sheet import Cell

# A day's food is more than the least, and a house is built for the most; what is beyond is a slip, or in thousands.
LEAST, MOST = 5_000, 50_000_000
UNITS = (
    (1_000_000, r"JUTA(?:AN)?\b|\bJT\b|1[.,]?000[.,]000\b|\b000[.,]000\b"),
    (1_000, r"RIBU(?:AN)?\b|\bRB\b|(?<![\d.,])1?[.,]?000\b"),
)
IN_UNITS = re.compile(r"\b(?:DALAM|SATUAN|X)\b\s*[:=]?\s*\(?(.*)")


class Aid(NamedTuple):
    """Whole rupiah, or none; `code` says what is wrong with what is written there."""

    value: int | None
    code: str | None = None


def unit_of(label: str, titles: Iterable[str] = ()) -> int:
    """What a column's numbers are multiplied by: 1000 under `NOMINAL (RIBU RP)`, or a line `(dalam ribuan)`."""
    said = [match[1] for title in titles if (match := IN_UNITS.search(title.upper()))]
    texts = [label.upper(), *(text for text in said if re.search(r"RIBU|JUTA", text))]
    return next((unit for text in texts for unit, words in UNITS if re.search(words, text)), 1)


@lru_cache(maxsize=4096, typed=True)
def aid(cell: Cell, unit: int = 1) -> Aid:
    """Read an amount of aid, as `amount` does. One that no programme pays is no amount, but nothing is."""
    value, clear = amount(cell)
    if unit > 1 and not clear and re.fullmatch(r"\d{1,4}[.,]\d{1,3}", text := value_of(cell) or ""):
        value, clear = amount(f"{text} {'RIBU' if unit == 1_000 else 'JUTA'}")
    elif value is not None:
        value *= unit
    if not clear:
        return Aid(None, "amount_unclear")
    if value and not LEAST <= value <= MOST:
        return Aid(None, "amount_odd")
    return Aid(value)
