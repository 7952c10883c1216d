"""Circulars in a real browser without JavaScript: on a cheap phone and at a desk, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from salur.core.officers.roles import Role
from tests.fixtures.circulars import a_circular, a_pdf
from tests.fixtures.looks import FOR_AXE, TARGETS, looked_at

LONG = "Pembagian surat pemberitahuan bantuan sosial tahap satu tahun dua ribu dua puluh enam untuk seluruh kecamatan"


@pytest.fixture
def people(heads, services, clock):
    """Dinsos, the lurah, and heads of two RW; some have read the first of three circulars."""
    officers = {role: heads.create(role) for role in (Role.DINSOS, Role.KECAMATAN, Role.KELURAHAN)}
    rts = [heads.create("rt", rw=rw, rt=rt) for rw in (5, 6) for rt in (1, 2, 3)]
    heads.create("rw", rw=5)
    write = services.circulars.write
    id = write(officers[Role.DINSOS], a_circular(public=True, areas=("32.71.05",)), a_pdf())
    for rt, what in zip(rts, ("read", "passed_on", "passed_on"), strict=False):
        services.circulars.acknowledge(rt, id, what)
    services.circulars.acknowledge(officers[Role.KELURAHAN], id, "read")
    clock.passes(days=3)
    gone = write(officers[Role.DINSOS], a_circular(title="Salah tanggal", number="SE/" + "9" * 60))
    services.circulars.acknowledge(officers[Role.KELURAHAN], gone, "read")
    services.circulars.withdraw(officers[Role.DINSOS], gone)
    write(
        officers[Role.DINSOS], a_circular(title=LONG, text="x" * 200 + "\nbaris dua\n\n" + "kata " * 300, public=True)
    )
    return {**officers, Role.RT: rts[5]}, id, gone


def fill_in(page: Page) -> None:
    """What Dinsos types."""
    page.get_by_label("Nomor edaran").fill("SE Dinsos 460/99/2026")
    page.get_by_label("Tanggal edaran").fill("2026-02-20")
    page.get_by_label("Pemerintah kota atau kabupaten").check()
    page.get_by_label("Judul").fill("Jadwal Tahap 1")
    page.get_by_label("Isi").fill("Datang tepat waktu.")
    page.get_by_label("Ketua RT").check()
    page.locator("summary", has_text="Kecamatan Bogor Utara").click()
    page.get_by_label("Tegal Gundil").check()


def pages(context: BrowserContext, people) -> Iterator[tuple[str, Page]]:
    """Every page of circulars that an officer may open."""
    officers, id, gone = people
    page = context.new_page()
    for address in ("/edaran", f"/edaran/{id}", "/edaran/kotak", f"/edaran/kotak/{id}", f"/edaran/kotak/{gone}"):
        page.goto(address)
        yield address, page
    page.goto("/edaran/tulis")
    if page.get_by_role("heading", name="Tulis edaran").count():
        page.locator("main summary").first.click()
        yield "/edaran/tulis", page
        page.get_by_role("button", name="Lihat dulu").click()
        yield "slips", page
        page.goto("/edaran/tulis")
        fill_in(page)
        page.get_by_role("button", name="Lihat dulu").click()
        yield "preview", page


def test_dinsos_writes_and_a_head_reads_on_his_phone(enter, people, tmp_path):
    officers, _, _ = people
    (tmp_path / "surat.pdf").write_bytes(a_pdf())
    desk = enter(officers[Role.DINSOS]).new_page()
    desk.goto("/edaran/kotak")
    desk.get_by_role("link", name="Tulis edaran").click()
    fill_in(desk)
    desk.get_by_label("PDF", exact=True).set_input_files(tmp_path / "surat.pdf")
    desk.get_by_role("button", name="Lihat dulu").click()
    desk.get_by_role("link", name="Ubah dulu").click()
    desk.get_by_label("Judul").fill("Jadwal Tahap 1, diperbaiki")
    desk.get_by_role("button", name="Lihat dulu").click()
    assert "6 kantor" in desk.get_by_role("main").inner_text()
    desk.get_by_role("button", name="Kirim sekarang").click()
    assert desk.get_by_role("status").inner_text().endswith("Edaran sudah dikirim.")
    phone = enter(officers[Role.RT]).new_page()
    phone.goto("/edaran/kotak")
    phone.get_by_role("link", name="Jadwal Tahap 1, diperbaiki").click()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Unduh PDF").click()
    assert download.value.suggested_filename == "edaran-SE-Dinsos-460-99-2026.pdf"
    phone.get_by_role("button", name="Sudah dibaca").click()
    phone.get_by_role("button", name="Sudah disampaikan").click()
    assert "Anda menandai sudah disampaikan" in phone.get_by_role("main").inner_text()


def test_the_tree_opens_without_javascript(enter, people):
    officers, id, _ = people
    page = enter(officers[Role.KECAMATAN]).new_page()
    page.goto(f"/edaran/kotak/{id}")
    assert page.get_by_text("Ketua RT 003 RW 006 Tegal Gundil: belum dibaca").is_visible()
    page.locator("summary", has_text="Ketua RW 006 Tegal Gundil").click()
    assert page.get_by_text("Ketua RT 003 RW 006 Tegal Gundil: belum dibaca").is_hidden()
    drawing = page.get_by_role("img", name="Tanda terima dari")
    assert "Sudah disampaikan 2" in drawing.locator("desc").text_content()


@pytest.mark.parametrize("role", [Role.DINSOS, Role.KELURAHAN, Role.RT])
def test_every_page_is_for_everybody_on_a_phone_and_at_a_desk(enter, people, role):
    for what, page in pages(enter(people[0][role], **FOR_AXE), people):
        looked_at(page, what, targets=f"{TARGETS}, textarea, .sitting h2 a, .tree a", inside="body *")
