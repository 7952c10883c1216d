"""Places and the schedule in a real browser: a place by the phone's own position, a sitting planned and moved."""

from __future__ import annotations

import datetime as dt

from salur.core.officers.roles import Role
from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient


def test_an_operator_keeps_a_place_plans_a_sitting_and_moves_it(services, enter, heads, office):
    office.publishes(Recipient())
    office.announces(
        Announced(rw=9), Announced(rw=8, place="Kantor Kelurahan Tegalgundil", starts=dt.time(13), ends=dt.time(15))
    )
    looks = FOR_AXE | {"geolocation": {"latitude": -6.5801, "longitude": 106.81}, "permissions": ["geolocation"]}
    page = enter(heads.create(Role.DINSOS), **looks).new_page()

    page.goto("/kantor/tempat")
    looked_at(page, "places")
    page.get_by_role("link", name="Bandingkan dan gabungkan").click()
    looked_at(page, "merging")
    page.goto("/kantor/tempat/baru")
    page.locator("#name").fill("SD Negeri 4")
    page.locator("#kind").select_option("school")
    page.locator("#region").select_option(TEGAL_GUNDIL)
    page.locator("#posisi").click()
    page.wait_for_function("document.getElementById('position').value !== ''")
    assert page.locator("#position").input_value() == "-6.580100, 106.810000"
    page.get_by_role("button", name="Simpan").click()
    looked_at(page, "a place")
    page.goto("/kantor/jadwal/baru")
    page.locator("#programme").select_option("PKH")
    page.locator("#part").select_option("T1")
    page.locator("#region").select_option(TEGAL_GUNDIL)
    page.locator("#rw").fill("5")
    page.locator("#place").select_option(label="SD Negeri 4")
    page.locator("#date").fill("2026-03-19")
    page.locator("#starts").fill("08:00")
    page.locator("#ends").fill("11:00")
    looked_at(page, "the form")
    page.get_by_role("button", name="Lihat dulu").click()
    assert "Nyepi" in page.locator(".questions").inner_text()
    looked_at(page, "a draft beside its form")
    page.locator(".questions input[type=checkbox]").check()
    page.get_by_role("button", name="Terbitkan sekarang").click()
    assert "Warga sudah melihatnya" in page.locator(".done").inner_text()
    page.goto("/kantor/jadwal?cari=SD")
    looked_at(page, "the board")
    page.locator("tbody th a").click()
    page.get_by_role("link", name="Pindahkan").click()
    page.locator("#date").fill("2026-03-17")
    page.get_by_role("button", name="Lihat dulu").click()
    assert "Sekarang Selasa, 17 Maret" in page.locator(".ticket").inner_text()
    looked_at(page, "a move")
