"""Programmes and payments on the desk in a real browser: everything fits, is large enough and can be read."""

from __future__ import annotations

import pytest

from salur.core.officers.roles import Role
from tests.fixtures.chromium import SMALL, SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", SMALL)])
def test_an_operator_takes_in_a_report_and_confirms_a_rule(
    services, enter, heads, office, tmp_path, scheme, viewport
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    looks = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True, "java_script_enabled": True}
    page = enter(heads.create(Role.DINSOS), **looks).new_page()
    mother = Recipient()
    office.publishes(mother, Recipient())
    file = tmp_path / "pos.csv"
    rows = (f"{nik};{mother.name};DIBAYAR;15/01/2026;600000" for nik in (mother.nik, "3271055005800009"))
    file.write_text("\n".join(["NIK;NAMA;STATUS BAYAR;TANGGAL BAYAR;NOMINAL", *rows]))

    def looked_at(what: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, (what, found.generate_report())
        targets = boxes(page, "a.button, button, summary, select, .choice, nav a")
        small = [text for text, width, height, _ in targets if width > 1 and height < SMALLEST_TARGET]
        assert small == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], what

    page.goto("/kantor/pembayaran")
    page.locator("#berkas").set_input_files(file)
    page.locator("form.send button").click()
    work_off(services)
    page.reload()
    looked_at("a draft")
    page.get_by_role("button", name="Terbitkan sekarang").click()
    page.goto("/kantor/pembayaran")
    looked_at("totals")
    page.goto("/kantor/program")
    page.locator("#satu").select_option("SEMBAKO")
    page.locator("#lain").select_option("BLT-DD")
    page.locator("#larang-ya").check()
    page.locator("#dasar").fill("SK 7 Tahun 2026")
    page.get_by_role("button", name="Tegaskan").click()
    looked_at("rules")
    page.goto("/kantor/program/PKH")
    looked_at("words")
