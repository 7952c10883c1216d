"""How far an upload has come."""

from __future__ import annotations

from enum import StrEnum


class UploadState(StrEnum):
    """What may be done with it; what is being done with it, its job tells."""

    SENT = "sent"  # not understood yet
    READ = "read"
    IMPORTED = "imported"


class UploadKind(StrEnum):
    """What is in it."""

    LIST = "list"
    PAYMENTS = "payments"  # a report of them
    SCHEDULE = "schedule"
