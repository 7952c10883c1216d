"""Word on a phone, all the way in a real browser: agreed to, published, sealed, carried, opened, shown, pressed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from salur.channels.push import WebPush
from salur.config import Settings
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from salur.core.tables.proposals import ProposalRow
from salur.wiring import Services
from tests.channels.conftest import sends
from tests.fixtures.firefox import SCREEN, Firefox, Starts, waits_for
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.proposals import rows
from tests.fixtures.push import Post, PushService
from tests.fixtures.pushing import Autopush
from tests.fixtures.services import Clock

SHOWN = "return window.shown.map(({ title, body }) => [title, body])"
PRESS = "window.shown[0].heard.observe(null, 'alertclickcallback', null)"
STANDING = "return (await (await navigator.serviceWorker.getRegistration('/kabar')).getNotifications()).length"


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
def phone(firefox: Starts, autopush: Autopush) -> Firefox:
    """A phone with Firefox, whose owner allows what is asked."""
    started = firefox(
        {
            "dom.push.connection.enabled": True,  # which Marionette switches off
            "dom.push.serverURL": autopush.address,
            "dom.push.retryBaseInterval": 100,  # milliseconds
            "dom.push.testing.allowInsecureServerURL": True,
            "permissions.default.desktop-notification": 1,
        }
    )
    started.within(SCREEN)
    return started


class Street:
    """All that stands between an office and a phone."""

    def __init__(self, services: Services, clock: Clock, posted: PushService, autopush: Autopush) -> None:
        self._services, self._clock, self._posted, self._autopush = services, clock, posted, autopush

    def carries(self) -> Post:
        """What there is to tell is found, put in words, sealed, posted, and handed on; gives it."""
        self._clock.passes(minutes=11)
        with ThreadPoolExecutor(1) as elsewhere:  # playwright may have an event loop in this thread
            elsewhere.submit(sends, self._services, WebPush(self._services), until=self._sent).result()
        (post,) = self._posted.wait_for(1)
        self._autopush.hands_on(post)
        return post

    def _sent(self) -> bool:
        found = rows(self._services, NoticeRow)
        return bool(found) and all(notice.done_at for notice in found)


@pytest.fixture
def street(services: Services, clock: Clock, push_service: PushService, autopush: Autopush) -> Street:
    """From the office to the phone."""
    return Street(services, clock, push_service, autopush)


def agrees(phone: Firefox, site: str, whom: Recipient) -> None:
    """Ask rightly, and agree."""
    phone.opens(site)
    phone.fills("nomor", whom.nik)
    phone.fills("nama", whom.name)
    phone.presses("#kirim")
    phone.opens(f"{site}/kabar")
    phone.presses("a[href='/kabar/hp']")
    waits_for(lambda: phone.address.endswith("/kabar/hp"), "the page of it")
    phone.presses("#kabari button")
    waits_for(lambda: phone.address.endswith("/hasil"), "it was sent")


def opens_what_is_shown(phone: Firefox) -> None:
    """Press the notification, and go on in the page that it opens."""
    phone.within(PRESS)
    waits_for(lambda: phone.pages() == 2, "a page was opened")
    phone.turns_to_the_newest_page()


def test_a_day_that_is_announced_comes_to_the_phone_once_and_opens_salur(
    phone: Firefox, site: str, mother: Recipient, office: Office, services: Services, street: Street, autopush: Autopush
) -> None:
    agrees(phone, site, mother)
    assert "kami kabari di HP ini" in phone.says()
    assert len(rows(services, FollowRow)) == 1
    office.announces(Announced())
    post = street.carries()
    ((title, body),) = waits_for(lambda: phone.within(SHOWN), "it was shown")
    assert title == "Kabar bantuan sosial"
    assert "Selasa, 24 Februari 2026" in body
    assert b"Selasa" not in post.body
    waits_for(lambda: autopush.acknowledged, "it was acknowledged")
    autopush.hands_on(post)  # a push service may deliver twice
    waits_for(lambda: len(autopush.acknowledged) == 2, "and once more")
    assert phone.finds_out(STANDING) == 1
    opens_what_is_shown(phone)
    waits_for(lambda: "HP ini dikabari tentang 1 jawaban." in phone.says(), "the page said of how much")
    assert phone.address == f"{site}/kabar/hp/buka"


def test_what_never_came_is_on_the_desk_after_two_presses_in_the_page(
    phone: Firefox, site: str, mother: Recipient, office: Office, services: Services, street: Street
) -> None:
    agrees(phone, site, mother)
    office.hears(Reported(nik=mother.nik, status="paid"))
    street.carries()
    waits_for(lambda: phone.within(SHOWN), "it was shown")
    opens_what_is_shown(phone)
    waits_for(lambda: "Belum saya terima" in phone.says(), "there is a button")
    assert phone.address == f"{site}/kabar/hp/buka"
    phone.presses("main section form button")
    waits_for(lambda: phone.address.endswith("/pengajuan/tentang"), "it is summed up")
    phone.presses("main form .button")
    waits_for(lambda: phone.address.endswith("/terkirim"), "it is sent")
    assert len(rows(services, ProposalRow)) == 1


def test_berhenti_leaves_nothing_here_or_there(
    phone: Firefox, site: str, mother: Recipient, services: Services, autopush: Autopush
) -> None:
    agrees(phone, site, mother)
    phone.opens(f"{site}/kabar/hp")
    waits_for(lambda: "HP ini dikabari tentang 1 jawaban." in phone.says(), "the page said of how much")
    phone.presses("#akhiri button")
    waits_for(lambda: "HP ini tidak dikabari lagi." in phone.says(), "it was ended")
    assert rows(services, FollowRow) == rows(services, NoticeRow) == []
    waits_for(lambda: autopush.registered == {}, "the browser has given it up")


def test_another_address_for_the_same_phone_is_followed_on(
    phone: Firefox, site: str, mother: Recipient, office: Office, services: Services, street: Street, autopush: Autopush
) -> None:
    agrees(phone, site, mother)
    (before,) = rows(services, FollowRow)
    (old,) = autopush.registered
    autopush.forgets()
    waits_for(lambda: autopush.registered, "the browser came anew")
    assert old not in autopush.registered
    waits_for(lambda: rows(services, FollowRow)[0].address_digest != before.address_digest, "its worker said so")
    office.announces(Announced())
    street.carries()
    assert len(waits_for(lambda: phone.within(SHOWN), "it was shown")) == 1
