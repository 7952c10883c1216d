"""What kinds of things the record tells."""

from __future__ import annotations

from enum import StrEnum


class RecordKind(StrEnum):
    """What was done with what."""

    LISTS = "lists"
    PAYMENTS = "payments"
    SCHEDULES = "schedules"
    PLACES = "places"
    PROGRAMMES = "programmes"
    ACCOUNTS = "accounts"
    SETTINGS = "settings"
    CIRCULARS = "circulars"
    PROPOSALS = "proposals"
    LINES = "lines"  # quotas, and who is chosen for a free place
    MARKS = "marks"
    DOUBLES = "doubles"
    FIGURES = "figures"
    LETTERS = "letters"
    OPENED = "opened"  # persons: who looked at whose data, without whose
