"""The operator's desk in a real browser without JavaScript: a list goes from a file to residents."""

from __future__ import annotations

import pytest

from salur.core.officers.roles import Role
from tests.fixtures.chromium import SMALL, SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", SMALL)])
def test_an_operator_who_never_saw_a_shell_publishes_a_list(
    services, enter, heads, write_list, scheme, viewport
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    looks = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True, "java_script_enabled": True}
    page = enter(heads.create(Role.DINSOS), **looks).new_page()
    file = write_list("pkh-2026.xlsx", Recipient(), Recipient(nik="123"), Recipient(note="meninggal"))

    def looked_at(what: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, (what, found.generate_report())
        targets = boxes(page, "a.button, button, summary, select, .choice, nav a")
        small = [text for text, width, height, _ in targets if width > 1 and height < SMALLEST_TARGET]
        assert small == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], what

    page.goto("/kantor/daftar")
    looked_at("nothing yet")
    page.locator("#berkas").set_input_files(file)
    page.locator("form.send button").click()
    assert page.locator(".doing").inner_text().startswith("Menunggu giliran.")
    work_off(services)
    page.reload()
    looked_at("read")
    assert page.locator("#year").input_value() == "2026"
    page.locator("#part").select_option("T1")
    page.locator("#programme").select_option("PKH")
    page.locator("#decree").fill("SK 460/12/2026")
    page.locator("#issued_on").fill("2026-01-12")
    page.locator("#issuer").fill("Dinas Sosial Kota Bogor")
    page.locator("#states").check()
    page.get_by_role("button", name="Impor sebagai konsep").click()
    work_off(services)
    page.reload()
    looked_at("a draft")
    for box in page.locator("form.decide input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Terbitkan", exact=True).click()
    assert "Warga sudah melihatnya" in page.locator(".done").inner_text()
    looked_at("published")
    page.get_by_text("Batalkan penerbitan").click()
    page.locator("#sebab-batalkan").fill("berkas salah")
    page.get_by_role("button", name="Batalkan, seperti semula").click()
    assert "berkas salah" in page.locator(".history").inner_text()
