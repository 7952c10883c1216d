"""One page of a list that is too long to be shown at once: which one it is, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True, repr=False)
class Page(Generic[T]):
    """What stands on one page. Pages count from 1, and there is always one, though nothing may stand on it.

    One goes through it as through its items. No `repr`: these may be people.
    """

    items: tuple[T, ...]
    number: int
    found: int  # how many items there are, on all pages
    size: int  # how many fit on one

    @classmethod
    def read(cls, asked: int, found: int, size: int, items: Callable[[int, int], Iterable[T]]) -> Self:
        """The page asked for, or the last where there are fewer; `items(limit, offset)` gives what stands on it."""
        number = min(max(asked, 1), _pages(found, size))
        return cls(tuple(items(size, (number - 1) * size)), number, found, size)

    @classmethod
    def cut(cls, asked: int, whole: Sequence[T], size: int | None) -> Self:
        """The same out of a list that is there as a whole; without a size all of it, on one page."""
        size = size or max(1, len(whole))
        return cls.read(asked, len(whole), size, lambda limit, offset: whole[offset : offset + limit])

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return _pages(self.found, self.size)

    @property
    def first(self) -> int:
        """Which one of all its first item is, counted from 1."""
        return (self.number - 1) * self.size + 1

    def map(self, change: Callable[[T], U]) -> Page[U]:
        """The same page of what its items are changed into."""
        return Page(tuple(map(change, self.items)), self.number, self.found, self.size)

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, place: int) -> T:
        return self.items[place]


def _pages(found: int, size: int) -> int:
    return max(1, -(-found // size))
