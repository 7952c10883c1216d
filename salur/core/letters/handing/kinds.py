"""What is said in one word about letters on their way, and for how long."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from salur.core.officers.roles import Role

# Who says that a letter was handed over: each level through which letters go. Others see it, juru bayar too.
HANDERS = (Role.RT, Role.RW, Role.KELURAHAN)
TAKEN_BACK_WITHIN = timedelta(minutes=10)  # as decisions about proposals are
LISTED_AFTER = timedelta(days=30)  # from the day on the letter: so long money lies ready, more or less
TOO_LONG = timedelta(days=3)  # from printing
SOON = timedelta(days=2)  # before the day on the letter


class HandingState(StrEnum):
    """How a letter that is good stands."""

    WAITING = "waiting"
    HANDED = "handed"
