"""Being told of changes, from the answer on, on a small phone without JavaScript; and what a calendar then reads.

The calendar is a client library of its own that asks the served site over HTTP, as a phone does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar
import pytest
import urllib3
from icalevents.icalevents import events
from playwright.sync_api import Page

from salur.config import Settings
from salur.core.officers.roles import Role
from salur.core.regions.shipped import all_regions
from salur.wiring import Services
from tests.fixtures.databases import NewDatabase
from tests.fixtures.launches import TOKEN, launch
from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient
from tests.fixtures.officers import Heads
from tests.fixtures.services import NOON
from tests.phone.conftest import Phone
from tests.phone.test_asking import ask
from tests.phone.test_safely import TELEGRAM
from tests.phone.test_safely import address as as_telegram_opens_it

icalendar.use_zoneinfo()  # the client has said otherwise
WEDNESDAY = dt.date(2026, 2, 25)


@pytest.fixture
def database_url(new_database: NewDatabase) -> Iterator[str]:
    """Either database: what a calendar reads is read from it each time."""
    with new_database() as url:
        yield url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a bot."""
    return replace(settings, telegram_token=TOKEN, telegram_name="SalurBogorBot")


@pytest.fixture
def phone(phone: Phone) -> Phone:
    """`phone(…)`: a small one without JavaScript, or as the options say."""
    return lambda **options: phone(**{"java_script_enabled": False, **options})


class Place(NamedTuple):
    """Where a family lives, by its clock."""

    kelurahan: str
    zone: str
    name: str

    @property
    def city(self) -> str:
        """The code of the regency or city around it."""
        return self.kelurahan[:5]


WIB = Place(TEGAL_GUNDIL, "Asia/Jakarta", "WIB")
PLACES = [WIB, Place("76.04.01.1001", "Asia/Makassar", "WITA"), Place("91.71.01.1001", "Asia/Jayapura", "WIT")]


def lives(office: Office, place: Place = WIB, **announced: Any) -> Recipient:
    """A mother there, listed, with a day to come."""
    around = {code[:size] for code in (place.kelurahan, TEGAL_GUNDIL) for size in (2, 5, 8, 13)}
    office.services.regions.load(region for region in all_regions() if region.code in around)
    mother = Recipient(region_code=place.kelurahan)
    office.publishes(mother)
    office.announces(Announced(region_code=place.kelurahan, **announced))
    return mother


def subscribes(page: Page, mother: Recipient) -> str:
    """From the answer to the page of a calendar; gives the address to copy."""
    ask(page, str(mother.nik), mother.name)
    page.get_by_role("link", name="Kabari saya").click()
    page.get_by_role("button", name="Setuju, buatkan kalender").click()
    copied: str = page.get_by_label("Alamat kalender").input_value()
    link = page.get_by_role("link", name="Tambahkan ke kalender").get_attribute("href")
    assert link == copied.replace("http://", "webcal://")
    return copied


def seen(address: str, zone: str = "Asia/Jakarta") -> Any:
    """The one entry that the calendar shows in spring."""
    first, last = dt.datetime(2026, 2, 1, tzinfo=dt.UTC), dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    (event,) = events(url=address, start=first, end=last, tzinfo=ZoneInfo(zone))
    return event


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_calendar_moves_with_the_sitting_and_ends_when_she_says_so(
    place: Place, phone: Phone, office: Office, services: Services, heads: Heads, clock: Any
) -> None:
    mother, page = lives(office, place), phone().new_page()
    address = subscribes(page, mother)
    first = seen(address, place.zone)
    assert first.start == dt.datetime(2026, 2, 24, 8, tzinfo=ZoneInfo(place.zone))
    assert first.end - first.start == dt.timedelta(hours=3)
    assert f"pukul 08.00–11.00 {place.name}" in first.description
    assert first.location == "Kantor Kelurahan Tegal Gundil, Jl. Achmad Adnawijaya No. 1"

    clock.passes(hours=1)
    office.announces(Announced(region_code=place.kelurahan, date=WEDNESDAY, starts=dt.time(9)))
    moved = seen(address, place.zone)  # one, and not two
    assert (moved.uid, moved.start) == (first.uid, dt.datetime(2026, 2, 25, 9, tzinfo=ZoneInfo(place.zone)))
    assert int(moved.sequence) > int(first.sequence)

    clock.passes(hours=1)
    officer, planning = heads.create(Role.DINSOS, place.city), services.planning
    (held,) = planning.board(officer)
    off = planning.cancel(officer, held.areas[0].sitting or 0)
    planning.publish(officer, off, planning.look(officer, off).digest, agreed=True)
    cancelled = seen(address, place.zone)
    assert (cancelled.uid, cancelled.status, cancelled.start) == (first.uid, "CANCELLED", moved.start)
    assert int(cancelled.sequence) > int(moved.sequence)

    page.goto(cancelled.url)  # as the entry in the phone leads there
    page.get_by_role("button", name="Berhenti").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kalender dimatikan"
    with pytest.raises(ValueError, match="could not be parsed"):
        seen(address)
    assert urllib3.request("GET", address).status == 404
    page.go_back()
    assert "tidak ada" in page.get_by_role("heading", level=1).inner_text()


def looks(page: Page, mother: Recipient, *, in_chat: bool) -> Iterator[str]:
    """The pages of being told, one after the other."""
    ask(page, str(mother.nik), mother.name)
    yield "the answer"
    page.get_by_role("link", name="Kabari saya").click()
    assert page.get_by_role("heading", name="Di obrolan Telegram ini").count() == in_chat
    yield "the ways"
    if in_chat:
        page.get_by_role("button", name="Setuju, kabari di sini").click()
        yield "told in the chat"
        page.goto("/kabar")
    page.get_by_role("button", name="Setuju, buatkan kalender").click()
    for how in page.locator("summary").all():
        how.click()
    yield "the calendar"
    page.get_by_role("button", name="Berhenti").click()
    yield "ended"
    page.go_back()
    yield "gone"


@pytest.mark.parametrize("in_chat", [False, True], ids=["on a phone", "inside Telegram"])
def test_all_of_it_is_read_by_day_and_night_on_small_screens(in_chat: bool, phone: Phone, office: Office) -> None:
    mother, context = lives(office), phone(**FOR_AXE)
    if in_chat:
        context.add_init_script(TELEGRAM)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    if in_chat:
        page.goto(as_telegram_opens_it(launch(NOON.timestamp())))
        page.get_by_text("tidak lewat server Telegram").wait_for()
    for what in looks(page, mother, in_chat=in_chat):
        looked_at(page, what, inside="main *")
    assert [told for told in complaints if "404" not in told] == []


def test_it_is_operated_by_keyboard_alone(phone: Phone, office: Office) -> None:
    mother, page = lives(office), phone().new_page()
    ask(page, str(mother.nik), mother.name)
    for name, role in (("Kabari saya", "link"), ("Setuju, buatkan kalender", "button"), ("Berhenti", "button")):
        page.get_by_role(role, name=name).focus()  # type: ignore[arg-type]
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.url.endswith("/kalender/selesai")
