"""A plan, family by family, in a real browser: made with few clicks, looked at, changed by keyboard, published."""

from __future__ import annotations

import os

import pytest

from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from tests.fixtures.chromium import SMALL, SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import TEGAL_GUNDIL, Recipient


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", SMALL), ("light", {**SMALL, "width": 320})])
def test_a_plan_is_made_looked_at_and_changed_by_keyboard(services, enter, heads, office, scheme, viewport):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    office.publishes(
        *(Recipient(rw=n // 8 + 1, rt=n % 8 // 3 + 1, care=n % 9 == 0, address=f"Gang {n}") for n in range(48))
    )
    officer = heads.create(Role.DINSOS)
    for name in ("Aula Tegal Gundil", "SD Negeri Tegal Gundil 3"):
        facts = PlaceFacts(name, PlaceKind.SCHOOL, TEGAL_GUNDIL, opening_hours="Senin-Jumat 07.00-15.00")
        services.places.add(officer, facts, is_another=True)
    looks = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True, "java_script_enabled": True}
    page = enter(officer, **looks).new_page()

    def looked_at(what: str) -> None:
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{what}-{viewport['width']}-{scheme}.png", full_page=True)
        found = axe.run(page)
        assert found.violations_count == 0, (what, found.generate_report())
        targets = boxes(page, "a.button, button:not([hidden]):not(.unseen), summary, select, .choice, nav a")
        small = [text for text, width, height, _ in targets if width > 1 and height < SMALLEST_TARGET]
        assert small == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], what

    page.goto("/kantor/rencana")
    looked_at("none")
    page.get_by_role("link", name="Rencana baru").click()
    looked_at("form")
    for label in ("Aula Tegal Gundil", "SD Negeri Tegal Gundil 3", "Di rumah penerima"):
        page.get_by_label(label).check()
    page.locator("[name=g-first]").fill("2026-02-23")
    page.locator("[name=g-last]").fill("2026-02-25")
    page.locator("[name=g-afternoon_starts]").fill("13:00")
    page.locator("[name=g-afternoon_ends]").fill("15:00")
    page.locator("[name=g-per_hour]").fill("2")
    page.locator("[name=g-visits]").fill("2")
    page.get_by_role("button", name="Buat barisnya").click()
    assert "18 pembayaran ditambahkan" in page.locator(".done").inner_text()
    looked_at("rows")
    page.get_by_role("button", name="Bagi keluarga").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kantor/rencana/*")
    assert "48" in page.locator(".counts").inner_text()
    looked_at("plan")
    page.locator("tbody .move").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#rw").input_value() == "1"
    page.locator("#sesi").select_option(index=1)
    page.locator("#sesi").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**selesai=taruh")
    looked_at("put")
    page.locator(".questions input[type=checkbox]").evaluate_all("boxes => boxes.forEach(box => box.checked = true)")
    page.get_by_role("button", name="Terbitkan sekarang").click()
    assert "Terbit." in page.locator(".done").inner_text()
    looked_at("published")
    page.goto("/kantor/rencana/letak")
    looked_at("spots")
