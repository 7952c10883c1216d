"""What waits for an officer: plain values for the doors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Work(StrEnum):
    """What can wait. Behind each stands a list with as many rows as are counted."""

    LATE = "late"  # proposals at this level whose clock ran out
    CASES = "cases"  # all proposals at this level
    TO_CHOOSE = "to_choose"  # free places of programmes with a quota, as far as somebody waits for them
    CIRCULARS = "circulars"  # not acknowledged
    NOT_COLLECTED = "not_collected"  # families whose sitting is over
    LETTERS = "letters"  # that wait to be handed over
    WITHHELD = "withheld"  # RT where letters wait for too long, or are said to be withheld
    MARKS = "marks"  # that nobody has confirmed
    MARKS_CONFIRMED = "marks_confirmed"
    SAME_NIK = "same_nik"
    NIK_EXCLUSIVE = "nik_exclusive"
    HOUSEHOLD = "household"
    KK_EXCLUSIVE = "kk_exclusive"
    ENDING = "ending"  # accounts whose term ends soon
    INVITATIONS = "invitations"  # printed, and used by nobody yet
    PAID = "paid"  # lines; in the morning's summary alone, and nothing that waits


@dataclass(frozen=True, slots=True)
class Waiting:
    """So much of one kind of work."""

    work: Work
    count: int
