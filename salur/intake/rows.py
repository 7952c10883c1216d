"""Going through the rows of a table: what lists, schedules and payment results do in the same way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import chain, islice

from salur.intake.cells import rt_rw, single_number, text_of, value_of
from salur.intake.draft import RowId
from salur.intake.files import Cell, Row
from salur.intake.places import Places
from salur.intake.reading import Tables, records
from salur.intake.tables import Table
from salur.intake.titles import Titles, read_titles
from salur.intake.wordings import programme_of, stage_of

SAMPLE = 200
FEW_CELLS = 3  # a row with fewer cells than this may be a heading


class RowReader(ABC):
    """Reads the rows of one table. While a row is read, `faults` gathers what is wrong with it (column, code)."""

    repeatable: frozenset[str]  # fields where `sda` stands for the cell above

    def __init__(self, table: Table, tables: Tables) -> None:
        self._table, self._tables = table, tables
        self._columns = table.columns
        self._titles: Titles = read_titles(table.titles, read_titles([table.sheet.name]))
        self.faults: list[tuple[str, str]] = []

    @abstractmethod
    def is_record(self, row: Row) -> bool:
        """Whether a row is meant as an entry, and is no subtotal, heading, signature or footnote."""

    def is_heading(self, row: Row) -> bool:
        """Whether a row that is no entry says something of the rows under it, such as `RT 003 RW 005`."""
        return 0 < len(filled(row)) < FEW_CELLS

    def records(self) -> Iterator[tuple[RowId, Row]]:
        """Give each entry's row, with the repeat marks replaced; headings between them are read on the way."""
        rows = records(self._table, self.repeatable, self.is_record)
        sample = list(islice(rows, SAMPLE))
        self._places = Places(self._columns, [row for _, row, is_record in sample if is_record], self._titles)
        for number, row, is_record in chain(sample, rows):
            if is_record:
                self.faults = []
                yield self._tables.row_id(self._table, number), row
            elif self.is_heading(row):
                self._titles = read_titles([" ".join(filled(row))], self._titles)

    def fault(self, column: str, code: str) -> None:
        """Note something wrong with the row being read."""
        self.faults.append((column, code))

    def cell(self, row: Row, field: str) -> Cell:
        """The cell of a field; empty text when there is no such column."""
        column = self._columns.get(field)
        return "" if column is None else row[column]

    def text(self, row: Row, field: str) -> str | None:
        """The text of a field; None when it says nothing."""
        column = self._columns.get(field)
        return None if column is None or row[column] == "" else value_of(row[column])

    def programme(self, row: Row) -> str | None:
        """The programme that the row names, else the titles."""
        text = self.text(row, "programme")
        return programme_of(text) if text else self._titles.programme

    def stage(self, row: Row) -> str | None:
        """The stage that the row names, else the titles."""
        text = self.text(row, "stage")
        return stage_of(text) if text else self._titles.stage

    def neighbourhood(self, row: Row) -> tuple[int | None, int | None]:
        """RT and RW: from the joined column or their own, else from the titles."""
        joined = "rt_rw" in self._columns
        rt, rw, clear = rt_rw(self.cell(row, "rt_rw" if joined else "rt"))
        if not clear:
            self.fault("rt", "rt_unclear")
            if joined:
                return None, None
        elif rt is None:
            rt = self._titles.rt
        if rw is None and "rw" in self._columns:
            rw, rw_clear = single_number(self.cell(row, "rw"))
            if not rw_clear:
                self.fault("rw", "rt_unclear")
                return rt, None
        return rt, rw or self._titles.rw

    def place(self, row: Row) -> tuple[str | None, str | None, str | None]:
        """Official names of kelurahan and kecamatan, and the code of the smaller one."""
        found = self._places.of(row, self._titles)
        if found.unknown:
            self.fault(found.unknown, "region_unknown")
        return found.kelurahan, found.kecamatan, found.region_code


def filled(row: Row) -> list[str]:
    """The texts of a row's cells that hold something."""
    return [text for cell in row if cell != "" and (text := text_of(cell))]
