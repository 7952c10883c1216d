"""The inbox of proposals in a real browser without JavaScript: on a cheap phone, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from salur.core.people.nik import Kk, Nik
from salur.core.proposals.kinds import Kind, Step
from tests.fixtures.looks import FOR_AXE, TARGETS, looked_at
from tests.fixtures.office import Recipient, a_kk, a_nik
from tests.fixtures.proposals import Chain, a_photo, a_plain_draft


@pytest.fixture
def busy(chain: Chain, office, clock) -> int:
    """A chain with work at every level, some of it late; gives a proposal with all there can be on its page."""
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk))
    chain.receives(a_plain_draft(Kind.KOREKSI, number=Nik.parse(nik)))
    clock.passes(hours=80)
    photos = (a_photo((640, 480)), a_photo((480, 640)))
    words = "Suami berhenti kerja.\n" + "Panjangsekali" * 12
    full = chain.receives(
        a_plain_draft(number=Nik.parse(nik), kk=Kk.parse(kk), phone="0812 3456 7890", photos=photos, words=words)
    )
    climbed = chain.receives(a_plain_draft(Kind.SANGGAH, name="DEDE KURNIAWAN SASTRAWINATA BIN SUPRIATNA"))
    chain.decides(chain.rt, climbed)
    chain.decides(chain.kelurahan, climbed, Step.RETURNED, words="Tolong lihat sekali lagi rumahnya.")
    chain.decides(chain.rw, climbed)
    chain.receives(a_plain_draft(Kind.LAPORAN, who="rt", when="kemarin"))
    return full


def pages(page: Page, first: int) -> Iterator[str]:
    """Every page of the inbox, with all that can be opened on it opened."""
    for address in ("/kotak", "/kotak?bagian=berjalan", "/kotak?bagian=selesai", f"/kotak/{first}"):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        yield address
    for address in ("/petugas", "/undangan/banyak", "/undangan/tanpa-akun", "/loket"):
        response = page.goto(address)
        if response is not None and response.ok:  # else it is for other roles
            yield address
    if page.get_by_label("Nama").count():
        page.locator("#nomor").focus()
        page.keyboard.type(a_nik())
        page.keyboard.press("Tab")
        page.keyboard.type("Tono Sutrisno")
        page.keyboard.press("Enter")
        page.get_by_text("tidak ditemukan bersama-sama").wait_for()
        yield "nobody found at the counter"
    page.goto("/kotak")
    page.locator(".inbox a").first.click()
    if page.get_by_role("button", name="Catat: tidak diterima").count():
        page.locator("summary").filter(has_text=re.compile(r"^Tidak")).first.click()
        page.get_by_role("button", name="Catat: tidak diterima").click()
        yield "a no without a reason"
        page.locator("form .button").first.click()
        yield "a decision taken"


def test_a_head_decides_with_his_thumb(enter, chain, busy):
    page = enter(chain.rt).new_page()
    page.goto("/kotak")
    page.get_by_role("link", name="Usulan: SITI MAESAROH").click()
    assert page.get_by_role("heading", name="Apakah orang ini perlu dibantu?").is_visible()
    assert page.get_by_label("Sudah mampu").is_hidden()
    assert page.locator(".photos img").first.evaluate("image => image.naturalWidth") > 0
    page.get_by_text("Tidak", exact=True).click()
    page.get_by_label("Sudah mampu").check()
    page.get_by_role("button", name="Catat: tidak diterima").click()
    assert page.url.endswith(f"/kotak/{busy}/selesai")
    assert "tidak diterima" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Kembali ke kotak").click()
    assert "Tidak ada yang menunggu Anda." in page.get_by_role("main").inner_text()


@pytest.mark.parametrize("role", ["rt", "kelurahan", "dinsos"])
def test_every_page_is_for_everybody_on_a_phone_and_at_a_desk(enter, chain, busy, role):
    page = enter(getattr(chain, role), **FOR_AXE).new_page()
    for what in pages(page, busy):
        looked_at(page, what, targets=f"{TARGETS}, textarea, .inbox a, .inbox-hints a", inside="body *")
