"""A calendar at the site: it is asked for with a link, tells nobody's name, costs little, and ends."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re

import pytest
from icalendar import Calendar

from salur.logs import lines
from salur.web.app import create_app
from salur.words.language import LANGUAGES, language
from tests.fixtures.office import Announced, Recipient
from tests.web.conftest import text_of
from tests.web.following.conftest import Follower


@pytest.fixture
def token(follower, mother):
    """The word of a calendar's address, which a mother has made."""
    follower.asks(mother.nik, mother.name)
    return follower.makes_a_calendar()


def event_of(file):
    """The one event of a file, read back by the library."""
    (event,) = Calendar.from_ical(file.data).walk("VEVENT")
    return event


def test_the_page_of_it_has_the_link_in_two_ways_and_ends_it(follower, another, token):
    page = follower.opens(f"/kalender/{token}")
    assert f'href="webcal://localhost/kalender/{token}.ics"' in page.text
    assert f">http://localhost/kalender/{token}.ics</textarea>" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert '<a href="/jawaban">Kembali ke jawaban</a>' in page.text
    elsewhere = another()  # opened from the calendar, in a browser that never asked anything
    opened = elsewhere.opens(f"/kalender/{token}")
    assert (opened.status_code, "/jawaban" in opened.text) == (200, False)
    assert elsewhere.client.post(f"/kalender/{token}").status_code == 400
    led = elsewhere.presses(f"/kalender/{token}")
    assert (led.status_code, led.headers["Location"]) == (303, "/kalender/selesai")
    assert "Alamatnya sudah dihapus" in text_of(elsewhere.opens("/kalender/selesai"))
    for address in (f"/kalender/{token}", f"/kalender/{token}.ics"):
        assert elsewhere.opens(address).status_code == 404


def test_there_is_nobody_in_it(follower, token, mother):
    for file in (follower.opens(f"/kalender/{token}.ics"), follower.opens(f"/kalender/{token}")):
        whole = file.text.replace("\r\n ", "").replace("\n ", "")
        for personal in (*mother.name.split(), "S. M.", mother.nik, mother.kk, "600.000", "600000", mother.address):
            assert personal not in whole


def test_it_says_when_where_and_what_to_bring(follower, token):
    file = follower.opens(f"/kalender/{token}.ics")
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "X-WR-CALNAME:Jadwal bantuan sosial" in file.text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT2H" in file.text
    assert "X-PUBLISHED-TTL:PT2H" in file.text
    event = event_of(file)
    assert event["LOCATION"] == "Kantor Kelurahan Tegal Gundil, Jl. Achmad Adnawijaya No. 1"
    assert (event["GEO"].latitude, event["GEO"].longitude) == (-6.5712, 106.8206)
    assert event["SUMMARY"] == "Ambil bantuan: Program Keluarga Harapan"
    told = event["DESCRIPTION"]
    assert "Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB. Bawa surat pemberitahuan, KTP asli, dan KK asli." in told
    assert told.endswith(f"Berhenti: http://localhost/kalender/{token}")
    assert event["URL"] == f"http://localhost/kalender/{token}"
    assert len(event.walk("VALARM")) == 1


def calls_all_off(services, heads):
    """Dinas Sosial cancels each sitting that is to come."""
    officer = heads.create("dinsos")
    for sitting in [area.sitting for held in services.planning.board(officer) for area in held.areas]:
        off = services.planning.cancel(officer, sitting)
        services.planning.publish(officer, off, services.planning.look(officer, off).digest, agreed=True)


def test_what_is_not_held_says_so_and_rings_for_nobody(follower, token, office, services, heads):
    calls_all_off(services, heads)
    event = event_of(follower.opens(f"/kalender/{token}.ics"))
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "DIBATALKAN: Ambil bantuan: Program Keluarga Harapan")
    assert "Jangan datang" in event["DESCRIPTION"]
    assert event.walk("VALARM") == []


def test_what_was_missed_says_where_it_can_still_be_collected(follower, token, clock):
    clock.passes(days=5)
    event = event_of(follower.opens(f"/kalender/{token}.ics"))
    assert "Sudah lewat. Belum diambil? Bisa di kantor pos, paling lambat Selasa, 31 Maret 2026" in event["DESCRIPTION"]
    assert "*" not in event["DESCRIPTION"]
    assert event.walk("VALARM") == []


def test_an_officer_who_comes_to_the_house_is_told_as_that(follower, office, mother, services, heads):
    ill = Recipient(care=True)
    office.publishes(mother, ill)
    office.announces(Announced(kind="home", place="Rumah penerima", address=None, latitude=None, longitude=None))
    follower.asks(ill.nik, ill.name)
    address = f"/kalender/{follower.makes_a_calendar()}.ics"
    event = event_of(follower.opens(address))
    assert event["SUMMARY"] == "Petugas datang ke rumah: Program Keluarga Harapan"
    assert "Siapkan: KTP asli, KK asli." in event["DESCRIPTION"]
    assert event.walk("VALARM")[0]["DESCRIPTION"] == "Besok: petugas datang ke rumah"
    assert ill.address not in event["LOCATION"]
    calls_all_off(services, heads)
    off = event_of(follower.opens(address))["DESCRIPTION"]
    assert off.startswith("Petugas tidak jadi datang.")
    assert "Jangan datang" not in off


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_speaks_the_language_in_which_it_was_made(code, follower, another, mother):
    follower.opens(f"/bahasa/{code}")
    follower.asks(mother.nik, mother.name)
    token = follower.makes_a_calendar()
    summary = language(code)("Ambil bantuan: {program}", program="Program").removesuffix("Program")
    file = another().opens(f"/kalender/{token}.ics").text
    assert f"SUMMARY:{summary}Program" in file
    page = another().opens(f"/kalender/{token}").text
    assert f'<html lang="{code}">' in page
    assert token not in "".join(re.findall(r"/bahasa/[^\"]+", page))


def test_who_asks_again_is_sent_nothing_new(follower, another, token, office, clock):
    address = f"/kalender/{token}.ics"
    first = follower.opens(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    clock.passes(hours=1)
    tag = {"If-None-Match": first.headers["ETag"]}
    same = another().opens(address, headers=tag)
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", first.headers["ETag"])
    office.announces(Announced(starts=dt.time(9)))
    moved = another().opens(address, headers=tag)
    assert (moved.status_code, b"20260224T020000Z" in moved.data) == (200, True)


def test_unknown_mistyped_and_ended_are_one_and_the_same_page(follower, another, token):
    follower.presses(f"/kalender/{token}")
    pages = set()
    for word in (token, "a" * 32, "selesa", "x", f"{token}x", "%00", "ö", token.upper()):
        for ending in ("", ".ics"):
            page = another().opens(f"/kalender/{word}{ending}")
            headers = {k: v for k, v in page.headers if k not in ("X-Request-ID", "Date", "Set-Cookie")}
            pages.add((page.status_code, re.sub(r'ke=[^"]*', "", page.text), tuple(sorted(headers.items()))))
    (one,) = pages
    assert one[0] == 404


def test_a_button_that_is_pressed_twice_leads_to_the_same_one(follower, another, token, mother):
    assert follower.makes_a_calendar() == token, "pressed again, or gone back to and pressed"
    follower.opens("/jawaban")  # read once more, it is the same answer
    assert follower.makes_a_calendar() == token
    neighbour = another()
    neighbour.asks(mother.nik, mother.name)
    assert neighbour.makes_a_calendar() != token
    follower.presses(f"/kalender/{token}")
    assert follower.makes_a_calendar() != token, "what was ended stays so"


def test_too_many_for_one_answer_are_refused_in_words(follower, mother):
    for _ in range(10):
        follower.asks(mother.nik, mother.name)
        follower.makes_a_calendar()
    follower.asks(mother.nik, mother.name)
    refused = follower.presses("/kabar/kalender", "/kabar")
    assert (refused.status_code, "sudah 10 kalender dibuat" in text_of(refused)) == (409, True)


def test_its_word_is_in_no_line_of_any_log(services, mother, capfd, caplog):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(lines("json"))
    caplog.set_level(logging.DEBUG)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        app = create_app(services)
        phone = Follower(app)
        phone.asks(mother.nik, mother.name)
        token = phone.makes_a_calendar()
        for address in (f"/kalender/{token}", f"/kalender/{token}.ics"):
            assert phone.opens(address).status_code == 200
            assert phone.client.post(address).status_code in (400, 404, 405)
        logging.getLogger("werkzeug").warning('"GET /kalender/%s.ics HTTP/1.1" 200 -', token)
        phone.presses(f"/kalender/{token}")
        assert phone.opens(f"/kalender/{token}.ics").status_code == 404
        with services.database.reading() as connection:
            connection.exec_driver_sql("SELECT 1")
    finally:
        root.removeHandler(handler)
    told = stream.getvalue() + "".join(capfd.readouterr()) + "\n".join(r.getMessage() for r in caplog.records)
    assert "/kalender/-" in told
    assert token not in told


def test_a_fault_of_ours_tells_nothing_of_its_word(services, token, monkeypatch, caplog):
    monkeypatch.setattr("salur.web.following.calendar.followed_ics", lambda *_: 1 / 0)
    page = Follower(create_app(services)).opens(f"/kalender/{token}.ics")
    assert page.status_code == 500
    told = page.text + "\n".join(f"{r.getMessage()} {r.exc_text}" for r in caplog.records)
    assert "ZeroDivisionError" in told
    assert token not in told
