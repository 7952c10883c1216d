"""Finding the table in a sheet: its header rows and what each column is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from salur.intake.cells.numbers import is_long_number
from salur.intake.cells.texts import text_of
from salur.intake.files.sheet import Cell, Row, Span
from salur.intake.tables.columns import Guess, How, Speller, assign
from salur.intake.tables.content import by_content
from salur.intake.tables.titles import names_an_area

SAMPLE = 300
DEEPEST_HEADER = 3
LAST_HEADER, LAST_COLUMN = 100, 1024
LONG_NUMBER = re.compile(r"\d{15}")
SURELY = 3  # columns whose names are spelled as known make a header, whatever stands below
Guesses = Mapping[int, Guess]


@dataclass(frozen=True, slots=True)
class Choice:
    """Where a table may begin: first header row from 0, number of header rows, what the columns are."""

    start: int
    depth: int
    guesses: Guesses

    @property
    def end(self) -> int:
        """The first row under the header."""
        return self.start + self.depth

    @property
    def is_sure(self) -> bool:
        """Whether most of the header is spelled as known."""
        spelled = sum(guess.how <= How.SPELLING for guess in self.guesses.values())
        return spelled >= min(SURELY, len(self.guesses)) and spelled * 2 > len(self.guesses)

    @property
    def score(self) -> float:
        """How good a header this is."""
        columns = sum((0.4 if g.field == "unused" else 1.0) - g.how / 20 for g in self.guesses.values())
        return columns - self.depth / 10


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds headers. `enough` lists sets of fields: a table must have all fields of one of them.

    `told` are columns that the operator named; they hold even where no header is found.
    """

    speller: Speller
    told: Guesses
    enough: Sequence[set[str]]

    def first(self, sample: list[Row], merged: Sequence[Span]) -> Choice | None:
        """Where the first table of a sheet begins; None when the sheet has none, or is too narrow for what was told.

        People who stand above the best header are no titles: then the table begins above them.
        """
        if self.told and max(self.told) >= max(map(len, sample), default=0):
            return None
        offers = list(self.headers(sample, merged))
        people = next((i for i, row in enumerate(sample) if has_long_number(row)), len(sample))
        above = [choice for choice in offers if choice.end <= people]
        chosen = _first_of(above, sample, self.speller) if above else self._above_data(sample, people)
        if chosen is None and offers:
            chosen = _first_of(offers, sample, self.speller)
        if chosen is None:
            named = any(guess.field != "unused" for guess in self.told.values())
            return Choice(0, 0, dict(self.told)) if named else None
        return chosen

    def headers(self, rows: list[Row], merged: Sequence[Span], number: int = 0) -> Iterator[Choice]:
        """All headers that there may be in some rows, the first of which is row `number` of the sheet, from 0."""
        for start, depth in _candidates(rows):
            if not all(map(self._holds_labels, rows[start + 1 : start + depth])):
                continue
            guesses = self.read(rows[start : start + depth], merged, number + start)
            if self.has_enough(guesses):
                yield Choice(start, depth, guesses)

    def _holds_labels(self, row: Row) -> bool:
        """Whether a row may go on with a header: it names columns, or has only a few cells."""
        filled = [cell for cell in row if cell != ""]
        if len(filled) == 1 and isinstance(filled[0], str) and names_an_area(filled[0]):
            return False  # the first section begins
        return _is_mostly(row, lambda text: bool(self.speller.guess(text)))

    def read(self, header: list[Row], merged: Sequence[Span], number: int) -> dict[int, Guess]:
        """Name the columns under a header: by what the operator told, and by the header texts."""
        fields_told = {guess.field for guess in self.told.values()}
        guesses = assign(readings(header, merged, number), self.speller)
        for column, guess in guesses.items():
            if guess.field in fields_told:
                guesses[column] = Guess(guess.how, guess.rank, "unused")  # nor is it anything else
        return {**guesses, **self.told}

    def has_enough(self, guesses: Guesses) -> bool:
        """Whether columns make a table."""
        fields = {guess.field for guess in guesses.values()}
        return any(wanted <= fields for wanted in self.enough)

    def with_content(self, guesses: Guesses, rows: list[Row], width: int) -> Guesses:
        """Add the columns that can be told by what stands in them."""
        fields = {guess.field for guess in guesses.values()}
        return {**guesses, **by_content(rows, set(range(width)) - set(guesses), set(self.speller.fields) - fields)}

    def _above_data(self, sample: list[Row], first: int) -> Choice | None:
        """The last row of texts above the first NIK or KK number, when its columns can be told by their content.

        Without such a row the list has no header at all, and its first person stands in the row of that number.
        """
        if first == len(sample):
            return None
        start = max((start for start, _ in _candidates(sample[:first])), default=None)
        depth = 0 if start is None else 1
        start = first if start is None else start
        guesses = self.read(sample[start : start + depth], (), start)
        guesses = dict(self.with_content(guesses, sample[first:], max(map(len, sample))))
        return Choice(start, depth, guesses) if self.has_enough(guesses) else None


def _first_of(offers: Sequence[Choice], sample: list[Row], speller: Speller) -> Choice:
    """The best header, or one that surely is a header further up: below it stands another table."""
    best = max(offers, key=lambda choice: choice.score)
    first = next((choice for choice in offers if choice.is_sure and choice.end <= best.start), best)
    near = [choice for choice in offers if _is_one_header(first, choice, sample, speller)]
    return max(near, key=lambda choice: choice.score)


def _is_one_header(first: Choice, other: Choice, sample: list[Row], speller: Speller) -> bool:
    """Whether two offers are readings of the same rows: from the first to the other nothing but header texts."""
    if other is first:
        return True
    between = sample[first.start : other.end]
    near = first.start <= other.start < first.start + DEEPEST_HEADER
    return near and all(_is_mostly(row, speller.knows) for row in between)


def _is_mostly(row: Row, is_label: Callable[[str], bool]) -> bool:
    """Whether at least half of a row's cells name columns; a row with few cells may stand in a header anyway."""
    filled = [cell for cell in row if cell != ""]
    return len(filled) < SURELY or sum(isinstance(c, str) and is_label(c) for c in filled) * 2 >= len(filled)


def has_long_number(row: Row) -> bool:
    """Whether a row has a number as long as a NIK."""
    return any(LONG_NUMBER.search(text_of(cell)) or is_long_number(cell) for cell in row)


def _candidates(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """Where a header may be: first row and number of rows.

    A row with long numbers is data, a row with one text a title.
    """
    for start in range(min(len(rows), LAST_HEADER)):
        for depth in range(1, DEEPEST_HEADER + 1):
            if start + depth > len(rows) or not may_be_header(rows[start + depth - 1]):
                break
            if len({cell for cell in rows[start] if cell != ""}) > 1:
                yield start, depth


def may_be_header(row: Row) -> bool:
    """Whether nearly all cells are texts, none of them with a long number."""
    filled = [cell for cell in row if cell != ""]
    texts = [cell for cell in filled if isinstance(cell, str)]
    if any(is_key(filled, i) for i in range(len(filled))):
        return False
    return len(texts) > len(filled) * 0.6 and not any(
        re.search(r"\d{6}", text) or is_long_number(text) for text in texts
    )


def is_key(cells: Sequence[Cell], index: int) -> bool:
    """Whether a cell stands before its value, as in `RW | : | 005` or `RT | 003`."""
    before, value = cells[index], text_of(cells[index + 1]) if index + 1 < len(cells) else ""
    return value.startswith(":") or (
        isinstance(before, str) and before.strip(" .:").upper() in ("RT", "RW") and value.isdecimal()
    )


def readings(header: list[Row], merged: Sequence[Span], number: int) -> list[list[str]]:
    """How the texts above each column can be read, best first: `PENERIMA` over `NAMA` is `NAMA PENERIMA`."""
    last = len(header) - 1
    rows = [_spread(row, number + i, merged, last=i == last) for i, row in enumerate(header)]
    return [_readings([label(row, column) for row in rows]) for column in range(max(map(len, rows), default=0))]


def _readings(texts: list[str]) -> list[str]:
    parts = list(dict.fromkeys(text for text in texts if text))
    if len(parts) < 2:
        return parts
    return [" ".join(reversed(parts)), " ".join(parts), " ".join(parts[-2:]), parts[-1]]


def _spread(row: Row, number: int, merged: Sequence[Span], *, last: bool) -> list[str]:
    """The texts of a header row; one merged over several columns stands in each of them, but not downwards."""
    texts = [text_of(cell) for cell in row]
    for first_row, first, _, end in merged:
        if first_row == number and first < end < LAST_COLUMN:
            texts += [""] * (end + 1 - len(texts))
            texts[first : end + 1] = [texts[first]] * (end + 1 - first)
    if not merged and not last:
        # No merged cells are known of a csv: a text holds until the next one.
        for column in range(1, len(texts)):
            texts[column] = texts[column] or texts[column - 1]
    return texts


def labels(header: list[Row]) -> tuple[str, ...]:
    """The header texts by column."""
    width = max((len(row) for row in header), default=0)
    return tuple(" ".join(dict.fromkeys(label(row, c) for row in header)).strip() for c in range(width))


def label(row: Sequence[Cell], column: int) -> str:
    """The text of a cell, where the row reaches so far."""
    return text_of(row[column]) if column < len(row) else ""
