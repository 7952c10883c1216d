"""Setting up the second factor through the site: slips, reloads, second tabs, waits. The picture stays the same."""

from __future__ import annotations

import re

import pytest

from tests.fixtures.officers import PASSWORD, code_at
from tests.web.conftest import read_off, text_of

SAME = "Gambar di bawah tetap sama"
OVER = "Gambar yang tadi tidak berlaku lagi"
WRONG = "000000"


class Tab:
    """A tab with the page for setting up a second factor: what it shows, and what its form sends."""

    def __init__(self, client, services, address) -> None:
        self.client = client
        self._services = services
        self._address = address
        self.opens()

    def opens(self):
        return self._reads(self.client.get(self._address))

    def _reads(self, page):
        self.status, self.text, self.place = page.status_code, text_of(page), page.location
        hidden = dict(re.findall(r'name="(csrf_token|kunci)" value="([^"]*)"', page.text))
        if "kunci" in hidden:
            self.hidden = hidden
            self.secret = read_off(r'class="code">([A-Z2-7 ]+)<', page.text).replace(" ", "")
            self.picture = read_off(r"<svg.*?</svg>", page.text)
            self.typed = read_off(r'name="code"[^>]*value="([^"]*)"', page.text)
        return self

    def types(self, code=None, password=PASSWORD, **changed):
        code = code_at(self._services, self.secret) if code is None else code
        fields = {**self.hidden, "code": code, "password": password, **changed}
        return self._reads(self.client.post(self._address, data=fields))


@pytest.fixture(params=["/masuk/atur", "/akun/kode"])
def tabs(request, app, services, heads, signed_in):
    """`tabs()`: a tab of a browser, between password and sign-in (Dinas Sosial) or in one's account."""
    if request.param == "/akun/kode":
        client = signed_in(heads.create("kelurahan")).client
    else:
        client, officer = app.test_client(), heads.create("dinsos")
        token = read_off(r'name="csrf_token" value="([^"]+)"', client.get("/masuk").text)
        client.post("/masuk", data={"csrf_token": token, "username": officer.username, "password": PASSWORD})
    return lambda: Tab(client, services, request.param)


def test_a_mistyped_code_keeps_the_picture_and_the_next_code_lets_in(tabs, clock):
    tab = tabs()
    scanned, picture = tab.secret, tab.picture
    for _ in range(3):
        tab.types(WRONG)
        assert (tab.status, tab.secret, tab.picture) == (422, scanned, picture)
        assert SAME in tab.text
        assert tab.typed == "", "a code of half a minute ago is not offered again"
        clock.passes(seconds=40)
    tab.types()
    assert tab.status == 200
    assert "kode cadangan" in tab.text.lower()


def test_the_page_says_beforehand_how_long_the_picture_stays(tabs):
    assert "Gambar ini tetap sama sampai kodenya diterima, paling lama 15 menit." in tabs().text


@pytest.mark.parametrize("code", ["", "1" * 300])
def test_an_empty_field_keeps_the_picture_too(tabs, code):
    tab = tabs()
    scanned = tab.secret
    assert tab.types(code).status == 422
    assert tab.secret == scanned


def test_a_reload_and_going_back_show_the_picture_that_was_scanned(tabs):
    tab = tabs()
    scanned = tab.secret
    assert tab.opens().secret == scanned
    tab.types(WRONG)
    assert tab.opens().secret == scanned
    assert tab.types().status == 200


def test_two_tabs_show_one_picture_and_either_takes_the_code(tabs):
    left, right = tabs(), tabs()
    assert left.secret == right.secret
    left.types(WRONG)
    assert right.types().status == 200


def test_a_tab_whose_picture_the_cookie_has_lost_still_means_its_own(tabs):
    left = tabs()
    scanned = left.secret
    with left.client.session_transaction() as session:
        session.pop("pasang")  # two tabs that were opened in the same instant
    right = tabs()
    assert right.secret != scanned
    assert left.types(WRONG).secret == scanned
    assert left.types().status == 200


def test_after_a_quarter_of_an_hour_it_says_so_and_shows_a_new_picture_that_works(tabs, clock):
    tab = tabs()
    old = tab.secret
    clock.passes(minutes=15)
    tab.types()
    assert tab.status == 422
    assert OVER in tab.text
    assert SAME not in tab.text
    assert tab.secret != old
    assert tab.opens().text.count(OVER) == 0
    assert tab.types().status == 200


def test_a_reload_after_a_quarter_of_an_hour_says_that_the_picture_is_new(tabs, clock):
    tab = tabs()
    old = tab.secret
    clock.passes(minutes=16)
    tab.opens()
    assert (tab.status, tab.secret != old) == (200, True)
    assert OVER in tab.text


@pytest.mark.parametrize("off", [-1, 1])
def test_a_phone_that_is_half_a_minute_off_gets_in(tabs, services, off):
    tab = tabs()
    assert tab.types(WRONG).types(code_at(services, tab.secret, later=off)).status == 200


@pytest.mark.parametrize("sealed", ["", "zz", "00" * 60])
def test_a_form_that_lost_its_secret_ends_in_no_error_and_no_account(tabs, sealed):
    tab = tabs()
    tab.types(WRONG, kunci=sealed)
    assert tab.status == 422
    assert tab.types().status == 200


def test_a_secret_begun_by_one_officer_is_not_taken_from_another(app, services, heads, signed_in):
    mine, theirs = (Tab(signed_in(heads.create(role)).client, services, "/akun/kode") for role in ("rt", "rw"))
    code = code_at(services, mine.secret)
    theirs.types(code, kunci=mine.hidden["kunci"])
    assert theirs.status == 422
    assert OVER in theirs.text
    assert theirs.secret != mine.secret
    with theirs.client.session_transaction() as session:
        session["pasang"] = mine.hidden["kunci"]
    assert theirs.opens().secret != mine.secret


def own(services, signed_in, officer) -> Tab:
    return Tab(signed_in(officer).client, services, "/akun/kode")


def test_a_wrong_password_keeps_picture_and_code_and_does_not_tell_whether_the_code_was_right(
    services, heads, signed_in
):
    tab = own(services, signed_in, heads.create("kelurahan"))
    scanned, right = tab.secret, code_at(services, tab.secret)
    told = [tab.types(code, password="not this").text for code in (right, WRONG)]
    assert told[0] == told[1]
    assert "Kata sandi itu tidak cocok." in told[0]
    assert tab.secret == scanned
    assert tab.types(right).status == 200


def test_after_a_wait_the_picture_is_still_the_one_that_was_scanned(services, heads, signed_in, clock):
    tab = own(services, signed_in, heads.create("kelurahan"))
    scanned = tab.secret
    for _ in range(5):
        tab.types(password="not this")
    tab.types()
    assert (tab.status, tab.secret) == (429, scanned)
    assert "Sudah terlalu sering salah" in tab.text
    clock.passes(seconds=30)
    assert tab.types().status == 200


def test_a_code_sent_again_makes_no_new_recovery_codes(services, heads, signed_in, clock):
    tab = own(services, signed_in, heads.create("kelurahan"))
    code = code_at(services, tab.secret)
    assert tab.types(code).status == 200
    tab.types(code)
    assert tab.status == 422
    assert "sudah dipakai" in tab.text


def test_once_it_is_confirmed_the_cookie_forgets_it_and_the_next_phone_gets_its_own(services, heads, signed_in):
    tab = own(services, signed_in, heads.create("kelurahan"))
    first = tab.secret
    tab.types()
    with tab.client.session_transaction() as session:
        assert "pasang" not in session
    assert tab.opens().secret != first


def test_the_cookie_shows_nobody_the_secret(tabs):
    tab = tabs()
    with tab.client.session_transaction() as session:
        held = repr(dict(session))
    assert tab.secret not in held
    assert tab.secret.encode().hex() not in held


def test_who_runs_out_of_time_signs_in_again(app, services, heads, clock):
    client, dinsos = app.test_client(), heads.create("dinsos")
    token = read_off(r'name="csrf_token" value="([^"]+)"', client.get("/masuk").text)
    client.post("/masuk", data={"csrf_token": token, "username": dinsos.username, "password": PASSWORD})
    tab = Tab(client, services, "/masuk/atur")
    clock.passes(minutes=31)
    assert (tab.types().status, tab.place) == (303, "/masuk?habis=1")
