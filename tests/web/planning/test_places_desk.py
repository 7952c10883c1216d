"""Places on the desk: kept, found, merged where one was written as two, taken back; residents read it at once."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest

from salur.core.officers.roles import Officer, Role
from tests.fixtures.office import TEGAL_GUNDIL, Announced
from tests.fixtures.officers import Heads, SignedIn
from tests.web.conftest import text_of

HOME = "/kantor/tempat"
FILLED = {
    "name": "Aula Kelurahan Tegal Gundil",
    "kind": "village_hall",
    "region": TEGAL_GUNDIL,
    "street": "Jl. Roda No. 1",
    "opening_hours": "Senin-Jumat 08.00-15.00",
    "position": "https://www.google.com/maps/place/x/@-6.5,106.7,17z/data=!3m1!8m2!3d-6.5712!4d106.8206",
    "per_hour": "40",
}


@pytest.fixture
def browser(heads: Heads, signed_in: Callable[[Officer], SignedIn]) -> SignedIn:
    """An operator of Bogor who is signed in."""
    return signed_in(heads.create(Role.DINSOS))


@pytest.fixture
def operator(heads: Heads) -> Officer:
    """Another operator of Bogor, without pages."""
    return heads.create(Role.DINSOS)


def test_a_place_is_added_by_a_link_from_a_map_and_residents_find_it(services, browser, operator, visitor):
    sent = browser.posts(f"{HOME}/baru", **FILLED)
    assert sent.status_code == 303
    (place,) = services.places.all(operator)
    assert (place.place.latitude, place.place.longitude, place.per_hour) == (-6.5712, 106.8206, 40)
    assert "Ditambahkan" in text_of(browser.opens(sent.location))
    assert "Jl. Roda No. 1" in text_of(visitor.opens(f"/lokasi/{place.id}"))
    assert "Aula Kelurahan" in text_of(browser.opens(f"{HOME}?cari=aula"))
    assert "Tidak ada tempat" in text_of(browser.opens(f"{HOME}?cari=masjid"))


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", " ", "Nama tempat belum diisi"),
        ("region", "", "Pilih wilayah"),
        ("region", "32.73.01.1001", "bukan wilayah kantor Anda"),
        ("position", "https://maps.app.goo.gl/abc", "Tautan pendek"),
        ("position", "di sebelah pasar", "belum bisa dibaca"),
        ("per_hour", "0", "dari 1 sampai 5000"),
    ],
)
def test_a_slip_is_told_at_its_field_and_what_was_typed_stays(services, browser, operator, field, typed, told):
    sent = browser.posts(f"{HOME}/baru", **{**FILLED, field: typed})
    assert sent.status_code == 422
    assert told in text_of(sent)
    assert html.escape(FILLED["street"]) in sent.text
    assert services.places.all(operator) == ()


def test_a_place_that_is_likely_there_already_is_asked_about(services, browser, operator):
    browser.posts(f"{HOME}/baru", **FILLED)
    same = browser.posts(f"{HOME}/baru", **{**FILLED, "street": "lain"})
    assert same.status_code == 422
    assert "sudah ada" in text_of(same)
    alike = {**FILLED, "name": "Aula Kel. Tegalgundil", "position": ""}
    asked = browser.posts(f"{HOME}/baru", **alike)
    assert asked.status_code == 422
    assert "Mungkin tempat ini sudah ada" in text_of(asked)
    assert len(services.places.all(operator)) == 1
    assert browser.posts(f"{HOME}/baru", **alike, agreed="y").status_code == 303
    assert len(services.places.all(operator)) == 2


def test_a_place_where_people_are_expected_is_moved_only_with_a_tick(services, office, browser, operator, visitor):
    office.announces(Announced())
    (place,) = services.places.all(operator)
    page = f"{HOME}/{place.id}"
    moved = {**FILLED, "name": place.place.name, "street": "Jl. Baru No. 9", "seen": str(place.seen)}
    asked = browser.posts(page, **moved)
    assert asked.status_code == 422
    assert "letak lain" in text_of(asked)
    assert "Jl. Baru" not in visitor.opens(f"/jadwal/{TEGAL_GUNDIL}").text
    assert browser.posts(page, **moved, agreed="y").status_code == 303
    assert "Jl. Baru No. 9" in visitor.opens(f"/jadwal/{TEGAL_GUNDIL}").text
    history = text_of(browser.opens(page))
    assert "alamat, semula: Jl. Achmad Adnawijaya No. 1" in history
    # Who has the page of before open does not write over it.
    late = browser.posts(page, **{**moved, "street": "Jl. Lama"}, agreed="y")
    assert late.status_code == 422
    step = services.places.history(operator, place.id)[0]
    browser.posts(f"{page}/urungkan", langkah=str(step.id))
    assert "Jl. Achmad Adnawijaya" in visitor.opens(f"/jadwal/{TEGAL_GUNDIL}").text


def test_two_that_are_one_are_proposed_and_merged_by_a_person_and_parted_again(
    services, office, browser, operator, visitor
):
    office.announces(
        Announced(rw=5), Announced(place="Kantor Kelurahan Tegalgundil", address=None, opening_hours=None, rw=9)
    )
    (twins,) = services.places.twins(operator)
    page = text_of(browser.opens(HOME))
    assert "Mungkin tempat yang sama" in page
    compared = browser.opens(f"{HOME}/{twins.other.id}/gabung?ke={twins.one.id}")
    assert "Mana yang dipakai?" in compared.text
    assert len(services.places.all(operator)) == 2
    seen = {"ke": twins.one.id, "dilihat": twins.other.seen, "dilihat-ke": twins.one.seen}
    merged = browser.posts(f"{HOME}/{twins.other.id}/gabung", **seen)
    assert merged.status_code == 303
    (place,) = services.places.all(operator)
    assert place.upcoming == 2
    assert "RW 005, 009" in visitor.opens(f"/lokasi/{twins.other.id}").text
    # A schedule that still says the old name means the place that it is.
    office.announces(Announced(place="Kantor Kelurahan Tegalgundil", address=None, opening_hours=None, rw=10))
    assert len(services.places.all(operator)) == 1
    step = services.places.history(operator, place.id)[0]
    browser.posts(f"{HOME}/{place.id}/urungkan", langkah=str(step.id))
    assert sorted(one.upcoming for one in services.places.all(operator)) == [1, 2]


def test_two_that_are_two_are_proposed_no_more(services, office, browser, operator):
    office.announces(Announced(), Announced(place="Kantor Kelurahan Tegalgundil", rw=9))
    (twins,) = services.places.twins(operator)
    browser.posts(f"{HOME}/{twins.one.id}/beda", lain=str(twins.other.id))
    assert services.places.twins(operator) == ()


def test_the_page_of_a_place_alone_may_ask_the_phone_where_it_is(browser):
    asked = browser.opens(f"{HOME}/baru").headers.getlist("Permissions-Policy")
    assert len(asked) == 1
    assert "geolocation=(self)" in asked[0]
    assert "geolocation=()" in browser.opens(HOME).headers["Permissions-Policy"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DINSOS])
def test_places_are_for_dinas_sosial(heads, signed_in, role):
    assert signed_in(heads.create(role)).opens(HOME).status_code == 403
