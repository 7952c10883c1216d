"""Word on a phone, all the way in a real browser: agreed to, published, sealed, carried, opened, shown, pressed."""

from __future__ import annotations

import json
import ssl
import urllib.request
from dataclasses import replace

import pytest
from pywebpush import WebPusher

from salur.config import Settings
from salur.core.notices.channels import Channel
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from salur.core.tables.proposals import ProposalRow
from salur.wiring import Services
from tests.fixtures.firefox import SCREEN, Firefox, Starts, waits_for
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.proposals import rows
from tests.fixtures.pushing import PushService
from tests.fixtures.services import Clock

SHOWN = "return window.shown.map(({ title, body }) => [title, body])"


@pytest.fixture
def settings(settings: Settings, push_service: PushService) -> Settings:
    """With a push service of its own."""
    return replace(settings, push_services=push_service.host)


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Somebody who is on a list."""
    mother = Recipient()
    office.publishes(mother)
    return mother


@pytest.fixture
def phone(firefox: Starts, push_service: PushService) -> Firefox:
    """A phone with Firefox, whose owner allows what is asked."""
    started = firefox(
        {
            "dom.push.connection.enabled": True,  # which Marionette switches off
            "dom.push.serverURL": push_service.browsers,
            "dom.push.retryBaseInterval": 100,  # milliseconds
            "dom.push.testing.allowInsecureServerURL": True,
            "permissions.default.desktop-notification": 1,
        }
    )
    started.within(SCREEN)
    return started


def agrees(phone: Firefox, site: str, whom: Recipient) -> None:
    """Ask rightly, and agree."""
    phone.opens(site)
    phone.fills("nomor", whom.nik)
    phone.fills("nama", whom.name)
    phone.presses("#kirim")
    phone.opens(f"{site}/kabar/hp")
    phone.presses("#kabari button")
    waits_for(lambda: phone.address.endswith("/hasil"), "it was sent")


def carry(services: Services, push_service: PushService) -> None:
    """What the sender does."""
    while services.following.sweep().more:
        pass
    for notice in services.notices.take(1000, Channel.PUSH):
        to, f = json.loads(notice.address), notice.facts
        buttons = (
            [{"ref": ref, "title": "Belum saya terima"} for ref in f["refs"]] if f["news"][0]["kind"] == "paid" else []
        )
        told = {"title": "Salur", "body": f["news"][0]["kind"], "lang": "id", "tag": str(notice.id)}
        payload = json.dumps(told | {"follow": str(f["follow"]), "actions": buttons}).encode()
        body = WebPusher({"endpoint": to["endpoint"], "keys": to}).encode(payload)["body"]
        request = urllib.request.Request(
            to["endpoint"], body, {"TTL": "60", "Content-Encoding": "aes128gcm"}, method="POST"
        )
        urllib.request.urlopen(request, context=ssl.create_default_context(cafile=str(push_service.certificate)))
        services.notices.sent(notice.id)


def test_a_day_that_is_announced_comes_to_the_phone_and_opens_salur(
    phone: Firefox,
    site: str,
    mother: Recipient,
    office: Office,
    services: Services,
    clock: Clock,
    push_service: PushService,
) -> None:
    agrees(phone, site, mother)
    assert "kami kabari di HP ini" in phone.says()
    assert len(rows(services, FollowRow)) == 1
    office.announces(Announced())
    clock.passes(minutes=11)
    carry(services, push_service)
    ((title, body),) = waits_for(lambda: phone.within(SHOWN), "it was shown")
    assert (title, body) == ("Salur", "date_set")
    waits_for(lambda: push_service.acknowledged, "it was acknowledged")
    (posted,) = push_service.posted
    assert b"Salur" not in posted.body
    push_service.hands_on(posted.channel, posted.body)  # a push service may deliver twice
    waits_for(lambda: len(push_service.acknowledged) == 2, "and once more")
    standing = "return (await (await navigator.serviceWorker.getRegistration('/kabar')).getNotifications()).length"
    assert phone.finds_out(standing) == 1
    phone.within("window.shown[0].heard.observe(null, 'alertclickcallback', null)")
    waits_for(lambda: phone.pages() == 2, "a page was opened")
    phone.turns_to_the_newest_page()
    waits_for(lambda: "HP ini dikabari tentang 1 jawaban." in phone.says(), "the page said of how much")
    assert phone.address == f"{site}/kabar/hp/buka"


def test_what_never_came_is_on_the_desk_after_a_press_in_the_page(
    phone: Firefox,
    site: str,
    mother: Recipient,
    office: Office,
    services: Services,
    clock: Clock,
    push_service: PushService,
) -> None:
    agrees(phone, site, mother)
    office.hears(Reported(nik=mother.nik, status="paid"))
    clock.passes(minutes=11)
    carry(services, push_service)
    waits_for(lambda: phone.within(SHOWN), "it was shown")
    phone.within("window.shown[0].heard.observe(null, 'alertclickcallback', null)")
    waits_for(lambda: phone.pages() == 2, "a page was opened")
    phone.turns_to_the_newest_page()
    waits_for(lambda: "Belum saya terima" in phone.says(), "there is a button")
    assert phone.address == f"{site}/kabar/hp/buka"
    phone.presses("main section form button")
    waits_for(lambda: phone.address.endswith("/pengajuan/tentang"), "it is summed up")
    phone.presses("main form .button")
    waits_for(lambda: phone.address.endswith("/terkirim"), "it is sent")
    assert len(rows(services, ProposalRow)) == 1


def test_berhenti_leaves_nothing_here_or_there(
    phone: Firefox, site: str, mother: Recipient, services: Services, push_service: PushService
) -> None:
    agrees(phone, site, mother)
    phone.opens(f"{site}/kabar/hp")
    waits_for(lambda: "HP ini dikabari tentang 1 jawaban." in phone.says(), "the page said of how much")
    phone.presses("#akhiri button")
    waits_for(lambda: "HP ini tidak dikabari lagi." in phone.says(), "it was ended")
    assert rows(services, FollowRow) == rows(services, NoticeRow) == []
    waits_for(lambda: push_service.registered == {}, "the browser has given it up")


def test_another_address_for_the_same_phone_is_followed_on(
    phone: Firefox,
    site: str,
    mother: Recipient,
    office: Office,
    services: Services,
    clock: Clock,
    push_service: PushService,
) -> None:
    agrees(phone, site, mother)
    (before,) = rows(services, FollowRow)
    (old,) = push_service.registered
    push_service.forgets()
    waits_for(lambda: push_service.registered, "the browser came anew")
    assert old not in push_service.registered
    waits_for(lambda: rows(services, FollowRow)[0].address_digest != before.address_digest, "its worker said so")
    office.announces(Announced())
    clock.passes(minutes=11)
    carry(services, push_service)
    assert waits_for(lambda: phone.within(SHOWN), "it was shown") == [["Salur", "date_set"]]
