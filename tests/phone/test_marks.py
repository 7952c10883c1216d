"""Marks and doubles in a real browser without JavaScript: on a cheap phone, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from salur.core.marks.kinds import CareReason, MarkKind
from tests.fixtures.looks import FOR_AXE, TARGETS, looked_at
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, a_kk, a_nik
from tests.web.marks.test_marks import entries

NEXT_DOOR = "32.71.05.1001"


@pytest.fixture
def neighbours(office, services, heads):
    """Families of RT 3 with marks and doubles of every kind; gives their entries."""
    nik, kk = a_nik(), a_kk()
    mother = Recipient(name="SITI MAESAROH BINTI SUKARDI WIRAATMAJA", nik=nik)
    office.publishes(mother, Recipient(name="NUR HAYATI", kk=kk), Recipient(name="NURHAYATI", kk=kk))
    office.publishes(Recipient(nik=nik, name="MAESAROH", region_code=NEXT_DOOR))
    office.publishes(mother, Recipient(kk=kk, name="UJANG"), programme="APBD", period="2026")
    found = entries(services)
    rt = heads.create("rt")
    services.marks.make(rt, found[0], MarkKind.HOME_DELIVERY, care=CareReason.SICK, note="Pindahannya" * 20)
    services.marks.confirm(heads.create("kelurahan"), services.marks.make(rt, found[1], MarkKind.DIED))
    return found


def pages(context: BrowserContext, officer, entry: int) -> Iterator[tuple[str, Page]]:
    """Every page of marks and doubles that an officer may open."""
    page = context.new_page()
    for address in (
        "/tanda",
        "/tanda?keadaan=taken_back",
        *(f"/ganda?jenis={kind}" for kind in ("same_nik", "nik_exclusive", "household", "kk_exclusive")),
        f"/ganda?jenis=similar_name&kelurahan={TEGAL_GUNDIL}",
    ):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        yield address, page
    if officer.role in ("rt", "rw", "kelurahan"):
        page.goto(f"/wilayah/tandai/{entry}")
        yield "the form", page
        page.get_by_label("Perlu diantar ke rumah").check()
        page.get_by_role("button", name="Tandai").click()
        yield "the form with a slip", page


def test_a_head_marks_with_his_thumb(enter, services, heads, neighbours):
    rt = heads.create("rt")
    page = enter(rt).new_page()
    page.goto(f"/wilayah/tandai/{neighbours[2]}")
    assert page.get_by_label("Lanjut usia").is_hidden()
    page.get_by_label("Perlu diantar ke rumah").check()
    page.get_by_label("Lanjut usia").check()
    page.get_by_label("Catatan, kalau perlu").fill("Tidak kuat berjalan.")
    page.get_by_role("button", name="Tandai").click()
    assert "/wilayah?ditandai=home_delivery&tanda=" in page.url
    page.goto("/tanda")
    page.get_by_role("button", name="Batalkan tanda NURHAYATI").click()
    assert page.get_by_role("status").inner_text().endswith("Orangnya bisa ditandai lagi dari daftar.")


@pytest.mark.parametrize("role", ["kelurahan", "dinsos"])
def test_every_page_is_for_everybody_on_a_phone_and_at_a_desk(enter, heads, neighbours, role):
    officer = heads.create(role)
    for what, page in pages(enter(officer, **FOR_AXE), officer, neighbours[1]):
        looked_at(page, what, targets=f"{TARGETS}, textarea", inside="body *:not(thead *)")
