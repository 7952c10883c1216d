"""Handing letters over and looking for those withheld, in a real browser: the smallest phones, a desk, by night too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, ViewportSize

from salur.core.officers.roles import Role
from tests.fixtures.chromium import SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import Announced, Recipient

Enter = Callable[..., BrowserContext]
TINY = ViewportSize(width=320, height=640)
HANDING, WITHHELD = "/surat/serah", "/kantor/surat/tertahan"
PAGES = ((Role.RW, HANDING), (Role.RW, f"{HANDING}?bagian=5-3"), (Role.KELURAHAN, WITHHELD), (Role.PAYOUT, HANDING))


@pytest.fixture
def printed(office, press, clock):
    """A page and a half of letters, with a name longer than a phone is wide."""
    long = Recipient(name="SITI MAESAROH BINTI SUKARDI WIRAATMAJAKUSUMANINGRAT", address="Jl. Roda No. 1")
    rest = (Recipient(name=f"WARGA {n}", address=f"Jl. Roda No. {n}") for n in range(2, 60))
    office.publishes(long, *rest, Recipient(name="ASEP", rt=4))
    office.announces(Announced(), Announced(rw=5, rt=4, kind="home", place="Rumah"))
    press.prints()
    clock.passes(days=1)


def test_a_head_walks_and_taps_without_javascript(enter, heads, printed):
    page = enter(heads.create(Role.RT), viewport=TINY).new_page()
    page.goto(HANDING)
    page.get_by_role("button", name="Sudah diserahkan SITI MAESAROH").click()
    assert "surat SITI MAESAROH" in page.get_by_role("status").inner_text()
    assert page.locator(".handing li h2").first.inner_text() == "WARGA 2"
    page.get_by_role("button", name="Batalkan").click()
    assert page.locator(".handing li h2").first.inner_text().startswith("SITI MAESAROH")
    page.get_by_text("Semua surat RT ini sudah diserahkan?").click()
    page.get_by_role("button", name="Ya, 59 surat sudah diserahkan").click()
    assert "Semua surat sudah diserahkan. Terima kasih." in page.inner_text("main")


def test_a_keyboard_will_do(enter, heads, printed):
    page = enter(heads.create(Role.RT)).new_page()
    page.goto(HANDING)
    page.get_by_role("button", name="Sudah diserahkan WARGA 2", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**dicatat=1")
    assert "surat WARGA 2 sudah diserahkan" in page.get_by_role("status").inner_text()


@pytest.mark.parametrize(("role", "address"), PAGES)
def test_nothing_is_wider_than_the_smallest_phone_or_too_small_to_tap(enter, heads, printed, role, address):
    page = enter(heads.create(role), viewport=TINY).new_page()
    page.goto(address)
    small = [
        text
        for text, width, height, _ in boxes(page, "main button, select, summary, .chips a")
        if width > 1 and height < SMALLEST_TARGET
    ]
    wide = [text for text, _, _, right in boxes(page, "body *:not(.sideways *)") if right > TINY["width"]]
    assert (small, wide) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("role", "address"), PAGES)
def test_axe_finds_nothing(enter, heads, printed, role, address, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for viewport in (TINY, WIDE):
        # axe is JavaScript, so here it is on; the page's own policy would keep it out, so that is off.
        context = enter(
            heads.create(role), viewport=viewport, color_scheme=scheme, java_script_enabled=True, bypass_csp=True
        )
        page = context.new_page()
        page.goto(address)
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
