"""Sittings as calendar files, for both doors: one sitting, or one part of it, to be saved; and all that concern whoever
follows, to be asked for again and again. Nothing personal is in them: when and where, not who.

The times are written in UTC: every phone knows that, and a calendar shows it in the phone's own zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vDuration

from salur.core.following.answers import CalendarEntry, FollowedCalendar
from salur.core.following.kinds import EntryKind
from salur.core.payouts.answers import AnnouncedSitting, Sitting
from salur.words.language import Say, parts
from salur.words.lookup import calendars
from salur.words.lookup.answer import no_cuts
from salur.words.lookup.entitlement import if_later

DAY_BEFORE = timedelta(days=-1)
ASKED_AGAIN = timedelta(hours=2)  # what is suggested to calendars; most ask when they like


@dataclass(frozen=True, slots=True)
class _Entry:
    """What becomes one event. `text`: sentences in `salur.words`' notation; `changed_at`: the time stamp."""

    uid: str
    sequence: int
    changed_at: datetime
    sitting: Sitting
    summary: str
    text: Iterable[str]
    url: str | None
    cancelled: bool
    alarm: bool


def sitting_ics(announced: AnnouncedSitting, say: Say, url: str | None = None, *, now: datetime | None = None) -> bytes:
    """Make an iCalendar file of one sitting, with an alarm the day before.

    The UID is that of the sitting before it ever moved, and SEQUENCE grows with each move, also with one back, so
    adding it again after a change moves the entry instead of leaving an alarm for the wrong day beside it. `now` is the
    time stamp; by default the sitting's own start, so that the same sitting is always the same bytes.
    """
    sitting = announced.sitting
    first = sitting.id if announced.first_id is None else announced.first_id
    # What replaces always has the higher number; what comes back has to be newer than what it gave way to.
    undone = announced.undone_id
    entry = _Entry(
        uid=f"sesi-{first}@salur",
        sequence=2 * (sitting.id - first) + sitting.cancelled if undone is None else 2 * (undone - first) + 1,
        changed_at=now or sitting.starts,
        sitting=sitting,
        summary=calendars.summary(sitting, announced.programme_name, say),
        text=(calendars.when(sitting, say), if_later(sitting, say), no_cuts(say)),
        url=url,
        cancelled=sitting.cancelled,
        alarm=True,
    )
    return _written(_calendar(), [entry], say)


def followed_ics(calendar: FollowedCalendar, say: Say, url: str) -> bytes:
    """Make what a calendar reads that follows an answer. `url`: the page that says what it is, and ends it."""
    made = _calendar()
    made.calendar_name = calendars.name(say)
    made.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(ASKED_AGAIN))
    return _written(made, _entries(calendar, say, url), say)


def ics_name(announced: AnnouncedSitting) -> str:
    """A file name that tells a resident what it is: `ambil-bantuan-2026-02-24.ics`."""
    return f"ambil-bantuan-{announced.sitting.starts.date().isoformat()}.ics"


def _entries(calendar: FollowedCalendar, say: Say, url: str) -> Iterator[_Entry]:
    for entry in calendar.entries:
        yield _Entry(
            uid=f"{entry.uid}@salur",
            sequence=calendar.changes,
            changed_at=calendar.changed_at,
            sitting=entry.sitting,
            summary=_summary(entry, say),
            text=(*calendars.told(entry, say), calendars.from_salur(url, say)),
            url=url,
            cancelled=entry.kind is EntryKind.CANCELLED,
            alarm=entry.kind is EntryKind.COMING,
        )


def _summary(entry: CalendarEntry, say: Say) -> str:
    told = calendars.summary(entry.sitting, entry.programme_name, say)
    return calendars.called_off(told, say) if entry.kind is EntryKind.CANCELLED else told


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Salur//id")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _written(calendar: Calendar, entries: Iterable[_Entry], say: Say) -> bytes:
    for entry in entries:
        calendar.add_component(_event(entry, say))
    return bytes(calendar.to_ical())


def _event(entry: _Entry, say: Say) -> Event:
    sitting, place = entry.sitting, entry.sitting.place
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    if entry.cancelled:
        event.add("status", "CANCELLED")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    starts, ends, *_ = sitting.window or (sitting.starts, sitting.ends)
    event.add("dtstart", starts.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("summary", _clean(entry.summary))
    event.add("location", _clean(", ".join(part for part in (place.name, place.address) if part)))
    if place.latitude is not None and place.longitude is not None:
        event.add("geo", (place.latitude, place.longitude))
    event.add("description", _clean(" ".join(_unmarked(sentence) for sentence in entry.text if sentence)))
    if entry.url:
        event.add("url", entry.url)
    if entry.alarm:
        event.add_component(_alarm(calendars.tomorrow(sitting, say)))
    return event


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", DAY_BEFORE)
    alarm.add("description", _clean(text))
    return alarm


def _unmarked(sentence: str) -> str:
    """A calendar knows no emphasis."""
    return "".join(piece for piece, _ in parts(sentence))


def _clean(text: str) -> str:
    """Without what ends a line or file for some calendar and is not escaped: NUL, NEL, U+2028, marks of direction."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
