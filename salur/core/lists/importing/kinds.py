"""What a file says of itself, and how somebody told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class FileSays(StrEnum):
    """What a file may say of the list it holds, and an operator too."""

    PROGRAMME = "programme"
    STAGE = "stage"
    YEAR = "year"


class Said(NamedTuple):
    """What rows and titles of a file say of the list: programmes and stages with the number of rows, and years."""

    programmes: Mapping[str, int]
    stages: Mapping[str, int]
    years: frozenset[int]


class Contradiction(NamedTuple):
    """The file says otherwise than the operator, in so many rows; in none where its titles say it."""

    what: FileSays
    operator: str
    file: str
    rows: int
