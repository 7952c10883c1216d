"""Pages about nobody: schedule, places, programmes, help, privacy, language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from icalendar import Calendar

from salur.words.language import LANGUAGES
from salur.words.lists.programmes import PROGRAMMES
from tests.fixtures.office import TEGAL_GUNDIL, Announced
from tests.web.conftest import read_off, text_of

PAGES = ["/", "/jadwal", f"/jadwal/{TEGAL_GUNDIL}", "/program", "/bantuan", "/privasi"]
LINK = re.compile(r'href="(/[^"#]*)(?:#([^"]*))?"')


@pytest.fixture
def announced(office):
    """A sitting in Tegal Gundil for RW 5."""
    office.announces(Announced(rw=5))


def test_a_neighbour_finds_day_hours_and_place_of_the_kelurahan_without_typing_a_number(visitor, announced):
    found = visitor.opens("/jadwal?cari=TEGALGUNDIL")
    assert f'href="/jadwal/{TEGAL_GUNDIL}"' in found.text
    page = text_of(visitor.opens(f"/jadwal/{TEGAL_GUNDIL}"))
    for said in ("Selasa, 24 Februari 2026", "pukul 08.00–11.00 WIB", "Kantor Kelurahan Tegal Gundil", "RW 005"):
        assert said in page
    assert "Tidak ada potongan" in page


def test_a_search_without_a_hit_says_so(visitor, announced):
    response = visitor.opens('/jadwal?cari="><script>')
    assert "Tidak ada kelurahan dengan nama itu" in text_of(response)
    assert "<script>" not in response.text


def test_a_misspelt_name_brings_those_alike_to_choose_from(visitor, announced):
    response = visitor.opens("/jadwal?cari=tegal+gundul")
    page = text_of(response)
    assert "Nama itu tidak ada di jadwal. Ini yang mirip:" in page
    assert f'href="/jadwal/{TEGAL_GUNDIL}"' in response.text
    assert 'value="tegal gundul"' in response.text
    assert "Tidak ada kelurahan dengan nama itu" not in page


@pytest.mark.parametrize("cari", ["gundil", "te", "Kel. Tegal Gundil", "bogor utara", "Kecamatan Bogor Utara", ""])
def test_a_part_of_the_name_or_the_kecamatan_narrows_the_list_down(visitor, announced, cari):
    response = visitor.opens("/jadwal?cari=" + cari)
    assert f'href="/jadwal/{TEGAL_GUNDIL}"' in response.text
    assert "Ini yang mirip" not in text_of(response)


def test_sittings_that_are_over_are_marked_as_such(visitor, announced, clock):
    clock.passes(days=10)
    page = text_of(visitor.opens(f"/jadwal/{TEGAL_GUNDIL}"))
    assert "Belum ada jadwal baru" in page
    assert "30 hari terakhir" in page


def test_a_place_tells_its_hours_and_opens_in_any_map(visitor, announced):
    place = read_off(r'href="(/lokasi/\d+)"', visitor.opens(f"/jadwal/{TEGAL_GUNDIL}").text)
    response = visitor.opens(place)
    assert "Senin-Jumat 08.00-15.00" in text_of(response)
    assert (
        'href="geo:-6.571200,106.820600?q=-6.571200,106.820600(Kantor%20Kelurahan%20Tegal%20Gundil)"' in response.text
    )
    assert "https://www.google.com/maps/search/?api=1&amp;query=-6.571200%2C106.820600" in response.text
    assert "https://www.openstreetmap.org/?mlat=-6.571200&amp;mlon=106.820600" in response.text


def test_a_place_without_coordinates_says_so_and_asks_no_map(visitor, office):
    office.announces(Announced(latitude=None, longitude=None))
    place = read_off(r'href="(/lokasi/\d+)"', visitor.opens(f"/jadwal/{TEGAL_GUNDIL}").text)
    page = visitor.opens(place).text
    assert "geo:" not in page
    assert "belum kami ketahui" in page


def test_the_calendar_file_says_when_and_where_and_nothing_about_anyone(visitor, announced):
    address = read_off(r'href="(/jadwal/sesi/\d+\.ics)"', visitor.opens(f"/jadwal/{TEGAL_GUNDIL}").text)
    response = visitor.opens(address)
    assert response.mimetype == "text/calendar"
    assert 'filename="ambil-bantuan-2026-02-24.ics"' in response.headers["Content-Disposition"]
    event: Any
    (event,) = Calendar.from_ical(response.data).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2026-02-24T01:00:00+00:00"
    assert event["LOCATION"] == "Kantor Kelurahan Tegal Gundil, Jl. Achmad Adnawijaya No. 1"
    assert visitor.opens(address).data == response.data


def test_every_programme_is_explained(visitor):
    page = visitor.opens("/program").text
    for code in PROGRAMMES:
        assert f'id="{code}"' in page


def test_help_tells_where_the_numbers_stand_and_where_a_levy_is_reported(visitor):
    page = visitor.opens("/bantuan").text
    assert page.count('role="img"') == 2
    for where in ("Dinas Sosial", "lapor.go.id", "PT Pos"):
        assert where in page


def test_every_link_on_every_page_leads_somewhere(visitor, announced):
    pages = {address: visitor.opens(address).text for address in PAGES}
    for text in list(pages.values()):
        for path, anchor in LINK.findall(text):
            target = pages.setdefault(path, visitor.opens(path.replace("&amp;", "&"), follow_redirects=True).text)
            assert "Halaman ini tidak ada" not in target, path
            assert not anchor or f'id="{anchor}"' in target, (path, anchor)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_chosen_language_is_remembered_and_leads_back_to_the_same_page(visitor, code):
    response = visitor.opens(f"/bahasa/{code}?ke=/program")
    assert (response.status_code, response.location) == (303, "/program")
    assert f'<html lang="{code}">' in visitor.opens("/program").text
    assert f'<html lang="{code}">' in visitor.opens("/").text


@pytest.mark.parametrize(
    "ke",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/%09/evil.example", "",
     "/a%0d%0aSet-Cookie:x=1", "/..//evil.example?x", "%2F%2Fevil.example"],
)  # fmt: skip
def test_a_language_link_leads_nobody_to_another_site(visitor, ke):
    response = visitor.opens(f"/bahasa/en?ke={ke}")
    assert response.status_code == 303
    assert response.location == "/"


def test_a_browsers_own_language_changes_nothing(visitor):
    page = visitor.opens("/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert '<html lang="id">' in page.text


def test_a_visit_at_home_is_not_promised_to_everybody(visitor, office):
    office.announces(Announced(kind="home", place="Rumah penerima", address=None))
    page = text_of(visitor.opens(f"/jadwal/{TEGAL_GUNDIL}"))
    assert "Untuk yang sakit, lansia, atau disabilitas: petugas datang ke rumah." in page


def test_a_page_is_not_kept_for_every_address_that_someone_makes_up(visitor):
    made_up = "/" + "a" * 5000
    assert made_up not in visitor.opens(made_up).text


def test_rw_beside_each_other_are_one_and_the_city_that_is_served_comes_first(visitor, office, services):
    elsewhere = "76.04.01.1001"  # Kabupaten Polewali Mandar, earlier in the alphabet
    office.announces(*(Announced(rw=rw) for rw in (1, 2, 3, 4, 5, 7)), Announced(region_code=elsewhere))
    assert "Tegal Gundil RW 001–005, 007" in text_of(visitor.opens(f"/jadwal/{TEGAL_GUNDIL}"))
    page = visitor.opens("/jadwal").text
    assert page.index(TEGAL_GUNDIL) < page.index(elsewhere)
