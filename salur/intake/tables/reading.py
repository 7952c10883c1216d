"""From a file to its tables: the part that lists, schedules and payment results have in common."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from salur.core.errors import Refused, UnreadableFile
from salur.core.lists.importing.kept import KeptCells
from salur.core.lists.kinds import Fault, LeftOut, RowId, RowSum
from salur.intake.cells.texts import SPECIAL, is_error, repeats, text_of
from salur.intake.draft import Understood, UnderstoodSheet
from salur.intake.files.opening import open_file
from salur.intake.files.sheet import OpenFile, Row
from salur.intake.tables.columns import How, Speller, told
from salur.intake.tables.finding import Finder
from salur.intake.tables.following import SheetTables, Table

# Columns that a list can do without.
BY_THE_WAY = {"note", "account", "bank", "delivery", "head_name", "post_office", "opening_hours"}
IDENTITY = {"nik", "kk", "letter_code"}
Patches = Mapping[str, Sequence[str]]  # row, as `row_id` calls it → its cells
SAME_HEADER = 0.7  # share of fields that two sheets must have in common to be read together


@dataclass(slots=True)
class Findings:
    """Gathers what is found while rows are read."""

    faults: list[Fault] = field(default_factory=list)
    refused: list[RowId] = field(default_factory=list)
    faulty_cells: KeptCells = field(default_factory=KeptCells)

    def add(self, row: RowId, cells: Row, faults: Sequence[tuple[str, str]], *, refused: bool = False) -> None:
        """Note the faults of a row (column, code), with its cells for the office."""
        self.faults += [Fault(row, column, code) for column, code in faults]
        self.faulty_cells.add(row, tuple(map(text_of, cells)))
        if refused:
            self.refused.append(row)


class Tables:
    """The tables of a file, to be read one after the other; only then `understood` and `rows` are known."""

    def __init__(self, opened: OpenFile, sheets: Sequence[SheetTables], skipped: Mapping[str, int]) -> None:
        self._opened, self._sheets, self._skipped = opened, sheets, skipped
        self._read: list[UnderstoodSheet] = []

    def __iter__(self) -> Iterator[Table]:
        """Give the tables. Each has to be read to its end before the next is taken."""
        for sheet in self._sheets:
            for table in sheet:
                self._read.append(_understood(table))
                yield table

    @property
    def header(self) -> tuple[str, ...]:
        """The header texts of the first table."""
        return self._read[0].labels

    @property
    def understood(self) -> Understood:
        """How the tables were understood, and which sheets were not read, with the number of their filled rows."""
        opened = self._opened
        read, skipped = tuple(self._read), self._skipped
        return Understood(opened.kind, opened.encoding, opened.delimiter, read, tuple(skipped), tuple(skipped.values()))

    @property
    def is_csv(self) -> bool:
        """Whether the cells of a row are told apart by a sign only, which may stand in a cell too."""
        return self._opened.kind == "csv"

    @property
    def most_rows(self) -> int | None:
        """How many rows the file has at most, where that is known before they are read."""
        return self._opened.rows

    def row_id(self, sheet: str, number: int) -> RowId:
        """The row's number, with its sheet when several are read."""
        return f"{sheet}!{number}" if len(self._sheets) > 1 else number

    def sum_rows(self, taken: int, refused: int) -> RowSum:
        """What became of the rows. Raises: UnreadableFile with `rows_lost` when one of them went no way, or two."""
        rows = RowSum(
            filled=sum(sheet.filled for sheet in self._sheets),
            taken=taken,
            refused=refused,
            left_out=tuple(
                LeftOut(self.row_id(sheet.sheet.name, number), why)
                for sheet in self._sheets
                for number, why in sorted(sheet.left_out)
            ),
            hidden=tuple(self.row_id(sheet.sheet.name, row) for sheet in self._sheets for row in sheet.hidden),
        )
        if not rows.agrees:
            raise UnreadableFile("rows_lost")
        return rows


def read_tables(
    path: str | os.PathLike[str],
    speller: Speller,
    columns: Mapping[str, str] | None,
    enough: Sequence[set[str]],
    patches: Patches | None = None,
    *,
    remembered: bool = False,
) -> Tables:
    """Open a file and find its tables. `columns` are named by the operator, field to letter.

    `remembered`: of an earlier file with the same headers. What stands in this one may contradict them.
    `patches` stand in the place of rows of the file.

    Raises: UnreadableFile; Refused when `columns` names what there is not, or when columns are in doubt.
    """
    given = told(columns, speller, How.REMEMBERED if remembered else How.TOLD)
    opened = open_file(path)
    sheets = [SheetTables(sheet, Finder(speller, given, enough)) for sheet in opened.sheets]
    found = [table for sheet in sheets if (table := sheet.first)]
    if not found:
        if given and opened.sheets:
            raise Refused("no_such_column", fields=", ".join(guess.field for guess in given.values()))
        broken = any(sum(sheet.broken.values()) for sheet in opened.sheets)
        raise UnreadableFile("formula_errors" if broken else "no_header")
    main = max(found, key=lambda table: len(table.columns))
    read = [sheet for sheet in sheets if sheet.first and _belongs(sheet.first, main)]
    skipped = {sheet.sheet.name: sheet.count() for sheet in sheets if sheet not in read}
    for row, cells in (patches or {}).items():
        name, _, number = str(row).rpartition("!")
        for sheet in read:
            if number.isdecimal() and (name == sheet.sheet.name if len(read) > 1 else not name):
                sheet.patches[int(number)] = list(cells)
    return Tables(opened, read, skipped)


def _belongs(table: Table, main: Table) -> bool:
    """Whether a sheet is read with the richest one: it holds people with numbers of their own, or the same columns."""
    ours, theirs = set(table.columns), set(main.columns)
    return bool(ours & IDENTITY) or len(ours & theirs) >= SAME_HEADER * len(ours | theirs)


def _understood(table: Table) -> UnderstoodSheet:
    return UnderstoodSheet(
        name=table.sheet.name,
        header_rows=table.header_rows,
        columns={column: field for field, column in table.columns.items()},
        labels=table.labels,
        how={column: guess.how.name.lower() for column, guess in table.guesses.items() if guess.field != "unused"},
    )


def with_repeats(
    table: Table, repeatable: Collection[str], rows: Iterable[tuple[int, Row, bool]]
) -> Iterator[tuple[int, Row, bool]]:
    """Replace `sda` and its like in the entries of a table by what stands above; the others repeat nothing.

    Of each row is said whether it is an entry. Entries have at least as many cells as the table has columns.

    Raises: UnreadableFile with `formula_errors` when most cells of a column that counts have an error for a value.
    """
    columns = table.columns
    width = width_of(table)
    repeating = {column for name, column in columns.items() if name in repeatable}
    judged = list(columns.values())
    errors: Counter[int] = Counter()
    above: Row = [""] * width
    count = 0
    for number, cells, is_entry in rows:
        if not is_entry:
            yield number, cells, False
            continue
        row = list(cells)
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


def width_of(table: Table) -> int:
    """How many cells a row of the table has at least."""
    return max((*table.columns.values(), len(table.labels) - 1)) + 1
