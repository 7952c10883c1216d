"""One person found, opened and corrected in a real browser: no page too wide, and nothing that axe finds."""

from __future__ import annotations

from salur.core.marks.kinds import MarkKind
from salur.core.officers.roles import Role
from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported


def test_an_operator_finds_opens_and_corrects_somebody(services, enter, heads, office, koreksi):
    one = Recipient(name="EUIS KARTINI")
    list_id = office.publishes(one, *(Recipient(name=f"WIWIN SUHARTI {letter}") for letter in "ABC"))
    office.hears(Reported(nik=one.nik))
    office.announces(Announced())
    rt = heads.create(Role.RT, TEGAL_GUNDIL, 5, 3)
    services.marks.make(rt, koreksi.entry(one), MarkKind.MOVED_AWAY, note="pindah ke anaknya")
    page = enter(heads.create(Role.DINSOS), **FOR_AXE).new_page()

    page.goto(f"/kantor/daftar/{list_id}")
    looked_at(page, "list")
    page.get_by_label("Cari orang di daftar ini").fill("Kartini")
    page.get_by_role("button", name="Cari").click()
    looked_at(page, "found")
    page.get_by_role("link", name="EUIS KARTINI").click()
    page.get_by_text("Koreksi orang ini").click()
    looked_at(page, "person")
    page.get_by_label("Jumlah dalam rupiah").fill("900000")
    page.get_by_role("button", name="Tulis ke konsep koreksi").click()
    looked_at(page, "slip")
    page.get_by_label("Sebabnya, untuk catatan kantor").fill("surat RW 05")
    page.get_by_role("button", name="Tulis ke konsep koreksi").click()
    looked_at(page, "draft")
    page.get_by_role("button", name="Terbitkan").click()
    assert page.get_by_text("Terbit. Warga sudah melihatnya.").is_visible()
    looked_at(page, "published")
