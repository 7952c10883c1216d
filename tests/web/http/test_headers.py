"""Security headers, word for word, on every kind of response; cookies that say nothing about anyone."""

from __future__ import annotations

import base64

import pytest

from salur.web.app import create_app
from tests.fixtures.office import Recipient, a_nik
from tests.web.conftest import Visitor

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), "
        "idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), "
        "xr-spatial-tracking=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ADDRESSES = ["/", "/jadwal", "/program", "/bantuan", "/privasi", "/healthz", "/bahasa/en", "/nowhere", "/jadwal/x"]


def security_headers_of(response):
    """Those of the response's headers that this file is about, each exactly as often as it is sent."""
    names = {*EXPECTED, "Strict-Transport-Security"}
    return {name: ", ".join(response.headers.getlist(name)) for name in names if name in response.headers}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_carries_the_security_headers_word_for_word(visitor, address):
    assert security_headers_of(visitor.opens(address)) == EXPECTED


def test_answers_refusals_and_the_stylesheet_carry_them_too(visitor, app):
    for response in (
        visitor.asks(a_nik(), "Siti"),
        visitor.asks("1", ""),
        visitor.sends(nomor="1", nama=""),
        visitor.sends(nomor="1" * 20_000, nama=""),
        visitor.opens(app.jinja_env.globals["stylesheet"]),
        visitor.opens(app.jinja_env.globals["stylesheet"], headers={"Accept-Encoding": "gzip"}),
    ):
        assert security_headers_of(response) == EXPECTED


def test_over_https_the_browser_is_told_to_stay_there(services_with):
    visitor = Visitor(create_app(services_with(public_url="https://salur.example")))
    headers = security_headers_of(visitor.opens("/", base_url="https://salur.example"))
    assert headers == EXPECTED | {"Strict-Transport-Security": "max-age=63072000"}


def test_a_strangers_host_header_is_refused_with_a_page(services_with):
    visitor = Visitor(create_app(services_with(public_url="https://salur.example")))
    response = visitor.opens("/", base_url="https://evil.example")
    assert response.status_code == 400
    assert "evil" not in response.text
    assert "Ke halaman pertama" in response.text
    assert visitor.opens("/healthz", base_url="http://127.0.0.1:8000").status_code == 200


def test_a_proxys_word_is_taken_only_as_configured(services_with, office):
    mother = Recipient()
    office.publishes(mother)
    forged = {"X-Forwarded-For": "198.51.100.9"}
    direct = Visitor(create_app(services_with()))
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        direct.client.post(
            "/cek",
            data={"nomor": mother.nik, "nama": "Budi", "csrf_token": direct.token()},
            headers={"X-Forwarded-For": address},
            environ_base={"REMOTE_ADDR": "203.0.113.7"},
        )
    # Three misses of one real address: its claim to be three others was not believed.
    assert direct.asks(mother.nik, mother.name, headers=forged).status_code == 429
    behind = Visitor(create_app(services_with(trusted_proxies=1)))
    assert behind.asks(mother.nik, mother.name, headers=forged).status_code == 200


def test_cookies_hold_a_language_a_random_number_and_a_sealed_way_back_and_nothing_else(visitor, office):
    mother = Recipient()
    office.publishes(mother)
    visitor.opens("/bahasa/en?ke=/")
    visitor.asks(mother.nik, mother.name)
    sent_back = visitor.opens("/").request.cookies
    assert set(sent_back) == {"bahasa", "salur"}
    jar = {name: visitor.client.get_cookie(name) for name in sent_back}
    assert jar["bahasa"].value == "en"
    with visitor.client.session_transaction() as session:  # written short now and then: a dot, and zlib
        held = dict(session)
    assert set(held) == {"csrf_token", "jawaban"}
    way_back, kind = held["jawaban"]
    assert kind == "nik"
    sealed = base64.urlsafe_b64decode(way_back)
    for told in (mother.nik, mother.name, *mother.name.split()):
        assert told.encode() not in sealed
        assert told not in repr(held)
    assert all(cookie.http_only for cookie in jar.values())


def test_pages_about_nobody_are_not_sent_twice(visitor):
    first = visitor.opens("/bantuan")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first.vary
    again = visitor.opens("/bantuan", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    visitor.opens("/bahasa/en")
    assert visitor.opens("/bantuan", headers={"If-None-Match": first.headers["ETag"]}).status_code in (200, 304)
