"""An area's figures in a real browser without JavaScript: a cheap phone, a desk, by day and by night."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.marks.kinds import MarkKind
from salur.core.neighbourhood.answers import Filter
from salur.core.proposals.kinds import Kind
from tests.fixtures.chromium import WIDE
from tests.fixtures.looks import FOR_AXE, TARGETS, looked_at
from tests.fixtures.office import Announced, Recipient, Reported
from tests.fixtures.proposals import a_draft

Enter = Callable[..., BrowserContext]


@pytest.fixture
def counted(office, services, heads) -> None:
    """Everything a page of figures can hold."""
    people = [Recipient(name=f"WARGA {n}", rt=n % 4 + 1, rw=n % 3 + 4) for n in range(24)]
    office.publishes(*people, period="2025-T4")
    office.publishes(*people, Recipient(rt=None), Recipient(rw=None, rt=None), Recipient(rt=1, state="suspended"))
    office.publishes(*people[:9], Recipient(amount=None), programme="SEMBAKO")
    office.hears(*(Reported(nik=person.nik) for person in people[:8]), Reported(nik=people[9].nik, status="returned"))
    office.announces(Announced())
    head = heads.create("rw")
    line = services.neighbourhood.page(head, Filter(), door=Door.SITE).lines[0]
    services.marks.make(head, line.entitlement, MarkKind.DIED)
    for number, kind in enumerate(Kind):
        services.proposals.send(a_draft(kind), asker=Asker.chat(number))


def pages(context: BrowserContext) -> Iterator[tuple[str, Page]]:
    """What an office can look at."""
    page = context.new_page()
    for address in (
        "/wilayah/angka",
        "/wilayah/angka?wilayah=32.71.05.1002",
        "/wilayah/angka?wilayah=32.71.05.1002&rw=5&putaran=PKH+2025-T4",
    ):
        page.goto(address)
        yield address, page


def test_every_page_is_for_everybody_on_a_phone_and_at_a_desk(enter: Enter, heads, counted: None) -> None:
    for what, page in pages(enter(heads.create("dinsos"), **FOR_AXE)):
        looked_at(page, what, targets=f"{TARGETS}, main td a, main th a")


def test_a_drawing_says_what_the_table_says(enter: Enter, heads, counted: None) -> None:
    page = enter(heads.create("rw"), viewport=WIDE).new_page()
    page.goto("/wilayah/angka")
    drawn = page.get_by_role("img", name="Keadaan bantuan, RW 005, Tegal Gundil")
    assert "Sudah dibayar" in (drawn.get_attribute("aria-labelledby") and drawn.locator("desc").text_content() or "")
    assert page.get_by_role("table", name="Menurut RT").get_by_role("rowheader").last.text_content() == "Jumlah"


def test_nothing_breaks_the_policy(enter: Enter, heads, counted: None) -> None:
    page = enter(heads.create("kelurahan")).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/wilayah/angka")
    assert complaints == []
