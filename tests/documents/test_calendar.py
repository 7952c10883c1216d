"""The calendar file of a sitting: when and where, an alarm the day before, and not a word about anyone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from salur.core.payouts.answers import AnnouncedSitting, Place, PlaceKind, Sitting
from salur.documents.calendar import ics_name, sitting_ics
from salur.words.language import language

HALL = Place(3, "Aula *Kecamatan*, Wonomulyo", PlaceKind.DISTRICT_OFFICE, "Jl. Poros; No. 1", -3.39, 119.2, None)
STARTS = datetime(2026, 2, 24, 8, 0, tzinfo=ZoneInfo("Asia/Makassar"))


SITTING = AnnouncedSitting(
    Sitting(7, STARTS, STARTS.replace(hour=11), HALL, None), "PKH", "Program Keluarga Harapan", "2026-T1", ()
)


def event_of(announced: AnnouncedSitting, **options):
    """The one event in the file, read back by the library."""
    (event,) = Calendar.from_ical(sitting_ics(announced, language("id"), **options)).walk("VEVENT")
    return event


def test_the_times_are_those_of_the_place():
    event = event_of(SITTING)
    assert event["DTSTART"].dt == STARTS
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=3)
    assert "pukul 08.00–11.00 WITA" in event["DESCRIPTION"]


def test_the_place_is_written_out_and_its_commas_kept():
    event = event_of(SITTING, url="https://salur.example/lokasi/3")
    assert event["LOCATION"] == "Aula *Kecamatan*, Wonomulyo, Jl. Poros; No. 1"
    assert (event["GEO"].latitude, event["GEO"].longitude) == (-3.39, 119.2)
    assert event["URL"] == "https://salur.example/lokasi/3"


def test_what_an_office_types_ends_no_line():
    place = replace(HALL, name="Balai\x00RW\u2028BEGIN:VALARM\x85\u202e 5", address="Jl. Roda\r\nX-EVIL:1")
    file = sitting_ics(replace(SITTING, sitting=replace(SITTING.sitting, place=place)), language("id")).decode()
    assert all(char.isprintable() or char in "\r\n" for char in file)
    assert all(not line.startswith(("X-EVIL", "BEGIN:VALARM\\")) for line in file.split("\r\n"))
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert str(event["LOCATION"]).startswith("Balai RW BEGIN:VALARM")


def test_the_phone_reminds_a_day_before():
    (alarm,) = event_of(SITTING).walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-1)


def test_the_same_sitting_is_the_same_entry_byte_for_byte():
    assert sitting_ics(SITTING, language("id")) == sitting_ics(SITTING, language("id"))
    assert event_of(SITTING)["UID"] == "sesi-7@salur"
    assert ics_name(SITTING) == "ambil-bantuan-2026-02-24.ics"


def test_a_moved_sitting_takes_the_place_of_the_entry_saved_before():
    moved = replace(SITTING, sitting=replace(SITTING.sitting, id=9, starts=STARTS + timedelta(days=1)), first_id=7)
    before, after = event_of(SITTING), event_of(moved)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_nothing_is_deducted_says_the_calendar_too():
    assert "Tidak ada potongan." in event_of(SITTING)["DESCRIPTION"]
