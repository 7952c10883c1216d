"""The people of a list between its file and the database: never all of them as objects, which would fill the memory.

They are packed in pieces, in memory. Whoever keeps or hands on a piece sees that only Salur's own are opened again.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Generic, TypeVar, overload

from salur.core.lists.kinds import ListedPerson, RowId, Tally

PIECE = 256
QUICK = 1  # how hard zlib tries: more would cost more time than it saves memory
T = TypeVar("T")
_values_of = attrgetter(*ListedPerson.__slots__)


class Packed(Generic[T]):
    """Plain values, to be gone through in the order in which they came."""

    def __init__(self, piece: int = PIECE) -> None:
        self._piece = piece
        self._pieces: list[bytes] = []
        self._open: list[T] = []
        self._looked_at: tuple[int, list[T]] = (-1, [])

    def add(self, value: T) -> None:
        """Keep one more."""
        self._open.append(value)
        if len(self._open) == self._piece:
            self._pieces.append(zlib.compress(pickle.dumps(self._open, pickle.HIGHEST_PROTOCOL), QUICK))
            self._open = []

    def __len__(self) -> int:
        return len(self._pieces) * self._piece + len(self._open)

    def __iter__(self) -> Iterator[T]:
        return self.since(0)

    def __getitem__(self, index: int) -> T:
        number, place = divmod(index, self._piece)
        if number == len(self._pieces):
            return self._open[place]
        if self._looked_at[0] != number:
            self._looked_at = number, _opened(self._pieces[number])
        return self._looked_at[1][place]

    def since(self, first: int) -> Iterator[T]:
        """Those from one on."""
        begin, skipped = divmod(first, self._piece)
        opened: Iterator[list[T]] = map(_opened, islice(self._pieces, begin, None))
        return islice(chain.from_iterable(chain(opened, (self._open,))), skipped, None)


class Kept(Sequence[ListedPerson]):
    """The people of a list, and what is counted of them."""

    def __init__(self, people: Iterable[ListedPerson] = ()) -> None:
        self.tally = Tally()
        self._rows: Packed[tuple[object, ...]] = Packed()
        for person in people:
            self.add(person)

    def add(self, person: ListedPerson) -> None:
        """Keep one more."""
        self.tally.add(person)
        self._rows.add(_values_of(person))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[ListedPerson]:
        return map(person_of, self._rows)

    @overload
    def __getitem__(self, index: int) -> ListedPerson: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ListedPerson]: ...
    def __getitem__(self, index: int | slice) -> ListedPerson | Sequence[ListedPerson]:
        if isinstance(index, slice):
            first, last, step = index.indices(len(self))
            return list(islice(map(person_of, self._rows.since(first)), 0, max(0, last - first), step))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return person_of(self._rows[index % len(self)])

    def values(self) -> Iterator[tuple[object, ...]]:
        """What `person_of` makes people of."""
        return iter(self._rows)


class KeptCells(Mapping[RowId, tuple[str, ...]]):
    """The cells of faulty rows: a fault of a whole column makes every row one."""

    def __init__(self) -> None:
        self._at: dict[RowId, int] = {}
        self._cells: Packed[tuple[str, ...]] = Packed()

    def add(self, row: RowId, cells: tuple[str, ...]) -> None:
        """Keep those of one more."""
        self._at[row] = len(self._cells)
        self._cells.add(cells)

    def __getitem__(self, row: RowId) -> tuple[str, ...]:
        return self._cells[self._at[row]]

    def __iter__(self) -> Iterator[RowId]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


def person_of(values: tuple[object, ...]) -> ListedPerson:
    """A person again."""
    return ListedPerson(*values)  # type: ignore[arg-type] # in the order of its fields


def _opened(piece: bytes) -> list[T]:
    opened: list[T] = pickle.loads(zlib.decompress(piece))  # noqa: S301 - packed above, and sealed where it left the memory
    return opened
