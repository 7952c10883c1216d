"""What a letter and a poster hold: everything that is to be printed, and nothing more. Never a NIK or a KK number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from salur.core.payouts.answers import AnnouncedSitting, Place, PlaceKind, Sitting
from salur.core.regions.distance import Way, way_from
from salur.core.regions.office import Office
from salur.core.regions.territory import Territory

LAST = 1_000  # after every RW and RT


class Landmark(NamedTuple):
    """What people of the area know and find, such as the office of their kelurahan; in degrees (WGS 84)."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """The letter that tells one payee what is paid, when and where. No `repr`: it is all about a person.

    Names and addresses are as the list writes them, regions by their official name (`Tegal Gundil`, `Bogor Utara`,
    `Kota Bogor`). `period` is as in `Entitlement`, and so are the codes in `bring` and `proxy`.
    """

    number: str  # of the letter: 16100/000123
    code: str  # in groups: ABCD-EFGH-JKLM-NPQR
    url: str  # of the same, for the QR code: HTTPS://HOST/V/TOKEN, nothing but A-Z 0-9 $%*+-./: and blanks
    name: str
    address: str
    rt: int | None
    rw: int | None
    kelurahan: str
    kecamatan: str
    kabupaten: str
    programme: str  # its name
    period: str
    amount: int | None  # whole rupiah
    office: Office  # who sends it, and to whom a levy is reported
    site: str  # without https://
    bot: str = ""  # user name in Telegram, without @
    goods: str = ""  # aid in kind, such as `beras 20 kg`
    sitting: Sitting | None = None
    window: tuple[datetime, datetime] | None = None  # when this payee's turn is, within the sitting
    home: bool = False  # the officer comes to the payee
    deadline: date | None = None
    bring: tuple[str, ...] = ()
    proxy: str = "same_kk"
    group: str | None = None  # whose aid it is, for aid to a group
    hint: str = ""  # how to find the place, in the office's own words
    near: Landmark | None = None

    @property
    def at_home(self) -> bool:
        """Whether the payee stays at home for it."""
        return self.home or (self.sitting is not None and self.sitting.place.kind is PlaceKind.HOME)

    @property
    def way(self) -> Way | None:
        """From what lies near to the place; None where either is not known, or there is no way worth telling."""
        if self.sitting is None or self.near is None or self.at_home:
            return None
        return way_to(self.sitting.place, self.near)


def way_to(place: Place, near: Landmark) -> Way | None:
    """From what lies near to a place; None where it is not known where that lies, or it is the same, or far away."""
    if place.latitude is None or place.longitude is None:
        return None
    way = way_from((near.latitude, near.longitude), (place.latitude, place.longitude))
    return way if way.worth_telling else None


@dataclass(frozen=True, slots=True)
class Poster:
    """What everybody may know: the sittings to come of a kelurahan, an RW or a place. Nobody's name.

    `area` is whom or what it is about, such as `Tegal Gundil`; with an RW, of that RW alone. `sittings` soonest first.
    `url` as in `Letter`, of the schedule's page; `bring` by the code of a programme, where it asks for something else
    than the others.
    """

    area: str
    rw: int | None
    kecamatan: str
    kabupaten: str
    sittings: tuple[AnnouncedSitting, ...]
    office: Office
    url: str
    site: str
    made_on: date
    bot: str = ""
    bring: tuple[str, ...] = ()
    bring_else: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Stop:
    """One letter to be handed over. `window`: when this payee's turn is, or the sitting where there are no turns."""

    number: str
    name: str
    address: str
    rt: int | None
    rw: int | None
    window: tuple[datetime, datetime] | None = None
    home: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class WalkingList:
    """The letters of an area, for who hands them out. `made_by` is an officer's office, never a name."""

    stops: tuple[Stop, ...]
    area: Territory
    place: str  # official name of the kelurahan
    programme: str  # its name
    period: str
    made_at: datetime  # in the zone of the place
    made_by: str

    @property
    def in_order(self) -> tuple[Stop, ...]:
        """As one walks: by RW, RT, address and name; what has no number last. 2 comes before 10."""
        return tuple(sorted(self.stops, key=_order))


def _order(stop: Stop) -> tuple[object, ...]:
    return (stop.rw or LAST, stop.rt or LAST, _natural(stop.address), stop.name)


def _natural(text: str) -> list[tuple[int, str]]:
    """To sort numbers within a text by their size."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", text.casefold()) if part]
