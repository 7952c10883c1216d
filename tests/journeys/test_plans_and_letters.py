"""A city is planned family by family and told so on paper: whoever reads it, wherever, reads the same day and hour.

3,000 invented families, both desks by their pages. What is on paper is read as a phone's camera does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from salur.core.officers.roles import Officer, Role
from salur.core.payouts.spreading.answers import Spread
from salur.core.people.letter_codes import Unguessable
from salur.core.regions.zones import time_zone
from salur.wiring import Services
from tests.fixtures.office import TEGAL_GUNDIL, Office, Recipient
from tests.fixtures.officers import Heads, SignedIn
from tests.fixtures.paper import Paper
from tests.fixtures.uploads import work_off
from tests.journeys.doors import BotDoor, SiteDoor, readable
from tests.web.conftest import read_off
from tests.web.plans.conftest import FORM, FamilyPlanner

FAMILIES, RWS, WITH_LETTERS = 3_000, 25, 48  # in RW 1, whose letters are printed, and in the others as it comes
HOURS = re.compile(r"(?:Ambil bantuan: )?(\w+, \d+ \w+ 2026),? pukul (\d\d\.\d\d–\d\d\.\d\d)")
MOVED_TO = {"date": "2026-02-26", "starts": "09:00", "ends": "13:00", "deadline": ""}
DAYS = {"Senin": 23, "Selasa": 24, "Rabu": 25, "Kamis": 26}


def everybody() -> list[Recipient]:
    """Nobody lives alone: six in each RT, some on hold, some of whom the list does not say where they live."""
    found = []
    for number in range(FAMILIES):
        rw = 1 if number < WITH_LETTERS else 2 + number % (RWS - 1)
        here = number if rw == 1 else number // (RWS - 1)
        where: dict[str, Any] = {"rw": rw, "rt": here // 6 + 1, "address": f"Gang Melati No. {here + 1}"}
        if number % 600 == 599:
            where |= {"rw": None, "rt": None}
        state = "suspended" if number % 500 == 20 else "entitled"
        name = f"{('SITI', 'EUIS', 'DEDE', 'ASEP')[number % 4]} {_letters(number)}"
        found.append(Recipient(row=number + 2, name=name, state=state, **where))
    return found


def _letters(number: int) -> str:
    """A surname that nobody else has, and that is no other's with a slip."""
    return "".join(("BA", "KU", "LO", "MI", "NE", "SU", "TA", "WI", "RO", "JA")[int(digit)] for digit in f"{number:04}")


@dataclass(frozen=True)
class Told:
    """What a family is told: the day of February, from when until when, and what it was before."""

    day: int
    hours: str
    before: str

    @classmethod
    def read(cls, text: str) -> Told:
        """Out of an answer, a line of a list, or a scanned letter."""
        found = HOURS.search(text)
        assert found, text
        was = re.search(r"Semula (\w+), (\d+) Februari", text)
        weekday, day = found[1].split(", ")[0], int(found[1].split()[1])
        assert DAYS[weekday] == day
        return cls(day, found[2], was[2] if was else "")

    def at(self, hour: int) -> str:
        """One end of the hours as a calendar tells it: 0 from, 1 until."""
        clock, minute = map(int, self.hours.split("–")[hour].split("."))
        moment = dt.datetime(2026, 2, self.day, clock, minute, tzinfo=time_zone(TEGAL_GUNDIL))
        return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M00Z")


class City:
    """The office's two desks, and the families who ask."""

    def __init__(self, services: Services, planner: FamilyPlanner, site: SiteDoor, bot: BotDoor) -> None:
        self.services, self.planner, self.site, self.bot = services, planner, site, bot

    def plans(self) -> tuple[str, Spread]:
        """Twelve sittings of two halls, published; gives the plan's address and the plan."""
        halls = self.planner.hall(), self.planner.hall("SDN Tegal Gundil 3", opening_hours=None)
        pattern = self.planner.pattern(
            *halls, last="2026-02-25", per_hour="45", officers="2", afternoon_starts="13:00", afternoon_ends="15:00"
        )
        made = self.planner.presses(self.planner.opens(FORM), "buat", **pattern)
        assert "12 pembayaran ditambahkan" in readable(made.text)
        draft = str(self.planner.presses(made, "susun").location)
        assert self.planner.publishes(draft).status_code == 303
        return draft, self.services.spreading.look(self.planner.officer, int(draft.rpartition("/")[2]))

    def moves(self, sitting: int, place: int) -> None:
        """To Thursday, on the page of the schedule."""
        asked = self.planner.posts(f"/kantor/jadwal/{sitting}/pindah", place=str(place), **MOVED_TO)
        assert asked.status_code == 303
        draft = str(asked.location)
        page = self.planner.opens(draft).text
        ticks = dict.fromkeys(re.findall(r'type="checkbox" id="(setuju-\d+)"', page), "1")
        seen = read_off(r'name="dilihat" value="(\w+)"', page)
        assert self.planner.posts(f"{draft}/terbitkan", dilihat=seen, **ticks).status_code == 303

    def reads(self, family: Recipient) -> Told:
        """At the site and from the bot, and in the calendar files of both."""
        site, bot = self.site.another(), self.bot.another()
        told = Told.read(site.asks(family.nik, family.name))
        assert Told.read(bot.asks(family.nik, family.name)) == told
        for event in (site.saves_to_calendar(), bot.saves_to_calendar()):
            assert f"DTSTART:{told.at(0)}" in event
            assert f"DTEND:{told.at(1)}" in event
            assert not any(word in event for word in family.name.split())
        return told


@pytest.fixture
def city(
    services: Services, office: Office, heads: Heads, signed_in: Callable[[Officer], SignedIn],
    site_door: SiteDoor, bot_door: BotDoor,
) -> City:  # fmt: skip
    """Bogor, with an operator who is signed in."""
    officer = heads.create(Role.DINSOS)
    return City(services, FamilyPlanner(services, signed_in(officer), officer), site_door, bot_door)


def test_3000_families_read_one_day_and_hour_at_every_door_on_every_paper(
    city: City, office: Office, heads: Heads, signed_in: Callable[[Officer], SignedIn], app: Flask,
    read_back: Callable[[bytes], Paper],
) -> None:  # fmt: skip
    families = everybody()
    office.publishes(*families)
    nowhere = [one for one in families if one.rw is None]
    on_hold = [one for one in families if one.state == "suspended" and one.rw is not None]
    draft, plan = city.plans()
    assert (plan.listed, plan.placed, plan.left_out) == (FAMILIES, FAMILIES - len(nowhere + on_hold), 11)
    assert len({share.sitting for share in plan.shares}) == 12
    page = readable(city.planner.opens(draft).text)
    assert "Keluarga di daftar 3.000 Mendapat jadwal 2.989 Tidak mendapat 11" in page

    # Old and new: of a sitting that is moved, of one that is not.
    first = [one for one in families if one.rw == 1 and one.state == "entitled"]
    others = [one for one in families[WITH_LETTERS + 7 :: 400] if one not in nowhere + on_hold]
    before = {one.nik: city.reads(one) for one in (*first[::16], *others)}
    assert len(set(before.values())) > 6
    (theirs,) = (
        one for one in city.services.planning.board(city.planner.officer) if any(area.rw == 1 for area in one.areas)
    )
    moved = {(area.rw, area.rt) for area in theirs.areas}
    city.moves(theirs.areas[0].sitting or 0, theirs.sitting.place.id)
    after = {one.nik: city.reads(one) for one in (*first[::16], *others)}
    for one in (*first[::16], *others):
        was, now = before[one.nik], after[one.nik]
        if {(one.rw, None), (one.rw, one.rt)} & moved:
            assert (now.day, now.before) == (26, str(was.day))
        else:
            assert now == was
    assert any(now.before for now in after.values())
    assert not all(now.before for now in after.values())

    # Their head's list, and the letters that the kelurahan prints for them.
    head = readable(signed_in(heads.create(Role.RW, rw=1)).opens("/wilayah?rt=1").text)
    for one in first[:1]:
        assert Told.read(head.partition(one.name)[2]) == after[one.nik]
    desk = signed_in(heads.create(Role.KELURAHAN))
    chosen = {"putaran": "PKH|2026-T1", "rw": "1", "kertas": "a4"}
    counted = readable(desk.opens("/kantor/surat", query_string={"lihat": "1", **chosen}).text)
    assert f"{WITH_LETTERS} orang di daftar: {len(first)} surat, {WITH_LETTERS - len(first)} tanpa surat." in counted
    printing = str(desk.posts("/kantor/surat", **chosen).location)
    work_off(city.services)
    paper = read_back(desk.posts(f"{printing}/berkas-1.pdf").data)
    assert paper.pdf.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert paper.tags().count("H1") == len(first)
    codes = {}
    for number in range(len(paper.pdf.pages)):
        text, (code,) = paper.text(number + 1), paper.codes(number + 1, 110)
        (one,) = (one for one in first if one.name in text)
        codes[one.nik] = code.text.rpartition("/")[2]
        phone = app.test_client().get(f"/v/{codes[one.nik]}", environ_base={"REMOTE_ADDR": f"198.51.100.{number}"})
        scanned = readable(phone.text)
        told = Told.read(scanned)
        assert "Surat ini asli." in scanned
        assert told.day == 26
        assert told.hours in text
        assert "sejak surat ini dicetak" not in scanned
        assert told.hours == after.get(one.nik, told).hours
        assert f"{one.name[0]}. " in scanned
        assert not any(word in scanned for word in (*one.name.split(), "Melati", one.nik))
    assert codes.keys() == {one.nik for one in first}
    assert len(set(codes.values())) == len(first)

    # What is forged, replaced and withdrawn is seen.
    def scans(code: str) -> str:
        return readable(app.test_client().get(f"/v/{code}").text)

    assert "tidak kami kenal" in scans(Unguessable.new().reveal())
    old, kept = codes[first[0].nik], codes[first[-1].nik]
    again = str(desk.posts("/kantor/surat", **chosen, rt="1").location)
    work_off(city.services)
    assert "sudah diganti" in scans(old)
    assert "asli" in scans(kept)
    (new,) = read_back(desk.posts(f"{again}/berkas-1.pdf").data).codes(1, 110)
    assert "asli" in scans(new.text.rpartition("/")[2])
    assert desk.posts(f"{printing}/tarik", sebab="wrong_day").status_code == 303
    assert "ditarik" in scans(kept)
    assert "asli" in scans(new.text.rpartition("/")[2])
    plan_now = city.services.spreading.look(city.planner.officer, plan.id)
    assert plan_now.agrees
    assert plan_now.placed == plan.placed
