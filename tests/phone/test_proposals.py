"""Proposals in a real browser: on a cheap phone without JavaScript, by day and by night, and for a screen reader."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page

from salur.core.tables.proposals import PhotoRow
from tests.fixtures.chromium import SMALL
from tests.fixtures.looks import FOR_AXE, looked_at
from tests.fixtures.office import a_kk, a_nik
from tests.fixtures.proposals import Levels

NIK, KK = a_nik(), a_kk()


@pytest.fixture
def offices(heads):
    """RT, kelurahan, kecamatan and Dinas Sosial have accounts."""
    for role in ("rt", "kelurahan", "kecamatan", "dinsos"):
        heads.create(role)


def a_jpeg() -> bytes:
    """A photo as a phone takes it."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#7a5c3e").save(out, "JPEG")
    return out.getvalue()


def propose(page: Page, *, photos: int = 0) -> str:
    """Fill in the form with thumbs; gives the code."""
    page.goto("/pengajuan")
    page.get_by_role("link", name="Mengusulkan keluarga").click()
    page.get_by_label("Keluarga saya sendiri").check()
    page.get_by_label("Nama", exact=True).fill("Nur Hayati")
    page.get_by_label("NIK", exact=True).fill(NIK)
    page.get_by_label("Nomor KK", exact=True).fill(KK)
    page.get_by_label("Kelurahan").fill("Tegal Gundil")
    page.get_by_label("RT", exact=True).fill("3")
    page.get_by_label("RW", exact=True).fill("5")
    page.get_by_label("Kehilangan penghasilan").check()
    page.get_by_label("Ceritakan keadaannya").fill("Suami berhenti kerja.")
    files = [FilePayload(name=f"{n}.jpg", mimeType="image/jpeg", buffer=a_jpeg()) for n in range(photos)]
    page.get_by_label("Foto rumah").set_input_files(files)
    page.get_by_role("button", name="Kirim usulan").click()
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", page.get_by_role("main").inner_text())
    assert found
    return found[0]


def look(page: Page, code: str, name: str = "Nur Hayati") -> None:
    """Open the ticket."""
    page.goto("/pengajuan/status")
    page.get_by_label("Kode tiket").fill(code.lower().replace("-", " "))
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_role("button", name="Buka tiket").click()


def every_page(page: Page, levels: Levels) -> Iterator[str]:
    """One page after the other; yields what it is."""
    for address in ("", "/usulan", "/sanggah", "/koreksi", "/laporan", "/status"):
        page.goto("/pengajuan" + address)
        yield address or "the four kinds"
    for address, button in (("usulan", "Kirim usulan"), ("laporan", "Kirim laporan"), ("sanggah", "Kirim sanggahan")):
        page.goto(f"/pengajuan/{address}")
        page.get_by_role("button", name=button).click()
        yield f"slips of {address}"
    code = propose(page)
    yield "a receipt"
    look(page, code, "Dede Kurnia")
    yield "no ticket"
    look(page, code)
    yield "a ticket"
    levels.takes("accepted", "neighbourhood")
    levels.takes("asked", "kelurahan", words="Berapa orang yang tinggal di rumah itu?")
    look(page, code)
    yield "a question"
    levels.takes("rejected", "kelurahan", "other", words="Sudah menerima bantuan atas nama suami.")
    look(page, code)
    yield "a no"
    page.get_by_label("Tulis di sini").fill("Suami saya sudah pindah.")
    page.get_by_role("button", name="Kirim keberatan").click()
    yield "an objection"
    levels.takes("accepted", "kecamatan")
    levels.takes("accepted", "dinsos")
    look(page, code)
    yield "a yes"


def test_every_page_is_for_everybody_on_a_phone_and_at_a_desk(browser, site, offices, levels):
    page = browser.new_page(base_url=site, **FOR_AXE)
    targets = "a.button, button, select, textarea, input:not([type=hidden], [type=radio]), .choice, nav a"
    for what in every_page(page, levels):
        looked_at(page, what, targets=f"{targets}, .choices a, .back a, .summary a", inside="body *")
    page.close()


def test_three_photos_travel_without_javascript(browser, site, offices, services):
    context = browser.new_context(viewport=SMALL, java_script_enabled=False, base_url=site)
    propose(context.new_page(), photos=3)
    with services.database.reading() as connection:
        assert len(connection.execute(PhotoRow.__table__.select()).all()) == 3
    context.close()


def test_the_receipt_prints_on_one_page_with_code_and_address(browser, site, offices):
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    code = propose(page)
    page.emulate_media(media="print")
    assert page.get_by_text(code).is_visible()
    assert page.get_by_text("/pengajuan/status").is_visible()
    assert page.get_by_role("link", name="Lihat tiket saya").is_hidden()
    assert page.locator(".code-large").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    context.close()


def test_the_code_is_read_out_letter_by_letter(browser, site, offices):
    context = browser.new_context(viewport=SMALL, base_url=site)
    page = context.new_page()
    code = propose(page)
    spoken = page.locator(".code-large").aria_snapshot()
    assert ", ".join(" ".join(group) for group in code.split("-")) in spoken
    assert code not in spoken
    context.close()
