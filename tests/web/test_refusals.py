"""Whatever goes wrong, a resident gets a page in her language, and the log gets no personal word."""

from __future__ import annotations

import logging

import pytest

from salur.core.errors import DatabaseAway
from salur.words.language import LANGUAGES, language
from tests.fixtures.office import a_nik
from tests.web.conftest import text_of


def provoke(visitor, status, monkeypatch, services):
    """Make the site answer with this status."""
    if status == 404:
        return visitor.opens("/tidak/ada")
    if status == 405:
        return visitor.client.put("/cek")
    if status == 403:
        return visitor.sends(nomor="1", headers={"Sec-Fetch-Site": "cross-site"})
    if status == 413:
        return visitor.sends(nomor="1" * 20_000)

    def breaks(*_args, **_kwargs):
        raise DatabaseAway("OperationalError") if status == 503 else RuntimeError("the NIK was 3271055505800001")

    monkeypatch.setattr(type(services.lookup), "find", breaks)
    return visitor.asks(a_nik(), "Siti Maesaroh")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("status", [403, 404, 405, 413, 500, 503])
def test_every_refusal_is_a_page_in_the_residents_language(visitor, monkeypatch, services, status, code):
    visitor.opens(f"/bahasa/{code}")
    response = provoke(visitor, status, monkeypatch, services)
    assert response.status_code == status
    assert f'<html lang="{code}">' in response.text
    assert language(code)("Ke halaman pertama") in text_of(response)
    assert response.headers["Cache-Control"] == "no-store"


def test_what_is_too_large_is_told_with_what_may_be_sent(visitor, monkeypatch, services):
    text = text_of(provoke(visitor, 413, monkeypatch, services))
    assert "Foto paling besar 5 MB, berkas PDF paling besar 10 MB." in text


def test_a_405_says_which_methods_there_are(visitor):
    assert set(visitor.client.put("/cek").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_our_own_failure_leaves_its_kind_and_place_in_the_log_and_nothing_typed(visitor, monkeypatch, services, caplog):
    with caplog.at_level(logging.DEBUG):
        response = provoke(visitor, 500, monkeypatch, services)
    assert response.status_code == 500
    logged = caplog.text
    assert "RuntimeError at" in logged
    for secret in ("3271055505800001", "Siti", "Maesaroh", "the NIK was"):
        assert secret not in logged


def test_no_request_writes_what_was_typed_into_the_log(visitor, caplog):
    nik = a_nik()
    with caplog.at_level(logging.DEBUG):
        visitor.asks(nik, "Siti Maesaroh")
        visitor.asks(nik[:-1], "Siti Maesaroh")
        visitor.sends(nomor=nik, nama="Siti Maesaroh")
    assert nik[:-1] not in caplog.text
    assert "Maesaroh" not in caplog.text


@pytest.mark.parametrize(
    "address",
    ["/lokasi/99999999999999999999", "/lokasi/2147483648", "/lokasi/-1", "/jadwal/sesi/2147483648.ics", "/jadwal/%00",
     "/jadwal/32.71.05.9999", "/jadwal/32.71.05", "/bahasa/xx", "/lokasi/1"],
)  # fmt: skip
def test_what_is_not_there_is_404_whatever_the_address(visitor, address):
    assert visitor.opens(address).status_code == 404
