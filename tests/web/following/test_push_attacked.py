"""What whoever has another phone, a made-up address or another site cannot do; and that nothing is left behind."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from salur.core.limits.sendings import PHONES_A_DAY, SENDINGS_AN_HOUR
from salur.core.notices.channels import Channel
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from salur.wiring import Services
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.phones import subscription
from tests.fixtures.proposals import rows
from tests.fixtures.services import Clock
from tests.web.conftest import text_of
from tests.web.following.conftest import PHONE, Phone, address, found, told


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Somebody who is on a list, with others."""
    mother = Recipient()
    office.publishes(mother, Recipient())
    return mother


@pytest.mark.parametrize(
    ("follow", "ref"),
    [
        ("", ""),
        ("1", "ab"),
        ("-1", "ab"),
        ("9" * 19, "ab"),
        ("9" * 5000, "ab"),
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
    assert stranger.does("/hitung").json == {"told": "HP ini tidak dikabari tentang apa pun.", "any": False}
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
    for what in ("", "/hitung", "/berhenti", "/buka", "/pindah"):
        page = phone.does(what, baru=subscription(), langganan=made_up)
        assert page.status_code == 409, what
        assert not made_up or made_up not in page.text
    assert rows(services, FollowRow) == []


def test_without_the_forms_token_nothing_is_done(phone: Phone, mother: Recipient, services: Services) -> None:
    phone.follows(mother)
    for what in ("", "/hitung", "/berhenti", "/buka", "/pindah"):
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
    told = []
    for _ in range(SENDINGS_AN_HOUR["address"] + 1):
        phone.subscribed = subscription()
        told.append(phone.does("").status_code)
    assert told == [200] * PHONES_A_DAY + [409] * (len(told) - PHONES_A_DAY - 1) + [429]
    assert len(rows(services, FollowRow)) == PHONES_A_DAY


def test_who_names_the_old_address_whole_gets_word_at_the_new_one(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    phone.follows(mother)
    office.hears(Reported(nik=mother.nik, status="paid"))
    clock.passes(minutes=11)
    services.following.sweep()  # this waits for the old one
    new, half = subscription(), json.loads(PHONE)
    half["keys"]["auth"] = json.loads(new)["keys"]["auth"]
    phone.does("/pindah", langganan=json.dumps(half), baru=new)
    assert found(services, new) == set()
    assert phone.does("/pindah", baru=new).status_code == 204
    assert found(services) == set()
    assert found(services, new) == {"follow", "notice"}
    (notice,) = services.notices.take(channel=Channel.PUSH)
    assert notice.address == address(services, new)
    phone.subscribed = new
    follow, (ref,) = notice.facts["follow"], notice.facts["refs"]
    assert phone.does("/buka", kabar=str(follow), tentang=ref).request.path == "/pengajuan/tentang"


def test_moving_to_where_it_is_told_already_tells_it_once(phone: Phone, mother: Recipient, services: Services) -> None:
    phone.follows(mother)
    new = subscription()
    phone.does("", langganan=new)
    assert len(rows(services, FollowRow)) == 2
    for _ in range(2):
        phone.does("/pindah", baru=new)
    phone.does("/pindah", langganan=new, baru=new)
    assert len(rows(services, FollowRow)) == 1
    assert found(services, new) == {"follow"}


def test_to_an_address_that_no_push_service_gave_nothing_moves(
    phone: Phone, mother: Recipient, services: Services
) -> None:
    phone.follows(mother)
    assert phone.does("/pindah", baru=subscription(endpoint="https://kota.example/x")).status_code == 409
    assert found(services) == {"follow"}


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
