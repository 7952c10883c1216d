"""The form that Telegram opens inside itself, in a real browser as small as phones get, in the sun and at night."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

from salur.config import Settings
from tests.fixtures.chromium import SMALLEST_TARGET, boxes
from tests.fixtures.launches import TOKEN, launch, person
from tests.fixtures.office import Announced, Office, Recipient
from tests.fixtures.services import NOON
from tests.phone.conftest import Phone

SMALLEST = ViewportSize(width=320, height=568)
SAFE = "tidak lewat server Telegram."
USER = person(last_name="Ma'ésaroh & “+ 100%”")
TELEGRAM = "window.told = []; window.TelegramWebviewProxy = { postEvent: (what, how) => told.push([what, how]) };"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a bot."""
    return replace(settings, telegram_token=TOKEN)


@pytest.fixture
def phone(phone: Phone) -> Phone:
    """`phone(…)`: the smallest one, as the options say; unless it is said, within Telegram."""

    def with_options(*, within: bool = True, **options: object) -> BrowserContext:
        context = phone(**{"viewport": SMALLEST, **options})
        if within:
            context.add_init_script(TELEGRAM)
        return context

    return with_options


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Listed, with a day to come."""
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced())
    return mother


def address(data: str) -> str:
    """As Telegram opens it."""
    theme = quote('{"bg_color":"#ffffff"}')
    return f"/aman#tgWebAppData={quote(data, safe='')}&tgWebAppVersion=8.0&tgWebAppThemeParams={theme}"


def open_from_telegram(page: Page, ago: int = 0) -> None:
    """Press the button in the chat."""
    page.goto(address(launch(NOON.timestamp() - ago, USER)))
    page.get_by_text(SAFE).wait_for()


def ask(page: Page, number: str | None, name: str) -> None:
    """Fill in the form that stands there."""
    page.get_by_label("NIK, nomor KK, kode surat, atau kode tiket").fill(number or "")
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_role("button", name="Periksa").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mother_asks_without_telegram_reading_along(scheme: str, phone: Phone, mother: Recipient) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = phone(color_scheme=scheme).new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))

    def fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
        assert axe.run(page).response["violations"] == []

    open_from_telegram(page)
    assert page.url.endswith("/aman")
    assert SAFE in page.get_by_role("main").inner_text()
    fits()
    for text, width, height, right in boxes(page, "main button, main input:not([type=hidden])"):
        assert min(width, height) >= SMALLEST_TARGET, text
        assert right <= SMALLEST["width"], text
    ask(page, mother.nik, mother.name)
    assert "terdaftar" in page.get_by_role("heading", level=1).inner_text()
    fits()
    assert complaints == []
    assert not any("tgWebAppData" in url or "query_id" in url for url in asked)


def test_back_leads_to_the_form_and_opens_nothing_twice(phone: Phone, mother: Recipient) -> None:
    page = phone().new_page()
    page.goto("/bantuan")
    open_from_telegram(page)
    ask(page, mother.nik, mother.name)
    page.go_back()
    assert page.url.endswith("/aman")
    assert SAFE in page.get_by_role("main").inner_text()
    page.reload()
    assert SAFE in page.get_by_role("main").inner_text()
    page.go_back()
    assert page.url.endswith("/bantuan")


def test_who_opens_it_next_on_the_same_phone_is_believed_in_turn(phone: Phone, mother: Recipient) -> None:
    page = phone().new_page()
    for chat in (5_501_234_567, 5_501_234_568):
        page.goto("about:blank")
        page.goto(address(launch(NOON.timestamp(), person(chat))))
        page.wait_for_function("location.hash === '' && performance.getEntriesByType('navigation')[0].redirectCount")
        for name in ("Budi", "Joko", "Agus"):
            page.goto("/")
            ask(page, mother.nik, name)
            assert "tidak kami temukan" in page.get_by_role("heading", level=1).inner_text()


def test_three_misses_are_the_chats_own(phone: Phone, mother: Recipient) -> None:
    page = phone().new_page()
    open_from_telegram(page)
    for name in ("Budi", "Joko", "Agus"):
        page.goto("/")
        ask(page, mother.nik, name)
    page.goto("/")
    ask(page, mother.nik, mother.name)
    assert "ditutup" in page.get_by_role("heading", level=1).inner_text()
    neighbour = phone().new_page()
    neighbour.goto("/aman")
    ask(neighbour, mother.nik, mother.name)
    assert "terdaftar" in neighbour.get_by_role("heading", level=1).inner_text()


def test_what_was_used_is_refused_with_two_ways_on(phone: Phone) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    used = address(launch(NOON.timestamp(), USER))
    for told in (SAFE, "Tanda dari Telegram sudah dipakai"):
        page = phone(color_scheme="dark").new_page()
        page.goto(used)
        page.get_by_text(told).wait_for()
    assert "tgWebAppData" not in page.url
    assert axe.run(page).response["violations"] == []
    page.get_by_role("link", name="Ke halaman pertama").click()
    assert page.get_by_role("button", name="Periksa").is_visible()


def test_without_javascript_it_is_the_ordinary_form(phone: Phone, mother: Recipient) -> None:
    page = phone(java_script_enabled=False).new_page()
    page.goto(address(launch(NOON.timestamp(), USER)))
    assert "bisa dipakai seperti biasa" in page.get_by_role("main").inner_text()
    ask(page, mother.nik, mother.name)
    assert "terdaftar" in page.get_by_role("heading", level=1).inner_text()


TWICE = f"&tgWebAppData={quote(launch(NOON.timestamp(), person(4712)), safe='')}"


@pytest.mark.parametrize(("within", "more"), [(False, ""), (True, TWICE)], ids=["elsewhere", "added to"])
def test_a_link_with_what_telegram_signed_for_another_makes_nobody_that_other(
    within: bool, more: str, phone: Phone, mother: Recipient
) -> None:
    """Else a neighbour's link would have what she asks told in the neighbour's chat."""
    page = phone(within=within).new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(address(launch(NOON.timestamp(), USER)) + more)
    page.wait_for_load_state("networkidle")
    assert "bisa dipakai seperti biasa" in page.get_by_role("main").inner_text()
    assert page.url.endswith("/aman")
    assert "POST" not in sent
    ask(page, mother.nik, mother.name)
    page.goto("/kabar")
    assert "Di obrolan Telegram ini" not in page.get_by_role("main").inner_text()


@pytest.mark.parametrize("opened", ["/aman", "/aman#", "/aman#tgWebAppData=", "/aman#isi"])
def test_without_anything_of_telegrams_nothing_is_sent(opened: str, phone: Phone) -> None:
    page = phone().new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(opened)
    page.wait_for_load_state("networkidle")
    assert "bisa dipakai seperti biasa" in page.get_by_role("main").inner_text()
    assert "POST" not in sent


def test_a_page_of_another_site_cannot_show_it_in_a_frame(phone: Phone, site: str) -> None:
    page = phone().new_page()
    page.set_content(f'<iframe src="{site}/aman"></iframe>')
    assert page.frames[1].url == "chrome-error://chromewebdata/"


VISIBLE = "told.filter(([what]) => what === 'web_app_setup_back_button').map(([, how]) => JSON.parse(how).is_visible)"


@pytest.mark.parametrize("called", ["Telegram.WebView", "TelegramGameProxy"], ids=["phones", "computers"])
def test_telegrams_own_back_button_leads_back_and_closes_on_the_first_page(
    called: str, phone: Phone, mother: Recipient
) -> None:
    page = phone().new_page()
    open_from_telegram(page)
    assert page.evaluate(VISIBLE) == [False]
    assert page.evaluate("told[0]") == ["web_app_expand", "{}"]
    ask(page, mother.nik, mother.name)
    assert page.evaluate(VISIBLE) == [True]
    page.get_by_role("link", name="Lihat peta").first.click()
    assert page.evaluate(VISIBLE) == [True]
    for address in ("/jawaban", "/aman"):
        page.evaluate(
            f"{called}.receiveEvent('theme_changed', {{}}); {called}.receiveEvent('back_button_pressed', null)"
        )
        page.wait_for_url(f"**{address}")
    assert page.evaluate(VISIBLE)[-1] is False
