"""What is told to a follower: nothing of whom a number is, and of a name its initials alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, tzinfo
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from salur.core.following.kinds import EntryKind, NewsKind
from salur.core.notices.answers import Facts
from salur.core.payouts.answers import Place, Sitting
from salur.core.regions.office import Office


class Day(NamedTuple):
    """When and where a family comes: its own part of a sitting where it has one. Moments in the zone of the place."""

    starts: datetime
    ends: datetime
    place: str
    address: str | None
    at_home: bool

    def kept(self) -> Facts:
        """As JSON keeps it, with the zone: its name is said with the hour."""
        moments = {"starts": self.starts.isoformat(), "ends": self.ends.isoformat(), "zone": str(self.starts.tzinfo)}
        return {**self._asdict(), **moments}

    @classmethod
    def read(cls, kept: Facts | None) -> Self | None:
        """Back from that."""
        if kept is None:
            return None
        zone = ZoneInfo(kept["zone"])
        starts, ends = (datetime.fromisoformat(kept[name]).astimezone(zone) for name in ("starts", "ends"))
        return cls(starts, ends, kept["place"], kept["address"], kept["at_home"])


@dataclass(frozen=True, slots=True)
class News:
    """One thing that a follower is told. `was`: the day told before; `aid` tells two aids of a follower apart; `near`:
    its day is so near that a reminder is due, which is told with it.
    """

    kind: NewsKind
    programme_name: str
    period: str
    payee: str  # initials
    aid: str
    day: Day | None = None
    was: Day | None = None
    amount: int | None = None
    amount_was: int | None = None  # what was told before
    payment: str | None = None  # a PaymentState; older news do not say it
    paid_on: str | None = None  # ISO 8601
    paid_at: str | None = None
    reason: str | None = None  # a code, of what stopped or took off
    office: Office | None = None  # where it can be asked about then
    near: bool = False
    elsewhere: str | None = None  # an `Elsewhere`: where the money goes that nobody waits for

    def facts(self) -> dict[str, object]:
        """As a notice keeps it."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        told |= {name: day.kept() if (day := getattr(self, name)) else None for name in ("day", "was")}
        return told | {"office": asdict(self.office) if self.office else None}

    @classmethod
    def read(cls, facts: Facts) -> Self:
        """Back from that, of an older Salur too: what it did not know of is not told."""
        known = {name: facts[name] for name in cls.__dataclass_fields__ if name in facts}
        days = {name: Day.read(facts[name]) for name in ("day", "was")}
        office = Office(**facts["office"]) if facts.get("office") else None
        return cls(**{**known, **days, "kind": NewsKind(facts["kind"]), "office": office})


@dataclass(frozen=True, slots=True)
class Swept:
    """What a look at followers came to: how many were looked at, how many are told something, and whether more wait."""

    looked: int
    told: int
    more: bool


@dataclass(frozen=True, slots=True)
class Followers:
    """How many are told of somebody, by which way, and since when the first of them; nobody learns who they are."""

    chats: int
    phones: int
    calendars: int
    since: datetime | None
    zone: tzinfo  # by whose clock that is a day

    def __len__(self) -> int:
        return self.chats + self.phones + self.calendars


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A sitting that concerns whoever follows: of what, when, where, and what to bring. Nobody's name, and no amount.

    `uid` stays the same wherever the sitting is moved to. `deadline` and `post_office`: where and how long what was
    missed may still be collected, as far as that is known.
    """

    uid: str
    kind: EntryKind
    programme_name: str
    sitting: Sitting
    bring: tuple[str, ...]
    deadline: date | None
    post_office: Place | None


@dataclass(frozen=True, slots=True)
class FollowedCalendar:
    """What a calendar reads that follows an answer. `changes` grows with each change that may concern it, the last of
    which was `changed_at`."""

    language: str | None
    entries: tuple[CalendarEntry, ...]
    changed_at: datetime
    changes: int
