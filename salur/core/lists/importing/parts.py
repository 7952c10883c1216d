"""Finding what is alike among millions of numbers, part by part: a table of all of them would not fit into memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

PARTS = 64


def parts(keys: Sequence[int], rows: Iterable[int]) -> list[array[int]]:
    """The rows by their keys, in parts of which no two share a key; without rows whose key is 0. See `pairs`."""
    found = [array("Q") for _ in range(PARTS)]
    for row in rows:
        if key := keys[row]:
            part = found[key % PARTS]
            part.append(key)
            part.append(row)
    return found


def pairs(part: array[int]) -> Iterator[tuple[int, int]]:
    """Key and row, in the order in which the rows came."""
    numbers = iter(part)
    return zip(numbers, numbers, strict=True)
