"""Signing in as an officer does it: paper, form, cookie."""

from __future__ import annotations

import contextlib
import html
import re

import pytest
from itsdangerous import base64_decode

from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.officers.roles import Role
from salur.core.regions.territory import Territory
from salur.web.app import create_app
from tests.fixtures.office import TEGAL_GUNDIL
from tests.fixtures.officers import PASSWORD, SignedIn, code_at, sign_in_token
from tests.web.conftest import read_off, text_of

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """A browser that fills in the form it has just opened."""

    def __init__(self, app) -> None:
        self.client = app.test_client()

    def opens(self, address):
        return self.client.get(address)

    def fills(self, form_at, to=None, **fields):
        token = TOKEN.search(self.opens(form_at).text)
        assert token, form_at
        return self.client.post(to or form_at, data={"csrf_token": token[1], **fields})

    def signs_in(self, officer, password=PASSWORD):
        return self.fills("/masuk", username=officer.username, password=password)


@pytest.fixture
def browser(app):
    return Browser(app)


def test_a_head_comes_in_with_paper_and_is_at_his_list(browser, services, heads):
    code = services.invitations.invite(heads.create("rw"), Role.RT, Territory(TEGAL_GUNDIL, 5, 2)).code
    page = browser.fills("/gabung", code=code.lower())
    assert "Ketua RT 002 RW 005 Tegal Gundil" in text_of(page)
    token = read_off(TOKEN.pattern, page.text)
    answers = {"code": code, "username": "rt02.rw05", "password": PASSWORD, "again": PASSWORD}
    page = browser.client.post("/gabung/akun", data={"csrf_token": token, **answers})
    assert "Akun siap dipakai" in text_of(page)
    response = browser.fills("/masuk", username="RT02.rw05 ", password=PASSWORD)
    assert (response.status_code, response.location) == (303, "/petugas")
    assert "Ketua RT 002 RW 005 Tegal Gundil" in text_of(browser.opens("/akun"))


def test_slips_on_the_way_in_cost_no_invitation_and_a_form_sent_twice_shows_the_way_in(browser, services, heads):
    code = services.invitations.invite(heads.create("rw"), Role.RT, Territory(TEGAL_GUNDIL, 5, 2)).code
    token = read_off(TOKEN.pattern, browser.fills("/gabung", code=code).text)
    right = {"csrf_token": token, "code": code, "username": "rt02.rw05", "password": PASSWORD, "again": PASSWORD}
    for slip in ({"again": "something else"}, {"username": "X!"}, {"password": "short", "again": "short"}):
        page = browser.client.post("/gabung/akun", data={**right, **slip})
        assert page.status_code == 422
        assert f'name="code" value="{code}"' in page.text
        assert "Ketua RT 002 RW 005 Tegal Gundil" in text_of(page)
    assert "Akun siap dipakai" in text_of(browser.client.post("/gabung/akun", data=right))
    page = browser.client.post("/gabung/akun", data=right)
    assert "Langsung masuk" in text_of(page)
    assert '<a href="/masuk">' in page.text


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(browser, heads):
    officer = heads.create("rt")
    known = browser.signs_in(officer, "wrong password")
    unknown = browser.fills("/masuk", username="nobody", password="wrong password")
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace(officer.username, "") == unknown.text.replace("nobody", "")
    assert "tidak cocok" in text_of(known)


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(browser, heads):
    response = browser.opens("/akun")
    assert (response.status_code, response.location) == (303, "/masuk?kembali=/akun")
    officer = heads.create("rt")
    response = browser.fills(response.location, username=officer.username, password=PASSWORD)
    assert response.location == "/akun"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
def test_no_link_leads_elsewhere_after_signing_in(browser, heads, elsewhere):
    officer = heads.create("rt")
    form = browser.fills("/masuk", to=f"/masuk?kembali={elsewhere}", username=officer.username, password=PASSWORD)
    assert form.location == "/"


def test_the_cookie_holds_a_random_token_and_is_new_after_signing_in(browser, app, heads):
    old_form = read_off(TOKEN.pattern, browser.opens("/masuk").text)
    before = browser.client.get_cookie("salur").value
    officer = heads.create("rt")
    browser.signs_in(officer)
    cookie = browser.client.get_cookie("salur")
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    held = base64_decode(cookie.value.split(".")[0] or cookie.value.split(".")[1])
    assert officer.username.encode() not in held
    assert cookie.value != before
    with browser.client.session_transaction() as session:
        assert set(session) <= {"_user_id", "_fresh", "csrf_token"}
    stale = browser.client.post("/keluar", data={"csrf_token": old_form})
    assert stale.status_code == 400, "a form from before the sign-in still counts"


def test_a_browser_that_was_in_before_gets_in_from_anywhere_while_strangers_guess(browser, app, heads):
    officer = heads.create("rt")
    browser.signs_in(officer)
    mark = browser.client.get_cookie("salur-perangkat", path="/masuk")
    assert (mark.http_only, mark.same_site, mark.path) == (True, "Strict", "/masuk")
    assert officer.username not in mark.value
    assert "salur-perangkat" not in browser.opens("/akun").request.cookies
    browser.fills("/akun", "/keluar")
    for stranger in range(30):
        with contextlib.suppress(Refused, TooManyAttempts):
            asker = Asker.address(f"203.0.113.{stranger}")
            app.extensions["salur"].sign_ins.start(officer.username, "guess", asker=asker, device="")
    assert Browser(app).signs_in(officer).status_code == 303  # from the address where he was in
    new_phone, old_phone = Browser(app), browser
    for phone in (new_phone, old_phone):
        phone.client.environ_base["REMOTE_ADDR"] = "198.51.100.77"
    assert new_phone.signs_in(officer).status_code == 429
    assert old_phone.signs_in(officer).status_code == 303


def test_over_https_the_cookie_is_secure(services_with, heads):
    browser = Browser(create_app(services_with(public_url="https://salur.example")))
    base = {"base_url": "https://salur.example"}
    token = read_off(TOKEN.pattern, browser.client.get("/masuk", **base).text)
    fields = {"csrf_token": token, "username": heads.create("rt").username, "password": PASSWORD}
    browser.client.post("/masuk", data=fields, **base)
    cookie = browser.client.get_cookie("__Host-salur", domain="salur.example")
    assert cookie.secure


def test_signing_out_ends_the_sign_in_itself(browser, services, heads):
    browser.signs_in(heads.create("rt"))
    with browser.client.session_transaction() as session:
        token = session["_user_id"]
    browser.fills("/akun", to="/keluar")
    assert services.sign_ins.officer_of(token) is None
    assert browser.opens("/akun").status_code == 303


def test_after_half_an_hour_it_says_why_one_has_to_sign_in_again(browser, clock, heads):
    browser.signs_in(heads.create("rt"))
    clock.passes(minutes=31)
    response = browser.opens("/akun")
    assert response.location == "/masuk?kembali=/akun&habis=1"
    assert "30 menit" in text_of(browser.opens(response.location))


def test_a_forged_token_opens_nothing(app):
    assert SignedIn(app, "x" * 43).opens("/akun").status_code == 303


def test_dinsos_sets_up_a_second_factor_and_sees_the_recovery_codes_once(browser, services, heads):
    officer = heads.create("dinsos")
    assert browser.signs_in(officer).location == "/masuk/atur"
    assert browser.opens("/akun").status_code == 303, "half a sign-in opens nothing"
    page = browser.opens("/masuk/atur")
    secret = read_off(r'class="code">([A-Z2-7 ]+)<', page.text).replace(" ", "")
    sealed = read_off(r'name="kunci" value="([0-9a-f]+)"', page.text)
    assert "<svg" in page.text
    token = read_off(TOKEN.pattern, page.text)
    fields = {"csrf_token": token, "kunci": sealed, "code": code_at(services, secret)}
    page = browser.client.post("/masuk/atur", data=fields)
    codes = re.findall(r'class="code">([A-Z0-9]{4}-[A-Z0-9]{4})<', page.text)
    assert len(codes) == 10
    assert browser.opens("/akun").status_code == 200
    browser.fills("/akun", to="/keluar")
    assert browser.signs_in(officer).location == "/masuk/kode"
    assert browser.fills("/masuk/kode", code=codes[0]).location == "/petugas"


def test_an_invitation_is_shown_once_and_printed(signed_in, heads):
    rw = signed_in(heads.create("rw"))
    page = rw.posts("/undangan", number="2")
    assert "Ketua RT 002 RW 005 Tegal Gundil" in text_of(page)
    code = read_off(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page.text)
    assert page.headers["Cache-Control"] == "no-store"
    overview = rw.opens("/undangan")
    assert "Ketua RT 002 RW 005 Tegal Gundil" in text_of(overview)
    assert code not in overview.text


@pytest.mark.parametrize(
    ("role", "fields", "told"),
    [
        ("dinsos", {"role": "kecamatan", "region": "32.71.05"}, "Kecamatan Bogor Utara"),
        ("dinsos", {"role": "payout", "region": "32.71"}, "Juru bayar Kota Bogor"),
        ("kecamatan", {"region": TEGAL_GUNDIL}, "Kelurahan Tegal Gundil"),
        ("kelurahan", {"number": "5"}, "Ketua RW 005 Tegal Gundil"),
    ],
)
def test_every_level_fills_in_only_what_is_open(signed_in, heads, role, fields, told):
    assert told in text_of(signed_in(heads.create(role)).posts("/undangan", **fields))


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        ("rw", {"number": "0"}),
        ("rw", {"number": ""}),
        ("rw", {"number": "9" * 400}),
        ("dinsos", {}),
        ("kecamatan", {"region": ""}),
        ("rw", {"number": "2", "role": "dinsos", "region": "32.71"}),
        ("dinsos", {"role": "dinsos", "region": "32.71"}),
        ("kecamatan", {"region": "76.04.01.1001"}),
        ("dinsos", {"role": "kecamatan", "region": "32.71"}),
    ],
)
def test_a_tampered_invitation_gives_no_power(signed_in, services, heads, role, fields):
    signed_in(heads.create(role)).posts("/undangan", **fields)
    allowed = {("rw", "2"): {Role.RT}}.get((role, fields.get("number")), set())
    assert {one.role for one in services.accounts.everyone()[1]} == allowed


def test_a_head_ends_a_sign_in_he_does_not_know(signed_in, services, heads):
    officer = heads.create("rt")
    here, there = signed_in(officer), sign_in_token(services, officer)
    page = here.opens("/akun")
    (end,) = re.findall(r'action="(/akun/sesi/\d+/akhiri)"', page.text)
    here.posts(end)
    assert services.sign_ins.officer_of(there) is None


def test_a_new_password_keeps_this_browser_in(signed_in, heads, browser):
    officer = heads.create("rt")
    here = signed_in(officer)
    fields = {"old": PASSWORD, "password": "lima kata yang baru", "again": "lima kata yang baru"}
    assert "Kedua kata sandi tidak sama" in text_of(here.posts("/akun/sandi", **{**fields, "again": "other words"}))
    assert here.posts("/akun/sandi", **fields).location == "/akun?selesai=sandi"
    assert here.opens("/akun").status_code == 200
    assert browser.signs_in(officer).status_code == 422
    assert browser.signs_in(officer, "lima kata yang baru").status_code == 303


def test_a_stale_form_is_told_to_load_again(signed_in, heads):
    here = signed_in(heads.create("rt"))
    response = here.client.post("/akun/sandi", data={"old": "x"})
    assert response.status_code == 400
    assert "muat ulang" in html.unescape(response.text)


def test_the_pages_of_signing_in_are_not_kept_by_anybody(browser):
    for address in ("/masuk", "/gabung"):
        assert browser.opens(address).headers["Cache-Control"] == "no-store"


def test_who_would_have_to_wait_is_offered_to_add_the_code_and_comes_in(browser, services, heads, clock):
    officer = heads.create("dinsos")
    enrolment = services.credentials.enrolment(officer)
    services.credentials.enrol(officer, PASSWORD, enrolment.sealed, code_at(services, enrolment.secret))
    clock.passes(minutes=2)
    for stranger in range(22):
        with contextlib.suppress(Refused, TooManyAttempts):
            from_there = Asker.address(f"198.51.100.{1 + stranger}")
            services.sign_ins.start(officer.username, "guess", asker=from_there, device="")
    assert 'name="code"' not in browser.opens("/masuk").text
    page = browser.signs_in(officer)
    assert page.status_code == 429
    assert "Kode dari aplikasi di HP" in text_of(page)
    both = {"username": officer.username, "password": PASSWORD, "code": code_at(services, enrolment.secret)}
    assert browser.fills("/masuk", **both).status_code == 303
    assert browser.opens("/akun").status_code == 200
