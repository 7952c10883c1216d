"""What a try did, told so that it can be done elsewhere: to another state of a tally, and to the access record."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from salur.core.limits.kinds import Door
from salur.core.limits.tallies import Tally

PACKED = struct.Struct(">qi?bd")


class Overtaken(Exception):
    """Somebody else counted on one of these tallies at the same moment: judge anew."""


@dataclass(frozen=True, slots=True)
class Look:
    """A row of the access record."""

    person_id: int
    at: datetime
    door: Door
    asker: bytes


class Change(NamedTuple):
    """What one try did to a tally. `opened` is what it became, None where it stayed as it was."""

    at: int  # Unix seconds
    tries: int  # more or fewer
    begins: bool  # its span began anew
    opened: bool | None
    made_good: float = 0.0  # when it was, by the database's clock; 0: not yet

    @classmethod
    def between(cls, before: Tally, after: Tally, now: int) -> Self:
        """What made one of the other."""
        opened = None if after.opened == before.opened else after.opened
        return cls(now, after.tries - before.tries, after.since != before.since, opened)

    def applied_to(self, tally: Tally) -> Tally:
        """What becomes of a tally by it."""
        if not tally.left(self.at):
            tally = tally._replace(tries=0, since=self.at)
        since = self.at if self.begins or tally.tries == 0 else min(tally.since, self.at)
        opened = tally.opened if self.opened is None else self.opened
        return tally._replace(tries=max(tally.tries + self.tries, 0), since=since, opened=opened)

    def pack(self) -> bytes:
        """As bytes."""
        return PACKED.pack(*self[:3], -1 if self.opened is None else self.opened, self.made_good)

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """What `pack` packed."""
        at, tries, begins, opened, made_good = PACKED.unpack(packed)
        return cls(at, tries, begins, None if opened < 0 else bool(opened), made_good)
