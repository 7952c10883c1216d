"""What posters tell: what everybody may know of the sittings to come, and nobody's name."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient


@pytest.fixture
def sittings(office):
    """One for all, one for RW 5, one for RW 6."""
    office.publishes(Recipient())
    office.announces(Announced(), Announced(rw=5, place="Balai RW 5"), Announced(rw=6, place="Balai RW 6"))


def places(poster):
    """Where is paid."""
    return {one.sitting.place.name for one in poster.sittings}


def test_a_poster_of_a_kelurahan_has_all_sittings_to_come(sittings, services):
    poster = services.posters.of_kelurahan(TEGAL_GUNDIL)
    assert places(poster) == {"Kantor Kelurahan Tegal Gundil", "Balai RW 5", "Balai RW 6"}
    assert (poster.area, poster.kecamatan, poster.kabupaten) == ("Tegal Gundil", "Bogor Utara", "Kota Bogor")
    assert poster.url.endswith(f"/JADWAL/{TEGAL_GUNDIL}")
    assert poster.url == poster.url.upper()
    assert "MAESAROH" not in repr(poster)


def test_one_of_an_rw_has_those_for_it_and_those_for_all(sittings, services):
    poster = services.posters.of_kelurahan(TEGAL_GUNDIL, 5)
    assert places(poster) == {"Kantor Kelurahan Tegal Gundil", "Balai RW 5"}
    assert poster.rw == 5


def test_one_of_a_place_has_what_is_paid_there(sittings, services):
    (one,) = [s for s in services.timetable.schedule(TEGAL_GUNDIL).upcoming if s.sitting.place.name == "Balai RW 6"]
    poster = services.posters.of_place(one.sitting.place.id)
    assert (poster.area, places(poster)) == ("Balai RW 6", {"Balai RW 6"})
    assert poster.url.endswith(f"/LOKASI/{one.sitting.place.id}")


def test_there_is_none_of_what_is_not_there(sittings, services):
    assert services.posters.of_kelurahan("99.99.99.9999") is None
    assert services.posters.of_kelurahan("x") is None
    assert services.posters.of_kelurahan(TEGAL_GUNDIL, 7) is None
    assert services.posters.of_place(987_654) is None
    assert services.posters.of_kelurahan(BANTAR_JATI).sittings == ()


def test_what_is_over_stands_on_no_poster(sittings, services, clock):
    clock.passes(days=(dt.date(2026, 2, 25) - clock().date()).days)
    assert services.posters.of_kelurahan(TEGAL_GUNDIL).sittings == ()
