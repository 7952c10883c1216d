"""Codes of regions in cells, SIAK's own columns, and regencies with a new name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.regions.gazetteer import RENAMED, Gazetteer
from salur.core.regions.region import DISTRICT, VILLAGE
from salur.core.regions.shipped import table
from salur.intake.people import read_list
from salur.intake.region_codes import place_of
from tests.intake.office import kk, nik, write_csv

CODES = [code for code, _, _ in (line.partition(",") for line in table().splitlines()[::997]) if len(code) == VILLAGE]


FORMS = ["{} {}", "[{}] {}", "{} - {}", "({}) {}", "{}/{}", "{}. {}", "{}{}"]


@given(
    st.sampled_from(CODES),
    st.sampled_from(FORMS),
    st.booleans(),
)
def test_a_code_with_its_name_is_that_place(code, form, dots):
    region = Gazetteer.load().get(code)
    assert region
    place = place_of(form.format(code if dots else code.replace(".", ""), region.name))
    assert (place.region, place.clear) == (region, True)


def test_a_code_behind_its_name_or_alone_is_that_place():
    for text in ("KEBON PEDES (32.71.06.1002)", "KEL. KEBONPEDES - 3271061002", "32.71.06.1002", "3271061002"):
        assert place_of(text).region == Gazetteer.load().get("32.71.06.1002")


@pytest.mark.parametrize("text", ["13 ILIR", "KEBON PEDES", "9 NOPEMBER", "[3271060] TANAH SAREAL", "RW 05"])
def test_what_holds_no_code_is_a_name(text):
    assert (place_of(text).region, place_of(text).clear) == (None, True)


def test_a_code_that_contradicts_its_name_is_unclear():
    assert not place_of("32.71.06.1002 LOJI").clear
    assert place_of("3271061002 LOJI") == ("LOJI", None, True)  # it may be one of another office


def listed(tmp_path, *cells):
    rows = [["NIK", "NAMA", "KELURAHAN", "KECAMATAN", "KAB/KOTA"], [nik(1), "SITI", *cells]]
    return read_list(write_csv(tmp_path / "a.csv", rows))


@pytest.mark.parametrize(
    "cells",
    [
        ("[3271061002] KEBON PEDES", "[3271060] TANAH SAREAL", "[3271] KOTA BOGOR"),
        ("32.71.06.1002 KEBON PEDES", "32.71.06 TANAH SAREAL", "32.71 KOTA BOGOR"),
        ("3271061002", "327106", "3271"),
        ("KEBON PEDES", "32.71.06", ""),
        ("KEBON PEDES (32.71.06.1002)", "", "BOGOR"),
    ],
)
def test_a_list_may_name_its_regions_by_code(tmp_path, cells):
    draft = listed(tmp_path, *cells)
    assert [p.region_code for p in draft.people] == ["32.71.06.1002"]
    assert (draft.people[0].kelurahan, draft.people[0].kecamatan) == ("Kebon Pedes", "Tanah Sareal")
    assert draft.faults == ()


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("32.71.06.1002 LOJI", "", ""), "kelurahan"),
        (("32.71.06.1002", "BOGOR BARAT", ""), "kecamatan"),
        (("32.71.06.1002 KEBON PEDES", "", "KAB. CIREBON"), "kab_kota"),
        (("ATLANTIS", "32.71.06", ""), "kelurahan"),
        (("99.99.99.1001", "", ""), "kelurahan"),
    ],
)
def test_a_code_against_the_rest_of_its_row_is_a_fault(tmp_path, cells, column):
    assert [fault[1:] for fault in listed(tmp_path, *cells).faults] == [(column, "region_unknown")]


@pytest.mark.parametrize(
    ("old", "code"), [("TOBA SAMOSIR", "12.12"), ("KAB. MAMUJU UTARA", "76.01"), ("Kab. Pontianak", "61.02")]
)
def test_a_regency_is_known_by_the_name_that_it_had(old, code):
    district = a_district_of(code)
    assert district
    assert Gazetteer.load().find(None, district.name, old).regency == Gazetteer.load().get(code)
    assert Gazetteer.load().is_regency(old)


def a_district_of(regency):
    codes = (line.partition(",")[0] for line in table().splitlines() if line.startswith(regency + "."))
    return Gazetteer.load().get(next(code for code in codes if len(code) == DISTRICT))


def test_the_city_goes_on_beside_a_renamed_regency():
    assert Gazetteer.load().find(None, "PONTIANAK KOTA", "KOTA PONTIANAK").regency == Gazetteer.load().get("61.71")
    assert all(Gazetteer.load().get(code) for code in RENAMED.values())


def test_siaks_own_columns_and_dotted_numbers_are_read(tmp_path):
    def dots(number):
        return f"{number[:2]}.{number[2:6]}.{number[6:]}"

    header = "NO NO_KK NIK NAMA_LGKP JENIS_KLMIN TMPT_LHR STAT_HBKEL NAMA_LGKP_IBU ALAMAT NO_RT NO_RW NAMA_KEL NAMA_KEC"
    rows = [header.split()]
    rows += [
        [
            str(i),
            dots(kk(i)),
            dots(nik(i)),
            *"SITI;P;BOGOR;ISTRI;AMINAH;KP. BARU;3;5;KEBON PEDES;TANAH SAREAL".split(";"),
        ]
        for i in range(1, 4)
    ]
    people = read_list(write_csv(tmp_path / "a.csv", rows)).people
    assert [(p.nik, p.kk, p.name, p.rt, p.rw, p.region_code) for p in people] == [
        (nik(i), kk(i), "SITI", 3, 5, "32.71.06.1002") for i in range(1, 4)
    ]
