"""Reading coordinates: one cell with both, or a column each, in degrees (WGS 84), within Indonesia."""

from __future__ import annotations

import re
from typing import NamedTuple

from salur.intake.cells.texts import text_of, value_of
from salur.intake.files.sheet import Cell

# Sabang to Rote, Weh to Merauke, with some sea around.
LATITUDES, LONGITUDES = (-11.5, 6.5), (94.5, 141.5)
PAIR = re.compile(
    r"(?P<a>[+-]?\d{1,3}[.,]\d+|[+-]?\d{1,3})\s*°?\s*(?P<ns>[NSUL][A-Z]?)?\s*[,;/\s]+\s*(?P<b>[+-]?\d{1,3}[.,]\d+)\s*°?\s*(?P<ew>[EBT][A-Z]?)?"
)
IN_LINK = re.compile(r"[@=/](-?\d{1,2}\.\d+),\+?\s*(\d{2,3}\.\d+)")


class Position(NamedTuple):
    """Latitude and longitude, or none; not `clear` when something is written that cannot be read."""

    latitude: float | None
    longitude: float | None
    clear: bool = True


NOWHERE, UNCLEAR = Position(None, None), Position(None, None, clear=False)


def position_of(cell: Cell) -> Position:
    """Read both from one cell: `-6.5971, 106.806`, `6.5971 S 106.806 E`, or a link to a map that holds them."""
    text = value_of(cell)
    if text is None:
        return NOWHERE
    if match := IN_LINK.search(text):
        return _within(float(match[1]), float(match[2]))
    match = PAIR.fullmatch(text.upper().strip("() "))
    if not match:
        return UNCLEAR
    south = match["ns"] is not None and match["ns"].startswith(("S", "LS"))
    latitude = _degrees(match["a"])
    return _within(-abs(latitude) if south else latitude, _degrees(match["b"]))


def position_from(latitude: Cell, longitude: Cell) -> Position:
    """Read a column each; half a position is unclear."""
    texts = [value_of(latitude), value_of(longitude)]
    if texts == [None, None]:
        return NOWHERE
    if None in texts or not all(re.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d+)?", text_of(t or "")) for t in texts):
        return UNCLEAR
    return _within(_degrees(texts[0] or ""), _degrees(texts[1] or ""))


def _degrees(text: str) -> float:
    return float(text.replace(",", "."))


def _within(latitude: float, longitude: float) -> Position:
    if LONGITUDES[0] <= latitude <= LONGITUDES[1] and LATITUDES[0] <= longitude <= LATITUDES[1]:
        latitude, longitude = longitude, latitude  # written the other way round
    inside = LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    return Position(latitude, longitude) if inside else UNCLEAR
