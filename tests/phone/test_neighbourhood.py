"""The neighbourhood's list in a real browser without JavaScript: on a cheap phone, on a desk, by day and by night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

from salur.core.limits.kinds import Door
from salur.core.marks.kinds import MarkKind
from salur.core.neighbourhood.answers import Filter
from tests.fixtures.chromium import SMALL, WIDE
from tests.fixtures.looks import FOR_AXE, TARGETS, looked_at
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported, a_nik

Enter = Callable[..., BrowserContext]


@pytest.fixture
def neighbours(office, services, heads) -> None:
    """Everything a row can be: long names, every state, marks, doubles, a group, no number, and two pages of them."""
    nik = a_nik()
    people = [
        Recipient(name="SITI MAESAROH BINTI SUKARDI WIRAATMAJAKUSUMANINGRAT", rt=1, care=True),
        Recipient(name="ASEP", rt=1),
        Recipient(name="UJANG", rt=1, state="suspended"),
        Recipient(name="EUIS", rt=1, nik=nik),
        Recipient(name="RUKMINI", rt=1, nik=nik),
        Recipient(name="LILIS", rt=1, nik=None),
        *(Recipient(name=f"WARGA {chr(65 + n // 26)}{chr(65 + n % 26)}", rt=2) for n in range(60)),
    ]
    office.publishes(*people, Recipient(name="TAJUDIN", rt=1), period="2025-T4")
    office.publishes(*people)
    office.publishes(Recipient(name="KARTINI", rt=1, group_name="Mawar Bersatu Tegal Gundil"), programme="KUBE")
    office.hears(Reported(nik=people[1].nik), Reported(row=3, nik=people[6].nik, status="returned"))
    office.announces(Announced(rw=5), Announced(row=3, rw=5, rt=2, date=dt.date(2026, 2, 17)))
    head = heads.create("rw")
    first = services.neighbourhood.page(head, Filter(name="siti"), door=Door.SITE).lines[0]
    for kind in (MarkKind.MOVED_INSIDE, MarkKind.OTHER_AID):
        services.marks.make(head, first.entitlement, kind)


def pages(context: BrowserContext) -> Iterator[tuple[str, Page]]:
    """Every page of the list, one after the other."""
    page = context.new_page()
    for address in (
        "/wilayah?rt=1",
        "/wilayah?urut=date&hal=2",
        "/wilayah?keadaan=belum&antar=1&rt=1",
        "/wilayah?rt=77",
    ):
        page.goto(address)
        yield address, page
    page.goto("/wilayah")
    for what, typed in (("a search", "warga"), ("a slip", "123")):
        search(page, typed)
        yield what, page
    page.goto("/wilayah")
    page.get_by_role("button", name="Cetak", exact=True).click()
    yield "the page to print", page


def search(page: Page, typed: str) -> None:
    """Search by a part of a name: on a phone the field is folded away."""
    if not page.get_by_label("Cari nama").is_visible():
        page.get_by_text("Cari, saring, urutkan").click()
    page.get_by_label("Cari nama").fill(typed)
    page.get_by_role("button", name="Tampilkan").click()


def test_every_page_is_for_everybody_on_a_phone_and_at_a_desk(enter, heads, neighbours):
    for what, page in pages(enter(heads.create("rw"), **FOR_AXE)):
        looked_at(page, what, targets=f"{TARGETS}, input[type=search], main td a, .chips a", inside="body *")
    page = enter(heads.create("dinsos"), **FOR_AXE).new_page()
    for address in ("/wilayah", f"/wilayah?kelurahan={TEGAL_GUNDIL}&rw=5"):
        page.goto(address)
        looked_at(page, address)


def test_a_row_is_a_card_on_a_phone_and_a_row_on_a_desk(enter, heads, neighbours):
    officer = heads.create("rw")
    for viewport, display in ((SMALL, "block"), (WIDE, "table-row")):
        page = enter(officer, viewport=viewport).new_page()
        page.goto("/wilayah?rt=1")
        row = page.locator(".people tbody tr").first
        assert row.evaluate("e => getComputedStyle(e).display") == display
        assert page.get_by_role("columnheader", name="Nama").is_visible() == (viewport is WIDE)


def test_the_first_person_stands_within_one_screen_of_a_phone(enter, heads, neighbours):
    page = enter(heads.create("rw"), viewport=ViewportSize(width=360, height=640)).new_page()
    for address, top in (("/wilayah", 640 - 160), ("/wilayah?rt=1", 640 - 130)):
        page.goto(address)
        cards = page.locator(".people tbody tr").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(box => [box.top, box.height])"
        )
        assert cards[0][0] <= top, address
        # But for her whose name takes three lines, with three tags; a line with a letter to print has a button more.
        assert sorted(height for _, height in cards)[-2] <= 190, address
    page.get_by_text("Sudah dibayar:").click()
    assert page.get_by_role("link", name="Dihentikan sementara").is_visible()
    page.get_by_text("Cari, saring, urutkan").click()
    assert page.get_by_label("Urutkan menurut").is_visible()


def test_a_search_keeps_its_name_out_of_every_address_while_turning_and_sorting(enter, heads, neighbours):
    page = enter(heads.create("rw"), viewport=WIDE).new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto("/wilayah")
    search(page, "warga")
    page.get_by_role("button", name="Berikutnya").click()
    assert page.locator(".people tbody tr").count() == 10
    page.get_by_role("button", name="Nama (urutkan)").click()
    assert page.locator(".people tbody tr").first.inner_text().startswith("WARGA AA")
    page.get_by_role("button", name="Dikembalikan 1 dari").click()
    assert page.locator(".people tbody tr").count() == 1
    page.get_by_role("button", name="Nama: warga").click()
    assert "keadaan=returned" in page.url
    assert not [url for url in asked_for if "warga" in url.lower()]


def test_nothing_breaks_the_policy(enter, heads, neighbours):
    page = enter(heads.create("rw")).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/wilayah")
    page.get_by_role("button", name="Cetak", exact=True).click()
    assert complaints == []


def test_the_copy_prints_in_black_on_wide_paper_without_the_office_around_it(enter, heads, neighbours):
    page = enter(heads.create("rw"), color_scheme="dark", java_script_enabled=True).new_page()
    page.goto("/wilayah")
    page.get_by_role("button", name="Cetak", exact=True).click()
    page.emulate_media(media="print")
    header = page.locator(".sheet thead").last
    assert header.evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert page.locator(".sheet").last.evaluate("e => getComputedStyle(e).breakBefore") == "page"
    assert page.locator(".people .state").first.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert page.locator("td.sign").first.bounding_box()["height"] > 35
    assert page.get_by_role("link", name="Akun saya").is_hidden()
    assert page.locator(".people tbody tr").first.evaluate("e => getComputedStyle(e).display") == "table-row"
    paper = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841.9" in paper
    assert b"/MediaBox [0 0 612" not in paper
