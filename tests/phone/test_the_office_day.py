"""A day at the office of somebody who has never seen a shell, in a real browser on both databases. In another window a
resident sees each change at once, and never half of one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from playwright.sync_api import Browser, Page

from salur.core.officers.roles import Role
from salur.sample.city import write_city
from salur.wiring import Services
from tests.fixtures.chromium import SMALL, WIDE
from tests.fixtures.databases import NewDatabase
from tests.fixtures.files import WriteSheet
from tests.fixtures.office import TEGAL_GUNDIL, Recipient
from tests.fixtures.officers import Heads
from tests.fixtures.uploads import work_off
from tests.phone.conftest import Enter
from tests.phone.test_asking import ask

HEADER = ("NO", "NIK", "NO KK", "NAMA PENERIMA", "RT", "RW", "KELURAHAN", "NILAI", "XYZ")  # XYZ tells nobody what it is
NAMES = ("SITI MAESAROH", "NENENG HASANAH", "EUIS ROHAETI", "LILIS SURYANI", "IMAS MASITOH")
FAMILIES = 26  # of one of which the list says that she has died
DROP_OUT = 3  # of the other 25: 12 %


@pytest.fixture
def database_url(new_database: NewDatabase) -> Iterator[str]:
    """Unlike the rest of this folder, once on each kind of database."""
    with new_database() as url:
        yield url


@pytest.fixture
def families() -> list[Recipient]:
    """The families of an RT."""
    notes = {FAMILIES - 2: "MENINGGAL"}
    return [Recipient(name=NAMES[n % len(NAMES)], note=notes.get(n)) for n in range(FAMILIES)]


@pytest.fixture
def operator(enter: Enter, heads: Heads) -> Page:
    """The operator's window."""
    page = enter(heads.create(Role.DINSOS), viewport=WIDE, locale="id-ID").new_page()
    page.set_default_timeout(10_000)
    return page


@pytest.fixture
def asks(browser: Browser, site: str) -> Iterator[Callable[[Recipient], str]]:
    """`asks(person)`: what the resident's window says."""
    context = browser.new_context(viewport=SMALL, java_script_enabled=False, base_url=site, locale="id-ID")
    page = context.new_page()

    def asks_for(person: Recipient) -> str:
        ask(page, person.nik, person.name)
        return page.inner_text("main")

    yield asks_for
    context.close()


def rows_of(people: list[Recipient]) -> list[tuple[Any, ...]]:
    """As an office writes them."""
    return [
        HEADER,
        *(
            (n, p.nik, p.kk, p.name, "003", "005", "TEGAL GUNDIL", p.amount, p.note or "")
            for n, p in enumerate(people, 1)
        ),
    ]


def send(page: Page, services: Services, *files: Path, beside: str = "") -> None:
    """Choose files on the page and send them; the runner reads them."""
    page.locator("#berkas").set_input_files(list(files))
    page.locator("form.send button").click()
    work_off(services)
    page.goto(beside or page.url)


def import_it(page: Page, services: Services, decree: str) -> None:
    """Say what the list is, and make a draft of it."""
    page.locator("#programme").select_option("PKH")
    page.locator("#year").fill("2026")
    page.locator("#part").select_option("T1")
    page.locator("#decree").fill(decree)
    page.locator("#issued_on").fill("2026-01-12")
    page.locator("#issuer").fill("Dinas Sosial Kota Bogor")
    page.locator("#states").check()
    page.get_by_role("button", name="Impor sebagai konsep").click()
    work_off(services)
    page.reload()


def publish(page: Page) -> None:
    """Tick what is asked, and put it in force."""
    for box in page.locator("form.decide input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Terbitkan", exact=True).click()
    assert "Warga sudah melihatnya" in page.locator(".done").inner_text()


def test_lists_come_in_are_corrected_published_and_rolled_back(
    services: Services,
    operator: Page,
    families: list[Recipient],
    asks: Callable[[Recipient], str],
    write_sheet: WriteSheet,
    tmp_path: Path,
) -> None:
    city = json.loads(json.dumps(write_city(200, 1, tmp_path / "city", today=date(2026, 2, 20)), default=str))
    samples = [tmp_path / "city" / entry["file"] for entry in city["lists"][2:6]]
    slip = Recipient(name="ENOK JUBAEDAH", nik="32710512345")
    own = write_sheet("pkh-tegal-gundil.xlsx", rows_of([*families[:-1], slip]))
    operator.goto("/kantor/daftar")
    send(operator, services, *samples, own, beside="/kantor/daftar")
    assert operator.locator("ul.uploads > li").count() == 5

    operator.get_by_role("link", name=own.name).click()
    assert operator.locator("#kolom-I").input_value() == ""
    operator.locator("#kolom-I").select_option("note")
    operator.get_by_label("Ingat untuk berkas").check()
    operator.get_by_role("button", name="Baca lagi dengan kolom ini").click()
    work_off(services)
    operator.reload()
    assert "dicoret" in operator.inner_text("main")

    assert "NIK tidak 16 angka" in operator.inner_text("main")
    with operator.expect_download() as download:
        operator.get_by_role("button", name="Unduh baris yang salah").click()
    sent_back = tmp_path / "sent-back.xlsx"
    download.value.save_as(sent_back)
    faulty = python_calamine.load_workbook(sent_back).get_sheet_by_index(0).to_python()
    (column,) = (n for n, cell in enumerate(faulty[1]) if cell == slip.nik)
    faulty[1][column] = families[-1].nik
    operator.locator("#perbaikan").set_input_files(write_sheet("mended.xlsx", faulty))
    operator.get_by_role("button", name="Unggah perbaikan").click()
    work_off(services)
    operator.reload()
    assert "Tidak ada kesalahan" in operator.inner_text("main")

    first = families[0]
    import_it(operator, services, "SK 460/12/2026")
    assert "tidak" in asks(first), "a draft is nobody's"
    publish(operator)
    assert "Rp600.000" in asks(first)

    operator.goto("/kantor/daftar")
    send(operator, services, write_sheet("pkh-baru.xlsx", rows_of(families[DROP_OUT:])), beside="/kantor/daftar")
    operator.get_by_role("link", name="pkh-baru.xlsx").click()
    assert operator.locator("#kolom-I").input_value() == "note", "as it was corrected before"
    import_it(operator, services, "SK 461/3/2026")
    assert "12 %" in operator.inner_text("main"), "three of 25"
    assert "Rp600.000" in asks(first), "a draft changes nothing"
    publish(operator)
    assert "tidak ada lagi" in asks(first)
    assert "Rp600.000" in asks(families[DROP_OUT])
    operator.get_by_text("Batalkan penerbitan").click()
    operator.locator("#sebab-batalkan").fill("Tiga keluarga hilang dari berkas.")
    operator.get_by_role("button", name="Batalkan, seperti semula").click()
    assert "Tiga keluarga hilang" in operator.locator(".history").inner_text()
    assert "Rp600.000" in asks(first)


def test_a_sitting_is_planned_and_moved_and_a_report_of_payments_is_heard(
    services: Services,
    operator: Page,
    office: Any,
    families: list[Recipient],
    asks: Callable[[Recipient], str],
    tmp_path: Path,
) -> None:
    office.publishes(*families)
    mother, other = families[0], families[1]
    assert "belum ditetapkan" in asks(mother)
    operator.goto("/kantor/tempat/baru")
    operator.locator("#name").fill("SD Negeri 4")
    operator.locator("#kind").select_option("school")
    operator.locator("#region").select_option(TEGAL_GUNDIL)
    operator.get_by_role("button", name="Simpan").click()
    operator.goto("/kantor/jadwal/baru")
    operator.locator("#programme").select_option("PKH")
    operator.locator("#part").select_option("T1")
    operator.locator("#region").select_option(TEGAL_GUNDIL)
    operator.locator("#rw").fill("5")
    operator.locator("#place").select_option(label="SD Negeri 4")
    operator.locator("#date").fill("2026-02-20")
    operator.locator("#starts").fill("13:00")
    operator.locator("#ends").fill("15:00")
    operator.get_by_role("button", name="Lihat dulu").click()
    assert "belum ditetapkan" in asks(mother), "a draft is nobody's"
    operator.get_by_role("button", name="Terbitkan sekarang").click()
    told = asks(mother)
    assert "20 Februari 2026" in told
    assert "13.00" in told
    assert "SD Negeri 4" in told

    operator.goto("/kantor/jadwal?cari=SD")
    operator.locator("tbody th a").click()
    operator.get_by_role("link", name="Pindahkan").click()
    operator.locator("#starts").fill("14:00")
    operator.locator("#ends").fill("16:00")
    operator.get_by_role("button", name="Lihat dulu").click()
    operator.get_by_role("button", name="Terbitkan sekarang").click()
    told = asks(mother)
    assert "14.00" in told
    assert "13.00" in told, "what it was before"

    report = tmp_path / "pos.csv"
    rows = (f"{mother.nik};{mother.name};DIBAYAR;20/02/2026;600000", f"{other.nik};{other.name};KEMBALI;;600000")
    report.write_text("\n".join(["NIK;NAMA;STATUS BAYAR;TANGGAL BAYAR;NOMINAL", *rows, "123;SIAPA;DIBAYAR;;600000"]))
    operator.goto("/kantor/pembayaran")
    send(operator, services, report)
    assert "Sudah dibayar" not in asks(mother), "a draft is nobody's"
    operator.get_by_role("button", name="Terbitkan sekarang").click()
    assert "Sudah dibayar" in asks(mother)
    assert "kembali" in asks(other)
    with operator.expect_download() as download:
        operator.get_by_role("button", name="Unduh").first.click()
    rest = python_calamine.load_workbook(download.value.path()).get_sheet_by_index(0).to_python()
    assert any("SIAPA" in row for row in rest), "what matches nobody goes back"
    operator.goto("/kantor/pembayaran")
    total = operator.locator("table").first.inner_text()
    for count in (FAMILIES, 1, FAMILIES - 2):
        assert str(count) in total
