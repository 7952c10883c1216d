"""What is told to a follower: nothing of whom a number is, and of a name its initials alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self

from salur.core.following.kinds import NewsKind


class Day(NamedTuple):
    """When and where a family comes: its own part of a sitting where it has one. Moments in the zone of the place."""

    starts: datetime
    ends: datetime
    place: str
    address: str | None
    at_home: bool

    def kept(self) -> list[object]:
        """As JSON keeps it."""
        return [self.starts.isoformat(), self.ends.isoformat(), *self[2:]]

    @classmethod
    def read(cls, kept: list[Any] | None) -> Self | None:
        """Back from that."""
        if kept is None:
            return None
        return cls(datetime.fromisoformat(kept[0]), datetime.fromisoformat(kept[1]), *kept[2:])


@dataclass(frozen=True, slots=True)
class News:
    """One thing that a follower is told. `was`: the day told before; `aid` tells two aids of a follower apart."""

    kind: NewsKind
    programme_name: str
    period: str
    payee: str  # initials
    aid: str
    day: Day | None = None
    was: Day | None = None
    amount: int | None = None
    paid_on: str | None = None  # ISO 8601
    paid_at: str | None = None

    def facts(self) -> dict[str, object]:
        """As a notice keeps it."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return told | {name: day.kept() if (day := getattr(self, name)) else None for name in ("day", "was")}

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Self:
        """Back from that."""
        days = {name: Day.read(facts[name]) for name in ("day", "was")}
        return cls(**{**facts, **days, "kind": NewsKind(facts["kind"])})


@dataclass(frozen=True, slots=True)
class Swept:
    """What a look at followers came to: how many were looked at, how many are told something, and whether more wait."""

    looked: int
    told: int
    more: bool
