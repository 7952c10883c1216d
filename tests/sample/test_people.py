"""The invented people: as many as asked for, each with numbers of his own and a name from his place."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from datetime import date
from random import Random

import pytest

from salur.core.people.nik import Kk, Nik
from salur.core.regions.region import RegionKind
from salur.core.regions.shipped import all_regions
from salur.sample.names import a_name
from salur.sample.numbers import Numbers
from salur.sample.people import Household, Person, population

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def households() -> list[Household]:
    """Ten thousand people."""
    return list(population(10_000, 1, today=TODAY))


@pytest.fixture(scope="module")
def people(households: list[Household]) -> list[Person]:
    """The people in them."""
    return [person for household in households for person in household.members]


@pytest.mark.parametrize("asked", [1, 7, 90, 5000])
def test_there_are_as_many_people_as_were_asked_for(asked: int) -> None:
    assert sum(len(household.members) for household in population(asked)) == asked


def test_the_same_seed_makes_the_same_people() -> None:
    assert list(population(500, 4)) == list(population(500, 4))
    assert list(population(500, 4)) != list(population(500, 5))


def test_nobody_shares_a_number(households: list[Household], people: list[Person]) -> None:
    numbers = [person.nik for person in people] + [household.kk for household in households]
    assert len(set(numbers)) == len(numbers)


def test_every_number_is_well_formed_and_tells_age_and_sex(households: list[Household], people: list[Person]) -> None:
    for household in households:
        assert Kk.parse(household.kk).reveal() == household.kk
    for person in people:
        nik = Nik.parse(person.nik)
        assert nik.is_a_womans == person.woman
        assert person.born in nik.birth_date.candidates
        assert 17 < (TODAY - person.born).days / 365.25 < 95


def test_a_day_runs_out_of_serials_rather_than_giving_a_number_twice() -> None:
    numbers = Numbers()
    born = date(1980, 7, 1)
    given = {numbers.nik("327105", born, woman=True) for _ in range(9999)}
    assert len(given) == 9999
    with pytest.raises(OverflowError):
        numbers.nik("327105", born, woman=True)


def test_every_kelurahan_of_bogor_and_both_districts_of_mandar_have_people(households: list[Household]) -> None:
    regions = [region for region in all_regions() if region.kind is RegionKind.VILLAGE]
    bogor = {region.code for region in regions if region.code.startswith("32.71.")}
    assert len(bogor) == 68
    lived_in = {household.area.code for household in households}
    assert bogor <= lived_in
    names = {household.area.district for household in households if not household.area.code.startswith("32.")}
    assert names == {"Wonomulyo", "Tinambung"}


def test_a_place_is_written_as_the_gazetteer_has_it(households: list[Household]) -> None:
    official = {region.code: region.name for region in all_regions()}
    for household in households:
        assert household.area.name.casefold() == official[household.area.code].casefold()
        assert household.area.district == official[household.area.district_code]


def test_mothers_are_usually_the_payees(households: list[Household]) -> None:
    payees = Counter(household.members[0].woman for household in households)
    assert payees[True] > 4 * payees[False]


def test_names_are_as_unevenly_spread_as_in_a_register(people: list[Person]) -> None:
    names = Counter(person.name for person in people)
    assert len(names) > 3000
    assert 0.003 < names.most_common(1)[0][1] / len(people) < 0.015
    first = Counter(person.name.split()[0] for person in people)
    assert first.most_common(1)[0][0] == "SITI"
    mononyms = sum(count for name, count in names.items() if " " not in name)
    assert 0.15 < mononyms / len(people) < 0.5


@pytest.mark.parametrize(
    ("district", "at_home", "elsewhere"), [("Wonomulyo", "SRI", "SITTI"), ("Tinambung", "SITTI", "SRI")]
)
def test_names_sound_right_for_their_place(
    households: list[Household], district: str, at_home: str, elsewhere: str
) -> None:
    first = Counter(p.name.split()[0] for h in households if h.area.district == district for p in h.members)
    assert first[at_home] > first[elsewhere]


@pytest.mark.parametrize("culture", ["sunda", "betawi", "jawa", "mandar", "bugis"])
@pytest.mark.parametrize("woman", [True, False])
def test_no_name_says_a_word_twice(culture: str, woman: bool) -> None:
    rng = Random(3)
    for _ in range(500):
        words = a_name(culture, woman=woman, rng=rng).split()
        assert len(set(words)) == len(words) > 0
        assert all(word == word.upper() for word in words)


def test_more_people_take_no_more_memory() -> None:
    few, many = (_peak(count) for count in (3_000, 12_000))
    assert many < 1.1 * few


def _peak(count: int) -> int:
    """Bytes at the highest point of streaming this many people."""
    next(population(1))  # what is read once and kept
    tracemalloc.start()
    try:
        for _ in population(count):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
