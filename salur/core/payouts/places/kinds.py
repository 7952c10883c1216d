"""What is done with a place, and by what two places seem to be one."""

from __future__ import annotations

from enum import StrEnum


class PlaceEvent(StrEnum):
    """What somebody did."""

    ADDED = "added"
    CHANGED = "changed"
    BY_SCHEDULE = "by_schedule"  # a schedule said otherwise of it
    MERGED = "merged"  # into another, which it is
    DIFFERENT = "different"  # looked into: it is not that other


class Alike(StrEnum):
    """What two places have in common."""

    NAME = "name"
    ADDRESS = "address"
    SPOT = "spot"
