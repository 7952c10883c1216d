"""An iPhone is told of something only where Salur was opened from its home screen: the way there, and what is there.

Chromium is given what iPhones have and lack; what it makes of the manifest is its own.
"""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.fixtures.looks import DESK_BY_DAY, FOR_AXE, PHONE_BY_DAY, PHONE_BY_NIGHT, looked_at
from tests.fixtures.office import Office, Recipient
from tests.phone.conftest import Phone
from tests.phone.test_push import BUTTON, asks, permit

STEPS = "iPhone dan iPad: taruh Salur di layar utama dulu"
CANNOT = "HP ini belum bisa dikabari lewat situs."
TAB = "delete window.PushManager; delete window.Notification;"
STANDALONE = "Object.defineProperty(navigator, 'standalone', { value: %s });"


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Somebody who is on a list."""
    mother = Recipient()
    office.publishes(mother)
    return mother


def in_safari(context: BrowserContext, *, old: bool = False) -> Page:
    """A page of an iPhone as its browser shows it. `old`: from its home screen, by one that knows nothing of word."""
    context.add_init_script(TAB + STANDALONE % json.dumps(old))
    return context.new_page()


def said(page: Page) -> str:
    """What stands there to read."""
    return page.get_by_role("main").inner_text()


def test_an_iphone_reads_how_it_gets_there_and_that_it_asks_again(phone: Phone, mother: Recipient) -> None:
    page = in_safari(phone())
    asks(page, mother)
    assert page.get_by_role("heading", name=STEPS).is_visible()
    for word in (
        "Bagikan (Share)",
        "Tambah ke Layar Utama (Add to Home Screen)",
        "cek lagi",
        "Kabari saya",
        "iOS 16.4",
    ):
        assert word in said(page)
    assert CANNOT not in said(page)
    assert "JavaScript" not in said(page)
    assert page.get_by_role("button", name=BUTTON).count() == 0
    page.get_by_role("link", name="Lihat cara lain").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kabar")
    assert "Di iPhone: sesudah Salur ditaruh di layar utama." in said(page)


def test_it_reads_so_before_it_asks_for_nothing(phone: Phone) -> None:
    page = in_safari(phone())
    page.goto("/kabar/hp")
    assert page.get_by_role("heading", name=STEPS).is_visible()
    assert "Cek dulu" not in said(page)


def test_opened_from_the_home_screen_it_is_asked_like_any_phone(phone: Phone, mother: Recipient) -> None:
    context = phone()
    context.add_init_script(STANDALONE % "true")
    page = context.new_page()
    permit(page, "denied")
    asks(page, mother)
    assert STEPS not in said(page)
    page.get_by_role("button", name=BUTTON).click()
    blocked = page.locator("#hasil", has_text="diblokir di HP ini")
    blocked.wait_for()
    assert "buka Pengaturan di HP, pilih Notifikasi, pilih Salur" in blocked.inner_text()
    assert "alamat situs" not in blocked.inner_text()


def test_one_that_is_too_old_is_told_what_it_needs(phone: Phone, mother: Recipient) -> None:
    page = in_safari(phone(), old=True)
    asks(page, mother)
    assert CANNOT in said(page)
    assert "iPhone dan iPad perlu iOS 16.4 atau lebih baru." in said(page)
    assert STEPS not in said(page)


@pytest.mark.parametrize("why", ["switched off", "not loaded"])
def test_without_javascript_that_is_what_is_said(why: str, phone: Phone, mother: Recipient) -> None:
    context = phone(java_script_enabled=why != "switched off")
    page = context.new_page()
    page.route("**/naskah/*.js", lambda route: route.abort())
    asks(page, mother)
    assert "Cara ini perlu JavaScript." in said(page)
    for other in (CANNOT, "iPhone", "incognito", "WhatsApp"):
        assert other not in said(page)
    assert page.get_by_role("link", name="Lihat cara lain").is_visible()
    assert page.get_by_role("button", name=BUTTON).count() == 0


def test_a_browser_takes_it_for_an_app_under_the_strict_policy(phone: Phone) -> None:
    context = phone()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/kabar/hp")
    tools = context.new_cdp_session(page)
    read = tools.send("Page.getAppManifest")
    assert read["url"].endswith("/manifest.webmanifest")
    assert read["errors"] == []
    assert json.loads(read["data"])["short_name"] == "Salur"
    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert complaints == []


@pytest.mark.parametrize("language", ["id", "su", "en"])
def test_the_way_there_reads_well_by_day_and_night(language: str, phone: Phone, mother: Recipient) -> None:
    page = in_safari(phone(**FOR_AXE))
    page.goto(f"/bahasa/{language}?ke=/kabar/hp")
    page.locator("#iphone").wait_for()
    looked_at(page, language, DESK_BY_DAY, PHONE_BY_DAY, PHONE_BY_NIGHT, inside="main *")
