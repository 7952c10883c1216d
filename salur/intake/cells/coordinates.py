"""Reading coordinates: one cell with both, or a column each."""

from __future__ import annotations

import re

from salur.core.regions.position import NOWHERE, UNCLEAR, Position, degrees, position_in, within
from salur.intake.cells.texts import text_of, value_of
from salur.intake.files.sheet import Cell


def position_of(cell: Cell) -> Position:
    """Read both from one cell: `-6.5971, 106.806`, or a link to a map that holds them."""
    text = value_of(cell)
    return NOWHERE if text is None else position_in(text)


def position_from(latitude: Cell, longitude: Cell) -> Position:
    """Read a column each; half a position is unclear."""
    texts = [value_of(latitude), value_of(longitude)]
    if texts == [None, None]:
        return NOWHERE
    if None in texts or not all(re.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d+)?", text_of(t or "")) for t in texts):
        return UNCLEAR
    return within(degrees(texts[0] or ""), degrees(texts[1] or ""))
