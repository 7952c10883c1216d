"""A payout sitting as a calendar file, for both doors. Nothing personal is in it: it says when and where, not who.

The times are written in UTC: every phone knows that, and a calendar shows it in the phone's own zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from icalendar import Alarm, Calendar, Event

from salur.core.answers import Payout
from salur.words import Say, no_cuts, parts

DAY_BEFORE = timedelta(days=-1)


class HasPayout(Protocol):
    """What is needed of a sitting (`salur.core.payouts.Sitting`): when, where, of which programme."""

    @property
    def payout(self) -> Payout:
        """When and where."""

    @property
    def programme_name(self) -> str:
        """Of which programme."""

    @property
    def first_id(self) -> int | None:
        """Its number before it ever moved."""


def sitting_ics(sitting: HasPayout, say: Say, url: str | None = None, *, now: datetime | None = None) -> bytes:
    """Make an iCalendar file of one sitting, with an alarm the day before.

    The UID is that of the sitting before it ever moved, and SEQUENCE grows with each move, so adding it again after a
    change moves the entry instead of leaving an alarm for the wrong day beside it. `now` is the time stamp; by default
    the sitting's own start, so that the same sitting is always the same bytes.
    """
    payout = sitting.payout
    calendar = Calendar()
    calendar.add("prodid", "-//Salur//id")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(sitting, say, url, now or payout.starts))
    return bytes(calendar.to_ical())


def ics_name(sitting: HasPayout) -> str:
    """A file name that tells a resident what it is: `ambil-bantuan-2026-02-24.ics`."""
    return f"ambil-bantuan-{sitting.payout.starts.date().isoformat()}.ics"


def _event(sitting: HasPayout, say: Say, url: str | None, stamp: datetime) -> Event:
    payout, place = sitting.payout, sitting.payout.place
    event = Event()
    first = payout.id if sitting.first_id is None else sitting.first_id
    event.add("uid", f"sesi-{first}@salur")
    event.add("sequence", payout.id - first)  # what replaces always has the higher number
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", payout.starts.astimezone(UTC))
    event.add("dtend", payout.ends.astimezone(UTC))
    event.add("summary", say("Ambil bantuan: {program}", program=sitting.programme_name))
    event.add("location", ", ".join(part for part in (place.name, place.address) if part))
    if place.latitude is not None and place.longitude is not None:
        event.add("geo", (place.latitude, place.longitude))
    hours = say.hours(payout.starts, payout.ends)
    text = say("{hari}, {jam}. Bawa surat-surat asli.", hari=say.date(payout.starts), jam=hours)
    event.add("description", f"{text} {_unmarked(no_cuts(say))}")
    if url:
        event.add("url", url)
    event.add_component(_alarm(say("Besok: ambil bantuan di {tempat}", tempat=place.name)))
    return event


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", DAY_BEFORE)
    alarm.add("description", text)
    return alarm


def _unmarked(sentence: str) -> str:
    """A calendar knows no emphasis."""
    return "".join(piece for piece, _ in parts(sentence))
