"""What is said about letters in one word."""

from __future__ import annotations

from enum import StrEnum


class PrintingKind(StrEnum):
    """Whose letters they are. Neither replaces letters of the other kind."""

    OFFICIAL = "official"  # an office's, handed out on paper
    OWN = "own"  # printed by the payee, or for them by a head


class Paper(StrEnum):
    """On what they are printed."""

    A5 = "a5"
    A4 = "a4"


class WhyNot(StrEnum):
    """Why somebody on a list gets no letter."""

    PAID = "paid"
    RETURNED = "returned"
    FAILED = "failed"
    SUSPENDED = "suspended"
    TAKEN_OFF = "taken_off"
    UNCLEAR = "unclear"
    NO_DAY = "no_day"  # no sitting is known for them
    OVER = "over"  # their last sitting is over
    CANCELLED = "cancelled"  # their sitting is not held
    OTHER_SITTING = "other_sitting"  # than the one that letters are printed for
    OTHER_ROW = "other_row"  # stands on the list in another row, or corrected, and gets the letter for that


class Withdrawal(StrEnum):
    """Why letters are withdrawn."""

    WRONG_DAY = "wrong_day"
    WRONG_DATA = "wrong_data"
    MISPRINTED = "misprinted"
    LOST = "lost"  # or stolen
    OTHER = "other"


class Verdict(StrEnum):
    """What is said of a code that somebody scanned."""

    GENUINE = "genuine"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    OFF = "off"  # genuine, but no list in force names its payee any more
    UNSURE = "unsure"  # genuine, but whether the list in force names its payee is not certain
    HALTED = "halted"  # genuine, but the aid is suspended
    UNKNOWN = "unknown"  # forged, or typed wrong
