"""The operator's desk in a real browser without JavaScript: a list goes from a file to residents."""

from __future__ import annotations

from salur.core.officers.roles import Role
from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off


def test_an_operator_who_never_saw_a_shell_publishes_a_list(services, enter, heads, write_list) -> None:
    page = enter(heads.create(Role.DINSOS), **FOR_AXE).new_page()
    file = write_list("pkh-2026.xlsx", Recipient(), Recipient(nik="123"), Recipient(note="meninggal"))

    page.goto("/kantor/daftar")
    looked_at(page, "nothing yet")
    page.locator("#berkas").set_input_files(file)
    page.locator("form.send button").click()
    assert page.locator(".doing").inner_text().startswith("Menunggu giliran.")
    work_off(services)
    page.reload()
    looked_at(page, "read")
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
    looked_at(page, "a draft")
    for box in page.locator("form.decide input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Terbitkan", exact=True).click()
    assert "Warga sudah melihatnya" in page.locator(".done").inner_text()
    looked_at(page, "published")
    page.get_by_text("Batalkan penerbitan").click()
    page.locator("#sebab-batalkan").fill("berkas salah")
    page.get_by_role("button", name="Batalkan, seperti semula").click()
    assert "berkas salah" in page.locator(".history").inner_text()
