"""One's own record, and linking Telegram, in a real browser without JavaScript: on a cheap phone, by day and night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from salur.core.limits.asker import Asker
from salur.core.officers.roles import Role
from tests.fixtures.chromium import SMALL
from tests.fixtures.looks import FOR_AXE, PHONE_BY_DAY, PHONE_BY_NIGHT, looked_at
from tests.fixtures.office import Recipient, a_kk
from tests.phone.test_asking import ask


@pytest.fixture
def mother(office, heads, looks, clock) -> Recipient:
    """On many lists, and looked at by every kind of officer."""
    mother = Recipient(name="SITI MAESAROH", kk=a_kk(), care=True, head_name="ASEP SAEPUDIN")
    for programme in ("PKH", "SEMBAKO", "PANGAN"):
        for period in ("2025-T4", "2026-T1"):
            office.publishes(mother, programme=programme, period=period)
    for role in Role:
        officer = heads.create(role)
        for what in ("list", "list", "search", "export", "proposal"):
            looks(officer, what=what)
            clock.passes(hours=7)
    return mother


def pages(page: Page, mother: Recipient) -> Iterator[str]:
    """The pages of her record."""
    ask(page, str(mother.nik), mother.name)
    yield "the answer"
    page.get_by_role("button", name="Siapa yang melihat data saya?").click()
    assert page.url.endswith("/data-saya")
    yield "the record"


def officers_pages(page: Page, services, head) -> Iterator[str]:
    """The page for Telegram, before and after."""
    page.goto("/akun/telegram")
    yield "not linked"
    page.get_by_role("button", name="Hubungkan").click()
    yield "the code"
    code = page.locator(".link-code").inner_text()
    services.chat_links.link(code, 700_100_200, asker=Asker.chat(700_100_200))
    page.goto("/akun/telegram")
    yield "linked"
    page.get_by_role("button", name="Lepaskan").click()
    assert "Sudah dilepas." in page.get_by_role("status").inner_text()
    yield "let go"


@pytest.fixture
def phone(browser: Browser, site: str, app, signed_in, heads):
    """Open a browser, where wanted with the head of RW 5 signed in."""
    opened = []

    def opens(*, officer=None, **options) -> Page:
        options = {"viewport": SMALL, "java_script_enabled": False, **options}
        context = browser.new_context(base_url=site, locale="en-US", **options)
        opened.append(context)
        if officer is not None:
            cookie = signed_in(officer, on=app).client.get_cookie("salur")
            context.add_cookies([{"name": "salur", "value": cookie.value, "url": site}])
        return context.new_page()

    yield opens
    for context in opened:
        context.close()


def test_she_presses_the_button_and_reads_who_looked(phone, mother) -> None:
    page = phone()
    for _ in pages(page, mother):
        pass
    assert page.get_by_role("heading", level=1).inner_text() == "Siapa yang melihat data Anda"
    assert "Ketua RT melihat daftar wilayahnya" in page.get_by_role("main").inner_text()
    page.reload()  # a phone that dropped the page sends the form again
    assert page.get_by_role("heading", level=1).inner_text() == "Siapa yang melihat data Anda"
    page.get_by_role("button", name="Minta perbaikan data").click()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.url.endswith("/pengajuan/koreksi/saya")
    # The check has said who she is: what is wrong is all that is asked.
    assert {field.get_attribute("type") for field in page.locator("main input").all()} == {"hidden", "radio"}


def test_every_page_is_for_everybody_by_day_and_by_night(phone, mother, services, heads) -> None:
    head = heads.create("rw")
    page, office = phone(**FOR_AXE), phone(officer=head, **FOR_AXE)
    for here, told in ((page, pages(page, mother)), (office, officers_pages(office, services, head))):
        for what in told:
            targets = "a.button, button, summary, input:not([type=hidden]), nav a"
            looked_at(here, what, PHONE_BY_DAY, PHONE_BY_NIGHT, targets=targets, inside="body *")


def test_the_record_prints_without_buttons_and_in_black_and_white(phone, mother) -> None:
    page = phone(color_scheme="dark", viewport={"width": 1280, "height": 800})
    for _ in pages(page, mother):
        pass
    page.emulate_media(media="print")
    assert page.get_by_role("button", name="Minta perbaikan data").is_hidden()
    assert page.get_by_role("main").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
