"""The desk of people in a real browser: settings, accounts, the record and the guides, narrow and wide."""

from __future__ import annotations

from tests.fixtures.chromium import WIDE
from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.officers import CITY
from tests.phone.conftest import Enter

PAGES = ("/kantor", "/kantor/akun", "/kantor/catatan", "/kantor/pengaturan", "/panduan", "/panduan/operator", "/angka")


def test_every_page_is_for_everybody_and_no_wider_than_the_screen(enter: Enter, heads, services, office):
    dinsos, rt = heads.create("dinsos", CITY), heads.create("rt")
    services.accounts.close(heads.create("kelurahan"), rt.account)
    office.publishes(*(Recipient() for _ in range(6)))
    office.announces(Announced())
    page = enter(dinsos, **FOR_AXE).new_page()
    for address in PAGES:
        page.goto(address)
        looked_at(page, address)


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
