"""Which kelurahan a typed name means: sure only when it is written as its own name, else a question."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.regions.search import Kelurahan, find, squeeze
from salur.core.regions.shipped import all_regions

KNOWN = (
    Kelurahan("32.71.06.1005", "Kebon Pedes", "Tanah Sareal"),
    Kelurahan("32.71.05.1004", "Tegal Gundil", "Bogor Utara"),
    Kelurahan("32.71.01.1001", "Pabaton", "Bogor Tengah"),
    Kelurahan("32.71.03.1001", "Pakuan", "Bogor Selatan"),
    Kelurahan("76.04.01.1001", "Pabaton", "Wonomulyo"),
)


@cache
def kelurahan_of(city: str) -> tuple[Kelurahan, ...]:
    """All kelurahan and desa of a city or regency, as they really are called."""
    regions = {region.code: region for region in all_regions() if region.code.startswith(city)}
    return tuple(Kelurahan(r.code, r.name, regions[r.code[:8]].name) for r in regions.values() if len(r.code) == 13)


def names(found: tuple[Kelurahan, ...]) -> list[str]:
    """How they are called, with their kecamatan."""
    return [f"{one.name}, {one.district}" for one in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("KEBONPEDES", ["Kebon Pedes"]),
        ("Kel. Tegalgundil", ["Tegal Gundil"]),
        ("kebon pedis", ["Kebon Pedes"]),
        ("tegal", ["Tegal Gundil"]),
        ("pabaton", ["Pabaton", "Pabaton"]),
        ("Pabaton Wonomulyo", ["Pabaton"]),
        ("pa", []),
        ("Jakarta", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_kelurahan_is_found_as_people_write_it(typed: str, found: list[str]) -> None:
    assert [kelurahan.name for kelurahan in find(typed, KNOWN).choices] == found


@pytest.mark.parametrize(
    "typed",
    ["KEBONPEDES", "Kel. Kebon Pedes", "kelurahan kebonpedes", "kebon-pedes", "Kebon Pedes, Tanah Sareal",
     "kebon pedes kec. tanah sareal", "Desa Kebon Pedes, Kecamatan Tanah Sareal", "Pabaton, Wonomulyo",
     "32.71.06.1005"],
)  # fmt: skip
def test_a_name_written_as_its_own_is_sure(typed: str) -> None:
    assert find(typed, KNOWN).sure is not None


@pytest.mark.parametrize(
    "typed",
    ["kebon pedis", "kebon", "pedes", "pabaton", "Kampung Kebon Pedes", "Kp. Pakuan", "kebon pedes bogor utara",
     "kebon pedes 2", "tegal gundul", "Tanah Sareal", ""],
)  # fmt: skip
def test_whatever_is_only_alike_or_borne_by_two_is_never_sure(typed: str) -> None:
    assert find(typed, KNOWN).sure is None


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Sukamaju", ["Sukamaju, Cibungbulang", "Sukamaju, Cigudeg", "Sukamaju, Jonggol", "Sukamaju, Megamendung"]),
        ("SUKA MADJU", ["Sukamaju, Cibungbulang", "Sukamaju, Cigudeg", "Sukamaju, Jonggol", "Sukamaju, Megamendung"]),
    ],
)
def test_a_name_that_several_bear_is_asked_for_with_the_kecamatan(typed: str, asked: list[str]) -> None:
    found = find(typed, kelurahan_of("32.01"))
    assert found.sure is None
    assert found.likely is None
    assert set(asked) <= set(names(found.choices))
    chosen = find(asked[1], kelurahan_of("32.01")).sure
    assert chosen is not None
    assert names((chosen,)) == [asked[1]]


@pytest.mark.parametrize("city", ["32.71", "32.01"])
def test_every_kelurahan_is_sure_by_name_and_kecamatan_and_no_other_is_taken_for_it(city: str) -> None:
    for one in kelurahan_of(city):
        found = find(f"{one.name}, {one.district}", kelurahan_of(city))
        assert found.sure == one
        by_name = find(one.name.upper(), kelurahan_of(city))
        assert one in by_name.same
        assert by_name.sure in (one, None)


@given(st.data())
def test_one_wrong_letter_is_never_sure_of_a_wrong_place(data: st.DataObject) -> None:
    every = kelurahan_of("32.71")
    one = data.draw(st.sampled_from(every))
    at = data.draw(st.integers(0, len(one.name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz "))
    typed = one.name[:at] + letter + one.name[at + 1 :]
    found = find(typed, every)
    assert found.sure is None or squeeze(typed) == squeeze(found.sure.name)  # a slip may make the very name of another


@given(st.text(max_size=200))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    found = find(typed, KNOWN)
    assert len(found.choices) <= len(KNOWN)
    assert found.sure is None or found.sure in found.same


def test_a_misspelling_that_two_are_as_like_is_a_question_with_both() -> None:
    twins = (Kelurahan("1", "Kedung Jaya", "A"), Kelurahan("2", "Kedung Raya", "A"))
    found = find("kedung daya", twins)
    assert (found.sure, found.likely) == (None, None)
    assert set(found.choices) == set(twins)


def test_old_spellings_are_offered() -> None:
    assert "Cipaku, Bogor Selatan" in names(find("Tjipakoe", kelurahan_of("32.71")).choices)


def test_a_list_holds_all_that_fit_by_name_or_kecamatan() -> None:
    listed = find("bogor utara", kelurahan_of("32.71")).listed
    assert {one.district for one in listed} == {"Bogor Utara"}
    assert "Cibogor, Bogor Tengah" in names(find("bogor", kelurahan_of("32.71")).listed)
    assert find("te", kelurahan_of("32.71")).choices == ()
    assert find("te", kelurahan_of("32.71")).listed
