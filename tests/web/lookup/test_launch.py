"""The site's page that the bot's button opens: what Telegram signed is believed, and no one else's word."""

from __future__ import annotations

import base64
import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from salur.config import Settings
from salur.core.limits.asker import Asker
from salur.core.officers.sign_ins import SignIns
from tests.fixtures.launches import TOKEN, launch, person
from tests.fixtures.office import Office, Recipient, a_nik
from tests.fixtures.services import NOON, Clock
from tests.web.conftest import TOKEN as FORM_TOKEN
from tests.web.conftest import Visitor, text_of

CHAT = 5_501_234_567
NOW = NOON.timestamp()
SAFE = "Yang Anda ketik di halaman ini langsung ke server kota, tidak lewat server Telegram."
ORDINARY = "Halaman ini tidak dibuka dari obrolan Telegram, tetapi bisa dipakai seperti biasa."
NOT_OPENED = "Belum terbuka dari Telegram"
CLOSED = "nomor ini ditutup sampai"
VILLAGE = "203.0.113.7"


class Phone(Visitor):
    """A phone on which Telegram opens the page."""

    def launches(self, data: str, *, csrf: str | None = None) -> TestResponse:
        """Open the page, and send what the script of it sends."""
        if csrf is None:
            found = FORM_TOKEN.search(self.opens("/aman").text)
            assert found
            csrf = found[1]
        self.client.environ_base["REMOTE_ADDR"] = VILLAGE
        return self.client.post("/aman", data={"csrf_token": csrf, "data": data}, follow_redirects=True)

    @property
    def cookie(self) -> str:
        """What is kept in it, as anybody reads it who holds the phone."""
        cookie = self.client.get_cookie("salur")
        if cookie is None:
            return ""
        payload = cookie.value.split(".")[0]
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a bot."""
    return replace(settings, telegram_token=TOKEN)


@pytest.fixture
def phone(app: Flask) -> Phone:
    """Someone's phone."""
    return Phone(app)


@pytest.fixture(autouse=True)
def _nothing_leaks(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """After each story: nothing of the launch in any log record."""
    caplog.set_level(logging.DEBUG)
    yield
    told = "\n".join(f"{r.getMessage()} {r.exc_text}" for r in caplog.records)
    assert str(CHAT) not in told
    assert "query_id" not in told
    assert TOKEN not in told


def test_a_mother_opens_it_from_the_chat_and_is_answered(phone: Phone, office: Office) -> None:
    mother = Recipient()
    office.publishes(mother)
    opened = phone.launches(launch(NOW))
    assert opened.request.full_path == "/aman?"
    assert SAFE in text_of(opened)
    assert "Nama ini terdaftar" in text_of(phone.asks(mother.nik, mother.name))
    assert phone.opens("/jawaban").status_code == 200
    assert SAFE in text_of(phone.opens("/aman")), "back, and a reload"


def test_without_telegram_the_page_is_the_ordinary_form(phone: Phone, office: Office) -> None:
    mother = Recipient()
    office.publishes(mother)
    page = phone.opens("/aman")
    assert ORDINARY in text_of(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert len(re.findall("<script", page.text)) == 1
    assert "Nama ini terdaftar" in text_of(phone.asks(mother.nik, mother.name))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (launch(NOW, token=TOKEN + "x"), "tidak cocok"),
        (launch(NOW).replace(str(CHAT), str(CHAT + 1)), "tidak cocok"),
        ("", "tidak cocok"),
        ("x" * 9_000, "tidak cocok"),
        (launch(NOW - 601), "sudah terlalu lama"),
        (launch(NOW + 3_600), "sudah terlalu lama"),
    ],
    ids=["signed for another bot", "another person", "nothing", "far too long", "old", "of tomorrow"],
)
def test_what_is_not_believed_is_told_with_a_way_on(data: str, why: str, phone: Phone) -> None:
    page = phone.launches(data)
    told = text_of(page)
    assert page.status_code == 403
    assert NOT_OPENED in told
    assert f"Tanda dari Telegram {why}" in told
    assert "tekan lagi tombolnya di obrolan" in told
    assert 'href="/"' in page.text
    assert "obrolan" not in phone.cookie
    assert not data or data not in page.text


def test_the_same_cannot_be_used_on_another_phone(phone: Phone, app: Flask) -> None:
    data = launch(NOW)
    assert SAFE in text_of(phone.launches(data))
    thief = Phone(app)
    page = thief.launches(data)
    assert page.status_code == 403
    assert "sudah dipakai" in text_of(page)
    assert ORDINARY in text_of(thief.opens("/aman"))


def test_of_two_phones_at_once_one_is_let_in(app: Flask) -> None:
    data, told = launch(NOW), []
    phones = [Phone(app) for _ in range(4)]
    tokens = [phone.token() for phone in phones]
    barrier = threading.Barrier(len(phones))

    def send(phone: Phone, token: str) -> None:
        barrier.wait()
        told.append(phone.launches(data, csrf=token).status_code)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(phones, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [200, 403, 403, 403]


def test_the_cookie_tells_no_chat_and_cannot_be_made_another_ones(phone: Phone, app: Flask, clock: Clock) -> None:
    phone.launches(launch(NOW))
    assert "obrolan" in phone.cookie
    for hidden in (str(CHAT), f"{CHAT:x}", base64.b64encode(str(CHAT).encode()).decode().rstrip("=")):
        assert hidden not in phone.cookie
    cookie = phone.client.get_cookie("salur")
    assert cookie
    other = Phone(app)
    other.launches(launch(NOW, person(CHAT + 1)))
    theirs = other.client.get_cookie("salur")
    assert theirs
    mixed = ".".join((theirs.value.split(".")[0], *cookie.value.split(".")[1:]))
    phone.client.set_cookie("salur", mixed)
    assert ORDINARY in text_of(phone.opens("/aman"))


def test_after_a_quarter_of_an_hour_it_is_an_ordinary_browser(phone: Phone, office: Office, clock: Clock) -> None:
    mother = Recipient()
    office.publishes(mother)
    phone.launches(launch(NOW))
    for name in ("Budi", "Joko", "Agus"):
        phone.asks(mother.nik, name)
    clock.passes(minutes=14, seconds=59)
    assert CLOSED in text_of(phone.asks(mother.nik, mother.name))
    clock.passes(seconds=1)
    assert "Nama ini terdaftar" in text_of(phone.asks(mother.nik, mother.name))


def test_only_who_came_from_a_chat_gets_the_script_for_telegrams_back_button(
    phone: Phone, app: Flask, office: Office
) -> None:
    mother, script = Recipient(), str(app.jinja_env.globals["launcher"])
    office.publishes(mother)

    def read_by(reader: Visitor) -> list[bool]:
        return [script in page.text for page in (reader.opens("/"), reader.asks(mother.nik, mother.name))]

    for _ in range(3):  # what many see alike is kept
        assert read_by(Visitor(app)) == [False, False]
    phone.launches(launch(NOW))
    assert read_by(phone) == [True, True]
    another = Phone(app)
    another.launches(launch(NOW - 1, person(CHAT + 1)))
    assert read_by(another) == [True, True]
    assert read_by(Visitor(app)) == [False, False]


def test_who_comes_from_another_chat_finds_nothing_of_the_one_before(phone: Phone, office: Office) -> None:
    mother = Recipient()
    office.publishes(mother)
    phone.launches(launch(NOW))
    phone.asks(mother.nik, mother.name)
    assert phone.opens("/jawaban").status_code == 200
    phone.launches(launch(NOW, person(CHAT + 1)))
    assert phone.opens("/jawaban").status_code == 303


def test_a_launch_that_is_refused_leaves_nobody_in_the_chat_before(phone: Phone) -> None:
    phone.launches(launch(NOW))
    found = FORM_TOKEN.search(phone.opens("/").text)
    assert found
    assert phone.launches(launch(NOW - 601, person(CHAT + 1)), csrf=found[1]).status_code == 403
    assert ORDINARY in text_of(phone.opens("/aman"))


def test_misses_count_for_the_chat_and_not_for_the_village_behind_its_address(
    phone: Phone, app: Flask, office: Office
) -> None:
    mother = Recipient()
    office.publishes(mother)
    phone.launches(launch(NOW))
    for name in ("Budi", "Joko", "Agus"):
        phone.asks(mother.nik, name)
    assert CLOSED in text_of(phone.asks(mother.nik, mother.name))
    neighbour = Visitor(app)
    assert "Nama ini terdaftar" in text_of(neighbour.asks(mother.nik, mother.name, address=VILLAGE))
    # The same chat on another phone, in another network.
    again = Phone(app)
    again.launches(launch(NOW - 1))
    assert CLOSED in text_of(again.asks(mother.nik, mother.name, address="198.51.100.9"))


def test_guessing_many_numbers_ends_as_soon_as_in_the_chat(phone: Phone) -> None:
    phone.launches(launch(NOW))
    for _ in range(10):
        assert phone.asks(a_nik(), "Budi").status_code == 200
    assert phone.asks(a_nik(), "Budi").status_code == 429


def test_an_officer_who_signs_in_there_is_counted_by_address(
    phone: Phone, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    start = SignIns.start

    def watched(self: SignIns, *typed: str, asker: Asker, **more: Any) -> object:
        seen.append(asker.kind)
        return start(self, *typed, asker=asker, **more)

    monkeypatch.setattr(SignIns, "start", watched)
    phone.launches(launch(NOW))
    found = FORM_TOKEN.search(phone.opens("/masuk").text)
    assert found
    phone.client.post("/masuk", data={"csrf_token": found[1], "username": "nobody", "password": "wrong-one"})
    assert seen == ["address"]


@pytest.mark.parametrize(
    ("chosen_in_chat", "chosen_here", "telegram", "spoken"),
    [
        (None, None, "su", "su"),
        (None, None, "en-GB", "en"),
        (None, None, "ru", "id"),
        (None, "id", "en", "id"),
        ("su", None, "en", "su"),
        ("su", "en", "en", "su"),
        ("xx", None, "en", "en"),
    ],
)
def test_it_speaks_the_language_of_the_chat(
    chosen_in_chat: str | None, chosen_here: str | None, telegram: str, spoken: str, phone: Phone
) -> None:
    if chosen_here:
        phone.opens(f"/bahasa/{chosen_here}")
    first = phone.opens(f"/aman?bahasa={chosen_in_chat}" if chosen_in_chat else "/aman")
    if chosen_in_chat == "su":
        assert '<html lang="su">' in first.text
    opened = phone.launches(launch(NOW, person(language_code=telegram)))
    assert f'<html lang="{spoken}">' in opened.text
    assert f'<html lang="{spoken}">' in phone.opens("/").text
    other = "en" if spoken != "en" else "id"
    assert f'href="/bahasa/{other}?ke=/aman"' in opened.text


def test_another_site_cannot_open_it_in_somebodys_browser(phone: Phone) -> None:
    phone.opens("/aman")
    assert phone.launches(launch(NOW), csrf="").status_code == 400
    page = phone.client.post("/aman", data={"data": launch(NOW)}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert ORDINARY in text_of(phone.opens("/aman"))


def test_a_phone_that_keeps_no_cookies_is_told_so(app: Flask) -> None:
    bare = app.test_client(use_cookies=False)
    found = FORM_TOKEN.search(bare.get("/aman").text)
    assert found
    page = bare.post("/aman", data={"csrf_token": found[1], "data": launch(NOW)})
    assert page.status_code == 400
    assert "cookie" in text_of(page)


def test_all_that_a_browser_keeps_finds_room_in_the_cookie(phone: Phone) -> None:
    phone.launches(launch(NOW))
    phone.asks("1" * 40, "x" * 1_150)
    cookie = phone.client.get_cookie("salur")
    assert cookie
    assert "obrolan" in phone.cookie
    assert "jawaban" in phone.cookie
    assert len(cookie.value) < 3_900
