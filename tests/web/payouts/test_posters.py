"""Posters from the public schedule: a page of A4 or A3, in the languages of the place."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient

POSTER = f"/jadwal/{TEGAL_GUNDIL}/poster.pdf"


@pytest.fixture
def client(app):
    """Somebody who passes by."""
    return app.test_client()


@pytest.fixture
def sittings(office):
    """One for all, one for RW 5."""
    office.publishes(Recipient(name="SITI MAESAROH"))
    office.announces(Announced(), Announced(rw=5, place="Balai RW 5"))


def text_of(response) -> str:
    """What a PDF says."""
    (page,) = PdfReader(io.BytesIO(response.data)).pages
    return " ".join(page.extract_text().split())


def test_the_schedule_offers_a_poster_and_whoever_likes_prints_it(sittings, client):
    page = client.get(f"/jadwal/{TEGAL_GUNDIL}").text
    assert "Cetak poster" in page
    assert '<option value="5">005</option>' in page
    poster = client.get(POSTER)
    assert (poster.status_code, poster.mimetype) == (200, "application/pdf")
    told = text_of(poster)
    assert "Tegal Gundil" in told
    assert "Balai RW 5" in told
    assert "MAESAROH" not in told
    small, large = (PdfReader(io.BytesIO(client.get(f"{POSTER}?ukuran={size}").data)).pages[0] for size in ("a4", "a3"))
    assert (round(small.mediabox.width), round(large.mediabox.width)) == (595, 842)


def test_in_west_java_it_says_the_same_in_sundanese(sittings, client, services):
    assert "Jadwal pengambilan bantuan" in (told := text_of(client.get(POSTER)))
    assert "Jadwal nyandak bantuan" in told
    client.get("/bahasa/en")
    assert "Jadwal pengambilan bantuan" in text_of(client.get(POSTER)), "Indonesian stands on every poster"


def test_a_poster_of_an_rw_and_of_a_place(sittings, client, services):
    assert "RW 005 Tegal Gundil" in text_of(client.get(f"{POSTER}?rw=5"))
    first = services.timetable.schedule(TEGAL_GUNDIL).upcoming[0].sitting.place
    assert f"/lokasi/{first.id}/poster.pdf" in client.get(f"/lokasi/{first.id}").text
    assert first.name in text_of(client.get(f"/lokasi/{first.id}/poster.pdf"))


@pytest.mark.parametrize(
    "address", [f"{POSTER}?rw=77", f"{POSTER}?rw=x", "/jadwal/x/poster.pdf", "/lokasi/99/poster.pdf"]
)
def test_there_is_none_of_what_is_not_there(sittings, client, address):
    assert client.get(address).status_code == 404


def test_the_picture_on_it_leads_back(sittings, client, services):
    poster = services.posters.of_kelurahan(TEGAL_GUNDIL)
    path = poster.url.partition("//")[2].partition("/")[2]
    assert client.get(f"/{path}").location == f"/jadwal/{TEGAL_GUNDIL}"


def test_the_same_poster_is_made_once(sittings, client, monkeypatch):
    first = client.get(POSTER).data
    monkeypatch.setattr("salur.web.posters.poster_as_pdf", None)
    assert client.get(POSTER).data == first
