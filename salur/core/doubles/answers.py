"""What an office is shown of doubles: the evidence side by side. No row leaves the core."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from salur.core.doubles.kinds import CheckReason, DoubleKind
from salur.core.officers.roles import Role
from salur.core.pages import Page
from salur.core.regions.territory import Territory


@dataclass(frozen=True, slots=True, repr=False)
class Check:
    """That an office has looked into a double, when and why. `note` is None where there is none, or it is not told."""

    id: int
    reason: CheckReason
    note: str | None
    at: datetime
    role: Role
    territory: Territory
    region_name: str
    may_take_back: bool


@dataclass(frozen=True, slots=True, repr=False)
class DoubleEntry:
    """One side: a person as one list writes them."""

    name: str
    birth_year: int | None
    kelurahan: str | None
    rw: int | None
    rt: int | None
    programme: str
    programme_name: str
    period: str
    list_date: date
    decree: str


@dataclass(frozen=True, slots=True, repr=False)
class Double:
    """Entries held against each other. `elsewhere` names the programmes (code, name) of those outside the territory;
    `same_nik` and `same_kk` are None where fewer than two of the entries shown have such a number."""

    entries: tuple[DoubleEntry, ...]
    elsewhere: tuple[tuple[str, str], ...]
    more: int  # entries that are not shown, for there are too many
    same_nik: bool | None
    same_kk: bool | None
    disputed: bool  # programmes of which it is unsure that they exclude each other
    key: str  # by which it is said to be looked into
    check: Check | None


@dataclass(frozen=True, slots=True, repr=False)
class DoublesFound:
    """A page of doubles of one kind. `kelurahan_wanted`: names alike are looked for in one kelurahan at a time."""

    kind: DoubleKind
    doubles: Page[Double]
    kelurahan_wanted: bool = False


@dataclass(frozen=True, slots=True)
class WouldBeDouble:
    """So many people of a draft get another programme in the same time. `sure`: that the two exclude each other."""

    programme: str  # its code
    period: str
    people: int
    sure: bool
