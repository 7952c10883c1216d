"""When and where the sample city pays: past sittings and coming ones, counted from today.

In each district every other kelurahan has been paid PKH in the last three weeks, and the others come within a month;
with Sembako and the city's own aid it is the other way round, so that a family has both behind and before it. Rice is
all still to come. Sittings are held on no Sunday.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache

from salur.sample.areas import SEATS, Area

SUNDAY = 6
MORNING, AFTERNOON, ALL_DAY = (time(8), time(11)), (time(13), time(15, 30)), (time(8), time(14))
OFFICE_HOURS = "Senin-Jumat 08.00-15.00, Sabtu 08.00-12.00"
DAYS_TO_COLLECT = {"PKH": 14, "SEMBAKO": 21, "APBD": 7, "PANGAN": 5, "KUBE": 30}
MOVED = "32.71.05.1004"  # this kelurahan's PKH sitting is put off by the second schedule file
MOVED_BY = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of payment, as a schedule names it."""

    name: str
    kind: str
    address: str
    latitude: float | None
    longitude: float | None
    hours: str


HOME = "Kunjungan rumah"
AT_HOME = Spot("Rumah penerima", HOME, "", None, None, "")


@dataclass(frozen=True, slots=True)
class Sitting:
    """One row of a schedule. `rw` is None when the sitting is for the whole kelurahan."""

    programme: str
    area: Area
    rw: int | None
    day: date
    starts: time
    ends: time
    spot: Spot
    deadline: date

    def on(self, day: date) -> Sitting:
        """The same sitting on another day."""
        return replace(self, day=day, deadline=self.deadline + (day - self.day))


@cache
def sittings(programme: str, area: Area, today: date) -> tuple[Sitting, ...]:
    """All sittings of one programme for one area; () when the programme does not pay there."""
    if programme == ("KUBE" if area.regency_code == "32.71" else "APBD"):
        return ()
    day = day_of(programme, area, today)
    spot = _spot(programme, area)
    until = day + timedelta(days=DAYS_TO_COLLECT[programme])
    if programme != "PKH":
        return (Sitting(programme, area, None, day, *ALL_DAY, spot, until),)
    home = Sitting(programme, area, None, day, *ALL_DAY, AT_HOME, until)
    if area.order % 4 > 1:
        return (Sitting(programme, area, None, day, *MORNING, spot, until), home)
    halves = ((rw, MORNING if rw <= area.rws // 2 else AFTERNOON) for rw in range(1, area.rws + 1))
    return (*(Sitting(programme, area, rw, day, *hours, spot, until) for rw, hours in halves), home)


def sitting_for(programme: str, area: Area, rw: int, today: date, *, at_home: bool) -> Sitting | None:
    """The sitting that someone of this RW comes to, or waits for at home."""
    own = [s for s in sittings(programme, area, today) if s.rw in (None, rw)]
    if at_home and any(s.spot.kind == HOME for s in own):
        own = [s for s in own if s.spot.kind == HOME]
    return own[0] if own else None


def moved(areas: Sequence[Area], today: date) -> Iterator[Sitting]:
    """The rows of the second schedule file: the same sittings on another day."""
    for area in areas:
        if area.code == MOVED:
            for sitting in sittings("PKH", area, today):
                yield sitting.on(_not_on_sunday(sitting.day + MOVED_BY, 1))


def day_of(programme: str, area: Area, today: date) -> date:
    """The day a programme is paid in an area."""
    shift = 3 * list(DAYS_TO_COLLECT).index(programme)
    if programme in ("PANGAN", "KUBE"):
        return _not_on_sunday(today + timedelta(days=4 + (area.order * 3 + shift) % 20), 1)
    if area.order % 2 == (programme == "PKH"):
        return _not_on_sunday(today + timedelta(days=3 + (area.order * 5 + shift) % 24), 1)
    return _not_on_sunday(today - timedelta(days=2 + (area.order * 7 + shift) % 20), -1)


def _not_on_sunday(day: date, step: int) -> date:
    return day + timedelta(days=step) if day.weekday() == SUNDAY else day


def _spot(programme: str, area: Area) -> Spot:
    if programme == "SEMBAKO":
        return post_office(area)
    if programme in ("APBD", "KUBE"):
        return _district_office(area)
    if area.order % 3 == 2 and programme == "PKH":
        return _school(area)
    return _village_hall(area)


def post_office(area: Area) -> Spot:
    """The post office of the area's district, where late comers collect."""
    around = area.around
    return Spot(around.post_office, "Kantor Pos", around.post_address, around.latitude, around.longitude, OFFICE_HOURS)


def _village_hall(area: Area) -> Spot:
    address = f"Jl. {area.name} Raya No. {3 + area.order * 4}, Kec. {area.district}"
    return Spot(f"Kantor {area.kind} {area.name}", f"Kantor {area.kind}", address, area.latitude, area.longitude, "")


def _school(area: Area) -> Spot:
    address = f"Jl. Pendidikan No. {1 + area.order}, {area.name}, Kec. {area.district}"
    return Spot(f"SD Negeri {area.name} 1", "Sekolah", address, area.latitude + 0.001, area.longitude - 0.001, "")


def _district_office(area: Area) -> Spot:
    around = area.around
    address = f"Jl. Kantor Kecamatan No. 1, {area.district}, {SEATS[area.regency_code]}"
    place = (around.latitude - 0.002, around.longitude + 0.002)
    return Spot(f"Kantor Kecamatan {area.district}", "Kantor Kecamatan", address, *place, "Senin-Jumat 08.00-15.30")
