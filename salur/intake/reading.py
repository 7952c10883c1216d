"""From a file to its tables: the part that lists, schedules and payment results have in common."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from salur.core.errors import Refused, UnreadableFile
from salur.intake.cells import SPECIAL, is_error, repeats, text_of
from salur.intake.columns import Speller, told
from salur.intake.draft import Fault, RowId, Understood, UnderstoodSheet
from salur.intake.files import OpenFile, Row, open_file
from salur.intake.tables import Table, find_table

# Columns that a list can do without.
BY_THE_WAY = {"note", "account", "bank", "delivery", "head_name", "post_office", "opening_hours"}
SAME_HEADER = 0.7  # share of fields that two sheets must have in common to be read together


@dataclass(slots=True)
class Findings:
    """Gathers what is found while rows are read."""

    faults: list[Fault] = field(default_factory=list)
    refused: list[RowId] = field(default_factory=list)
    faulty_cells: dict[RowId, tuple[str, ...]] = field(default_factory=dict)

    def add(self, row: RowId, cells: Row, faults: Sequence[tuple[str, str]], *, refused: bool = False) -> None:
        """Note the faults of a row (column, code), with its cells for the office."""
        self.faults += [Fault(row, column, code) for column, code in faults]
        self.faulty_cells[row] = tuple(map(text_of, cells))
        if refused:
            self.refused.append(row)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file that belong together, and how they were understood."""

    tables: tuple[Table, ...]
    understood: Understood

    @property
    def header(self) -> tuple[str, ...]:
        """The header texts of the first sheet."""
        return self.tables[0].labels

    def row_id(self, table: Table, number: int) -> RowId:
        """The row's number, with its sheet when several are read."""
        return f"{table.sheet.name}!{number}" if len(self.tables) > 1 else number


def read_tables(
    path: str | os.PathLike[str], speller: Speller, columns: Mapping[str, str] | None, enough: Sequence[set[str]]
) -> Tables:
    """Open a file and find its tables. `columns` are named by the operator, field to letter.

    Raises: UnreadableFile; Refused when `columns` names what there is not.
    """
    given = told(columns, speller)
    opened = open_file(path)
    found = [table for sheet in opened.sheets if (table := find_table(sheet, speller, given, enough))]
    if not found:
        if given and opened.sheets:
            raise Refused("no_such_column", fields=", ".join(guess.field for guess in given.values()))
        broken = any(sum(sheet.broken.values()) for sheet in opened.sheets)
        raise UnreadableFile("formula_errors" if broken else "no_header")
    main = max(found, key=lambda table: len(table.columns))
    together = tuple(table for table in found if _alike(table, main))
    return Tables(together, _understood(opened, together))


def _alike(table: Table, main: Table) -> bool:
    ours, theirs = set(table.columns), set(main.columns)
    return len(ours & theirs) >= SAME_HEADER * len(ours | theirs)


def _understood(opened: OpenFile, tables: Sequence[Table]) -> Understood:
    sheets = tuple(
        UnderstoodSheet(
            name=table.sheet.name,
            header_rows=table.header_rows,
            columns={column: field for field, column in table.columns.items()},
            labels=table.labels,
            how={column: guess.how.name.lower() for column, guess in table.guesses.items() if guess.field != "unused"},
        )
        for table in tables
    )
    read = {table.sheet.name for table in tables}
    skipped = tuple(sheet.name for sheet in opened.sheets if sheet.name not in read)
    return Understood(opened.kind, opened.encoding, opened.delimiter, sheets, skipped)


def records(
    table: Table, repeatable: Collection[str], is_record: Callable[[Row], bool]
) -> Iterator[tuple[int, Row, bool]]:
    """The rows of a table with `sda` and its like replaced by what stands above; says of each whether it is a record.

    Every row has at least as many cells as the table has columns. Rows that are no records (subtotals, headings,
    signatures) are given too, for the headings among them, and repeat nothing.

    Raises: UnreadableFile with `formula_errors` when most cells of a column that counts have an error for a value.
    """
    columns = table.columns
    width = max((*columns.values(), len(table.labels) - 1)) + 1
    repeating = {column for name, column in columns.items() if name in repeatable}
    judged = list(columns.values())
    errors: Counter[int] = Counter()
    above: Row = [""] * width
    count = 0
    for number, cells in table.rows():
        row = cells if len(cells) >= width else cells + [""] * (width - len(cells))
        if not is_record(row):
            yield number, row, False
            continue
        row = list(row)
        for column in judged:
            cell = row[column]
            if cell and isinstance(cell, str) and cell[0] in SPECIAL:
                if column in repeating and repeats(cell):
                    row[column] = above[column]
                elif is_error(cell):
                    errors[column] += 1
        count += 1
        above = row
        yield number, row, True
    # The reader counts broken formulas of a sheet as it goes, so this is known only now.
    counting = [column for name, column in columns.items() if name not in BY_THE_WAY]
    if any(errors[column] + table.sheet.broken.get(column, 0) > max(count, 1) / 2 for column in counting):
        raise UnreadableFile("formula_errors")
