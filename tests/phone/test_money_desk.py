"""Programmes and payments on the desk in a real browser: everything fits, is large enough and can be read."""

from __future__ import annotations

from salur.core.officers.roles import Role
from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off


def test_an_operator_takes_in_a_report_and_confirms_a_rule(services, enter, heads, office, tmp_path) -> None:
    page = enter(heads.create(Role.DINSOS), **FOR_AXE).new_page()
    mother = Recipient()
    office.publishes(mother, Recipient())
    file = tmp_path / "pos.csv"
    rows = (f"{nik};{mother.name};DIBAYAR;15/01/2026;600000" for nik in (mother.nik, "3271055005800009"))
    file.write_text("\n".join(["NIK;NAMA;STATUS BAYAR;TANGGAL BAYAR;NOMINAL", *rows]))

    page.goto("/kantor/pembayaran")
    page.locator("#berkas").set_input_files(file)
    page.locator("form.send button").click()
    work_off(services)
    page.reload()
    looked_at(page, "a draft")
    page.get_by_role("button", name="Terbitkan sekarang").click()
    page.goto("/kantor/pembayaran")
    looked_at(page, "totals")
    page.goto("/kantor/program")
    page.locator("#satu").select_option("SEMBAKO")
    page.locator("#lain").select_option("BLT-DD")
    page.locator("#larang-ya").check()
    page.locator("#dasar").fill("SK 7 Tahun 2026")
    page.get_by_role("button", name="Tegaskan").click()
    looked_at(page, "rules")
    page.goto("/kantor/program/PKH")
    looked_at(page, "words")
