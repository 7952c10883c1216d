"""How far an upload has come."""

from __future__ import annotations

from enum import StrEnum


class UploadKind(StrEnum):
    """What an upload will be."""

    LIST = "list"
    PAYMENTS = "payments"


class UploadState(StrEnum):
    """What may be done with it; what is being done with it, its job tells."""

    SENT = "sent"  # not understood yet
    READ = "read"
    IMPORTED = "imported"
