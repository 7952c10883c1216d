"""The tables of a sheet, one below the other: where the next one begins, and which rows are no data of any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from salur.core.lists.kinds import WhyLeftOut
from salur.intake.cells.texts import text_of
from salur.intake.files.sheet import Row, Sheet
from salur.intake.tables.columns import How
from salur.intake.tables.doubts import refuse_doubtful
from salur.intake.tables.finding import (
    DEEPEST_HEADER,
    SAMPLE,
    SURELY,
    Choice,
    Finder,
    Guesses,
    has_long_number,
    label,
    labels,
    may_be_header,
    readings,
)
from salur.intake.tables.walking import MergedDown, SheetRows

FIRST_NUMBERS = {"1", "2", "(1)", "(2)"}
END_MARK = re.compile(r"#{2,}")
OWN = {"nik", "name", "letter_code", "account"}  # one person's, and nobody else's
SEVERAL = {"programme", "stage", "amount"}  # of which one person may get more
PLACED = re.compile(r"\bR[TW]\b\D{0,4}\d+", re.I)
LONG = 15


@dataclass(slots=True)
class Table:
    """A table found in a sheet. Rows are counted from 1, as in the sheet.

    `titles` are the lines above the header; `labels` the header texts by column, `printed` those of each header row.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    guesses: Guesses
    titles: tuple[str, ...]
    labels: tuple[str, ...]
    printed: list[list[str]] = field(repr=False)
    tables: SheetTables = field(repr=False)
    page: int = 0  # how often the header came again until now

    @property
    def columns(self) -> dict[str, int]:
        """Field to column index, without the columns of no use."""
        return {guess.field: column for column, guess in self.guesses.items() if guess.field != "unused"}

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows under the header, with their numbers, to be taken once."""
        return self.tables.rows_of(self)

    def leave(self, number: int, why: WhyLeftOut, title: str = "") -> None:
        """Note a row that is no entry; `title` is what it may say of a table under it."""
        self.tables.leave(number, why, title)


class SheetTables:
    """The tables of one sheet, to be gone through once: each has to be read to its end before the next is taken.

    Raises: Refused when columns are in doubt.
    """

    def __init__(self, sheet: Sheet, finder: Finder) -> None:
        self.sheet = sheet
        self.patches: dict[int, Row] = {}  # by number, what is read in the place of a row
        self.left_out: list[tuple[int, WhyLeftOut]] = []
        self._finder = finder
        self._rows = SheetRows(sheet.load())
        self._between: list[str] = []
        self._above = 0  # until this row nothing is understood, though people stand there
        self._next: Table | None = None
        sample = self._rows.ahead(SAMPLE)
        chosen = finder.first(sample, self._rows.merged)
        self.first = self._begin(chosen, sample) if chosen else None

    @property
    def filled(self) -> int:
        """How many filled rows below the first header were met until now."""
        return self._rows.filled

    @property
    def hidden(self) -> list[int]:
        """The numbers of the rows below the first header that the file does not show."""
        begin = self.first.header_rows[-1] if self.first and self.first.header_rows else 0
        return sorted(row + 1 for row in self._rows.hidden if begin <= row < self._rows.number)

    def __iter__(self) -> Iterator[Table]:
        """Give the tables; what stands between two of them may be titles of the second."""
        table = self.first
        while table is not None:
            self._ask()
            yield table
            # Only now all rows above the next header are sorted out.
            titles, self._between = self._titles_after(table), []
            table, self._next = self._next and replace(self._next, titles=titles), None

    def leave(self, number: int, why: WhyLeftOut, title: str = "") -> None:
        """Note a row that is no entry."""
        self.left_out.append((number, why))
        if title:
            self._between.append(title)

    def count(self) -> int:
        """How many filled rows a sheet without a table has."""
        return sum(1 for _ in self._rows.take())

    def rows_of(self, table: Table) -> Iterator[tuple[int, Row]]:
        """The rows up to the next table. Headers, numbers of columns and whatever comes after `###` are left out."""
        numbers = [column for name, column in table.columns.items() if name in ("nik", "kk")]
        merged = self._merged_down(table)
        until, why, unknown = self._above, WhyLeftOut.UNKNOWN_TABLE, False
        for number, row, first in self._rows.take():
            if (patch := self.patches.get(number)) is not None:
                yield number, patch
                continue
            if number <= until or why == WhyLeftOut.AFTER_END:
                self.leave(number, why)
                continue
            found = None if _is_data(row, first, numbers) else self._header_at(table, number, row)
            if END_MARK.fullmatch(first):
                found = 1, WhyLeftOut.AFTER_END
            if found is None:
                if unknown:
                    self.leave(number, WhyLeftOut.UNKNOWN_TABLE)
                else:
                    yield number, merged.held(number - 1, row)
                continue
            until, why = number + found[0] - 1, found[1]
            self.leave(number, why)
            if why == WhyLeftOut.HEADER:
                self._above = until
                return
            table.page += why == WhyLeftOut.REPEATED_HEADER
            unknown = why == WhyLeftOut.UNKNOWN_TABLE or (unknown and why == WhyLeftOut.COLUMN_NUMBERS)

    def _header_at(self, table: Table, number: int, row: Row) -> tuple[int, WhyLeftOut] | None:
        """What a row begins that is no data: over how many rows, and why they are left out."""
        if _numbers_columns(row):
            return 1, WhyLeftOut.COLUMN_NUMBERS
        filled = [text for cell in row if (text := text_of(cell))]
        known = sum(map(self._finder.speller.knows, filled))
        same = sum(text in table.labels for text in filled)
        if known and len(filled) >= SURELY and may_be_header(row):
            known = max(known, sum(bool(self._finder.speller.guess(text)) for text in filled))
        if max(known, same) < 2 or max(known, same) * 2 <= len(filled):
            return None
        rows = [row, *self._rows.ahead(DEEPEST_HEADER - 1)]
        depth = len(table.printed)
        if depth and _printed(rows[:depth], len(table.labels)) == table.printed:
            return depth, WhyLeftOut.REPEATED_HEADER
        finder = self._finder if _same_where_told(row, table, self._finder) else replace(self._finder, told={})
        offers = [choice for choice in finder.headers(rows, self._rows.merged, number - 1) if choice.start == 0]
        named = _named(table.guesses)
        if again := next((choice for choice in offers if _named(choice.guesses) == named), None):
            return again.depth, WhyLeftOut.REPEATED_HEADER
        if offers and known > 1:
            chosen = max(offers, key=lambda choice: choice.score)
            rows = [row, *self._rows.ahead(SAMPLE)]
            self._next = self._table(number - 1, rows, chosen, finder, ())
            return chosen.depth, WhyLeftOut.HEADER
        if same * 2 > len(filled) and same == sum(text == label(table.labels, c) for c, text in _by_column(row)):
            return 1, WhyLeftOut.REPEATED_HEADER
        return (1, WhyLeftOut.UNKNOWN_TABLE) if max(known, same) >= SURELY else None

    def _begin(self, chosen: Choice, sample: list[Row]) -> Table:
        """The first table. Rows with long numbers above its header are no titles: they count as not understood."""
        people = next((i for i, row in enumerate(sample[: chosen.start]) if has_long_number(row)), None)
        above = [" ".join(text for cell in row if (text := text_of(cell))) for row in sample[: chosen.start][:people]]
        titles = tuple(line for line in (*self._rows.titles, *above) if line)
        self._above = 0 if people is None else chosen.end
        self._rows.skip(chosen.end if people is None else people)
        rows = sample[chosen.start :]
        return self._table(chosen.start, rows, replace(chosen, start=0), self._finder, titles)

    def _table(self, number: int, rows: list[Row], chosen: Choice, finder: Finder, titles: tuple[str, ...]) -> Table:
        """A table whose header begins in row `number` (from 0), the first of `rows`."""
        header, under = rows[: chosen.depth], self._until_header(rows[chosen.depth :])
        width = max(map(len, (*header, *under)), default=0)
        guesses = finder.with_content(chosen.guesses, under, width)
        texts = readings(header, self._rows.merged, number)
        self._ask = partial(refuse_doubtful, texts, guesses, under, finder.speller)
        return Table(
            sheet=self.sheet,
            header_rows=tuple(range(number + 1, number + chosen.depth + 1)),
            guesses=guesses,
            titles=titles,
            labels=labels(header),
            printed=_printed(header, len(labels(header))),
            tables=self,
        )

    def _until_header(self, rows: list[Row]) -> list[Row]:
        """The first rows of a table, up to what may be the header of the next."""
        knows = self._finder.speller.knows
        for index, row in enumerate(rows):
            if may_be_header(row):
                filled = [text for cell in row if (text := text_of(cell))]
                known = sum(map(knows, filled))
                if known > 1 and known * 2 > len(filled):
                    return rows[:index]
        return rows

    def _titles_after(self, table: Table) -> tuple[str, ...]:
        """The titles of the table that follows: its own, and what those of the sheet say besides RT and RW."""
        if not self._between:
            return table.titles
        return (*self._between, *(PLACED.sub(" ", line) for line in table.titles))

    def _merged_down(self, table: Table) -> MergedDown:
        columns = table.columns
        own, several = ({column for name, column in columns.items() if name in names} for names in (OWN, SEVERAL))
        return MergedDown(self._rows.merged, own, several)


def _is_data(row: Row, first: str, numbers: list[int]) -> bool:
    """Whether a row cannot be a header: a quick look that spares most rows the long one."""
    for column in numbers:
        if column < len(row) and isinstance(cell := row[column], str) and len(cell) >= LONG and cell[:LONG].isdecimal():
            return True
    return first[0].isdecimal() and first.removesuffix(".0") not in FIRST_NUMBERS


def _numbers_columns(row: Row) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 … or (1) (2) (3) …"""
    filled = [text for cell in row if (text := text_of(cell))]
    numbers = [text.strip("() ").removesuffix(".0") for text in filled]
    if len(filled) < 3 or not all(text.isdecimal() and len(text) < 4 for text in numbers):
        return False
    values = list(map(int, numbers))
    return values[0] <= 2 and all(b - a == 1 for a, b in zip(values, values[1:], strict=False))


def _named(guesses: Guesses) -> dict[int, str]:
    return {column: g.field for column, g in guesses.items() if g.field != "unused" and g.how != How.CONTENT}


def _printed(header: list[Row], width: int) -> list[list[str]]:
    return [[label(row, column) for column in range(width)] for row in header]


def _by_column(row: Row) -> Iterator[tuple[int, str]]:
    return ((column, text) for column, cell in enumerate(row) if (text := text_of(cell)))


def _same_where_told(row: Row, table: Table, finder: Finder) -> bool:
    """Whether a header names the columns that the operator told as the first one does."""
    return all(label(row, column) == label(table.labels, column) for column in finder.told)
