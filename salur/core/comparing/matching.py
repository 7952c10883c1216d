"""Who of one list is who of another: by the NIK, else the KK number, else the letter code, else the name in an RT.

Nobody is guessed. Where several may be one person, all of them are put together, for somebody to look at. A number
says nothing where both rows have another kind of number by which they are two; and letters are numbered anew in each
round, so that between rounds a letter alone tells nobody apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from salur.core.people.families import LARGEST_FAMILY


class Row(NamedTuple):
    """Someone on a list. `person`: the row of `person`, which lists share that write somebody alike."""

    id: int
    person: int
    nik: bytes | None
    kk: bytes | None
    letter: bytes | None
    region_code: str | None
    rw: int | None
    rt: int | None
    amount: int | None
    state: str
    reason: str | None


Pair = tuple[Row, Row]
Bucket = tuple[list[Row], list[Row]]
NameOf = Callable[[Row], str]  # as it is compared; opening it costs most of the time


@dataclass(slots=True)
class Matched:
    """Every row of both lists stands in one of these."""

    pairs: list[Pair] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)
    unsure: list[Bucket] = field(default_factory=list)


def match(before: Sequence[Row], after: Sequence[Row], name_of: NameOf, *, one_round: bool) -> Matched:
    """Find everyone of one list on the other. `one_round`: they are of one programme and period."""
    return _Matching(before, after, name_of).all(one_round)


class _Matching:
    def __init__(self, before: Sequence[Row], after: Sequence[Row], name_of: NameOf) -> None:
        self._left: tuple[dict[int, Row], dict[int, Row]] = ({r.id: r for r in before}, {r.id: r for r in after})
        self._name_of = name_of
        self._found = Matched()

    def all(self, one_round: bool) -> Matched:
        for bucket in self._buckets(lambda row: row.nik):
            self._by_nik(bucket)
        for bucket in self._buckets(lambda row: row.kk):
            self._by_kk(bucket)
        for bucket in self._buckets(lambda row: row.letter):
            self._where_one(bucket, lambda one, other: not _are_two(one, other) and self._namesakes(one, other))
        for bucket in self._buckets(_home):
            self._by_name(bucket)
        for one, other in self._buckets(lambda row: row.letter):
            if any(not _are_two(*pair) for pair in _each(one, other)):
                self._settle((one, other), sure=one_round)
        self._found.removed, self._found.added = (list(rows.values()) for rows in self._left)
        return self._found

    def _buckets(self, key: Callable[[Row], Hashable]) -> Iterator[Bucket]:
        """What is left of both lists under one key, where both have somebody there."""
        buckets: dict[Hashable, Bucket] = defaultdict(lambda: ([], []))
        for side, rows in enumerate(self._left):
            for row in rows.values():
                if (value := key(row)) is not None:
                    buckets[value][side].append(row)
        return (bucket for bucket in list(buckets.values()) if all(bucket))

    def _by_nik(self, bucket: Bucket) -> None:
        """One NIK is one person. Where it stands more often on one list than on the other, somebody has to look."""
        one, other = (sorted(rows, key=lambda row: (row.person, row.amount or 0, row.id)) for rows in bucket)
        alike = [row.person for row in one] == [row.person for row in other]
        if len(one) == 1 == len(other) or alike:
            for pair in zip(one, other, strict=True):
                self._pair(*pair)
        else:
            self._look_at(one, other)

    def _by_kk(self, bucket: Bucket) -> None:
        """One KK number is one family, and mostly one payee of it. A number copied down a column is nobody's."""
        if max(map(len, bucket)) > LARGEST_FAMILY:
            return
        for alike in (
            lambda one, other: one.person == other.person,
            lambda one, other: one.letter is not None and one.letter == other.letter and self._namesakes(one, other),
            self._namesakes,
        ):
            self._where_one(bucket, alike)
        left = self._still(bucket)
        if all(left):
            self._settle(left, sure=True)

    def _by_name(self, bucket: Bucket) -> None:
        """People of one RT by one name, as far as no number says that they are two."""
        by_name: dict[str, Bucket] = defaultdict(lambda: ([], []))
        for side, rows in enumerate(self._still(bucket)):
            for row in rows:
                by_name[self._name_of(row)][side].append(row)
        for one, other in by_name.values():
            may_be = [pair for pair in _each(one, other) if not _are_two(*pair)]
            if may_be:
                of_one, of_other = ({pair[side].id for pair in may_be} for side in (0, 1))
                kept = [row for row in one if row.id in of_one], [row for row in other if row.id in of_other]
                self._settle(kept, sure=True)

    def _where_one(self, bucket: Bucket, alike: Callable[[Row, Row], bool]) -> None:
        """Pair those who are alike, where nobody else under the key is like either of them."""
        one, other = self._still(bucket)
        pairs = [(a, b) for a, b in _each(one, other) if alike(a, b)]
        for a, b in pairs:
            if sum(a is first for first, _ in pairs) == 1 == sum(b is second for _, second in pairs):
                self._pair(a, b)

    def _settle(self, bucket: Bucket, *, sure: bool) -> None:
        one, other = bucket
        if sure and len(one) == 1 == len(other):
            self._pair(one[0], other[0])
        else:
            self._look_at(one, other)

    def _still(self, bucket: Bucket) -> Bucket:
        """Those of a bucket who are not found yet."""
        one, other = ([row for row in rows if row.id in self._left[side]] for side, rows in enumerate(bucket))
        return one, other

    def _namesakes(self, one: Row, other: Row) -> bool:
        return one.person == other.person or self._name_of(one) == self._name_of(other)

    def _pair(self, one: Row, other: Row) -> None:
        self._found.pairs.append((self._left[0].pop(one.id), self._left[1].pop(other.id)))

    def _look_at(self, one: Sequence[Row], other: Sequence[Row]) -> None:
        for side, rows in enumerate((one, other)):
            for row in rows:
                del self._left[side][row.id]
        self._found.unsure.append((list(one), list(other)))


def _home(row: Row) -> Hashable:
    """Where somebody lives, where that is known to the RT."""
    return (row.region_code, row.rw, row.rt) if row.region_code and row.rw and row.rt else None


def _are_two(one: Row, other: Row) -> bool:
    """Whether a number of both says that they are two people: each has one of a kind, and they differ."""
    kinds = ((one.nik, other.nik), (one.kk, other.kk))
    return any(a is not None and b is not None and a != b for a, b in kinds)


def _each(one: Sequence[Row], other: Sequence[Row]) -> Iterator[Pair]:
    return ((a, b) for a in one for b in other)
