"""Waiting lines on the desk in a real browser: everything fits, is large enough and can be read."""

from __future__ import annotations

from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import Recipient, a_nik


def test_an_operator_sets_a_quota_and_chooses_who_is_next(services, enter, line_desk, office):
    nik = a_nik()
    listed = [Recipient(nik=nik), Recipient(state="suspended"), Recipient(state="taken_off")]
    office.publishes(*listed, programme="APBD")
    for name in ("Ani Suryani", "Budi Santoso", "Cici Lestari"):
        line_desk.accepts(name)
    line_desk.accepts("Dedi Mulyana", nik)
    page = enter(line_desk.officer, **FOR_AXE).new_page()

    page.goto("/kantor/tunggu")
    looked_at(page, "no quota yet")
    page.goto("/kantor/tunggu/APBD")
    looked_at(page, "an empty line")
    page.locator("#tempat").fill("3")
    page.locator("#dasar").fill("SK 460/12/2026")
    page.get_by_role("button", name="Simpan kuota").click()
    page.get_by_role("button", name="Pilih untuk tempat kosong").click()
    looked_at(page, "one was chosen")
    page.locator(".slip summary").first.click()
    page.locator(".slip select").select_option("not_reached")
    page.get_by_role("button", name="Lewati").first.click()
    looked_at(page, "one was skipped")
    page.goto("/kantor/tunggu/APBD?bagian=disisihkan")
    looked_at(page, "those set aside")
    page.goto("/kantor/tunggu")
    looked_at(page, "all lines")
