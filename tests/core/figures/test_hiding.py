"""Small numbers stay hidden, also from whoever subtracts, knows the rules and tries every other city."""

from __future__ import annotations

import random
from collections.abc import Mapping
from hashlib import sha256

import pytest

from salur.core.figures.hiding import LEAST, hidden_parts

Told = tuple[tuple[tuple[str, int | None], ...], int | None]


def order(code: str) -> bytes:
    """An order that has nothing to do with sizes."""
    return sha256(code.encode()).digest()


def told(counts: Mapping[str, int]) -> Told:
    """What is published of these: the parts, and the sum where it may be told."""
    hidden, sum_told = hidden_parts(counts, order)
    parts = tuple((code, None if code in hidden else count) for code, count in sorted(counts.items()))
    return parts, sum(counts.values()) if sum_told else None


def another_city(counts: Mapping[str, int], small: str) -> bool:
    """Whether a city with another number there would have published the same."""
    published = told(counts)
    for other in counts.keys() - {small}:
        for change in (-1, 1):
            changed = {**counts, small: counts[small] + change, other: counts[other] - change}
            if min(changed.values()) > 0 and told(changed) == published:
                return True
    # Where the sum is not told, nothing binds the hidden ones together.
    return any(told({**counts, small: other}) == published for other in range(1, LEAST) if other != counts[small])


@pytest.mark.parametrize("seed", range(60))
def test_no_small_number_follows_from_what_is_told(seed):
    chance = random.Random(seed)
    for _ in range(40):
        sizes = [chance.choice((1, 2, 3, 4, 5, 6, 7, 9, 12, 40)) for _ in range(chance.randint(1, 7))]
        counts = {f"kelurahan {i}": size for i, size in enumerate(sizes)}
        hidden, _ = hidden_parts(counts, order)
        for code, count in counts.items():
            if count < LEAST:
                assert code in hidden
                assert another_city(counts, code), counts


def test_where_nothing_is_small_nothing_is_hidden():
    assert hidden_parts({"a": 5, "b": 900, "none": 0}, order) == (frozenset(), True)


def test_what_is_hidden_besides_a_small_one_is_not_chosen_by_its_size():
    chosen = set()
    for number in range(40):
        (other,) = hidden_parts({"small": 2, **{f"{number} {size}": size for size in (10, 500)}}, order)[0] - {"small"}
        chosen.add(other.split()[1])
    assert chosen == {"10", "500"}


def test_a_sum_of_few_is_hidden_itself():
    assert hidden_parts({"a": 2, "b": 1}, order) == (frozenset("ab"), False)
    assert hidden_parts({"a": 3}, order) == (frozenset("a"), False)
