"""Place names as offices write them lead to the official region, or to none."""

from __future__ import annotations

from itertools import pairwise

import pytest

from salur.core.people.nik import PROVINCES
from salur.core.regions.gazetteer import Gazetteer
from salur.core.regions.region import RegionKind
from salur.core.regions.shipped import all_regions
from salur.core.regions.zones import time_zone, time_zone_label


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def test_every_region_of_the_country_comes_after_the_one_around_it():
    seen: set[str | None] = {None}
    counts = dict.fromkeys(RegionKind, 0)
    for region in all_regions():
        assert region.parent in seen
        seen.add(region.code)
        counts[region.kind] += 1
    assert list(counts.values()) == [38, 514, 7285, 83762]


@pytest.mark.parametrize(
    ("kelurahan", "kecamatan", "code"),
    [
        ("KEBONPEDES", "TANAH SEREAL", "32.71.06.1002"),
        ("KEL. TEGALGUNDIL", "KEC. BOGOR UTARA", "32.71.05.1002"),
        ("TANAH SEREAL", "TANAH SAREAL", "32.71.06.1001"),  # kecamatan and kelurahan at once
        ("TJIPAKOE", "BOGOR SELATAN", "32.71.01.1016"),
        ("Cilendek Brt", "BOGOR BARAT", "32.71.04.1008"),
        ("DESA SIDODADI", "KEC WONOMULYO", "76.04.03.1001"),
    ],
)
def test_a_name_is_found_however_the_clerk_writes_it(gazetteer, kelurahan, kecamatan, code):
    assert gazetteer.find(kelurahan, kecamatan).kelurahan.code == code


def test_the_answer_has_the_official_spelling(gazetteer):
    match = gazetteer.find("KEBONPEDES", "TANAH SEREAL")
    assert (match.kelurahan.name, match.kecamatan.name, match.regency.name) == (
        "Kebon Pedes",
        "Tanah Sareal",
        "Kota Bogor",
    )


@pytest.mark.parametrize(
    "named",
    [("PABATON", "BOGOR UTARA"), ("ATLANTIS", "BOGOR UTARA"), ("Cilendek", "BOGOR BARAT"), ("X", "BOGOR BARAT")],
)
def test_a_name_that_may_be_another_place_is_not_guessed(gazetteer, named):
    match = gazetteer.find(*named)
    assert match.kelurahan is None
    assert match.kecamatan is not None


def test_a_kelurahan_alone_is_looked_for_in_the_city_of_the_list(gazetteer):
    assert gazetteer.find("SUKARESMI", None).kelurahan is None
    assert gazetteer.find("SUKARESMI", None, within="32.71").kelurahan.code == "32.71.06.1004"
    assert gazetteer.find("SUKARESMI", None, "KOTA BOGOR").kelurahan.code == "32.71.06.1004"


def test_the_kota_and_the_kabupaten_of_one_name_are_told_apart(gazetteer):
    assert gazetteer.find(None, None, "KOTA BOGOR").regency.code == "32.71"
    assert gazetteer.find(None, None, "KAB. BOGOR").regency.code == "32.01"


def test_every_official_name_leads_back_to_itself_in_its_kecamatan(gazetteer):
    areas = ("32.71", "76.04")
    villages = [r for r in all_regions() if r.kind is RegionKind.VILLAGE and r.code.startswith(areas)]
    for village in villages:
        found = gazetteer.find(
            village.name.upper().replace(" ", ""), gazetteer.get(village.parent).name, within=village.code[:5]
        )
        assert found.kelurahan == village


def test_every_province_has_its_time():
    existing = {region.code for region in all_regions() if region.kind is RegionKind.PROVINCE}
    assert existing == PROVINCES - {"54"}
    assert {time_zone(code).key for code in existing} == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}
    assert [time_zone_label(code) for code in ("32.71", "76.04.03", "91", "96")] == ["WIB", "WITA", "WIT", "WIT"]


def test_regions_come_in_the_order_of_their_codes():
    assert all(a.code < b.code for a, b in pairwise(all_regions()))
