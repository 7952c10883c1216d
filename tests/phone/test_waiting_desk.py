"""Waiting lines on the desk in a real browser: everything fits, is large enough and can be read."""

from __future__ import annotations

import pytest

from tests.fixtures.chromium import SMALL, SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import Recipient, a_nik

NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", SMALL), ("light", NARROW)])
def test_an_operator_sets_a_quota_and_chooses_who_is_next(services, enter, line_desk, office, scheme, viewport):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    nik = a_nik()
    listed = [Recipient(nik=nik), Recipient(state="suspended"), Recipient(state="taken_off")]
    office.publishes(*listed, programme="APBD")
    for name in ("Ani Suryani", "Budi Santoso", "Cici Lestari"):
        line_desk.accepts(name)
    line_desk.accepts("Dedi Mulyana", nik)
    looks = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True, "java_script_enabled": True}
    page = enter(line_desk.officer, **looks).new_page()

    def looked_at(what: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, (what, found.generate_report())
        targets = boxes(page, "a.button, button, summary, select, .choice, nav a")
        small = [text for text, width, height, _ in targets if width > 1 and height < SMALLEST_TARGET]
        assert small == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], what

    page.goto("/kantor/tunggu")
    looked_at("no quota yet")
    page.goto("/kantor/tunggu/APBD")
    looked_at("an empty line")
    page.locator("#tempat").fill("3")
    page.locator("#dasar").fill("SK 460/12/2026")
    page.get_by_role("button", name="Simpan kuota").click()
    page.get_by_role("button", name="Pilih untuk tempat kosong").click()
    looked_at("one was chosen")
    page.locator(".slip summary").first.click()
    page.locator(".slip select").select_option("not_reached")
    page.get_by_role("button", name="Lewati").first.click()
    looked_at("one was skipped")
    page.goto("/kantor/tunggu/APBD?bagian=disisihkan")
    looked_at("those set aside")
    page.goto("/kantor/tunggu")
    looked_at("all lines")
