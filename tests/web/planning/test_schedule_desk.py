"""The schedule on the desk: planned, looked at as residents will read it, published, moved, split, cancelled."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from salur.core.officers.roles import Officer, Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.wiring import Services
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient
from tests.fixtures.officers import Heads, SignedIn
from tests.fixtures.uploads import work_off
from tests.web.conftest import read_off, text_of
from tests.web.http.test_uploads import as_sent

HOME = "/kantor/jadwal"
TUESDAY, WEDNESDAY = "2026-02-24", "2026-02-25"


class Planner:
    """Somebody at Dinas Sosial who plans, with a browser without scripts."""

    def __init__(self, services: Services, browser: SignedIn, officer: Officer) -> None:
        self.services, self.browser, self.officer = services, browser, officer

    def opens(self, address: str) -> TestResponse:
        """Open a page."""
        return self.browser.opens(address, follow_redirects=True)

    def posts(self, address: str, **fields: Any) -> TestResponse:
        """Send a form; where it leads is `location`."""
        return self.browser.posts(address, **fields)

    def hall(self, **facts: Any) -> int:
        """A hall in Tegal Gundil, open on weekdays."""
        told = {"opening_hours": "Senin-Jumat 08.00-15.00", "name": "Aula Tegal Gundil", **facts}
        place = PlaceFacts(kind=PlaceKind.VILLAGE_HALL, region_code=TEGAL_GUNDIL, **told)
        return self.services.places.add(self.officer, place, is_another=True)

    def fields(self, hall: int, **other: str) -> dict[str, str]:
        """What is filled in to announce PKH for RW 5 on Tuesday morning."""
        known = {"programme": "PKH", "year": "2026", "part": "T1", "region": TEGAL_GUNDIL, "rw": "5", "rt": ""}
        when = {"place": str(hall), "date": TUESDAY, "starts": "08:00", "ends": "11:00", "deadline": "2026-03-31"}
        return {**known, **when, **other}

    def plans(self, address: str, **fields: str) -> str:
        """Fill in a form that is right; gives the address of its draft."""
        sent = self.posts(address, **fields)
        assert sent.status_code == 303, text_of(sent)
        return str(sent.location)

    def publishes(self, draft: str, *, ticks: bool = True) -> TestResponse:
        """Tick all that is asked, and publish what is shown."""
        page = self.opens(draft).text
        boxes = dict.fromkeys(re.findall(r'type="checkbox" id="(setuju-\d+)"', page), "1") if ticks else {}
        return self.posts(f"{draft}/terbitkan", dilihat=read_off(r'name="dilihat" value="(\w+)"', page), **boxes)

    def asked(self, draft: str) -> str:
        """What is asked before it is published."""
        found = re.search(r'<form class="decide questions".*?</form>', self.opens(draft).text, re.S)
        assert found
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", found[0])))

    def sitting(self) -> int:
        """The first sitting to come."""
        return self.services.planning.board(self.officer)[0].areas[0].sitting or 0


@pytest.fixture
def planner(services: Services, heads: Heads, signed_in: Callable[[Officer], SignedIn]) -> Planner:
    """A planner of Bogor who is signed in."""
    officer = heads.create(Role.DINSOS)
    return Planner(services, signed_in(officer), officer)


def test_a_sitting_is_planned_looked_at_and_published_and_only_then_read(services, office, planner, visitor):
    mother = Recipient()
    office.publishes(mother)
    draft = planner.plans(f"{HOME}/baru", **planner.fields(planner.hall()))
    page = text_of(planner.opens(draft))
    for told in (
        "Yang akan dibaca warga",
        "Selasa, 24 Februari 2026",
        "pukul 08.00–11.00 WIB",
        "Aula Tegal Gundil",
        "1 keluarga",
    ):
        assert told in page
    assert "belum ditetapkan" in text_of(visitor.asks(mother.nik, mother.name))
    assert planner.publishes(draft).status_code == 303
    answer = text_of(visitor.asks(mother.nik, mother.name))
    assert "24 Februari 2026" in answer
    assert "Aula Tegal Gundil" in answer
    assert planner.officer.username in text_of(planner.opens(draft))
    assert "24 Februari 2026, 08.00–11.00" in text_of(planner.opens(HOME))


def test_a_move_tells_what_it_was_and_is_taken_back_exactly(services, office, planner, visitor):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced(rw=5), Announced(rw=6))
    place = str(services.places.all(planner.officer)[0].id)
    moved = {"place": place, "date": WEDNESDAY, "starts": "09.00", "ends": "11.00", "deadline": ""}
    draft = planner.plans(f"{HOME}/{planner.sitting()}/pindah", **moved)
    assert "Semula Selasa, 24 Februari. Sekarang Rabu, 25 Februari." in text_of(planner.opens(draft))
    assert "Semula" not in text_of(visitor.opens(f"/jadwal/{TEGAL_GUNDIL}"))
    planner.publishes(draft)
    assert "Semula Selasa, 24 Februari. Sekarang Rabu, 25 Februari." in text_of(visitor.asks(mother.nik, mother.name))
    public = text_of(visitor.opens(f"/jadwal/{TEGAL_GUNDIL}"))
    assert "RW 005–006" in public  # all of the group moved, and are still one
    assert planner.posts(f"{draft}/urungkan").status_code == 303
    assert "Semula" not in text_of(visitor.asks(mother.nik, mother.name))
    assert "24 Februari 2026" in text_of(visitor.asks(mother.nik, mother.name))


def test_what_is_cancelled_says_so_to_residents_until_another_day_is_known(office, planner, visitor):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced(rw=5))
    sent = planner.posts(f"{HOME}/{planner.sitting()}/batal")
    assert "dibatalkan" in text_of(planner.opens(sent.location))
    assert "24 Februari" in text_of(visitor.asks(mother.nik, mother.name))
    planner.publishes(sent.location)
    told = "Pengambilan Selasa, 24 Februari 2026 di Kantor Kelurahan Tegal Gundil dibatalkan"
    assert told in text_of(visitor.asks(mother.nik, mother.name))
    assert told in text_of(visitor.opens(f"/jadwal/{TEGAL_GUNDIL}"))
    assert "dibatalkan" in text_of(planner.opens(HOME))
    planner.posts(f"{sent.location}/urungkan")
    assert "dibatalkan" not in text_of(visitor.asks(mother.nik, mother.name))


def test_of_several_rw_some_are_moved(services, office, planner, visitor):
    stays, goes = Recipient(rw=5), Recipient(rw=6)
    office.publishes(stays, goes)
    office.announces(Announced(rw=5), Announced(rw=6))
    announced = services.planning.board(planner.officer)[0]
    sixth = next(area.sitting for area in announced.areas if area.rw == 6)
    page = f"{HOME}/{announced.areas[0].sitting}/bagi"
    when = {"place": str(announced.sitting.place.id), "date": WEDNESDAY, "starts": "08:00", "ends": "11:00"}
    for none_or_all in ({}, {"going": [str(area.sitting) for area in announced.areas]}):
        assert planner.posts(page, **when, **none_or_all).status_code == 422
    planner.publishes(planner.plans(page, **when, going=str(sixth)))
    assert "Jadwal berubah" not in text_of(visitor.asks(stays.nik, stays.name))
    assert "Sekarang Rabu, 25 Februari" in text_of(visitor.asks(goes.nik, goes.name))


def test_a_whole_kelurahan_is_split_and_whoever_is_left_out_is_counted(services, office, planner, visitor):
    people = [Recipient(rw=rw) for rw in (5, 6, 7)]
    office.publishes(*people)
    office.announces(Announced())
    place = str(services.places.all(planner.officer)[0].id)
    when = {"place": place, "date": WEDNESDAY, "starts": "08:00", "ends": "11:00"}
    page = f"{HOME}/{planner.sitting()}/bagi"
    same = planner.posts(page, **when, staying_numbers="5,6", going_numbers="6")
    assert "kedua bagian" in text_of(same)
    draft = planner.plans(page, **when, staying_numbers="5", going_numbers="6")
    assert "1 keluarga dari jadwal semula tidak mendapat jadwal lagi" in planner.asked(draft)
    draft = planner.plans(page, **when, staying_numbers="5", going_numbers="6-7", draft=draft.rpartition("/")[2])
    assert "tidak mendapat jadwal" not in planner.opens(draft).text
    planner.publishes(draft)
    answers = [text_of(visitor.asks(one.nik, one.name, address=f"203.0.113.{n}")) for n, one in enumerate(people, 1)]
    assert ["Sekarang Rabu" in answer for answer in answers] == [False, True, True]
    assert all("24 Februari" in answer for answer in answers)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"date": "2026-03-19"}, "Hari libur: Hari Suci Nyepi"),
        ({"date": "2026-02-28"}, "Tempatnya tutup pada jam itu. Jam bukanya: Senin-Jumat 08.00-15.00"),
        ({"ends": "16:00"}, "Tempatnya tutup"),
        ({"deadline": "2026-02-23"}, "Hari terakhir pengambilan lebih dulu"),
        ({"date": "2026-02-19"}, "sudah lewat"),
    ],
)
def test_what_speaks_against_it_is_asked_before_it_is_published(services, planner, fields, told):
    draft = planner.plans(f"{HOME}/baru", **planner.fields(planner.hall(), **fields))
    assert told in planner.asked(draft)
    refused = planner.publishes(draft, ticks=False)
    assert refused.status_code == 422
    assert "Centang dulu" in text_of(refused)
    assert services.planning.board(planner.officer) == ()
    assert planner.publishes(draft).status_code == 303


def test_the_same_families_and_a_full_place_are_pointed_out(services, office, planner):
    office.publishes(*(Recipient(rw=5) for _ in range(3)))
    office.publishes(Recipient(rw=5), programme="SEMBAKO")
    small, other = planner.hall(per_hour=1), planner.hall(name="SD Negeri 4")
    planner.publishes(planner.plans(f"{HOME}/baru", **planner.fields(other)))
    again = planner.plans(f"{HOME}/baru", **planner.fields(other, date=WEDNESDAY))
    assert "sudah punya jadwal untuk program dan periode ini" in planner.asked(again)
    elsewhere = planner.plans(f"{HOME}/baru", **planner.fields(small, programme="SEMBAKO"))
    assert "sudah ditunggu di tempat lain pada jam itu" in planner.asked(elsewhere)
    there = planner.plans(f"{HOME}/baru", **planner.fields(other, programme="SEMBAKO"))
    assert "sudah ada pembayaran lain. Bersama-sama 4 keluarga" in planner.asked(there)
    full = planner.plans(
        f"{HOME}/baru", **planner.fields(small, date=WEDNESDAY, starts="08:00", ends="09:00", programme="PKH")
    )
    assert "3/1" in planner.asked(full)


def test_what_was_changed_meanwhile_is_looked_at_again_before_it_is_published(services, office, planner):
    office.announces(Announced(rw=5))
    place = str(services.places.all(planner.officer)[0].id)
    when = {"place": place, "starts": "08:00", "ends": "11:00"}
    page = f"{HOME}/{planner.sitting()}/pindah"
    first, second = (planner.plans(page, **when, date=day) for day in (WEDNESDAY, "2026-02-26"))
    planner.publishes(first)
    stale = text_of(planner.opens(second))
    assert "sudah diubah orang lain" in stale
    assert planner.posts(f"{second}/terbitkan", dilihat="0").status_code == 422
    assert [one.sitting.starts.day for one in services.planning.board(planner.officer)] == [25]
    # What publishing does is what was shown: a digest of something else is refused.
    third = planner.plans(f"{HOME}/{planner.sitting()}/pindah", **when, date="2026-02-27")
    assert planner.posts(f"{third}/terbitkan", dilihat="0").status_code == 422


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"programme": ""}, "Pilih programnya"),
        ({"ends": "07:00"}, "sesudah jam mulai"),
        ({"starts": "pagi"}, "Jamnya belum bisa dibaca"),
        ({"rw": "semua"}, "Tulis nomornya saja"),
        ({"rw": "1-5", "rt": "2"}, "RT hanya untuk satu RW"),
        ({"region": "32.73.01.1001"}, "bukan wilayah kantor Anda"),
        ({"place": "999"}, "Tempat itu tidak ada"),
    ],
)
def test_a_slip_is_told_at_its_field(services, planner, fields, told):
    sent = planner.posts(f"{HOME}/baru", **planner.fields(planner.hall(), **fields))
    assert sent.status_code == 422
    assert told in text_of(sent)
    assert services.planning.files(planner.officer) == ()


def test_a_workbook_becomes_a_draft_whose_rows_add_up(services, planner, visitor, write_sheet):
    header = ["PROGRAM", "TAHAP", "KELURAHAN", "RW", "TANGGAL", "JAM", "TEMPAT"]
    rows = [
        ["PKH", "1", "TEGAL GUNDIL", "5", "24/02/2026", "08.00-11.00", "Kantor Kelurahan Tegal Gundil"],
        ["PKH", "1", "TEGAL GUNDIL", "6", "24/02/2026", "11.00-08.00", "Kantor Kelurahan Tegal Gundil"],
        ["PKH", "1", "ANTAPANI KIDUL", "1", "24/02/2026", "08.00-11.00", "Kantor Kelurahan"],
    ]
    draft = planner.opens(sent_by(planner, write_sheet("jadwal.xlsx", [header, *rows])))
    page = text_of(draft)
    assert "1 baru" in page
    assert "Baris 3." in page
    assert "RW 005" in page
    address = read_off(r'action="(/kantor/jadwal/konsep/\d+)/terbitkan"', draft.text)
    planner.publishes(address)
    assert "24 Februari" in text_of(visitor.opens(f"/jadwal/{TEGAL_GUNDIL}"))


def test_a_workbook_that_is_no_schedule_says_why(services, planner, write_sheet):
    page = planner.opens(sent_by(planner, write_sheet("x.xlsx", [["A", "B"], ["1", "2"]])))
    assert "Perbaiki berkasnya" in text_of(page)
    assert services.planning.files(planner.officer) == ()
    assert planner.posts(f"{page.request.path}/buang").status_code == 303
    assert planner.opens(page.request.path).status_code == 404


def test_a_schedule_is_not_among_the_lists_that_were_sent(services, planner, write_sheet):
    address = sent_by(planner, write_sheet("x.xlsx", [["A", "B"], ["1", "2"]]), read=False)
    id = address.rpartition("/")[2]
    assert planner.opens(f"/kantor/daftar/berkas/{id}").status_code == 404
    assert "x.xlsx" not in planner.opens("/kantor/daftar").text
    assert "x.xlsx" in planner.opens(HOME).text


def test_another_citys_schedule_is_not_there(services, office, planner):
    office.announces(Announced(region_code="76.04.01.1001"))
    (file,) = services.schedules.all()
    theirs = services.timetable.schedule("76.04.01.1001").upcoming[0].sitting.id
    assert services.planning.board(planner.officer) == ()
    assert services.places.all(planner.officer) == ()
    assert "76.04" not in planner.opens(HOME).text
    for address in (f"{HOME}/{theirs}", f"{HOME}/{theirs}/pindah", f"{HOME}/konsep/{file.id}", "/kantor/tempat/1"):
        assert planner.opens(address).status_code == 404
    for address in (
        f"{HOME}/{theirs}/batal",
        f"{HOME}/konsep/{file.id}/urungkan",
        f"{HOME}/konsep/{file.id}/terbitkan",
    ):
        assert planner.posts(address).status_code == 404
    assert services.timetable.schedule("76.04.01.1001").upcoming


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DINSOS])
def test_the_schedule_is_planned_by_dinas_sosial(heads, signed_in, role):
    assert signed_in(heads.create(role)).opens(HOME).status_code == 403


def sent_by(planner: Planner, file: Path, *, read: bool = True) -> str:
    """Send a workbook and have it read; gives its address."""
    sheet = FileStorage(io.BytesIO(file.read_bytes()), file.name)
    fields: dict[str, Any] = {
        "csrf_token": planner.browser.form_token(),
        "berkas": [sheet],
        "programme": "",
        "year": "2026",
        "part": "",
    }
    sent = planner.browser.client.post(f"{HOME}/unggah", **as_sent(fields))
    assert sent.status_code == 303
    if read:
        work_off(planner.services)
    return str(sent.location)


def test_of_tomorrow_is_not_the_past(planner):
    """Else the story about days that have passed would hold of all days."""
    draft = planner.plans(f"{HOME}/baru", **planner.fields(planner.hall()))
    assert "sudah lewat" not in planner.opens(draft).text
    assert dt.date.fromisoformat(TUESDAY) > planner.services.clock().date()
