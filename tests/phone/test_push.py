"""Word on a phone, in Chromium: what the page says where it does not work, and what its worker shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from salur.core.notices.channels import Channel
from salur.wiring import Services
from tests.fixtures.chromium import CHROMIUM, SMALL
from tests.fixtures.looks import DESK_BY_DAY, FOR_AXE, PHONE_BY_DAY, PHONE_BY_NIGHT, looked_at
from tests.fixtures.missing import needs
from tests.fixtures.office import Office, Recipient, Reported
from tests.fixtures.phones import subscription
from tests.fixtures.processes import wait_until
from tests.fixtures.services import Clock
from tests.phone.conftest import Phone

BUTTON = "Setuju, kabari saya di HP ini"
TOLD = {"title": "Kabar bantuan sosial", "body": "Tanggalnya sudah ada.", "lang": "id", "tag": "7"}
WITH_BUTTON = {**TOLD, "follow": "12", "actions": [{"ref": "ab" * 8, "title": "Belum saya terima"}]}
STANDING = """navigator.serviceWorker.getRegistration('/kabar').then((found) => found.getNotifications())
  .then((all) => all.map(({ title, body, lang, tag, data }) => ({ title, body, lang, tag, data })))"""
# Who asks what stands there while something is being shown makes Chromium forget it: it is in its list, but not yet on
# the screen, and is taken for one that was closed.
COUNTED = """() => {
  const show = self.registration.showNotification.bind(self.registration);
  self.shown = 0;
  self.registration.showNotification = (...told) => show(...told).finally(() => (self.shown += 1));
}"""
# Chromium's push service is not to be had here: the story hands in a subscription, and the worker says where it would
# lead.
SUBSCRIBED = "PushManager.prototype.getSubscription = async () => ({ toJSON: () => (%s) });"
PRESS = """async (action) => {
  const led = [];
  self.clients.openWindow = async (address) => led.push(address);
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification, action });
  self.dispatchEvent(event);
  return led;
}"""


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Somebody who is on a list."""
    mother = Recipient()
    office.publishes(mother)
    return mother


def asks(page: Page, whom: Recipient) -> None:
    """Ask rightly, and go to the page."""
    page.goto("/")
    page.get_by_label("NIK, nomor KK, kode surat, atau kode tiket").fill(str(whom.nik))
    page.get_by_label("Nama", exact=True).fill(whom.name)
    page.get_by_role("button", name="Periksa").click()
    page.goto("/kabar/hp")


def permit(page: Page, answer: str, before: str = "default") -> None:
    """What the phone's owner says when the browser asks, which nobody can press here."""
    page.add_init_script(
        f"Object.defineProperty(Notification, 'permission', {{ get: () => '{before}' }});"
        f"Notification.requestPermission = async () => '{answer}';"
    )


@pytest.mark.parametrize(
    ("before", "answer", "told"),
    [
        ("default", "denied", "diblokir di HP ini"),
        ("default", "default", "belum mengizinkan"),
        ("default", "granted", "Server pembuat aplikasi internet Anda tidak menjawab"),
        ("granted", "granted", "Server pembuat aplikasi internet Anda tidak menjawab"),
    ],
)
def test_what_did_not_work_is_said_plainly_and_can_be_tried_again(
    before: str, answer: str, told: str, phone: Phone, mother: Recipient
) -> None:
    page = phone().new_page()
    permit(page, answer, before)
    asks(page, mother)
    button = page.get_by_role("button", name=BUTTON)
    for _ in range(2):
        button.click()
        page.locator("#hasil", has_text=told).wait_for()
        assert page.url.endswith("/kabar/hp")
        assert button.is_enabled()


def test_what_was_blocked_before_is_said_before_anything_is_pressed(phone: Phone, mother: Recipient) -> None:
    page = phone().new_page()
    permit(page, "denied", "denied")
    asks(page, mother)
    page.locator("#hasil", has_text="diblokir di HP ini").wait_for()


def test_without_a_signal_it_says_so(phone: Phone, mother: Recipient) -> None:
    context = phone()
    page = context.new_page()
    permit(page, "granted")
    asks(page, mother)
    context.set_offline(True)
    page.get_by_role("button", name=BUTTON).click()
    page.locator("#hasil", has_text="tidak terhubung ke internet").wait_for()


@pytest.mark.parametrize("lacking", ["PushManager", "Notification"])
def test_a_phone_that_cannot_says_so_and_names_other_ways(lacking: str, phone: Phone, mother: Recipient) -> None:
    page = phone().new_page()
    page.add_init_script(f"delete window.{lacking};")
    asks(page, mother)
    said = page.get_by_role("main").inner_text()
    assert "HP ini belum bisa dikabari lewat situs." in said
    assert "JavaScript" not in said
    assert page.get_by_role("link", name="Lihat cara lain").is_visible()
    assert page.get_by_role("button", name=BUTTON).count() == 0


def test_its_pages_read_well_by_day_and_night(phone: Phone, mother: Recipient) -> None:
    page = phone(**FOR_AXE).new_page()
    permit(page, "denied")
    asks(page, mother)
    page.get_by_role("button", name=BUTTON).click()
    page.locator("#hasil", has_text="diblokir").wait_for()
    looked_at(page, "agreeing", DESK_BY_DAY, PHONE_BY_DAY, PHONE_BY_NIGHT)
    page.goto("/kabar/hp/buka")
    looked_at(page, "opened", DESK_BY_DAY, PHONE_BY_NIGHT)


def test_so_do_those_of_a_phone_that_cannot_and_of_one_that_is_told(
    phone: Phone, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    page, subscribed = phone(**FOR_AXE).new_page(), subscription()
    page.add_init_script("delete window.Notification;")
    asks(page, mother)
    looked_at(page, "cannot", DESK_BY_DAY, PHONE_BY_NIGHT)
    page.evaluate("(told) => { kabari.elements.langganan.value = told; kabari.submit(); }", subscribed)
    page.wait_for_url("**/hasil")
    looked_at(page, "begun", DESK_BY_DAY, PHONE_BY_NIGHT)
    office.hears(Reported(nik=mother.nik, status="paid"))
    clock.passes(minutes=11)
    services.following.sweep()
    (notice,) = services.notices.take(channel=Channel.PUSH)
    page.goto("/kabar/hp/buka")
    sent = {
        "langganan": subscribed,
        "kabar": str(notice.facts["follow"]),
        "tentang": notice.facts["refs"][0],
        "lihat": "1",
    }
    page.evaluate(
        "(told) => { for (const name in told) tentang.elements[name].value = told[name]; tentang.submit(); }", sent
    )
    page.get_by_role("button", name="Belum saya terima").wait_for()
    looked_at(page, "with a button", DESK_BY_DAY, PHONE_BY_NIGHT)


@pytest.fixture(scope="package")
def whole_browser(browser: Browser) -> Iterator[Browser]:
    """Chromium with all that it has: the shell shows no notifications."""
    path = needs("whole Chromium", "SALUR_TEST_WHOLE_CHROMIUM")
    started = browser.browser_type.launch(executable_path=path, args=CHROMIUM)
    yield started
    started.close()


class Reached:
    """A phone that is reached past the push service, as Chromium's own tools do it."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        context.grant_permissions(["notifications"], origin=site)
        self.page, self._site = context.new_page(), site
        self.page.goto("/kabar/hp")
        self._tools = context.new_cdp_session(self.page)
        found: list[dict[str, str]] = []
        self._tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
        self._tools.send("ServiceWorker.enable")
        self.page.evaluate(
            "navigator.serviceWorker.register('/kabar-pekerja.js', { scope: '/kabar' })"
            ".then(() => navigator.serviceWorker.ready)"
        )
        self.worker = context.service_workers[0]
        self.worker.evaluate(COUNTED)
        self._registration, self._heard = found[0]["registrationId"], 0

    def hears(self, data: str) -> None:
        """Something is sent to it."""
        told = {"origin": self._site, "registrationId": self._registration, "data": data}
        self._tools.send("ServiceWorker.deliverPushMessage", told)
        self._heard += 1

    def shows(self) -> list[dict[str, Any]]:
        """What stands there, once all that was sent has been shown."""
        wait_until(lambda: self.worker.evaluate("self.shown") == self._heard)
        found = self.page.evaluate(STANDING)
        assert isinstance(found, list)
        return found


@pytest.fixture
def reached(whole_browser: Browser, site: str) -> Iterator[Reached]:
    """One of these."""
    context = whole_browser.new_context(viewport=SMALL, base_url=site)
    yield Reached(context, site)
    context.close()


def test_what_is_sent_is_shown_once_however_often_it_comes(reached: Reached) -> None:
    for _ in range(3):
        reached.hears(json.dumps(WITH_BUTTON))
    (shown,) = reached.shows()
    assert shown == {**TOLD, "data": {"follow": "12", "refs": ["ab" * 8]}}
    reached.hears(json.dumps({**WITH_BUTTON, "tag": "8"}))
    assert {one["tag"] for one in reached.shows()} == {"7", "8"}


@pytest.mark.parametrize("sent", ["", "apa saja", "{}", "[1]", "null", '{"title": 1, "body": 2, "tag": 3}'])
def test_what_cannot_be_read_says_that_there_is_something(sent: str, reached: Reached) -> None:
    reached.hears(sent)
    (shown,) = reached.shows()
    assert shown["body"] == "Ada kabar tentang bantuan Anda. Buka Salur, lalu cek lagi."


def test_the_worker_keeps_nothing(reached: Reached) -> None:
    reached.hears(json.dumps(WITH_BUTTON))
    assert reached.shows()
    kept = "Promise.all([caches.keys(), indexedDB.databases()]).then((all) => all.flat().length)"
    assert reached.page.evaluate(kept) == 0
    assert reached.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_pressed_button_leads_to_what_it_is_about_and_no_server_sees_it(
    reached: Reached, mother: Recipient, services: Services, office: Office, clock: Clock
) -> None:
    page, subscribed = reached.page, subscription()
    asks(page, mother)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.add_init_script(SUBSCRIBED % subscribed)
    page.evaluate("(told) => { kabari.elements.langganan.value = told; kabari.submit(); }", subscribed)
    page.wait_for_url("**/hasil")
    office.hears(Reported(nik=mother.nik, status="paid"))
    clock.passes(minutes=11)
    services.following.sweep()
    (notice,) = services.notices.take(channel=Channel.PUSH)
    follow, (ref,) = notice.facts["follow"], notice.facts["refs"]
    actions = [{"ref": ref, "title": "Belum saya terima"}]
    reached.hears(json.dumps({**TOLD, "follow": str(follow), "actions": actions}))
    assert reached.shows()
    (address,) = reached.worker.evaluate(PRESS, ref)
    assert address == f"/kabar/hp/buka#{follow}:{ref}"
    page.goto(address)
    page.wait_for_url("**/pengajuan/tentang")
    assert "Tercatat dibayar, tetapi belum diterima" in page.get_by_role("heading", level=1).inner_text()
    assert not any(ref in url.partition("#")[0] for url in sent)
    page.go_back()
    assert "#" not in page.url
