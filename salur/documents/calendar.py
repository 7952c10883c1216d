"""A sitting, or one part of it, as a calendar file, for both doors. Nothing personal is in it: when and where, not who.

The times are written in UTC: every phone knows that, and a calendar shows it in the phone's own zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from salur.core.payouts.answers import AnnouncedSitting
from salur.words.language import Say, parts
from salur.words.lookup.answer import no_cuts
from salur.words.lookup.entitlement import if_later, own_hours

DAY_BEFORE = timedelta(days=-1)


def sitting_ics(announced: AnnouncedSitting, say: Say, url: str | None = None, *, now: datetime | None = None) -> bytes:
    """Make an iCalendar file of one sitting, with an alarm the day before.

    The UID is that of the sitting before it ever moved, and SEQUENCE grows with each move, also with one back, so
    adding it again after a change moves the entry instead of leaving an alarm for the wrong day beside it. `now` is the
    time stamp; by default the sitting's own start, so that the same sitting is always the same bytes.
    """
    sitting = announced.sitting
    calendar = Calendar()
    calendar.add("prodid", "-//Salur//id")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(announced, say, url, now or sitting.starts))
    return bytes(calendar.to_ical())


def ics_name(announced: AnnouncedSitting) -> str:
    """A file name that tells a resident what it is: `ambil-bantuan-2026-02-24.ics`."""
    return f"ambil-bantuan-{announced.sitting.starts.date().isoformat()}.ics"


def _event(announced: AnnouncedSitting, say: Say, url: str | None, stamp: datetime) -> Event:
    sitting, place = announced.sitting, announced.sitting.place
    event = Event()
    first = sitting.id if announced.first_id is None else announced.first_id
    event.add("uid", f"sesi-{first}@salur")
    # What replaces always has the higher number; what comes back has to be newer than what it gave way to.
    undone = announced.undone_id
    event.add("sequence", 2 * (sitting.id - first) + sitting.cancelled if undone is None else 2 * (undone - first) + 1)
    if sitting.cancelled:
        event.add("status", "CANCELLED")
    event.add("dtstamp", stamp.astimezone(UTC))
    starts, ends, *_ = sitting.window or (sitting.starts, sitting.ends)
    event.add("dtstart", starts.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("summary", say("Ambil bantuan: {program}", program=announced.programme_name))
    event.add("location", ", ".join(part for part in (place.name, place.address) if part))
    if place.latitude is not None and place.longitude is not None:
        event.add("geo", (place.latitude, place.longitude))
    text = say("{hari}, {jam}. Bawa surat-surat asli.", hari=say.date(sitting.starts), jam=own_hours(sitting, say))
    told = (text, if_later(sitting, say), _unmarked(no_cuts(say)))
    event.add("description", " ".join(part for part in told if part))
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
