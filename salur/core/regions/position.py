"""Where something lies: latitude and longitude in degrees (WGS 84), within Indonesia, as people write or paste them."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_plus

# Sabang to Rote, Weh to Merauke, with some sea around.
LATITUDES, LONGITUDES = (-11.5, 6.5), (94.5, 141.5)
PAIR = re.compile(
    r"(?P<a>[+-]?\d{1,3}[.,]\d+|[+-]?\d{1,3})\s*°?\s*(?P<ns>[NSUL][A-Z]?)?\s*[,;/\s]+\s*(?P<b>[+-]?\d{1,3}[.,]\d+)\s*°?\s*(?P<ew>[EBT][A-Z]?)?"
)
_ANGLE = r"(\d{1,3})\s*°\s*(\d{1,2})\s*['′’]\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|'')\s*"
SEXAGESIMAL = re.compile(rf"{_ANGLE}(LS|LU|[NSU])[\s,;]*{_ANGLE}(?:BT|[ET])")
_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)"
# What of a link tells best where the thing itself lies comes first; the middle of the map that was looked at, last.
IN_LINK = (
    re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}"),
    re.compile(rf"[?&]mlat={_NUMBER}&mlon={_NUMBER}"),
    re.compile(rf"[?&](?:q|query|ll|sll|destination|daddr|center|saddr)=(?:loc:)?{_NUMBER},\s*{_NUMBER}"),
    re.compile(rf"^geo:(?!0(?:\.0+)?,0(?:\.0+)?\b){_NUMBER},{_NUMBER}"),
    re.compile(rf"#map=\d+(?:\.\d+)?/{_NUMBER}/{_NUMBER}"),
    re.compile(r"[@=/](-?\d{1,2}\.\d+),\+?\s*(\d{2,3}\.\d+)"),
)
LINK = re.compile(r"^(?:https?|geo|comgooglemaps|maps|waze):", re.IGNORECASE)


class Position(NamedTuple):
    """Latitude and longitude, or none; not `clear` when something is written that cannot be read."""

    latitude: float | None
    longitude: float | None
    clear: bool = True


NOWHERE, UNCLEAR = Position(None, None), Position(None, None, clear=False)


def position_in(text: str) -> Position:
    """Read `-6.5971, 106.806`, `6.5971 S 106.806 E`, `6°35'49.6"S 106°48'21.6"E`, or a link to a map that holds them.

    A link that only leads to another one (`maps.app.goo.gl`) holds no position, so it is unclear: nothing is fetched.
    """
    text = text.strip()
    if not text:
        return NOWHERE
    link = unquote_plus(text)
    for pattern in IN_LINK:
        if match := pattern.search(link):
            return within(float(match[1]), float(match[2]))
    if LINK.match(text):
        return UNCLEAR
    if match := SEXAGESIMAL.fullmatch(text.upper()):
        south = match[4] in ("S", "LS")
        return within(_angle(*match.group(1, 2, 3)) * (-1 if south else 1), _angle(*match.group(5, 6, 7)))
    match = PAIR.fullmatch(text.upper().strip("() "))
    if not match:
        return UNCLEAR
    south = match["ns"] is not None and match["ns"].startswith(("S", "LS"))
    latitude = degrees(match["a"])
    return within(-abs(latitude) if south else latitude, degrees(match["b"]))


def degrees(text: str) -> float:
    """A number with a point or a comma."""
    return float(text.replace(",", "."))


def within(latitude: float, longitude: float) -> Position:
    """The position, the right way round; unclear where it does not lie in Indonesia."""
    if LONGITUDES[0] <= latitude <= LONGITUDES[1] and LATITUDES[0] <= longitude <= LATITUDES[1]:
        latitude, longitude = longitude, latitude  # written the other way round
    inside = LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    return Position(latitude, longitude) if inside else UNCLEAR


def _angle(whole: str, minutes: str, seconds: str) -> float:
    return int(whole) + int(minutes) / 60 + degrees(seconds) / 3600
