"""What a correction says of somebody, and on what it rests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from salur.core.lists.kinds import State


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody is to stand on a list. `amount` in whole rupiah; a reason where they are taken off or suspended."""

    state: State
    reason: str | None
    amount: int | None
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a list is corrected: a decree with its day, or else a note; the list's own decree goes on holding then."""

    note: str = ""
    decree: str = ""
    issued_on: date | None = None
