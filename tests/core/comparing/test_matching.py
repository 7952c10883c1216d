"""Who of one list is who of another: found by what both say, and where several may be one, left to somebody."""

from __future__ import annotations

import random
from itertools import count
from typing import Any

import pytest

from salur.core.comparing.matching import Matched, Row, match

_ids = count(1)
A, B, C = b"a", b"b", b"c"


def a_row(name: str = "SITI", person: int | None = None, **said: Any) -> tuple[Row, str]:
    """Somebody of RT 3 RW 5, and their name."""
    id = next(_ids)
    facts = {"nik": None, "kk": None, "letter": None, "region_code": "32.71.05.1002", "rw": 5, "rt": 3, "amount": 1}
    return Row(id=id, person=person or id, **{**facts, **said}, state="entitled", reason=None), name


def compared(before: list[tuple[Row, str]], after: list[tuple[Row, str]], *, one_round: bool = True) -> Matched:
    """Match them, and see that everybody went one way."""
    names = {row.person: name for row, name in (*before, *after)}
    one, other = ([row for row, _ in rows] for rows in (before, after))
    found = match(one, other, lambda row: names[row.person], one_round=one_round)
    of_one = [*found.removed, *(a for a, _ in found.pairs), *(row for rows, _ in found.unsure for row in rows)]
    of_other = [*found.added, *(b for _, b in found.pairs), *(row for _, rows in found.unsure for row in rows)]
    assert sorted(of_one) == sorted(one)
    assert sorted(of_other) == sorted(other)
    return found


def shape(found: Matched) -> tuple[int, int, int, int]:
    """How many pairs, removed, added and groups to look at."""
    return len(found.pairs), len(found.removed), len(found.added), len(found.unsure)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"nik": A}, {"nik": A, "name": "SITI AMINAH"}, (1, 0, 0, 0)),
        ({"nik": A, "kk": C}, {"nik": B, "kk": C}, (1, 0, 0, 0)),  # a slip in a NIK makes nobody new
        ({"kk": C}, {"nik": B, "kk": C, "rt": 9}, (1, 0, 0, 0)),
        ({"letter": A}, {"letter": A, "rt": 9}, (1, 0, 0, 0)),
        ({}, {"nik": A}, (1, 0, 0, 0)),  # a name in an RT
        ({}, {"rt": 4}, (0, 1, 1, 0)),
        ({"rt": None}, {"rt": None}, (0, 1, 1, 0)),  # every city has many of that name
        ({"nik": A}, {"nik": B}, (0, 1, 1, 0)),  # namesakes whose numbers say that they are two
        ({"nik": A, "letter": C}, {"nik": B, "letter": C}, (0, 1, 1, 0)),
        ({"name": "EUIS"}, {"name": "SITI"}, (0, 1, 1, 0)),
    ],
)
def test_one_candidate_is_the_person_unless_a_number_says_otherwise(one, other, expected):
    assert shape(compared([a_row(**one)], [a_row(**other)])) == expected


def test_a_nik_that_stands_twice_on_one_list_is_looked_at():
    found = compared([a_row(nik=A)], [a_row(nik=A), a_row(nik=A, rt=9)])
    assert shape(found) == (0, 0, 0, 1)


def test_a_double_that_both_lists_have_alike_is_nothing_new():
    before = [a_row(nik=A, person=1), a_row(nik=A, person=2)]
    assert shape(compared(before, [a_row(nik=A, person=2), a_row(nik=A, person=1)])) == (2, 0, 0, 0)


def test_of_a_family_those_are_found_who_can_be_told_apart():
    before = [a_row("SITI", kk=C, rt=1), a_row("EUIS", kk=C, rt=2)]
    assert shape(compared(before, [a_row("EUIS", kk=C, rt=9)])) == (1, 1, 0, 0)
    assert shape(compared(before, [a_row("IDA", kk=C)])) == (0, 0, 0, 1)


def test_a_number_copied_down_a_column_is_nobodys():
    before = [a_row(f"A{n}", kk=C, nik=bytes([n])) for n in range(50)]
    after = [a_row(f"B{n}", kk=C, nik=bytes([100 + n])) for n in range(50)]
    assert shape(compared(before, after)) == (0, 50, 50, 0)


def test_two_of_one_name_in_an_rt_are_looked_at():
    assert shape(compared([a_row()], [a_row(), a_row()])) == (0, 0, 0, 1)
    assert shape(compared([a_row(), a_row("EUIS")], [a_row(), a_row("EUIS")])) == (2, 0, 0, 0)


def test_a_letter_of_another_round_with_another_name_is_looked_at():
    before, after = [a_row("SITI", letter=A)], [a_row("EUIS", letter=A)]
    assert shape(compared(before, after)) == (1, 0, 0, 0)
    assert shape(compared(before, after, one_round=False)) == (0, 0, 0, 1)


def test_whatever_the_lists_say_nobody_is_lost_or_counted_twice():
    chance = random.Random(7)

    def any_row() -> tuple[Row, str]:
        numbers: dict[str, Any] = {
            kind: chance.choice([None, *(bytes([n]) for n in range(9))]) for kind in ("nik", "kk", "letter")
        }
        return a_row(chance.choice(["SITI", "EUIS", "IDA"]), **numbers, rt=chance.choice([None, 1, 2]))

    for _ in range(300):
        sizes = chance.randrange(12), chance.randrange(12)
        compared(*([any_row() for _ in range(size)] for size in sizes), one_round=chance.random() < 0.5)
