"""Two lists side by side, and whom a payment means, in a real browser: all fits, is large enough, can be read."""

from __future__ import annotations

from salur.core.lists.kinds import State
from salur.core.officers.roles import Role
from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off


def test_an_operator_compares_two_lists_and_says_whom_a_payment_means(services, enter, heads, office, tmp_path) -> None:
    page = enter(heads.create(Role.DINSOS), **FOR_AXE).new_page()
    more, twice = Recipient(name="EUIS KARTINI"), Recipient(name="SITI AMINAH")
    names = ("MARYATI KUSUMA", "DEDEH KURNIASIH", "SITI AMINAH")
    office.publishes(more, twice, *(Recipient(name=name) for name in names))
    draft = office.drafts(
        Recipient(
            name=more.name, nik=more.nik, kk=more.kk, amount=900_000, rw=7, state=State.SUSPENDED, reason="moved"
        ),
        *(Recipient(name=name, nik=twice.nik) for name in ("SITI AMINAH", "SITI AMINAH BINTI OJO")),
        Recipient(name="NENENG HASANAH"),
        period="2026-T2",
    )

    page.goto(f"/kantor/daftar/{draft}")
    page.get_by_text("Bandingkan dengan daftar lain").click()
    looked_at(page, "the choice")
    page.get_by_role("button", name="Bandingkan").click()
    looked_at(page, "who is gone")
    for part in ("Baru", "Berubah", "Perlu dilihat"):
        page.get_by_role("navigation", name="Bagian").get_by_text(part).click()
        looked_at(page, part, down_to=360)
    file = tmp_path / "pos.csv"
    rows = (f"{name};3;5;TEGAL GUNDIL;DIBAYAR;15/01/2026;600000" for name in ("MARYATI KUSUMA", "SITI AMINAH"))
    file.write_text("\n".join(["NAMA;RT;RW;KELURAHAN;STATUS BAYAR;TANGGAL BAYAR;NOMINAL", *rows]))
    page.goto("/kantor/pembayaran")
    page.locator("#berkas").set_input_files(file)
    page.locator("form.send button").click()
    work_off(services)
    page.reload()
    page.get_by_text("Kolomnya keliru dibaca?").click()
    looked_at(page, "whom it means")
