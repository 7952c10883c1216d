"""`/wilayah/angka`: an officer reads his area's figures, goes into it, and takes them away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
import python_calamine

from salur.core.officers.roles import Officer, Role
from salur.wiring import Services
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient, Reported
from tests.fixtures.officers import Heads, SignedIn
from tests.web.conftest import text_of

Enter = Callable[[Officer], SignedIn]


@pytest.fixture
def lists(office: Office) -> Office:
    """Two quarters of one programme and one of another; some were paid, one nobody knows where in RW 5 she lives."""
    people = [Recipient(name=f"IBU {number}", rt=number % 2 + 3) for number in range(10)]
    office.publishes(*people, period="2025-T4")
    office.hears(*(Reported(nik=person.nik) for person in people), period="2025-T4")
    office.publishes(*people, Recipient(name="TANPA RT", rt=None))
    office.publishes(*people[:3], programme="SEMBAKO")
    office.hears(*(Reported(nik=person.nik) for person in people[:4]))
    office.announces(Announced())
    return office


def test_the_head_of_an_rw_reads_the_whole_and_each_rt(lists: Office, heads: Heads, signed_in: Enter) -> None:
    page = text_of(signed_in(heads.create(Role.RW)).opens("/wilayah/angka"))
    for told in ("14 penerima", "Rp8.400.000", "RW 005, Tegal Gundil", "RT 003", "RT 004", "RT tidak diketahui"):
        assert told in page
    assert "IBU" not in page


def test_an_office_goes_down_to_an_rt_and_back(lists: Office, heads: Heads, signed_in: Enter) -> None:
    browser = signed_in(heads.create(Role.DINSOS))
    address = "/wilayah/angka"
    for inside in ("wilayah=32.71.05", f"wilayah={TEGAL_GUNDIL}", "rw=5", "rt=3"):
        page = browser.opens(address).text
        address = next(link for link in page.split('href="')[1:] if inside in link.partition('"')[0]).partition('"')[0]
        address = address.replace("&amp;", "&")
    page = browser.opens(address).text
    assert "RT 003 RW 005, Tegal Gundil" in page
    for above in ("Kota Bogor", "Kecamatan Bogor Utara", "Kelurahan Tegal Gundil"):
        assert above in page


def test_an_earlier_period_is_chosen(lists: Office, heads: Heads, signed_in: Enter) -> None:
    browser = signed_in(heads.create(Role.KELURAHAN))
    assert "PKH, " in browser.opens("/wilayah/angka").text
    page = text_of(browser.opens("/wilayah/angka?putaran=PKH+2025-T4"))
    assert "10 penerima" in page
    assert browser.opens("/wilayah/angka?putaran=PKH+1999-T4").status_code == 404


@pytest.mark.parametrize("query", ["rt=4", "rw=6", "wilayah=32.71.05.1001", "wilayah=32.71", "wilayah=x"])
def test_what_is_not_his_is_not_there(lists: Office, heads: Heads, signed_in: Enter, query: str) -> None:
    browser = signed_in(heads.create(Role.RT))
    assert browser.opens(f"/wilayah/angka?{query}").status_code == 404
    fields: dict[str, Any] = dict([query.split("=")])
    assert browser.posts("/wilayah/angka.xlsx", **fields).status_code == 404


def test_it_is_taken_away_for_excel_and_as_csv(
    services: Services, lists: Office, heads: Heads, signed_in: Enter
) -> None:
    browser = signed_in(heads.create(Role.KELURAHAN))
    file = browser.posts("/wilayah/angka.csv")
    assert file.headers["Cache-Control"] == "no-store"
    lines = list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";"))
    told = [(row["Wilayah"], row["Program"], row["Penerima"], row["Sudah dibayar"]) for row in lines]
    assert told[:3] == [
        ("Jumlah", "Semua program", "14", "4"),
        ("Jumlah", "PKH", "11", "4"),
        ("Jumlah", "SEMBAKO", "3", "0"),
    ]
    assert told[3][0] == "RW 005"
    sent = browser.posts("/wilayah/angka.xlsx", putaran="PKH 2026-T1")
    rows = python_calamine.load_workbook(io.BytesIO(sent.data)).get_sheet_by_name("Penyaluran").to_python()
    assert rows[4][4:9] == ["Semua program", "", 11, 6_600_000, 4]
    assert browser.opens("/wilayah/angka.csv").headers["Location"] == "/wilayah/angka"


def test_a_payment_officer_sees_no_proposals_and_marks(lists: Office, heads: Heads, signed_in: Enter) -> None:
    sent = signed_in(heads.create(Role.PAYOUT)).posts("/wilayah/angka.xlsx")
    assert python_calamine.load_workbook(io.BytesIO(sent.data)).sheet_names == ["Penyaluran"]


def test_before_the_first_list_it_says_so(heads: Heads, signed_in: Enter) -> None:
    assert "Tidak ada penerima di sini." in text_of(signed_in(heads.create(Role.RT)).opens("/wilayah/angka"))
