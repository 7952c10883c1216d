"""A phone scans a letter: what its owner reads, and what is kept of the code. Nothing."""

from __future__ import annotations

import logging

import pytest

from salur.core.letters.issuing.kinds import Withdrawal
from salur.core.people.letter_codes import Unguessable
from salur.web.app import create_app
from tests.fixtures.office import Announced, Recipient, Reported


@pytest.fixture
def siti(office):
    """A payee with a day to come."""
    one = Recipient()
    office.publishes(one)
    office.announces(Announced())
    return one


@pytest.fixture
def scanned(visitor, press):
    """What is read of a letter that was just printed; and its code."""

    def scan(code=None):
        code = code or press.prints().code()
        return visitor.opens(f"/v/{code}")

    return scan


def test_a_genuine_letter_is_told_with_day_place_and_initials(siti, scanned):
    page = scanned().text
    assert "<h1>Surat ini <strong>asli</strong>.</h1>" in page
    for told in (
        "Program Keluarga Harapan",
        "24 Februari 2026",
        "08.00–11.00",
        "Kantor Kelurahan Tegal Gundil",
        "S. M.",
    ):
        assert told in page
    for hidden in (siti.name, "Roda", "600.000", siti.nik):
        assert hidden not in page
    assert "/pengajuan/laporan" in page


def test_the_address_in_the_picture_has_capitals_alone(siti, press, visitor):
    (letter,) = press.prints().letters
    assert letter.url == letter.url.upper()
    assert "asli" in visitor.opens(letter.url.partition("LOCALHOST")[2]).text


def test_replaced_withdrawn_and_unknown_tell_nothing_of_anybody(siti, press, scanned, services):
    old, new = press.prints(), press.prints()
    replaced = scanned(old.code()).text
    assert "Surat ini <strong>sudah diganti</strong>." in replaced
    assert "Jumat, 20 Februari 2026" in replaced
    services.letter_desk.withdraw(press.officer, new.id, Withdrawal.LOST)
    withdrawn = scanned(new.code()).text
    assert "Surat ini <strong>ditarik</strong>." in withdrawn
    unknown = scanned(Unguessable.new().grouped).text
    assert "<strong>tidak kami kenal</strong>" in unknown
    for page in (replaced, withdrawn, unknown):
        assert "S. M." not in page
        assert "24 Februari" not in page


def test_a_moved_day_is_told_beside_the_one_on_the_paper(siti, press, scanned, office):
    code = press.prints().code()
    office.announces(Announced(place="Balai RW 5"))
    page = scanned(code).text
    assert "sejak surat ini dicetak" in page
    assert "Balai RW 5" in page


def test_paid_already_is_told(siti, press, scanned, office, clock):
    code = press.prints().code()
    clock.passes(days=5)
    office.hears(Reported(nik=siti.nik, name=siti.name, date=clock().date()))
    assert "Sudah dibayarkan" in scanned(code).text


def test_the_page_is_kept_nowhere_and_leaves_no_cookie(siti, scanned):
    page = scanned()
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in page.headers
    assert '<meta name="robots" content="noindex">' in page.text


def test_the_code_stands_in_no_link_of_the_page(siti, press, scanned):
    code = press.prints().code()
    for written in (code, code.lower(), code.lower().replace("-", "")):
        page = scanned(written).text.lower()
        assert code.lower() not in page
        assert code.lower().replace("-", "") not in page


def test_the_code_is_in_no_log(siti, press, services, caplog, capsys, monkeypatch):
    code = press.prints().code()
    caplog.set_level(logging.DEBUG)
    app = create_app(services)
    app.test_client().get(f"/v/{code}")

    def broken(*_args, **_options):
        raise RuntimeError(code)

    monkeypatch.setattr(type(services.verifying), "verify", broken)
    assert app.test_client().get(f"/v/{code}").status_code == 500
    logging.getLogger("werkzeug").info('"%s" %s -', f"GET /v/{code}?x=1 HTTP/1.1", 200)
    told = "\n".join(record.getMessage() for record in caplog.records) + "".join(capsys.readouterr())
    assert "request failed" in told
    assert "GET /v/-?x=1 HTTP/1.1" in told
    assert code not in told


def test_it_can_only_be_opened(siti, press, visitor):
    assert visitor.client.post(f"/v/{press.prints().code()}", data={"csrf_token": visitor.token()}).status_code == 405


def test_whoever_searches_is_stopped_with_a_page_that_says_so(siti, visitor):
    for _ in range(40):
        assert visitor.opens(f"/v/{Unguessable.new().reveal()}").status_code == 200
    stopped = visitor.opens(f"/v/{Unguessable.new().reveal()}")
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert "Terlalu banyak pertanyaan" in stopped.text


@pytest.mark.parametrize("code", ["x", "A" * 300, "%00", "%2e%2e", "<script>", "3271014505800001"])
def test_whatever_is_sent_is_an_unknown_code(siti, visitor, code):
    page = visitor.opens(f"/v/{code}")
    assert page.status_code == 200
    assert "tidak kami kenal" in page.text
