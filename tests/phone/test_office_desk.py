"""The desk of people in a real browser: settings, accounts, the record and the guides, narrow and wide."""

from __future__ import annotations

import pytest

from tests.fixtures.chromium import SMALL, WIDE
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.officers import CITY
from tests.phone.conftest import Enter

PAGES = ("/kantor", "/kantor/akun", "/kantor/catatan", "/kantor/pengaturan", "/panduan", "/panduan/operator", "/angka")
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize(
    ("scheme", "size"),
    [("light", {"width": 320, "height": 640}), ("dark", SMALL), ("light", WIDE)],
    ids=["320", "360 dark", "1280"],
)
def test_every_page_is_for_everybody_and_no_wider_than_the_screen(enter: Enter, heads, services, office, scheme, size):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    dinsos, rt = heads.create("dinsos", CITY), heads.create("rt")
    services.accounts.close(heads.create("kelurahan"), rt.account)
    office.publishes(*(Recipient() for _ in range(6)))
    office.announces(Announced())
    looks = {"viewport": size, "color_scheme": scheme, "bypass_csp": True, "java_script_enabled": True}
    page = enter(dinsos, **looks).new_page()
    for address in PAGES:
        page.goto(address)
        assert not page.evaluate(OVERFLOWS), address
        found = axe.run(page)
        assert found.violations_count == 0, (address, found.generate_report())


def test_the_desks_first_page_fits_on_one_screen(enter: Enter, heads, office):
    office.publishes(*(Recipient() for _ in range(6)))
    office.announces(Announced())
    page = enter(heads.create("dinsos", CITY), viewport=WIDE).new_page()
    page.goto("/kantor")
    assert page.evaluate("document.querySelector('main').getBoundingClientRect().bottom") <= WIDE["height"]


def test_an_operator_sets_the_citys_name_and_a_resident_sees_it(enter: Enter, heads, browser, site):
    page = enter(heads.create("dinsos", CITY)).new_page()
    page.goto("/kantor/pengaturan")
    page.get_by_label("Nama kota atau kabupaten").fill("Kota Bogor")
    page.get_by_label("Alamat kantor").fill("Jl. Merdeka 142")
    page.get_by_role("button", name="Simpan").click()
    assert page.get_by_role("status").inner_text().startswith("✓ Tersimpan")
    with browser.new_context(base_url=site) as context:
        resident = context.new_page()
        resident.goto("/bantuan")
        assert "Jl. Merdeka 142" in resident.inner_text("main")
        assert "Kota Bogor" in resident.inner_text("header")
    page.get_by_role("button", name="Kembalikan: Alamat kantor").click()
    page.goto("/bantuan")
    assert "Jl. Merdeka 142" not in page.inner_text("main")
