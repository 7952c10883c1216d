"""`/angka`: what everybody may know, in three shapes that hold the same."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from salur.core.figures import figures
from salur.core.figures.answers import Figures, Round, Source, Total
from salur.core.lists.kinds import State
from salur.documents.figures_files import figures_csv
from tests.fixtures.office import TEGAL_GUNDIL, Office, Recipient, Reported
from tests.web.conftest import Visitor, text_of

KEDUNG_HALANG = "32.71.05.1003"


@pytest.fixture
def families(office: Office) -> list[Recipient]:
    """120 in Tegal Gundil, three in Kedung Halang; 115 of them were paid, one was taken off."""
    many = [Recipient(name=f"IBU {n}") for n in range(120)]
    few = [Recipient(name=f"BAPAK {n}", region_code=KEDUNG_HALANG) for n in range(3)]
    office.publishes(*many, *few, Recipient(name="YANG PINDAH", state=State.TAKEN_OFF, reason="moved"))
    office.hears(*(Reported(nik=person.nik) for person in many[:115]))
    return [*many, *few]


def test_totals_are_told_small_ones_and_who_it_is_are_not(visitor: Visitor, families: list[Recipient]) -> None:
    page = text_of(visitor.opens("/angka"))
    for told in (
        "123 penerima",
        "Rp73.800.000",
        "Sudah dibayarkan: 90 %.",
        "SK Dinsos 460/12/2026",
        "tidak ditampilkan",
    ):
        assert told in page
    for untold in ("IBU", "BAPAK", "120", "115", "72.000.000"):
        assert untold not in page


def test_page_csv_and_json_hold_the_same(visitor: Visitor, families: list[Recipient]) -> None:
    lines = list(csv.DictReader(io.StringIO(visitor.opens("/angka.csv").text)))
    told = [(line["kelurahan"], line["penerima"], line["jumlah_rupiah"], line["persen_dibayar"]) for line in lines]
    everybody = ("", "123", "73800000", "90")
    assert told == [everybody, everybody, ("Kedung Halang", "", "", ""), ("Tegal Gundil", "", "", "")]
    (round_,) = json.loads(visitor.opens("/angka.json").text)["daftar"]
    (district,) = round_["kecamatan"]
    assert (round_["penerima"], district["penerima"], round_["persen_dibayar"]) == (123, 123, 90)
    assert [part["disembunyikan"] for part in district["kelurahan"]] == [True, True]
    for file in ("/angka.csv", "/angka.json"):
        assert "120" not in visitor.opens(file).text


def test_sums_are_those_of_the_parts_and_of_what_residents_read(
    visitor: Visitor, office: Office, families: list[Recipient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salur.core.figures.hiding.LEAST", 0)
    monkeypatch.setattr(figures, "SHARE_OF", 1)
    monkeypatch.setattr(figures, "STEP", 1)
    (round_,) = json.loads(visitor.opens("/angka.json").text)["daftar"]
    (district,) = round_["kecamatan"]
    parts = {part["kode"]: part for part in district["kelurahan"]}
    assert parts[TEGAL_GUNDIL]["penerima"] == 120
    assert parts[TEGAL_GUNDIL]["persen_dibayar"] == 95
    assert parts[KEDUNG_HALANG]["penerima"] == 3
    assert sum(part["penerima"] for part in parts.values()) == district["penerima"] == round_["penerima"] == 123
    amounts = [part["jumlah_rupiah"] for part in parts.values()]
    assert sum(amounts) == round_["jumlah_rupiah"] == sum(family.amount or 0 for family in families)


def test_what_is_paid_afterwards_is_told_within_five_minutes(
    visitor: Visitor, office: Office, families: list[Recipient], clock
) -> None:
    assert "90 %" in text_of(visitor.opens("/angka"))
    office.hears(*(Reported(nik=family.nik) for family in families[115:]))
    assert "90 %" in text_of(visitor.opens("/angka"))
    clock.passes(seconds=figures.KEPT / timedelta(seconds=1))
    assert "100 %" in text_of(visitor.opens("/angka"))


def test_before_the_first_list_it_says_so(visitor: Visitor) -> None:
    assert "Belum ada daftar yang berlaku." in text_of(visitor.opens("/angka"))
    assert len(visitor.opens("/angka.csv").text.splitlines()) == 1


def test_what_an_office_writes_runs_in_no_spreadsheet() -> None:
    source = Source("=HYPERLINK(1)", date(2026, 1, 12), "Dinas Sosial")
    round_ = Round("PKH", "-1+1", "2026-T1", Total(9, None, None), (), (source,))
    file = figures_csv(Figures(datetime(2026, 2, 20, tzinfo=UTC), (round_,)))
    assert ",'=HYPERLINK(1)" in file
    assert ",'-1+1," in file
