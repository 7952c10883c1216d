"""Places and the schedule in a real browser: a place by the phone's own position, a sitting planned and moved."""

from __future__ import annotations

import datetime as dt

import pytest

from salur.core.officers.roles import Role
from tests.fixtures.chromium import SMALL, SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", SMALL), ("light", {**SMALL, "width": 320})])
def test_an_operator_keeps_a_place_plans_a_sitting_and_moves_it(services, enter, heads, office, scheme, viewport):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    office.publishes(Recipient())
    office.announces(
        Announced(rw=9), Announced(rw=8, place="Kantor Kelurahan Tegalgundil", starts=dt.time(13), ends=dt.time(15))
    )
    looks = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True, "java_script_enabled": True}
    looks |= {"geolocation": {"latitude": -6.5801, "longitude": 106.81}, "permissions": ["geolocation"]}
    page = enter(heads.create(Role.DINSOS), **looks).new_page()

    def looked_at(what: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, (what, found.generate_report())
        targets = boxes(page, "a.button, button:not([hidden]), summary, select, .choice, nav a")
        small = [text for text, width, height, _ in targets if width > 1 and height < SMALLEST_TARGET]
        assert small == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], what

    page.goto("/kantor/tempat")
    looked_at("places")
    page.get_by_role("link", name="Bandingkan dan gabungkan").click()
    looked_at("merging")
    page.goto("/kantor/tempat/baru")
    page.locator("#name").fill("SD Negeri 4")
    page.locator("#kind").select_option("school")
    page.locator("#region").select_option(TEGAL_GUNDIL)
    page.locator("#posisi").click()
    page.wait_for_function("document.getElementById('position').value !== ''")
    assert page.locator("#position").input_value() == "-6.580100, 106.810000"
    page.get_by_role("button", name="Simpan").click()
    looked_at("a place")
    page.goto("/kantor/jadwal/baru")
    page.locator("#programme").select_option("PKH")
    page.locator("#part").select_option("T1")
    page.locator("#region").select_option(TEGAL_GUNDIL)
    page.locator("#rw").fill("5")
    page.locator("#place").select_option(label="SD Negeri 4")
    page.locator("#date").fill("2026-03-19")
    page.locator("#starts").fill("08:00")
    page.locator("#ends").fill("11:00")
    looked_at("the form")
    page.get_by_role("button", name="Lihat dulu").click()
    assert "Nyepi" in page.locator(".questions").inner_text()
    looked_at("a draft beside its form")
    page.locator(".questions input[type=checkbox]").check()
    page.get_by_role("button", name="Terbitkan sekarang").click()
    assert "Warga sudah melihatnya" in page.locator(".done").inner_text()
    page.goto("/kantor/jadwal?cari=SD")
    looked_at("the board")
    page.locator("tbody th a").click()
    page.get_by_role("link", name="Pindahkan").click()
    page.locator("#date").fill("2026-03-17")
    page.get_by_role("button", name="Lihat dulu").click()
    assert "Sekarang Selasa, 17 Maret" in page.locator(".ticket").inner_text()
    looked_at("a move")
