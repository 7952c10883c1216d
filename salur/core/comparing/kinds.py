"""What became of somebody from one list to another, and what the two say differently of them."""

from __future__ import annotations

from enum import IntFlag, StrEnum


class Kind(StrEnum):
    """Four groups of lines; those of whom both lists say the same are counted, and stand in none."""

    REMOVED = "removed"  # on the first list alone
    ADDED = "added"  # on the second alone
    CHANGED = "changed"  # on both, and something else is said of them
    UNSURE = "unsure"  # several may be one person: somebody has to look


class What(IntFlag):
    """What two lists say differently of one person."""

    NAME = 1
    PLACE = 2  # kelurahan, RW or RT
    AMOUNT = 4
    STATE = 8
    NIK = 16
    KK = 32
