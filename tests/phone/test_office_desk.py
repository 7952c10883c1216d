"""The desk of people in a real browser: settings, accounts, the record and the guides, narrow and wide."""

from __future__ import annotations

import pytest

from tests.fixtures.chromium import WIDE
from tests.fixtures.officers import CITY
from tests.phone.conftest import Enter

PAGES = ("/kantor/akun", "/kantor/catatan", "/kantor/pengaturan", "/panduan", "/panduan/operator")
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, WIDE], ids=["320", "1280"])
def test_no_page_is_wider_than_the_screen(enter: Enter, heads, services, size):
    dinsos, rt = heads.create("dinsos", CITY), heads.create("rt")
    services.accounts.close(heads.create("kelurahan"), rt.account)
    page = enter(dinsos, viewport=size).new_page()
    for address in PAGES:
        page.goto(address)
        assert not page.evaluate(OVERFLOWS), address


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
