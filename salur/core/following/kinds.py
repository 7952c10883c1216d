"""What followers are told of."""

from __future__ import annotations

from enum import StrEnum


class NewsKind(StrEnum):
    """What has become otherwise than it was told last, or is near."""

    LISTED = "listed"  # on a list of a programme or period that was not told of before
    DATE_SET = "date_set"
    DATE_MOVED = "date_moved"  # another day, hour or place
    DATE_CANCELLED = "date_cancelled"
    DATE_GONE = "date_gone"  # announced no more, and nothing said of it
    PAID = "paid"
    RETURNED = "returned"
    FAILED = "failed"
    NOT_PAID = "not_paid"  # told as paid, and no longer
    AMOUNT = "amount"
    SUSPENDED = "suspended"
    TAKEN_OFF = "taken_off"
    UNCLEAR = "unclear"
    LISTED_AGAIN = "listed_again"
    WITHDRAWN = "withdrawn"  # the list that was told of was taken back, and nothing is said of them in its place
    IN_TWO_DAYS = "in_two_days"
    TODAY = "today"


# What is nothing to know any more once the day is over.
OF_A_DAY = frozenset(
    {
        NewsKind.DATE_SET,
        NewsKind.DATE_MOVED,
        NewsKind.DATE_CANCELLED,
        NewsKind.DATE_GONE,
        NewsKind.IN_TWO_DAYS,
        NewsKind.TODAY,
    }
)


class EntryKind(StrEnum):
    """What an entry of a calendar is."""

    COMING = "coming"
    MISSED = "missed"
    CANCELLED = "cancelled"
