"""One person found, opened and corrected in a real browser: no page too wide, and nothing that axe finds."""

from __future__ import annotations

import pytest

from salur.core.marks.kinds import MarkKind
from salur.core.officers.roles import Role
from tests.fixtures.chromium import SMALL, SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported


@pytest.mark.parametrize(("scheme", "viewport"), [("light", SMALL), ("dark", WIDE)], ids=["light phone", "dark desk"])
def test_an_operator_finds_opens_and_corrects_somebody(services, enter, heads, office, koreksi, scheme, viewport):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    one = Recipient(name="EUIS KARTINI")
    list_id = office.publishes(one, *(Recipient(name=f"WIWIN SUHARTI {letter}") for letter in "ABC"))
    office.hears(Reported(nik=one.nik))
    office.announces(Announced())
    rt = heads.create(Role.RT, TEGAL_GUNDIL, 5, 3)
    services.marks.make(rt, koreksi.entry(one), MarkKind.MOVED_AWAY, note="pindah ke anaknya")
    looks = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True, "java_script_enabled": True}
    page = enter(heads.create(Role.DINSOS), **looks).new_page()

    def looked_at(what: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, (what, found.generate_report())
        targets = boxes(page, "a.button, button, summary, select, .choice, nav a")
        small = [text for text, width, height, _ in targets if width > 1 and height < SMALLEST_TARGET]
        assert small == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], what

    page.goto(f"/kantor/daftar/{list_id}")
    looked_at("list")
    page.get_by_label("Cari orang di daftar ini").fill("Kartini")
    page.get_by_role("button", name="Cari").click()
    looked_at("found")
    page.get_by_role("link", name="EUIS KARTINI").click()
    page.get_by_text("Koreksi orang ini").click()
    looked_at("person")
    page.get_by_label("Jumlah dalam rupiah").fill("900000")
    page.get_by_role("button", name="Tulis ke konsep koreksi").click()
    looked_at("slip")
    page.get_by_label("Sebabnya, untuk catatan kantor").fill("surat RW 05")
    page.get_by_role("button", name="Tulis ke konsep koreksi").click()
    looked_at("draft")
    page.get_by_role("button", name="Terbitkan").click()
    assert page.get_by_text("Terbit. Warga sudah melihatnya.").is_visible()
    looked_at("published")
