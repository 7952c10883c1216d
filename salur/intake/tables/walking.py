"""Going through a sheet row by row: every filled row is counted, rows to come can be looked at, merged cells hold."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from salur.intake.cells.texts import text_of
from salur.intake.files.sheet import Cell, Loaded, Row, Span


class SheetRows:
    """The rows of a sheet, to be taken once. `number` is that of the row taken last, counted from 1.

    `filled` counts the rows given that hold anything, before anybody makes anything of them.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._rows = loaded.rows
        self._ahead: deque[Row] = deque()
        self.merged: Sequence[Span] = loaded.merged
        self.hidden: Collection[int] = loaded.hidden
        self.titles: Sequence[str] = loaded.titles
        self.number = self.filled = 0

    def ahead(self, count: int) -> list[Row]:
        """The next rows, without taking them."""
        self._ahead.extend(islice(self._rows, max(0, count - len(self._ahead))))
        return list(islice(self._ahead, count))

    def skip(self, count: int) -> None:
        """Take rows that stand above all that counts."""
        for _ in self.ahead(count):
            self._ahead.popleft()
            self.number += 1

    def take(self) -> Iterator[tuple[int, Row, str]]:
        """Take the rows that are left, without empty ones: number, cells, and the text of the first filled cell."""
        ahead, rows = self._ahead, self._rows
        while (row := ahead.popleft() if ahead else next(rows, None)) is not None:
            self.number += 1
            for cell in row:
                if cell != "" and (first := text_of(cell)):
                    self.filled += 1
                    yield self.number, row, first
                    break


class MergedDown:
    """Lets a cell that is merged downwards stand in each of its rows. Headers are not among them.

    What is one person's `own` is repeated only where a row has none of it (a number over two names is not both men's)
    and has of what somebody may get `several`; else it is a second line about the same person.
    """

    def __init__(self, merged: Sequence[Span], own: set[int], several: set[int]) -> None:
        self._merged, self._own, self._several = merged, own, several
        self._seen = 0
        self._holding: dict[int, tuple[int, Cell]] = {}

    def held(self, number: int, row: Row) -> Row:
        """The row as it is meant; rows have to come in their order. `number` counts from 0."""
        if not self._holding and self._seen == len(self._merged):
            return row
        self._holding = {column: held for column, held in self._holding.items() if held[0] >= number}
        repeated = self._repeated(row) if self._holding else row
        while self._seen < len(self._merged) and self._merged[self._seen][0] <= number:
            start, column, end, _ = self._merged[self._seen]
            self._seen += 1
            if start == number < end and column < len(row) and row[column] != "":
                self._holding[column] = end, row[column]
        return repeated

    def _repeated(self, row: Row) -> Row:
        empty = {column for column in self._holding if column >= len(row) or row[column] == ""}
        written = {column for column in self._own if column < len(row) and row[column] != ""}
        if not written and self._own & empty and not self._has_several(row):
            return row  # a second line of the same person
        if written:
            empty -= self._own
        filled = row + [""] * (max(empty, default=-1) + 1 - len(row))
        for column in empty:
            filled[column] = self._holding[column][1]
        return filled

    def _has_several(self, row: Row) -> bool:
        return any(column < len(row) and row[column] != "" for column in self._several)
