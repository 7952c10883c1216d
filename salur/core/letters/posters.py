"""What a poster tells of a kelurahan, an RW or a place: the sittings to come, as the public pages have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from salur.core.letters.answers import Poster
from salur.core.letters.issuing.composing import NOWHERE, Sender
from salur.core.lookup.saying import USUAL_PAPERS
from salur.core.payouts.answers import AnnouncedSitting, Schedule
from salur.core.payouts.timetable import Payouts
from salur.core.regions.office import Office
from salur.core.regions.zones import time_zone

COUNTRY = "11"  # a zone for places of which nobody says where they are: that of most


class Posters:
    """Gathers what is to be printed. Nothing of anybody is in it."""

    def __init__(self, timetable: Payouts, sender: Sender, clock: Callable[[], datetime]) -> None:
        self._timetable = timetable
        self._sender = sender
        self._clock = clock

    def of_kelurahan(self, code: str, rw: int | None = None) -> Poster | None:
        """Of a kelurahan, or of an RW that a sitting of it is for; None where there is no such place."""
        found = self._timetable.schedule(code)
        if found is None or (rw is not None and rw not in self.rws(found)):
            return None
        own = found.kelurahan
        sittings = tuple(one for one in found.upcoming if _is_for(one, rw))
        office = found.office or self._sender.office()
        return self._poster(own.name, rw, own.district, own.regency, sittings, office, f"jadwal/{code}", code)

    @staticmethod
    def rws(schedule: Schedule) -> tuple[int, ...]:
        """The RW for which there can be a poster: sittings to come are for them by number."""
        code = schedule.kelurahan.code
        areas = (area for one in schedule.upcoming for area in one.areas if area.region_code == code)
        return tuple(sorted({area.rw for area in areas if area.rw is not None}))

    def of_place(self, id: int) -> Poster | None:
        """Of a place; None where there is none."""
        found = self._timetable.place(id)
        if found is None:
            return None
        codes = [area.region_code for one in found.upcoming for area in one.areas]
        place, around = found.place, found.region_name or ""
        path, code = f"lokasi/{place.id}", next(iter(codes), COUNTRY)
        return self._poster(place.name, None, "", around, found.upcoming, self._sender.office(), path, code)

    def _poster(
        self,
        area: str,
        rw: int | None,
        kecamatan: str,
        kabupaten: str,
        sittings: tuple[AnnouncedSitting, ...],
        office: Office,
        path: str,
        code: str,
    ) -> Poster:
        site = self._sender.site or NOWHERE
        return Poster(
            area=area,
            rw=rw,
            kecamatan=kecamatan,
            kabupaten=kabupaten,
            sittings=sittings,
            office=office,
            url=f"{site}/{path}".upper(),
            site=site.partition("//")[2],
            made_on=self._today(code),
            bot=self._sender.bot,
            bring=USUAL_PAPERS,
        )

    def _today(self, code: str) -> date:
        return self._clock().astimezone(time_zone(code)).date()


def _is_for(one: AnnouncedSitting, rw: int | None) -> bool:
    return rw is None or any(area.rw in (None, rw) for area in one.areas)
