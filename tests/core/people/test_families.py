"""Who is a family under one KK number, counted in a statement as among rows at hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, create_engine, insert, select

from salur.core.people.families import LARGEST_FAMILY, are_family, is_family

LISTED = Table("listed", MetaData(), Column("nik", LargeBinary), Column("id", Integer))
Someone = tuple[bytes | None, int]


def many(people: int, *, nik: bool = True) -> list[Someone]:
    """So many different people."""
    return [(b"%032d" % id if nik else None, id) for id in range(1, people + 1)]


def said_by_a_statement(people: list[Someone]) -> bool:
    """What the database says of them."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        LISTED.create(connection)
        connection.execute(insert(LISTED), [{"nik": nik, "id": id} for nik, id in people])
        found = connection.execute(select(are_family(LISTED.c.nik, LISTED.c.id))).scalar_one()
    engine.dispose()
    return bool(found)


@pytest.mark.parametrize("nik", [True, False])
@pytest.mark.parametrize(("people", "family"), [(1, True), (LARGEST_FAMILY, True), (LARGEST_FAMILY + 1, False)])
def test_up_to_the_largest_family_it_is_one(people, family, nik):
    crowd = many(people, nik=nik)
    assert (is_family(crowd), said_by_a_statement(crowd)) == (family, family)


def test_who_is_listed_many_times_is_one_person():
    listed = [(nik, id + 100 * time) for time in range(5) for nik, id in many(20)] + many(10, nik=False) * 5
    assert (is_family(listed), said_by_a_statement(listed)) == (True, True)


people = st.tuples(st.sampled_from([None, *(nik for nik, _ in many(60))]), st.integers(1, 120))


@given(st.lists(people, min_size=1, max_size=150))
def test_a_statement_counts_as_rows_at_hand_are_counted(listed: list[Someone]) -> None:
    assert said_by_a_statement(listed) == is_family(listed)
