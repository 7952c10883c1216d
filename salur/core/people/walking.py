"""In which order one walks from house to house: whoever carries letters, and whoever pays at home."""

from __future__ import annotations

import re
from collections.abc import Sequence

LAST = 10_000  # after every RW and RT
PART = re.compile(r"\d+|[^\W\d_]+")
# What stands before a street or a number, and is written in as many ways as there are offices.
KINDS = frozenset(
    "JL JLN JALAN GG GANG NO NOMOR NOMER KP KAMPUNG DSN DUSUN LINK LINGKUNGAN PERUM PERUMAHAN KOMP".split()
)

Along = tuple[tuple[int, int, str], ...]
Order = tuple[str, int, int, bool, Along, str]


def walking_order(region_code: str, rw: int | None, rt: int | None, address: str | None, name: str) -> Order:
    """By kelurahan, RW and RT, along the street, house after house, then by name. What is not known comes last."""
    return (region_code, rw or LAST, rt or LAST, address is None, along(address or ""), name)


def along(address: str) -> Along:
    """The address in its parts, numbers as numbers: house 5 comes before 12, and 12 before 12 A."""
    parts: Sequence[str] = [part for part in PART.findall(address.upper()) if part not in KINDS]
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
