"""Finding the table in a sheet: its header rows, what each column is, and the rows that are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from salur.intake.cells import text_of
from salur.intake.columns import Guess, Speller, assign
from salur.intake.content import by_content
from salur.intake.files import Cell, Loaded, Row, Sheet, Span

SAMPLE = 300
DEEPEST_HEADER = 3
LAST_HEADER, LAST_COLUMN = 100, 1024
LONG_NUMBER = re.compile(r"\d{15}")
Guesses = Mapping[int, Guess]
Choice = tuple[int, int, dict[int, Guess]]  # first header row from 0, number of header rows, what the columns are
FIRST_NUMBERS = {"1", "2", "(1)", "(2)"}
END_MARK = re.compile(r"#{2,}")


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet. `columns` is field to column index; rows are counted from 1, as in the sheet.

    `titles` are the lines above the header; `labels` the header texts by column.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    guesses: Guesses
    titles: tuple[str, ...]
    labels: tuple[str, ...]
    _rows: Iterator[tuple[int, Row]] = field(repr=False)

    @property
    def columns(self) -> dict[str, int]:
        """Field to column index, without the columns of no use."""
        return {guess.field: column for column, guess in self.guesses.items() if guess.field != "unused"}

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows under the header, with their numbers, to be taken once.

        Left out are empty rows, the row that numbers the columns, and headers repeated for print; `###` ends the data.
        """
        header = {text for text in self.labels if text}
        for number, row in self._rows:
            first = next((text for cell in row if cell != "" and (text := text_of(cell))), None)
            if first is None:
                continue
            if END_MARK.fullmatch(first):
                return
            if not ((first in header or first in FIRST_NUMBERS) and _repeats_header(row, header)):
                yield number, row


def find_table(sheet: Sheet, speller: Speller, told: Guesses, enough: Sequence[set[str]]) -> Table | None:
    """Find the table of a sheet; None when the sheet has none.

    `enough` lists sets of fields: a table must have all fields of one of them. `told` are columns that the operator
    named; they hold even where no header is found, but not for a sheet too narrow to have them.
    """
    loaded = sheet.load()
    sample = list(islice(loaded.rows, SAMPLE))
    if told and max(told) >= max(map(len, sample), default=0):
        return None
    chosen = _by_labels(sample, loaded.merged, speller, told, enough) or _above_data(sample, speller, told, enough)
    if chosen is None:
        if not told:
            return None
        chosen = 0, 0, dict(told)
    start, depth, guesses = chosen
    fields = {guess.field for guess in guesses.values()}
    unknown = set(range(max((len(row) for row in sample), default=0))) - set(guesses)
    guesses = {**guesses, **by_content(sample[start + depth :], unknown, set(speller.fields) - fields)}
    return _table(sheet, loaded, sample, start, depth, guesses)


def _by_labels(
    sample: list[Row], merged: Sequence[Span], speller: Speller, told: Guesses, enough: Sequence[set[str]]
) -> Choice | None:
    """The rows whose texts are known as headers of the most columns."""
    best: tuple[float, Choice] | None = None
    for start, depth in _candidates(sample):
        guesses = _read_header(sample, start, depth, merged, speller, told)
        if not _has(guesses, enough):
            continue
        score = sum((0.4 if g.field == "unused" else 1.0) - g.how / 20 for g in guesses.values()) - depth / 10
        if best is None or score > best[0]:
            best = score, (start, depth, guesses)
    return best and best[1]


def _above_data(sample: list[Row], speller: Speller, told: Guesses, enough: Sequence[set[str]]) -> Choice | None:
    """The last row of texts above the first NIK or KK number, when its columns can be told by their content.

    Without such a row the list has no header at all, and its first person stands in the row of that number.
    """
    first = next((i for i, row in enumerate(sample) if any(LONG_NUMBER.search(text_of(cell)) for cell in row)), None)
    if first is None:
        return None
    start = max((start for start, _ in _candidates(sample[:first])), default=None)
    depth = 0 if start is None else 1
    start = first if start is None else start
    guesses = _read_header(sample, start, depth, (), speller, told)
    unknown = set(range(max(map(len, sample)))) - set(guesses)
    fields = set(speller.fields) - {guess.field for guess in guesses.values()}
    guesses.update(by_content(sample[first:], unknown, fields))
    return (start, depth, guesses) if _has(guesses, enough) else None


def _has(guesses: Guesses, enough: Sequence[set[str]]) -> bool:
    fields = {guess.field for guess in guesses.values()}
    return any(wanted <= fields for wanted in enough)


def _table(sheet: Sheet, loaded: Loaded, sample: list[Row], start: int, depth: int, guesses: dict[int, Guess]) -> Table:
    end = start + depth
    above = [" ".join(text for cell in row if (text := text_of(cell))) for row in sample[:start]]
    width = max((len(row) for row in sample[start:end]), default=0)
    labels = [
        " ".join(dict.fromkeys(_label(sample[i], column) for i in range(start, end))).strip() for column in range(width)
    ]
    return Table(
        sheet=sheet,
        header_rows=tuple(range(start + 1, end + 1)),
        guesses=guesses,
        titles=tuple(line for line in (*loaded.titles, *above) if line),
        labels=tuple(labels),
        _rows=enumerate(chain(sample[end:], loaded.rows), end + 1),
    )


def _candidates(sample: list[Row]) -> Iterator[tuple[int, int]]:
    """Places where a header may be: first row and number of rows.

    A row with long numbers is data, a row with one text a title.
    """
    for start in range(min(len(sample), LAST_HEADER)):
        for depth in range(1, DEEPEST_HEADER + 1):
            if start + depth > len(sample) or not _may_be_header(sample[start + depth - 1]):
                break
            if len({cell for cell in sample[start] if cell != ""}) > 1:
                yield start, depth


def _may_be_header(row: Row) -> bool:
    filled = [cell for cell in row if cell != ""]
    texts = [cell for cell in filled if isinstance(cell, str)]
    return len(texts) > len(filled) * 0.6 and not any(re.search(r"\d{6}", text) for text in texts)


def _read_header(
    sample: list[Row], start: int, depth: int, merged: Sequence[Span], speller: Speller, told: Guesses
) -> dict[int, Guess]:
    """Name the columns under a header: by what the operator told, and by the header texts."""
    rows = [_spread(sample[i], i, merged, last=i == start + depth - 1) for i in range(start, start + depth)]
    labels = [_readings([_label(row, column) for row in rows]) for column in range(max(map(len, rows), default=0))]
    fields_told = {guess.field for guess in told.values()}
    read = assign(labels, speller).items()
    guesses = {c: guess for c, guess in read if c not in told and guess.field not in fields_told}
    return {**guesses, **told}


def _readings(texts: list[str]) -> list[str]:
    """How the texts above each other can be read: `PENERIMA` over `NAMA` is `NAMA PENERIMA`, else `NAMA`."""
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


def _label(row: Sequence[Cell], column: int) -> str:
    return text_of(row[column]) if column < len(row) else ""


def _repeats_header(row: Row, header: set[str]) -> bool:
    """Whether a row is the header printed again, or numbers the columns: 1, 2, 3 … or (1) (2) (3) …"""
    filled = [text for cell in row if (text := text_of(cell))]
    if len(filled) < 3:
        return False
    if sum(text in header for text in filled) > len(filled) // 2:
        return True
    numbers = [text.strip("() ").removesuffix(".0") for text in filled]
    if not all(text.isdecimal() and len(text) < 4 for text in numbers):
        return False
    values = list(map(int, numbers))
    return values[0] <= 2 and all(b - a == 1 for a, b in zip(values, values[1:], strict=False))
