"""The four stories of the neighbourhood, told in a real browser on a phone, without JavaScript, on both databases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from python_calamine import CalamineWorkbook

from salur.core.officers.roles import Officer, Role
from salur.core.regions.territory import Territory
from salur.wiring import Services
from tests.fixtures.chromium import SMALL
from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.databases import NewDatabase
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient, Reported, a_kk, a_nik
from tests.fixtures.officers import PASSWORD, Heads, code_at

RW_5 = Territory(TEGAL_GUNDIL, 5)


@pytest.fixture
def database_url(new_database: NewDatabase) -> Iterator[str]:
    """Unlike the rest of this folder, once on each kind of database."""
    with new_database() as url:
        yield url


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Callable[[], Page]]:
    """`phone()`: another person's phone."""
    contexts: list[BrowserContext] = []

    def another() -> Page:
        context = browser.new_context(viewport=SMALL, java_script_enabled=False, base_url=site, locale="id-ID")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield another
    for context in contexts:
        context.close()


def sign_in(page: Page, username: str) -> None:
    """As anyone does it."""
    page.goto("/masuk")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def sign_in_dinsos(page: Page, services: Services, officer: Officer) -> None:
    """The operator sets up her second factor on the way."""
    sign_in(page, officer.username)
    page.get_by_text("Tidak bisa memindai?").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Kode", exact=True).fill(code_at(services, secret))
    page.get_by_role("button", name="Pasang").click()
    page.get_by_role("link", name="Sudah saya simpan").click()


def test_an_rw_head_invited_by_paper_finds_who_has_not_collected_marks_one_and_exports(
    services: Services, heads: Heads, office: Office, phone: Callable[[], Page], tmp_path: Path
) -> None:
    names = ("SITI MAESAROH", "NENENG HASANAH", "EUIS ROHAETI", "LILIS SURYANI")
    families = [Recipient(name=name, rt=2) for name in names]
    office.publishes(*families, Recipient(name="IMAS MASITOH", rt=4), Recipient(name="ENOK JUBAEDAH", rt=2, rw=6))
    office.announces(Announced(date=dt.date(2026, 2, 17)))  # three days ago
    office.hears(Reported(nik=families[3].nik, date=dt.date(2026, 2, 17)))
    lurah = phone()
    sign_in(lurah, heads.create(Role.KELURAHAN).username)
    lurah.get_by_role("link", name="Undang").click()
    lurah.get_by_label("Nomor").fill("5")
    lurah.get_by_role("button", name="Buat undangan").click()
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", lurah.get_by_role("main").inner_text())
    assert code

    head = phone()
    head.goto("/gabung")
    head.get_by_label("Kode undangan").fill(code[0])
    head.get_by_role("button", name="Lanjut").click()
    assert "Ketua RW 005 Tegal Gundil" in head.get_by_role("main").inner_text()
    head.get_by_label("Nama pengguna").fill("rw05")
    head.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD)
    head.get_by_label("Kata sandi baru, sekali lagi").fill(PASSWORD)
    head.get_by_role("button", name="Buat akun").click()
    sign_in(head, "rw05")
    assert "Belum diambil" in head.get_by_role("main").inner_text(), "what waits is said first"
    head.get_by_role("link", name="Daftar", exact=True).click()
    seen = names_in(head)
    assert "IMAS MASITOH" in seen
    assert "ENOK JUBAEDAH" not in seen, "she lives in RW 6"

    head.locator("summary", has_text="Sudah dibayar").click()
    head.get_by_role("link", name=re.compile("Belum diambil")).click()
    head.get_by_text("Cari, saring, urutkan").click()
    head.get_by_label("RT", exact=True).select_option("2")
    head.get_by_role("button", name="Tampilkan").click()
    assert names_in(head) == ["EUIS ROHAETI", "NENENG HASANAH", "SITI MAESAROH"], "Lilis was paid, Imas is of RT 4"
    assert not re.search(r"(?<!\d)\d{16}(?!\d)", head.content()), "a whole number shows"

    head.get_by_role("link", name="Tandai NENENG HASANAH").click()
    head.get_by_label("Pindah ke luar kelurahan").check()
    head.get_by_label("Catatan").fill("Ke Ciomas bulan lalu.")
    head.get_by_role("button", name="Tandai").click()
    assert "⚑" in head.locator("tr", has_text="NENENG HASANAH").inner_text()
    lurah.goto("/tanda")
    assert "Ke Ciomas bulan lalu." in lurah.get_by_role("main").inner_text()

    head.goto("/wilayah?rt=2&keadaan=belum")
    with head.expect_download() as download:
        head.get_by_role("button", name="Unduh Excel").click()
    kept = tmp_path / "list.xlsx"
    download.value.save_as(kept)
    rows = [[str(cell) for cell in row] for row in CalamineWorkbook.from_path(kept).get_sheet_by_index(0).to_python()]
    cells = [cell for row in rows for cell in row]
    assert [name for name in names if name in cells] == list(names[:3])
    said = " ".join(cells)
    assert "rw05" in said
    assert "Ketua RW 005 Tegal Gundil" in said
    assert "Jangan dibagikan" in said
    assert not any(family.nik in said or family.kk in said for family in families)
    head.get_by_role("button", name="Cetak", exact=True).click()
    paper = head.get_by_role("main").inner_text()
    assert "EUIS ROHAETI" in paper
    assert "Jangan dibagikan" in paper

    resident = phone()
    resident.goto("/")
    resident.get_by_label("NIK, nomor KK, kode surat, atau kode tiket").fill(families[2].nik or "")
    resident.get_by_label("Nama", exact=True).fill("Euis Rohaeti")
    resident.get_by_role("button", name="Periksa").click()
    resident.get_by_role("button", name="Siapa yang melihat data saya?").click()
    record = resident.get_by_role("main").inner_text()
    assert "RW" in record
    assert "rw05" not in record, "an office is named, never a user"


def names_in(page: Page) -> list[str]:
    """The names in the list, in its order."""
    return page.locator("table.people .who").all_inner_texts()


def test_a_mother_proposes_herself_is_rejected_objects_and_is_granted(
    services: Services, heads: Heads, office: Office, phone: Callable[[], Page]
) -> None:
    rw, lurah, camat = (heads.create(role) for role in (Role.RW, Role.KELURAHAN, Role.KECAMATAN))
    nik, kk = a_nik(), a_kk()
    mother = phone()
    mother.goto("/")
    mother.get_by_label("NIK, nomor KK, kode surat, atau kode tiket").fill(nik)
    mother.get_by_label("Nama", exact=True).fill("Nur Hayati")
    mother.get_by_role("button", name="Periksa").click()
    mother.get_by_role("main").get_by_role("link", name=re.compile("[Uu]sul|Ajukan")).first.click()
    mother.get_by_label("Keluarga saya sendiri").check()
    mother.get_by_label("Nama", exact=True).fill("Nur Hayati")
    mother.get_by_label("NIK", exact=True).fill(nik)
    mother.get_by_label("Nomor KK").fill(kk)
    mother.get_by_label("Kelurahan").fill("Tegal Gundil")
    mother.get_by_label("RW", exact=True).fill("5")
    mother.get_by_label("RT", exact=True).fill("3")
    mother.locator("input[name=alasan]").first.check()
    mother.get_by_role("button", name="Kirim usulan").click()
    receipt = mother.get_by_role("main").inner_text()
    assert "Sudah kami terima" in receipt
    assert nik not in receipt
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt)
    assert code, receipt

    def ticket() -> str:
        """What her ticket tells now."""
        mother.goto("/pengajuan/status")
        mother.get_by_label("Kode tiket").fill(code[0])
        mother.get_by_label("Nama", exact=True).fill("Nur Hayati")
        mother.get_by_role("button", name="Buka tiket").click()
        assert mother.url.endswith("/pengajuan/tiket"), "nothing of it stands in the address"
        return mother.get_by_role("main").inner_text()

    assert "RW" in ticket()
    decide(phone(), rw, "Ya, perlu dibantu")
    assert "kelurahan Tegal Gundil" in ticket()
    decide(phone(), lurah, None, reason="alasan lain", words="Rumahnya sedang dibangun.")
    told = ticket()
    assert "Rumahnya sedang dibangun." in told
    assert "Kalau Anda tidak setuju" in told
    assert lurah.username not in told
    mother.get_by_label("Tulis di sini").fill("Itu rumah kakak saya, bukan rumah saya.")
    mother.get_by_role("button", name="Kirim keberatan").click()
    assert "Keberatan Anda sudah kami terima." in mother.get_by_role("main").inner_text()
    desk = phone()
    sign_in(desk, camat.username)
    desk.goto("/kotak")
    desk.get_by_role("main").get_by_role("link", name=re.compile("Nur Hayati|NUR HAYATI")).click()
    assert "Itu rumah kakak saya" in desk.get_by_role("main").inner_text()

    office.publishes(Recipient(name="NURHAYATI", nik=nik, kk=kk))
    told = ticket()
    assert "terdaftar" in told or "daftar" in told
    mother.get_by_role("link", name="Periksa kapan dan di mana").click()
    mother.get_by_label("NIK, nomor KK, kode surat, atau kode tiket").fill(nik)
    mother.get_by_label("Nama", exact=True).fill("Nur Hayati")
    mother.get_by_role("button", name="Periksa").click()
    assert "Nama ini terdaftar" in mother.get_by_role("main").inner_text()


def decide(page: Page, officer: Officer, yes: str | None, *, reason: str = "", words: str = "") -> None:
    """Sign in, open what waits first, and say yes with this button, or no with this reason."""
    sign_in(page, officer.username)
    page.goto("/kotak")
    page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").first.click()
    if yes is not None:
        page.get_by_role("button", name=yes).click()
    else:
        page.locator("details.no > summary").click()
        page.get_by_label(reason, exact=False).check()
        page.get_by_label("Penjelasan").fill(words)
        page.get_by_role("button", name="Catat: tidak diterima").click()
    assert page.url.endswith("/selesai")


def test_a_levy_is_reported_without_a_name_and_reaches_dinas_sosial_alone(
    services: Services, heads: Heads, phone: Callable[[], Page]
) -> None:
    below = [heads.create(role) for role in (Role.RT, Role.RW, Role.KELURAHAN, Role.KECAMATAN)]
    dinsos = heads.create(Role.DINSOS)
    neighbour = phone()
    neighbour.goto("/bantuan")
    neighbour.goto("/pengajuan/laporan")
    neighbour.locator("input[name=alasan]").first.check()
    neighbour.locator("input[name=siapa]").first.check()
    neighbour.get_by_label("Kelurahan", exact=True).fill("Tegal Gundil")
    neighbour.get_by_label("Ceritakan").fill("Diminta lima puluh ribu supaya surat diberikan.")
    neighbour.get_by_role("button", name=re.compile("Kirim")).click()
    receipt = neighbour.get_by_role("main").inner_text()
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt)
    assert code, receipt
    for officer in below:
        desk = phone()
        sign_in(desk, officer.username)
        for part in ("/kotak", "/kotak?bagian=berjalan", "/kotak?bagian=selesai"):
            desk.goto(part)
            assert "lima puluh ribu" not in desk.content()
            assert desk.get_by_role("main").get_by_role("heading", level=2).count() == 0, officer.role
    desk = phone()
    sign_in_dinsos(desk, services, dinsos)
    desk.goto("/kotak")
    desk.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").first.click()
    assert "Diminta lima puluh ribu" in desk.get_by_role("main").inner_text()
    neighbour.goto("/pengajuan/status")
    neighbour.get_by_label("Kode tiket").fill(code[0].lower())
    neighbour.get_by_role("button", name="Buka tiket").click()
    assert "Dinas Sosial" in neighbour.get_by_role("main").inner_text()


def test_a_circular_reaches_every_rt_and_the_lurah_sees_the_two_who_have_not_read_it(
    services: Services, heads: Heads, phone: Callable[[], Page]
) -> None:
    dinsos, lurah = heads.create(Role.DINSOS), heads.create(Role.KELURAHAN)
    rts = [heads.create(Role.RT, rt=number) for number in range(1, 6)]
    elsewhere = heads.create(Role.RT, BANTAR_JATI)
    desk = phone()
    sign_in_dinsos(desk, services, dinsos)
    desk.goto("/edaran/tulis")
    desk.get_by_label("Nomor edaran").fill("SE 460/12/2026")
    desk.get_by_label("Tanggal edaran").fill("2026-02-18")
    desk.get_by_label("Judul").fill("Surat dibagikan mulai Senin")
    desk.get_by_label("Isi", exact=True).fill("Bagikan surat kepada setiap keluarga. Tidak ada potongan.")
    desk.get_by_label("Pemerintah kota atau kabupaten").check()
    for level in ("Kelurahan", "Ketua RT"):
        desk.get_by_label(level, exact=True).check()
    choose_area(desk, TEGAL_GUNDIL)
    desk.get_by_role("button", name="Lihat dulu").click()
    desk.get_by_role("button", name=re.compile("Kirim")).click()
    assert "Edaran sudah dikirim." in desk.get_by_role("main").inner_text()
    for rt in rts:
        head = phone()
        sign_in(head, rt.username)
        head.goto("/edaran/kotak")
        head.get_by_role("link", name="Surat dibagikan mulai Senin").click()
        assert "Tidak ada potongan." in head.get_by_role("main").inner_text()
        if rt.territory.rt not in (2, 4):
            head.get_by_role("button", name="Sudah dibaca").click()
    other = phone()
    sign_in(other, elsewhere.username)
    other.goto("/edaran/kotak")
    assert "Surat dibagikan" not in other.get_by_role("main").inner_text()
    office_desk = phone()
    sign_in(office_desk, lurah.username)
    office_desk.goto("/edaran/kotak")
    office_desk.get_by_role("link", name="Surat dibagikan mulai Senin").click()
    missing = office_desk.locator(".not-yet").inner_text().splitlines()
    assert [line.strip() for line in missing if line.strip()] == [
        "Ketua RT 002 RW 005 Tegal Gundil",
        "Ketua RT 004 RW 005 Tegal Gundil",
    ]


def choose_area(page: Page, code: str) -> None:
    """Open the kecamatan and tick the kelurahan."""
    box = page.locator(f"input[value='{code}']")
    if not box.is_visible():
        page.locator("details", has=box).locator("summary").first.click()
    box.check()
