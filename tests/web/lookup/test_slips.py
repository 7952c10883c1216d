"""Slips of the finger, forms left open, forms from elsewhere: each gets words and a way on."""

from __future__ import annotations

import html
import time

import pytest

from salur.web.app import create_app
from tests.fixtures.office import Recipient, a_nik
from tests.web.conftest import Visitor, read_off, text_of

OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}  # what browsers send from a page without Referer


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("327105550580001", "NIK dan nomor KK punya 16 angka. Yang Anda ketik baru 15."),
        ("32710555058000123", "NIK dan nomor KK punya 16 angka. Yang Anda ketik ada 17."),
        ("3271055505800000", "Empat angka terakhir tidak mungkin 0000."),
        ("3271059905800001", "seharusnya sebuah tanggal"),
        ("0071055505800001", "Dua angka pertama bukan kode provinsi."),
        ("halo", "Nomor ini belum kami kenali."),
        ("", "Nomor belum diisi."),
    ],
)
def test_a_slip_in_the_number_is_explained_and_nothing_is_counted(visitor, number, said):
    for _ in range(4):
        response = visitor.asks(number, "Siti Maesaroh")
        assert response.status_code == 422
    assert said in text_of(response)
    assert 'href="#nomor"' in response.text
    assert 'aria-invalid="true"' in response.text
    assert f'value="{number}"' in response.text
    assert 'value="Siti Maesaroh"' in response.text


def test_a_missing_name_says_what_the_number_was_taken_for(visitor):
    response = visitor.asks(a_nik(), "  ")
    assert response.status_code == 422
    assert "Nama belum diisi." in text_of(response)
    assert "Kami kenali sebagai NIK." in text_of(response)


def test_number_and_name_swapped_are_put_right_and_nothing_is_counted(visitor, office):
    mother = Recipient()
    office.publishes(mother)
    for _ in range(4):
        response = visitor.asks(mother.name, mother.nik)
        assert response.status_code == 422
    assert "Nomor dan nama tertukar. Sudah kami tukar." in text_of(response)
    assert 'name="tetap"' not in response.text
    number, name = (read_off(rf'name="{field}" value="([^"]*)"', response.text) for field in ("nomor", "nama"))
    assert (number, name) == (mother.nik, mother.name)
    assert "terdaftar sebagai penerima" in text_of(visitor.asks(number, name))


@pytest.mark.parametrize("name", [a_nik(), "0812 3456 7890"])
def test_a_number_in_place_of_the_name_is_said_to_be_none(visitor, name):
    response = visitor.asks(a_nik(), name)
    assert response.status_code == 422
    assert "Ini nomor, bukan nama. Ketik nama seperti di KTP." in text_of(response)


def test_what_was_typed_comes_back_as_text_never_as_markup(visitor):
    response = visitor.asks("<b>1", '"><script>alert(1)</script>')
    assert "<script>" not in response.text
    assert html.escape("<b>1") in response.text


def test_three_misses_close_the_number_until_tomorrow(visitor, office, clock):
    mother = Recipient()
    office.publishes(mother)
    for _ in range(3):
        assert visitor.asks(mother.nik, "Budi").status_code == 200
    closed = visitor.asks(mother.nik, mother.name)
    assert closed.status_code == 429
    assert closed.headers["Retry-After"] == "86400"
    assert closed.headers["Cache-Control"] == "no-store"
    assert "Demi keamanan, nomor ini ditutup sampai besok pukul" in text_of(closed)


def test_a_form_left_open_overnight_still_works(visitor, office, monkeypatch):
    mother = Recipient()
    office.publishes(mother)
    token, evening = visitor.token(), time.time()
    monkeypatch.setattr(time, "time", lambda: evening + 12 * 3600)
    response = visitor.sends(nomor=mother.nik, nama=mother.name, csrf_token=token, headers=OURS)
    assert "terdaftar" in text_of(response)


def test_a_form_left_open_for_days_needs_one_more_tap_and_no_more_typing(visitor, monkeypatch):
    nik = a_nik()
    token, then = visitor.token(), time.time()
    monkeypatch.setattr(time, "time", lambda: then + 3 * 24 * 3600)
    response = visitor.sends(nomor=nik, nama="Siti", csrf_token=token, headers=OURS)
    assert response.status_code == 400
    assert "tekan tombolnya sekali lagi" in text_of(response)
    assert f'value="{nik}"' in response.text
    assert 'name="csrf_token"' in response.text


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
def test_without_a_token_nothing_typed_comes_back_unless_the_browser_vouches_for_it(visitor, headers):
    nik = a_nik()
    visitor.opens("/")
    response = visitor.sends(nomor=nik, nama="Siti", headers=headers)
    assert response.status_code == 400
    assert nik not in response.text


def test_a_phone_that_refuses_cookies_is_told_so_kindly(visitor):
    token = visitor.token()
    visitor.client.delete_cookie("salur")
    response = visitor.sends(nomor=a_nik(), nama="Siti", csrf_token=token, headers=OURS)
    assert response.status_code == 400
    assert "belum menyimpan cookie" in text_of(response)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://cek-bansos.example"},
        {"Origin": "http://localhost.example"},
    ],
)
def test_a_form_sent_by_another_site_is_refused_even_with_a_good_token(visitor, headers):
    response = visitor.sends(nomor=a_nik(), nama="Siti", csrf_token=visitor.token(), headers=headers)
    assert response.status_code == 403
    assert "datang dari situs lain" in text_of(response)


@pytest.mark.parametrize(
    "headers", [{}, OURS, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}, {"Origin": "null"}]
)
def test_our_own_form_passes_with_what_browsers_old_and_new_send_along(visitor, headers):
    response = visitor.sends(nomor=a_nik(), nama="Siti", csrf_token=visitor.token(), headers=headers)
    assert response.status_code == 200


def test_over_https_a_form_without_referer_passes(services_with):
    visitor = Visitor(create_app(services_with(public_url="https://salur.example")))
    base = "https://salur.example"
    page = visitor.client.get("/", base_url=base)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"nomor": a_nik(), "nama": "Siti", "csrf_token": token}
    assert visitor.client.post("/cek", data=data, base_url=base, headers=OURS).status_code == 303
    (cookie,) = page.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-salur=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
