"""*Kabari saya* on the site: what is agreed to, by which ways, and the same pages inside Telegram."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salur.core.notices.channels import Channel
from salur.web.app import create_app
from tests.fixtures.launches import TOKEN, launch
from tests.fixtures.office import Recipient, a_nik
from tests.fixtures.services import NOON
from tests.web.conftest import read_off, text_of
from tests.web.following.conftest import Follower

CHAT = 5_501_234_567


@pytest.fixture
def settings(settings):
    """With a bot."""
    return replace(settings, telegram_token=TOKEN, telegram_name="SalurBogorBot")


@pytest.fixture
def in_telegram(follower):
    """A phone on which Telegram has opened the page."""
    follower.presses("/aman", data=launch(NOON.timestamp()))
    return follower


def test_under_an_answer_stands_the_way_to_be_told(follower, mother):
    page = follower.asks(mother.nik, mother.name)
    assert '<a class="button second" href="/kabar">Kabari saya</a>' in page.text
    told = text_of(follower.opens("/kabar"))
    assert "berhenti kapan saja" in told
    assert "Di kalender HP" in told
    assert "Di obrolan Telegram ini" not in told
    assert "https://t.me/SalurBogorBot" in read_off("<main.*</main>", follower.opens("/kabar").text)


def test_without_a_bot_nothing_is_said_of_telegram(services_with, office):
    mother = Recipient()
    office.publishes(mother)
    phone = Follower(create_app(services_with(telegram_name="")))
    phone.asks(mother.nik, mother.name)
    assert "Telegram" not in read_off("<main.*</main>", phone.opens("/kabar").text)


def test_the_way_to_the_chat_leads_past_the_servers_of_telegram_where_the_bot_has_a_button_for_it(
    services_with, office
):
    mother = Recipient()
    office.publishes(mother)
    for public_url, there in (("https://salur.example", True), ("http://salur.example", False)):
        phone = Follower(create_app(services_with(public_url=public_url)))
        phone.asks(mother.nik, mother.name)
        assert ("Tekan Cek dengan aman" in text_of(phone.opens("/kabar"))) is there


def test_nobody_is_told_without_a_right_answer(follower, mother, clock):
    for why in ("nothing asked", "a miss"):
        page = follower.opens("/kabar")
        assert "Cek dulu dengan nomor dan nama" in text_of(page) or page.status_code == 409, why
        assert follower.presses("/kabar/kalender", "/").status_code in (200, 409), why
        follower.asks(a_nik(), "Budi")
    follower.asks(mother.nik, mother.name)
    assert "Setuju" in text_of(follower.opens("/kabar"))
    clock.passes(minutes=16)
    page = follower.opens("/kabar")
    assert (page.status_code, "Periksa lagi nomor dan nama dulu" in text_of(page)) == (409, True)
    assert "Setuju" not in text_of(page)


def test_what_is_agreed_to_is_sent_by_our_own_form_alone(follower, mother):
    follower.asks(mother.nik, mother.name)
    for address in ("/kabar/kalender", "/kabar/telegram"):
        assert follower.client.post(address).status_code == 400
        assert follower.client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_inside_telegram_the_chat_is_told(in_telegram, mother, services):
    in_telegram.asks(mother.nik, mother.name)
    assert in_telegram.opens("/kabar/telegram").headers["Location"] == "/kabar", "nothing is told yet"
    consent = text_of(in_telegram.opens("/kabar"))
    assert "Di obrolan Telegram ini" in consent
    assert "lewat server di luar negeri" in consent
    for _ in "ab":  # pressed twice, it is told once
        led = in_telegram.presses("/kabar/telegram", "/kabar")
        assert (led.status_code, led.headers["Location"]) == (303, "/kabar/telegram")
        assert services.following.count(Channel.TELEGRAM, str(CHAT)) == 1
    assert "kami kabari di obrolan Telegram ini" in text_of(in_telegram.opens("/kabar/telegram"))
    assert services.following.stop(Channel.TELEGRAM, str(CHAT)) == 1  # as /berhenti does


def test_elsewhere_no_chat_is_told(follower, mother):
    follower.asks(mother.nik, mother.name)
    refused = follower.presses("/kabar/telegram", "/kabar")
    assert (refused.status_code, "tekan lagi tombolnya di obrolan" in text_of(refused)) == (409, True)


def test_a_launch_that_is_over_tells_no_chat(in_telegram, mother, clock, services):
    clock.passes(minutes=10)
    in_telegram.asks(mother.nik, mother.name)
    clock.passes(minutes=6)  # the answer is good still
    assert in_telegram.presses("/kabar/telegram", "/kabar").status_code == 409
    assert services.following.count(Channel.TELEGRAM, str(CHAT)) == 0


def test_one_chat_follows_some_people_and_no_crowd(in_telegram, services, office):
    people = [Recipient() for _ in range(11)]
    office.publishes(*people)
    for one in people:
        in_telegram.asks(one.nik, one.name)
        last = in_telegram.presses("/kabar/telegram", "/kabar")
    assert (last.status_code, "Di sini sudah dikabari tentang 10 jawaban" in text_of(last)) == (409, True)


def test_nothing_more_is_kept_in_the_cookie(follower, mother):
    follower.asks(mother.nik, mother.name)
    before = follower.client.get_cookie("salur").value
    follower.opens("/kabar")
    follower.makes_a_calendar()
    assert follower.client.get_cookie("salur").value == before
