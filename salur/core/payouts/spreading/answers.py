"""What an office wants of a plan, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from salur.core.jobs.answers import Job
from salur.core.payouts.answers import AnnouncedSitting, FileState, Question

MINUTES_OF_A_WINDOW = 60


class Neighbourhood(NamedTuple):
    """A kelurahan's RW or RT; None where it is not told."""

    region_code: str
    rw: int | None
    rt: int | None


class Spot(NamedTuple):
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


class Left(StrEnum):
    """Why a family is not in a plan."""

    PAID = "paid"  # or went back, or failed: what becomes of these is decided one by one
    SUSPENDED = "suspended"
    NOWHERE = "nowhere"  # the list does not say in which RW, so nobody can know which sitting is near
    NO_PLACE = "no_place"  # no sitting is open to their kelurahan
    NO_ROOM = "no_room"
    OVER = "over"  # their sitting in the plan before this one is over


class RoundToPlan(NamedTuple):
    """A programme and period with lists in force, and how many people stand on these."""

    programme: str
    programme_name: str
    period: str
    people: int


@dataclass(frozen=True, slots=True)
class WantedSitting:
    """A sitting that families are to be spread over; `place` None: visits at home. Times are those of the place.

    `per_hour`: how many families one officer pays in an hour; at home, how many one officer visits in a round.
    `regions`: whose families may come, all of the plan where none is named.
    """

    place: int | None
    date: dt.date
    starts: dt.time
    ends: dt.time
    per_hour: int
    officers: int = 1
    regions: tuple[str, ...] = ()

    @property
    def hours(self) -> float:
        """How long it lasts."""
        day = dt.date.min
        return (dt.datetime.combine(day, self.ends) - dt.datetime.combine(day, self.starts)).total_seconds() / 3600

    @property
    def capacity(self) -> int:
        """How many families it has room for."""
        each = self.officers * self.per_hour
        return each if self.place is None else each * round(self.hours * 60) // 60

    @property
    def windows(self) -> int:
        """Into how many equal parts it is cut: of an hour, or as near to that as its length allows."""
        return max(1, round(self.hours * 60 / MINUTES_OF_A_WINDOW))

    def is_open_to(self, region_code: str) -> bool:
        """Whether families of this kelurahan may come."""
        return not self.regions or any((region_code + ".").startswith(code + ".") for code in self.regions)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Sittings that are alike: at each place (None: at home) on each day from `first` to `last` within the same hours.

    `weekdays`: Monday is 0. `visits`: what `per_hour` is elsewhere, at home: how many one officer visits in a round.
    """

    places: tuple[int | None, ...]
    first: dt.date
    last: dt.date
    weekdays: frozenset[int]
    hours: tuple[tuple[dt.time, dt.time], ...]
    per_hour: int
    visits: int
    officers: int
    regions: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A day on which a pattern makes no sitting: `about` is the name of a holiday, or else the opening hours of `place`
    which is shut then."""

    day: dt.date
    about: str
    place: str | None = None


class Made(NamedTuple):
    """The sittings of a pattern, and the days that it leaves out."""

    sittings: tuple[WantedSitting, ...]
    skipped: tuple[Skipped, ...]


class Held(NamedTuple):
    """An RW or RT that somebody has put into a sitting by hand; `sitting` counts those wanted from 0."""

    where: Neighbourhood
    sitting: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What an office wants: whose families of a round are spread over which sittings."""

    programme: str
    period: str
    regions: tuple[str, ...]
    sittings: tuple[WantedSitting, ...]
    deadline: dt.date | None = None
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Families of one RT that come to the same sitting; `party`: which officer's round, of visits at home.

    `called_off`: after the plan was published theirs was cancelled, or a newer plan has placed them.
    """

    where: Neighbourhood
    sitting: int
    families: int
    party: int | None = None
    called_off: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """A plan as its office sees it: whom it holds, who comes where, and who is left, with the reason.

    `listed` was counted by itself: all families of the round in these regions. `walk`: how far they walk, kilometres on
    average; None where it is not known for anybody, `walks_known` for how many it is. `names` of regions by code.
    Of a published plan `wish` and `shares` are as its sittings stand now: one that was moved is told where it was moved
    to, one that was split is two; and `stands` are these as residents read them.
    """

    id: int
    state: FileState
    wish: Wish
    listed: int
    shares: tuple[Share, ...]
    left: Mapping[Left, Mapping[Neighbourhood, int]]
    names: Mapping[str, str]
    walk: float | None = None
    walks_known: int = 0
    asked: tuple[Question, ...] = ()
    digest: str = ""
    stale: bool = False
    does: Mapping[str, int] = field(default_factory=dict)
    made_at: dt.datetime | None = None
    published_at: dt.datetime | None = None
    stands: tuple[AnnouncedSitting, ...] = ()

    @property
    def placed(self) -> int:
        """How many families have a sitting."""
        return sum(share.families for share in self.shares)

    @property
    def left_out(self) -> int:
        """How many have none."""
        return sum(sum(some.values()) for some in self.left.values())

    @property
    def agrees(self) -> bool:
        """Whether nobody is lost between the list and the plan."""
        return self.listed == self.placed + self.left_out

    @property
    def by_sitting(self) -> Mapping[int, int]:
        """How many families come to each sitting."""
        counted: Counter[int] = Counter()
        for share in self.shares:
            counted[share.sitting] += 0 if share.called_off else share.families
        return counted


class Begun(NamedTuple):
    """A plan that is there, or the job that makes it."""

    draft: int | None = None
    job: int | None = None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A plan that is being worked out, from what; `instead`: of which draft it takes the place."""

    job: Job
    wish: Wish
    instead: int | None

    @property
    def draft(self) -> int | None:
        """The plan, once it is there."""
        draft = (self.job.result or {}).get("draft")
        return draft if isinstance(draft, int) else None
