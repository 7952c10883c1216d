"""Two lists side by side, and whom a payment means, in a real browser: all fits, is large enough, can be read."""

from __future__ import annotations

import pytest

from salur.core.lists.kinds import State
from salur.core.officers.roles import Role
from tests.fixtures.chromium import SMALL, SMALLEST_TARGET, WIDE, boxes
from tests.fixtures.office import Recipient
from tests.fixtures.uploads import work_off


@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", SMALL)])
def test_an_operator_compares_two_lists_and_says_whom_a_payment_means(
    services, enter, heads, office, tmp_path, scheme, viewport
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    looks = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": True, "java_script_enabled": True}
    page = enter(heads.create(Role.DINSOS), **looks).new_page()
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

    def looked_at(what: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, (what, found.generate_report())
        targets = boxes(page, "a.button, button, summary, select, .choice, nav a")
        small = [text for text, width, height, _ in targets if width > 1 and height < SMALLEST_TARGET]
        assert small == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], what

    page.goto(f"/kantor/daftar/{draft}")
    page.get_by_text("Bandingkan dengan daftar lain").click()
    looked_at("the choice")
    page.get_by_role("button", name="Bandingkan").click()
    looked_at("who is gone")
    for part in ("Baru", "Berubah", "Perlu dilihat"):
        page.get_by_role("navigation", name="Bagian").get_by_text(part).click()
        looked_at(part)
    file = tmp_path / "pos.csv"
    rows = (f"{name};3;5;TEGAL GUNDIL;DIBAYAR;15/01/2026;600000" for name in ("MARYATI KUSUMA", "SITI AMINAH"))
    file.write_text("\n".join(["NAMA;RT;RW;KELURAHAN;STATUS BAYAR;TANGGAL BAYAR;NOMINAL", *rows]))
    page.goto("/kantor/pembayaran")
    page.locator("#berkas").set_input_files(file)
    page.locator("form.send button").click()
    work_off(services)
    page.reload()
    page.get_by_text("Kolomnya keliru dibaca?").click()
    looked_at("whom it means")
