"""Letters in a real browser: an office prints them on a small phone, and somebody scans one."""

from __future__ import annotations

import pytest

from salur.core.lists.kinds import State
from salur.core.officers.roles import Role
from tests.fixtures.chromium import SMALL, SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.uploads import work_off


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", {**SMALL, "width": 320})])
def test_an_office_prints_letters_and_somebody_scans_one(services, enter, heads, office, press, scheme, viewport):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    office.publishes(Recipient(), Recipient(name="EUIS KOMARIAH"), Recipient(name="DEDE", state=State.SUSPENDED))
    page = enter(
        heads.create(Role.KELURAHAN), viewport=viewport, color_scheme=scheme, bypass_csp=True, java_script_enabled=True
    ).new_page()

    def looked_at(what: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, (what, found.generate_report())
        targets = boxes(page, "a.button, button:not([hidden]), summary, select, .choice, nav a")
        small = [text for text, width, height, _ in targets if width > 1 and height < SMALLEST_TARGET]
        assert small == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], what

    page.goto("/kantor/surat")
    looked_at("nothing printed yet")
    office.announces(Announced())
    page.get_by_role("button", name="Lihat berapa surat").click()
    looked_at("how many")
    page.get_by_role("button", name="Cetak 2 surat").click()
    assert "Menunggu giliran." in page.locator(".doing").inner_text()  # the page asks again by itself
    work_off(services)
    page.reload()
    looked_at("ready")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Unduh PDF").click(no_wait_after=True)
    assert fetched.value.suggested_filename.endswith(".pdf")
    page.locator("#sebab").select_option("lost")
    page.locator("#nomor").fill("1")
    page.get_by_role("button", name="Tarik").click()
    assert "1 surat ditarik." in page.locator(".note").inner_text()
    page.goto("/kantor/surat")
    looked_at("what was printed")
    page.goto("/wilayah")
    looked_at("the list")
    code = press.prints().code("EUIS KOMARIAH")
    page.goto(f"/v/{code}")
    assert "asli" in page.locator("h1").inner_text()
    looked_at("a genuine letter")
    office.announces(Announced(place="Balai RW 5"))
    page.reload()
    looked_at("a letter whose day moved")
    page.goto("/v/ABCD-EFGH-JKMN-PQR0")
    looked_at("a code that nobody gave out")


def test_letters_are_printed_fetched_and_withdrawn_by_keyboard_on_the_smallest_phone(services, enter, heads, office):
    office.publishes(Recipient(), Recipient(name="EUIS KOMARIAH"))
    office.announces(Announced())
    looks = {"viewport": {**SMALL, "width": 320}, "java_script_enabled": False}
    page = enter(heads.create(Role.KELURAHAN), **looks).new_page()

    def tabs_to(what: str) -> None:
        """Press Tab until that has the focus, which is then to be seen."""
        for _ in range(80):
            page.keyboard.press("Tab")
            focus = page.locator(":focus")
            if focus.count() and what in (focus.get_attribute("id") or "", focus.inner_text().strip()):
                box = focus.bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= 320
                assert focus.evaluate("one => getComputedStyle(one).outlineStyle") != "none", what
                return
        raise AssertionError(f"{what} cannot be reached")

    page.goto("/kantor/surat")
    tabs_to("Lihat berapa surat")
    page.keyboard.press("Enter")
    page.wait_for_url("**lihat=**")
    tabs_to("Cetak 2 surat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kantor/surat/1")
    work_off(services)
    page.reload()
    tabs_to("Unduh PDF")
    with page.expect_download() as fetched:
        page.keyboard.press("Enter")
    assert fetched.value.suggested_filename == "surat-1-1.pdf"
    page.reload()
    tabs_to("sebab")
    page.keyboard.press("ArrowDown")
    tabs_to("Tarik")
    page.keyboard.press("Enter")
    page.wait_for_url("**ditarik=2")
    assert "2 surat ditarik." in page.locator(".note").inner_text()
