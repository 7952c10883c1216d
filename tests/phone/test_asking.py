"""The pages in a real browser without JavaScript, as large as a cheap phone, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from salur.core.regions.office import Office as KelurahanOffice
from salur.core.tables.proposals import ProposalRow
from tests.fixtures.chromium import SMALL
from tests.fixtures.looks import FOR_AXE, PHONE_BY_DAY, PHONE_BY_NIGHT, looked_at
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported, a_nik
from tests.fixtures.proposals import rows


@pytest.fixture(params=["light", "dark"])
def phone(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A phone without JavaScript, in the sun and at night."""
    context = browser.new_context(
        viewport=SMALL, color_scheme=request.param, java_script_enabled=False, base_url=site, locale="en-US"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def mother(office, services):
    """Listed twice, with a sitting that has moved, and a past payment, where the kelurahan's office is known."""
    mother = Recipient()
    hall = ("Kantor Kelurahan Tegal Gundil", "Jl. Ahmad Yani II No. 3", "0251 8310002", "Senin-Jumat 08.00-15.00")
    services.offices.put([KelurahanOffice(TEGAL_GUNDIL, *hall)])
    office.publishes(mother, period="2025-T4")
    office.hears(Reported(nik=mother.nik, name=mother.name), period="2025-T4")
    office.publishes(mother)
    office.publishes(Recipient(nik=mother.nik, kk=mother.kk, channel="bank_card"), programme="SEMBAKO")
    office.announces(Announced())
    office.announces(Announced(starts=Announced().starts.replace(hour=9)))
    return mother


def ask(page: Page, number: str, name: str) -> None:
    """Fill in the form with thumbs."""
    page.goto("/")
    page.get_by_label("NIK, nomor KK, kode surat, atau kode tiket").fill(number)
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_role("button", name="Periksa").click()


def every_page(page: Page, mother: Recipient) -> Iterator[str]:
    """Open one page after the other; yields what it is."""
    for address in (
        "/",
        "/?kode=1",
        "/jadwal?cari=tegal",
        f"/jadwal/{TEGAL_GUNDIL}",
        "/program",
        "/bantuan",
        "/privasi",
        "/x",
    ):
        page.goto(address)
        yield address
    page.goto(f"/jadwal/{TEGAL_GUNDIL}")
    page.get_by_role("link", name="Lihat peta").first.click()
    yield "a place"
    for what, number, name in (
        ("an answer", mother.nik, mother.name),
        ("a slip", "123", ""),
        ("not found", a_nik(), "Budi"),
        *[("locked", mother.nik, "Budi")] * 4,
    ):
        ask(page, number, name)
        yield what
        if what == "an answer" and page.locator("details.past").count():  # the second time she has to wait
            contest(page)
            yield "what is about to be reported"
            page.get_by_label("Ada yang mau ditambahkan?").fill("Dua kali ke sana.")
            page.get_by_role("button", name="Kirim laporan").click()
            yield "the receipt of a report"
            page.goto("/pengajuan/usulan/diri")


def contest(page: Page) -> None:
    """From the answer to the act in one tap."""
    page.locator("details.past summary").click()
    page.get_by_role("button", name="Belum saya terima").click()


def test_a_mother_finds_day_and_place_without_javascript(phone, mother):
    ask(phone, mother.nik, "Siti Maesaroh")
    assert "terdaftar" in phone.get_by_role("heading", level=1).inner_text()
    ticket = phone.get_by_role("region", name="Program Keluarga Harapan")
    assert "24 Februari 2026" in ticket.inner_text()
    assert "Jadwal berubah." in ticket.inner_text()
    assert phone.url.endswith("/jawaban")
    ticket.get_by_role("link", name="Lihat peta").click()
    assert phone.get_by_role("link", name="OpenStreetMap").is_visible()


def test_back_and_reload_lead_to_the_answer_again(phone, mother):
    ask(phone, mother.nik, "Siti Maesaroh")
    for leave in ("Lihat peta", "Kirim laporan", "Privasi"):
        phone.get_by_role("link", name=leave).first.click()
        assert not phone.url.endswith("/jawaban")
        phone.go_back()
        assert "terdaftar" in phone.get_by_role("heading", level=1).inner_text()
    phone.reload()
    assert "terdaftar" in phone.get_by_role("heading", level=1).inner_text()
    phone.locator('a[hreflang="en"]').click()
    assert phone.url.endswith("/jawaban")
    assert phone.locator("html").get_attribute("lang") == "en"
    phone.get_by_role("button", name="Close the page").click()
    phone.goto(phone.url.rsplit("/", 1)[0] + "/jawaban")
    assert not phone.url.endswith("/jawaban")


def test_from_answer_to_receipt_back_and_reload_send_nothing_twice(phone, mother, services):
    ask(phone, mother.nik, "Siti Maesaroh")
    contest(phone)
    assert phone.url.endswith("/pengajuan/tentang")
    phone.reload()
    phone.go_back()
    phone.go_forward()
    assert "12 Februari 2026, di Kantor Pos Bogor" in phone.get_by_role("main").inner_text()
    phone.get_by_role("button", name="Kirim laporan").click()
    code = phone.locator(".code-large").inner_text()
    phone.reload()
    phone.get_by_role("link", name="Lihat tiket saya").click()
    phone.go_back()
    assert phone.locator(".code-large").inner_text() == code
    phone.goto("/jawaban")
    contest(phone)
    phone.get_by_role("button", name="Kirim laporan").click()
    assert phone.locator(".code-large").inner_text() == code
    assert len(rows(services, ProposalRow)) == 1


def test_back_and_reload_lead_to_a_miss_again_and_on_with_what_was_typed(phone, mother):
    nik = a_nik()
    ask(phone, nik, "Budi")
    phone.get_by_role("link", name="Ajukan diri").click()
    assert phone.get_by_label("NIK", exact=True).input_value() == nik
    phone.go_back()
    phone.reload()
    assert "tidak kami temukan" in phone.get_by_role("heading", level=1).inner_text()
    assert phone.get_by_label("Nama", exact=True).input_value() == "Budi"


BROKEN = """() => {
    const broken = new Set(), words = /[\\p{L}\\d.]+/gu;
    for (const e of document.querySelectorAll("h1, h2, .when, .amount, .where, .button, dd, .overview")) {
        const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
        for (let n; (n = texts.nextNode());) {
            if (n.parentElement.closest(".unseen")) continue;
            for (const m of n.data.matchAll(words)) {
                const range = document.createRange();
                range.setStart(n, m.index);
                range.setEnd(n, m.index + m[0].length);
                if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) broken.add(m[0]);
            }
        }
        if (e.scrollWidth > e.clientWidth + 1 && e.matches(".button, .amount")) broken.add("burst: " + e.innerText);
    }
    return [...broken];
}"""


@pytest.mark.parametrize(
    ("width", "text"),
    [(160, ""), (320, "225%"), (320, "")],
    ids=["320 at 200 %", "320 with text at 200 %", "320"],
)
def test_enlarged_twice_no_word_breaks_and_no_button_bursts(browser, site, mother, width, text):
    page = browser.new_page(viewport={"width": width, "height": 600}, base_url=site)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    for what in every_page(page, mother):
        page.evaluate("size => document.documentElement.style.fontSize = size", text)
        assert page.evaluate(BROKEN) == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what
        if what == "an answer":
            assert page.locator(".amount").first.evaluate(size) >= page.locator("main").evaluate(size)
    page.close()


def test_every_page_is_for_everybody_by_day_and_by_night(browser, site, mother):
    page = browser.new_page(base_url=site, **FOR_AXE)
    for what in every_page(page, mother):
        targets = "a.button, button, summary, input:not([type=hidden]), nav a"
        looked_at(page, what, PHONE_BY_DAY, PHONE_BY_NIGHT, targets=targets, inside="body *")
    page.close()


def test_nothing_is_fetched_from_elsewhere_and_nothing_breaks_the_policy(phone, site, mother):
    asked_for, complaints = [], []
    phone.on("request", lambda request: asked_for.append(request.url))
    phone.on("console", lambda message: complaints.append(message.text))
    ask(phone, mother.nik, mother.name)
    assert {url.split("/")[2] for url in asked_for if not url.startswith("data:")} == {site.split("/")[2]}
    # The form with its sheet, the answer with the same sheet out of the cache, no icon.
    assert not [url for url in asked_for if "favicon" in url]
    assert complaints == []


def test_the_answer_prints_on_one_page_in_black_and_white(browser, site, office):
    mother = Recipient()
    office.publishes(mother, period="2025-T4")
    office.publishes(mother)
    office.announces(Announced())
    office.announces(Announced(starts=Announced().starts.replace(hour=9)))
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    ask(page, mother.nik, mother.name)
    page.emulate_media(media="print")
    ticket = page.get_by_role("region", name="Program Keluarga Harapan")
    assert ticket.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert page.get_by_role("link", name="Periksa orang lain").is_hidden()
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    context.close()
