"""In which order one walks: by RW, RT and address, in which house 9 comes before house 10."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(\d+)")


def address_key(address: str | None) -> tuple[tuple[bool, int, str], ...]:
    """To sort addresses by: words as words, numbers as numbers; who has none comes first."""
    parts = _DIGITS.split(" ".join((address or "").casefold().replace(".", " ").split()))
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts if part)
