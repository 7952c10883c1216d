"""When and where is paid, and what became of it. No row leaves the core."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from salur.core.lists.kinds import RowId
from salur.core.regions.office import Office
from salur.core.regions.region import district_of


@dataclass(frozen=True, slots=True)
class Area:
    """Whom a sitting is for: a region, and RW and RT when it is for these only."""

    region_name: str
    rw: int | None
    rt: int | None
    region_code: str = ""
    sitting: int | None = None  # its own row


@dataclass(frozen=True, slots=True)
class AnnouncedSitting:
    """A sitting with its programme and everyone it is for. `first_id`: its number before it ever moved; `undone_id`:
    that of one that stood in its place until its schedule was taken back."""

    sitting: Sitting
    programme: str
    programme_name: str
    period: str
    areas: tuple[Area, ...]
    first_id: int | None = None
    undone_id: int | None = None


@dataclass(frozen=True, slots=True)
class KelurahanSchedule:
    """A kelurahan or desa for which there are sittings; `upcoming` counts those not over yet."""

    code: str
    name: str
    district: str
    regency: str
    upcoming: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """The sittings of one kelurahan, soonest first; `past` are those of the last 30 days, latest first."""

    kelurahan: KelurahanSchedule
    upcoming: tuple[AnnouncedSitting, ...]
    past: tuple[AnnouncedSitting, ...]
    office: Office | None = None  # where the people of the kelurahan can be spoken to


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place and the sittings to come there."""

    place: Place
    region_name: str | None
    upcoming: tuple[AnnouncedSitting, ...]


class Channel(StrEnum):
    """How the aid reaches the payee."""

    POST_OFFICE = "post_office"
    COMMUNITY_POINT = "community_point"
    HOME = "home"
    BANK_CARD = "bank_card"


class PlaceKind(StrEnum):
    """What kind of place pays out."""

    POST_OFFICE = "post_office"
    VILLAGE_HALL = "village_hall"  # kantor or balai of the kelurahan or desa
    DISTRICT_OFFICE = "district_office"  # kantor kecamatan
    SCHOOL = "school"
    HOME = "home"  # the officer comes to the payee
    OTHER = "other"


class PaymentState(StrEnum):
    """What became of the money."""

    DUE = "due"
    PAID = "paid"
    RETURNED = "returned"  # not collected before the deadline
    FAILED = "failed"  # the payment did not succeed; what becomes of the money is not known


@dataclass(frozen=True, slots=True)
class Place:
    """A place of payment. Latitude and longitude in degrees (WGS 84), or None when unknown."""

    id: int
    name: str
    kind: PlaceKind
    address: str | None
    latitude: float | None
    longitude: float | None
    opening_hours: str | None


class Window(NamedTuple):
    """From when until when a family is asked to come, in the zone of the place: one of equal parts, counted from 0."""

    starts: datetime
    ends: datetime
    number: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting, in the zone of the place. `replaced`: what it stood for before. `cancelled`: it is not held, and
    residents are told so. `window`: where in it a plan has placed whom it is told; who comes later in it is paid."""

    id: int
    starts: datetime
    ends: datetime
    place: Place
    deadline: date | None
    replaced: Sitting | None = None
    cancelled: bool = False
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """What is known of a payment; day and place are None unless it was paid (a day also if it failed or went back)."""

    state: PaymentState
    on: date | None = None
    at: str | None = None


class FileKind(StrEnum):
    """What a file of payouts is."""

    PAYMENTS = "payments"
    SCHEDULE = "schedule"


class FileState(StrEnum):
    """How far a file has come. Only what a published one says is true for residents."""

    DRAFT = "draft"
    PUBLISHED = "published"
    UNDONE = "undone"  # taken back, or a draft that was put away


class NotUsed(NamedTuple):
    """A row of a file that changes nothing, and why. `refused`: something is wrong with it."""

    row: RowId
    code: str
    refused: bool


class Question(NamedTuple):
    """A row that may be right, and is taken only when the operator says so. `about`: what helps to decide."""

    row: RowId
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of every row of a file: used, or not used with its reason. `counts` says what the used ones are;
    `rows` was counted where the file was read, before anything was made of a row."""

    rows: int
    counts: Mapping[str, int]
    not_used: tuple[NotUsed, ...]
    questions: tuple[Question, ...] = ()
    used: int = 0
    rupiah: Mapping[str, int] = field(default_factory=dict)  # `in` = `used` + `not_used`; of a report of payments

    @property
    def agrees(self) -> bool:
        """Whether no row and no rupiah is lost, and none is counted twice."""
        if self.rupiah and self.rupiah["in"] != self.rupiah["used"] + self.rupiah["not_used"]:
            return False
        each_once = len({row for row, *_ in self.not_used}) == len(self.not_used)
        return each_once and self.rows == self.used + len(self.not_used)


@dataclass(frozen=True, slots=True)
class PayoutFile:
    """A file that was imported, or what was planned at the desk. Who did what: accounts, None for the console."""

    id: int
    kind: FileKind
    state: FileState
    programme: str | None
    period: str | None
    rows: int
    counts: Mapping[str, int]
    not_used: tuple[NotUsed, ...]
    imported_at: datetime
    published_at: datetime | None
    undone_at: datetime | None
    rupiah: Mapping[str, int] = field(default_factory=dict)  # as in `FileReport`
    made_by: int | None = None  # an account; None: the console
    published_by: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """Somebody whom a row of a report may mean."""

    entitlement: int
    name: str
    kelurahan: str | None
    rw: int | None
    rt: int | None
    birth_year: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Choice:
    """A row of a report that may mean one of several. `chosen`: an entitlement; None with a time is none of them."""

    id: int
    row: str
    state: PaymentState
    on: date | None
    amount: int | None
    candidates: tuple[Candidate, ...]
    chosen: int | None
    decided_at: datetime | None
    decided_by: int | None  # an account

    @property
    def who(self) -> Candidate | None:
        """Who was chosen, where they may be shown."""
        return next((one for one in self.candidates if one.entitlement == self.chosen), None)


@dataclass(frozen=True, slots=True)
class Sum:
    """People on a list and their rupiah, by what became of the money; `unknown`: nothing was reported."""

    people: Mapping[str, int]
    rupiah: Mapping[str, int]

    @property
    def all_people(self) -> int:
        """How many there are."""
        return sum(self.people.values())

    @property
    def all_rupiah(self) -> int:
        """What they get together."""
        return sum(self.rupiah.values())

    @classmethod
    def of(cls, parts: Iterable[Sum]) -> Sum:
        """All of them together."""
        people, rupiah = Counter[str](), Counter[str]()
        for part in parts:
            people.update(part.people)
            rupiah.update(part.rupiah)
        return cls(people, rupiah)


@dataclass(frozen=True, slots=True)
class RoundTotals:
    """The lists in force of a round against what was reported, per kelurahan: (code, name); None where it is unknown.
    `listed` and `listed_rupiah` were counted by themselves, without regard to places and payments."""

    by_kelurahan: Mapping[tuple[str | None, str | None], Sum]
    total: Sum
    listed: int
    listed_rupiah: int

    @property
    def agrees(self) -> bool:
        """Whether nobody and no rupiah is lost between the lists and the sums."""
        return (self.listed, self.listed_rupiah) == (self.total.all_people, self.total.all_rupiah)

    @property
    def by_kecamatan(self) -> Mapping[str, Mapping[tuple[str | None, str | None], Sum]]:
        """The kelurahan by the code of their kecamatan; where that is unknown, under an empty one."""
        found: dict[str, dict[tuple[str | None, str | None], Sum]] = defaultdict(dict)
        for place, one in self.by_kelurahan.items():
            found[district_of(place[0] or "")][place] = one
        return found
