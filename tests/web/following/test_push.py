"""Word on a phone, by its browser: begun after a right answer, answered from a notification, ended without a trace."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from salur.core.lists.kinds import State
from salur.core.notices.channels import Channel
from salur.core.tables.following import FollowRow
from salur.core.tables.metadata import METADATA
from salur.core.tables.notices import NoticeRow
from salur.wiring import Services
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.phones import subscription
from tests.fixtures.proposals import rows
from tests.fixtures.services import Clock, vault_of
from tests.web.conftest import Visitor, read_off, text_of

PHONE = subscription()


class Phone(Visitor):
    """A phone whose browser has a subscription."""

    def __init__(self, app: Flask, subscribed: str = PHONE) -> None:
        super().__init__(app)
        self.subscribed = subscribed

    def does(self, what: str, **fields: str) -> TestResponse:
        """Send what the page's script sends."""
        sent = {"csrf_token": self.token(), "langganan": self.subscribed, **fields}
        return self.client.post(f"/kabar/hp{what}", data=sent, follow_redirects=True)

    def follows(self, whom: Recipient) -> TestResponse:
        """Ask rightly, and agree."""
        self.asks(whom.nik, whom.name)
        return self.does("")

    @property
    def cookie(self) -> str:
        """What is kept in it, as anybody reads it who holds the phone."""
        cookie = self.client.get_cookie("salur")
        payload = cookie.value.split(".")[0] if cookie else ""
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Somebody who is on a list, with others."""
    mother = Recipient()
    office.publishes(mother, Recipient())
    return mother


@pytest.fixture
def phone(app: Flask) -> Phone:
    """Her phone."""
    return Phone(app)


@pytest.fixture(autouse=True)
def _nothing_leaks(caplog: pytest.LogCaptureFixture, phone: Phone) -> Iterator[None]:
    """After each story: nothing of a subscription in a log record or the cookie."""
    caplog.set_level(logging.DEBUG)
    yield
    told = "\n".join(f"{r.getMessage()} {r.exc_text}" for r in caplog.records) + phone.cookie
    parts = json.loads(PHONE)
    for secret in (parts["endpoint"], parts["keys"]["auth"], parts["keys"]["p256dh"]):
        assert secret not in told


def told(services: Services, clock: Clock) -> tuple[int, list[str]]:
    """What comes to the phone: the number of what it follows, and the refs of its buttons."""
    clock.passes(hours=2)
    services.following.sweep()
    (notice,) = services.notices.take(channel=Channel.PUSH)
    return notice.facts["follow"], notice.facts["refs"]


def address(services: Services, text: str = PHONE) -> str:
    """As the phone is followed."""
    return services.push.subscription(text).address()


def test_a_mother_reads_what_she_agrees_to_before_she_agrees(phone: Phone, mother: Recipient) -> None:
    phone.asks(mother.nik, mother.name)
    page = phone.opens("/kabar/hp")
    said = text_of(page)
    for word in ("juga saat HP terkunci", "tidak bisa membacanya", "Berhenti kapan saja", "HP orang lain?"):
        assert word in said
    assert page.headers["Cache-Control"] == "no-store"


def test_she_agrees_and_is_told_once(phone: Phone, mother: Recipient, services: Services) -> None:
    assert "Baik, kami kabari di HP ini." in text_of(phone.follows(mother))
    (row,) = rows(services, FollowRow)
    assert row.channel == Channel.PUSH
    again = text_of(phone.does(""))
    assert "sudah dikabarkan" in again
    assert len(rows(services, FollowRow)) == 1
    assert phone.does("/hitung").text == "HP ini dikabari tentang 1 jawaban."


def test_she_is_told_in_the_language_that_she_reads(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.opens("/bahasa/su")
    phone.follows(mother)
    office.announces(Announced())
    clock.passes(minutes=11)
    services.following.sweep()
    (notice,) = services.notices.take(channel=Channel.PUSH)
    assert notice.language == "su"


def test_without_an_answer_there_is_nothing_to_agree_to(phone: Phone, services: Services) -> None:
    assert "Cek dulu" in text_of(phone.opens("/kabar/hp"))
    assert phone.does("").status_code == 410
    phone.asks(Recipient().nik, "Budi")  # a miss
    assert phone.does("").status_code == 410
    assert rows(services, FollowRow) == []


def test_an_answer_that_is_over_begins_nothing(
    phone: Phone, mother: Recipient, services: Services, clock: Clock
) -> None:
    phone.asks(mother.nik, mother.name)
    clock.passes(minutes=16)
    late = phone.does("")
    assert late.status_code == 410
    assert "Belum jadi dikabari" in text_of(late)
    assert rows(services, FollowRow) == []


def test_what_is_marked_as_paid_is_contested_with_two_presses(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    office.hears(Reported(nik=mother.nik, status="paid"))
    follow, (ref,) = told(services, clock)
    phone.opens("/")
    page = phone.does("/buka", kabar=str(follow), tentang=ref)
    assert page.request.path == "/pengajuan/tentang"
    assert "Tercatat dibayar, tetapi belum diterima" in text_of(page)
    key = read_off(r'name="kunci" value="([^"]+)"', page.text)
    sent = {"csrf_token": phone.token(), "kunci": key, "cerita": ""}
    assert "Kode tiket" in phone.client.post("/pengajuan/tentang", data=sent, follow_redirects=True).text


def test_a_browser_without_buttons_finds_them_in_the_page(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    office.publishes(replace(mother, state=State.TAKEN_OFF), Recipient())
    follow, refs = told(services, clock)
    page = phone.does("/buka", kabar=str(follow), tentang="~".join(refs), lihat="1")
    assert (page.status_code, page.request.path) == (200, "/kabar/hp/buka")
    assert "atas nama S. M." in text_of(page)
    key = read_off(r'action="/pengajuan/tentang".*?name="kunci" value="([^"]+)"', page.text)
    opened = phone.client.post(
        "/pengajuan/tentang", data={"csrf_token": phone.token(), "kunci": key}, follow_redirects=True
    )
    assert "Saya masih berhak" in text_of(opened)


def test_what_is_no_longer_so_says_so_and_asks_to_look_again(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    file = office.hears(Reported(nik=mother.nik, status="paid"))
    follow, (ref,) = told(services, clock)
    services.payments.undo(file)
    page = phone.does("/buka", kabar=str(follow), tentang=ref)
    assert page.status_code == 410
    assert "Keadaannya sudah berubah" in text_of(page)
    assert 'name="nomor"' in page.text


@pytest.mark.parametrize(
    ("follow", "ref"),
    [
        ("", ""),
        ("1", "ab"),
        ("-1", "ab"),
        ("9" * 19, "ab"),
        ("9" * 40, "ab"),
        ("²", "ab"),
        ("1", "ä\0~~"),
        ("x", "~" * 900),
    ],
)  # fmt: skip
def test_what_is_made_up_is_no_longer_so_either(phone: Phone, mother: Recipient, follow: str, ref: str) -> None:
    phone.follows(mother)
    assert phone.does("/buka", kabar=follow, tentang=ref).status_code == 410


def test_another_phone_opens_nothing_of_hers(
    app: Flask, phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    office.hears(Reported(nik=mother.nik, status="paid"))
    follow, (ref,) = told(services, clock)
    stranger = Phone(app, subscription())
    assert stranger.does("/buka", kabar=str(follow), tentang=ref).status_code == 410
    assert "atas nama" not in text_of(stranger.does("/buka", kabar=str(follow), tentang=ref, lihat="1"))
    assert stranger.does("/hitung").text == "HP ini tidak dikabari tentang apa pun."
    stranger.does("/berhenti")
    assert len(rows(services, FollowRow)) == 1
    half = json.loads(PHONE)
    half["keys"]["auth"] = json.loads(stranger.subscribed)["keys"]["auth"]
    stranger.subscribed = json.dumps(half)  # who has the address alone
    stranger.does("/berhenti")
    assert len(rows(services, FollowRow)) == 1


@pytest.mark.parametrize(
    "made_up",
    [
        "", "{}", "[]", "null", "x" * 5000, '{"endpoint": 5}',
        subscription(endpoint="http://fcm.googleapis.com/x"),
        subscription(endpoint="https://127.0.0.1/x"),
        subscription(endpoint="https://kota.example/x"),
        subscription(keys={"p256dh": "AA", "auth": "AA"}),
    ],
)  # fmt: skip
def test_an_address_that_no_push_service_gave_is_refused(
    made_up: str, phone: Phone, mother: Recipient, services: Services
) -> None:
    phone.asks(mother.nik, mother.name)
    for what in ("", "/hitung", "/berhenti", "/buka"):
        page = phone.does(what, langganan=made_up)
        assert page.status_code == 409, what
        assert not made_up or made_up not in page.text
    assert rows(services, FollowRow) == []


def test_without_the_forms_token_nothing_is_done(phone: Phone, mother: Recipient, services: Services) -> None:
    phone.follows(mother)
    for what in ("", "/hitung", "/berhenti", "/buka"):
        assert phone.does(what, csrf_token="").status_code == 400
        elsewhere = {"csrf_token": phone.token(), "langganan": PHONE}
        headers = {"Sec-Fetch-Site": "cross-site"}
        assert phone.client.post(f"/kabar/hp{what}", data=elsewhere, headers=headers).status_code == 403
    assert len(rows(services, FollowRow)) == 1


def test_no_page_of_it_can_be_shown_in_a_frame(phone: Phone) -> None:
    for page in ("/kabar/hp", "/kabar/hp/buka", "/kabar-pekerja.js"):
        headers = phone.opens(page).headers
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_addresses_are_not_made_up_without_end(phone: Phone, mother: Recipient, services: Services) -> None:
    phone.asks(mother.nik, mother.name)
    for _ in range(200):
        phone.subscribed = subscription()
        page = phone.does("")
        if page.status_code != 200:
            break
    assert phone.does("").status_code == 429
    assert len(rows(services, FollowRow)) <= 200


def found(services: Services, text: str = PHONE) -> set[str]:
    """The tables in which anything of the phone stands, sealed or not."""
    vault, kept = vault_of(services), address(services, text)
    digest, parts = services.following.digest_of(Channel.PUSH, kept), json.loads(text)
    wanted = (digest, kept.encode(), parts["endpoint"].encode(), parts["keys"]["auth"].encode())
    hits = set()
    with services.database.reading() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for name, value in row.items():
                    plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    if name.startswith("sealed_") and value is not None and table.name in ("follow", "notice"):
                        plain = vault.open(value, f"{table.name}.{name}", row["id"])
                    if any(part in plain for part in wanted):
                        hits.add(table.name)
    return hits


def test_nothing_is_left_of_a_phone_that_is_told_no_more(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    office.announces(Announced())
    clock.passes(minutes=11)
    services.following.sweep()
    assert found(services) == {"follow", "notice"}
    page = text_of(phone.does("/berhenti"))
    assert "HP ini tidak dikabari lagi." in page
    assert found(services) == set()
    assert rows(services, NoticeRow) == []
    assert phone.does("/berhenti").status_code == 200  # once more ends nothing else


def test_the_worker_stays_at_its_address_and_is_asked_about_each_time(phone: Phone) -> None:
    script = phone.opens("/kabar-pekerja.js")
    assert script.mimetype == "text/javascript"
    assert "no-cache" in script.headers["Cache-Control"]
    again = phone.opens("/kabar-pekerja.js", headers={"If-None-Match": script.headers["ETag"]})
    assert again.status_code == 304
    for never in ("fetch", "caches", "indexedDB", "importScripts"):
        assert never not in script.text
    assert "Ada kabar tentang bantuan Anda." in script.text
    phone.opens("/bahasa/en")
    assert "Ada kabar" not in phone.opens("/kabar-pekerja.js").text


def test_its_pictures_are_there(phone: Phone) -> None:
    worker = phone.opens("/kabar-pekerja.js").text
    for name in ("icon", "badge"):
        picture = phone.opens(read_off(f'{name}: "([^"]+)"', worker))
        assert (picture.status_code, picture.mimetype) == (200, "image/png")


def test_what_was_done_is_said_once_more_and_nothing_else(phone: Phone) -> None:
    assert phone.opens("/kabar/hp/hasil").location == "/kabar/hp"
    assert "tidak dikabari lagi" in text_of(phone.does("/berhenti"))
    assert "tidak dikabari lagi" in text_of(phone.opens("/kabar/hp/hasil"))
