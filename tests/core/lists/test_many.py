"""A list of very many people: kept packed, written in an order that nobody can know, compared part by part."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.lists.importing.kept import PIECE, Kept
from salur.core.lists.importing.parts import pairs, parts
from salur.core.lists.importing.scattering import scattered
from salur.core.lists.importing.writer import SharedCodes
from salur.core.lists.kinds import ListedPerson, State, Tally
from salur.core.people.families import LARGEST_FAMILY
from salur.core.people.letter_codes import LetterCode
from salur.core.storage import database
from tests.fixtures.office import Recipient, a_kk, a_nik


def people(count: int) -> list[ListedPerson]:
    """So many, each with numbers of their own."""
    told = ListedPerson(row=1, name="SITI MAESAROH", region_code="32.71.05.1002", rw=5, rt=3, state=State.SUSPENDED)
    return [replace(told, row=row, nik=a_nik(), kk=a_kk(), amount=row) for row in range(count)]


def test_who_is_kept_packed_comes_out_as_they_were():
    everyone = people(2 * PIECE + 3)
    kept = Kept(everyone)
    assert (list(kept), len(kept)) == (everyone, len(everyone))
    assert [kept[0], kept[PIECE], kept[-1]] == [everyone[0], everyone[PIECE], everyone[-1]]
    assert (kept[PIECE - 2 : PIECE + 2], kept[:5]) == (everyone[PIECE - 2 : PIECE + 2], everyone[:5])
    assert kept.tally == Tally.of(everyone)


def test_a_row_that_is_not_there_is_told_so():
    kept = Kept(people(2))
    for index in (2, -3):
        with pytest.raises(IndexError):
            kept[index]


def test_all_are_written_in_another_order_than_that_of_the_file():
    everyone = people(20_000)
    written = [int(person.row) for person in scattered(Kept(everyone))]
    assert sorted(written) == list(range(20_000))
    following = sum(later == earlier + 1 for earlier, later in zip(written, written[1:], strict=False))
    assert following < 20  # one, by chance
    # Nor does it tell in which part of the file somebody stood.
    assert abs(sum(written[:5_000]) / 5_000 - 10_000) < 500
    assert written != [person.row for person in scattered(Kept(everyone))]


def test_neighbourhoods_come_in_an_order_of_each_list_and_so_do_the_people_in_them():
    everyone = [replace(person, rw=row // 1_000, region_code=None) for row, person in enumerate(people(20_000))]
    one, other = ([int(person.row) for person in scattered(Kept(everyone))] for _ in range(2))
    for written in (one, other):
        assert sorted(written) == list(range(20_000))
        apart = sum(abs(later // 1_000 - earlier // 1_000) > 4 for earlier, later in pairwise(written))
        assert apart < 100  # neighbours are written together
        for rw in range(20):
            rows = [row for row in written if row // 1_000 == rw]
            assert abs(correlation(range(len(rows)), rows)) < 0.2
    # Nor do they come as in the file, or sorted: ten groups of them fall so by chance once in millions.
    assert min(abs(correlation(range(len(order)), order)) for order in (one, other)) < 0.9


def test_relatives_are_written_in_the_order_of_their_rows():
    everyone = people(600)
    kk, nik = everyone[3].kk, everyone[7].nik
    for row in (90, 350, 599):
        everyone[row] = replace(everyone[row], kk=kk)
    everyone[351] = replace(everyone[351], nik=nik, kk=kk)  # who joins two families
    for row in (20, 500):
        everyone[row] = replace(everyone[row], nik=None, kk=None, name="ANI")
    written = [person.row for person in scattered(Kept(everyone))]
    places = {row: place for place, row in enumerate(written)}
    family = [places[row] for row in (3, 7, 90, 350, 351, 599)]
    assert family == sorted(family)
    assert places[20] < places[500]


def test_a_crowd_under_one_number_keeps_no_order():
    crowd = [replace(person, kk="3271051203030001") for person in people(LARGEST_FAMILY + 60)]
    assert [person.row for person in scattered(Kept(crowd))] != sorted(person.row for person in crowd)


def test_a_code_that_stands_with_two_people_is_nobodys():
    one, two, three = (Recipient(letter_code=code) for code in ("16100-000001", "16100-000001", "16100-000002"))
    shared = SharedCodes([one, replace(one, row=9), two, three])
    assert LetterCode.parse("16100-000001") in shared
    assert LetterCode.parse("16100-000002") not in shared
    assert LetterCode.parse("16100-000001") not in SharedCodes([one, replace(one, row=9)])


@given(st.lists(st.integers(min_value=0, max_value=300)))
def test_parts_share_no_number_and_lose_none(keys: list[int]):
    found = [list(pairs(part)) for part in parts(keys, range(len(keys)))]
    assert sorted(pair for part in found for pair in part) == sorted((key, row) for row, key in enumerate(keys) if key)
    assert all(rows == sorted(rows) for part in found for rows in [[row for _, row in part]])
    owners = [{key for key, _ in part} for part in found]
    assert sum(map(len, owners)) == len(set().union(*owners))


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("many", "known"), [(3, 3), (4, 0)])
def test_after_many_rows_and_not_after_few_the_database_looks_at_its_tables(office, services, monkeypatch, many, known):
    monkeypatch.setattr(database, "MANY", many)
    office.publishes(*(Recipient() for _ in range(3)))
    with services.database.reading() as connection:
        counted = connection.exec_driver_sql("SELECT reltuples FROM pg_class WHERE oid = 'person'::regclass")
        assert max(counted.scalar_one(), 0) == known
