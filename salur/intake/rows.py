"""Going through the rows of a table: what lists, schedules and payment results do in the same way."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from salur.core.lists.kinds import RowId, WhyLeftOut
from salur.intake.cells.amounts import aid, unit_of
from salur.intake.cells.dates import Day, Order, day_of, order_of
from salur.intake.cells.texts import is_no_neighbourhood, rt_rw, rw_rt, single_number, text_of, value_of
from salur.intake.cells.wordings import programme_of, stage_of
from salur.intake.files.sheet import Cell, Row
from salur.intake.regions import RowRegions
from salur.intake.shapes import FEW_CELLS, FOOTER, NOTE, filled, is_footer, is_running_number, is_subtotal, is_sum
from salur.intake.tables.columns import NUMBERING, column_letters, fold_header
from salur.intake.tables.following import Table
from salur.intake.tables.reading import Tables, width_of, with_repeats
from salur.intake.tables.titles import Titles, doubted, read_heading, read_titles

SAMPLE = 200
MOST_WAITING = 500  # doubtful rows; what so many follow is no foot of a page
DAYS = ("date", "deadline")
SHORT_NUMBER = re.compile(r"\d{1,3}")
RW_FIRST = re.compile(r"\bRW\b.*\bRT\b")


class Doubtful(NamedTuple):
    """A row that is no clear entry. What it is, shows by what comes after it."""

    number: int
    row: Row
    follows: bool  # right under an entry


class RowReader(ABC):
    """Reads the rows of one table. While a row is read, `faults` gathers what is wrong with it (column, code).

    Each row ends as an entry, which may be refused, or is left out with a reason; none is lost.
    """

    repeatable: frozenset[str]  # fields where `sda` stands for the cell above

    def __init__(self, table: Table, tables: Tables) -> None:
        self._table, self._tables = table, tables
        self._columns = table.columns
        self._titles: Titles = read_titles(table.titles, read_titles([table.sheet.name]))
        numbering = (column for column, text in enumerate(table.labels) if fold_header(text) in NUMBERING)
        unnamed = None if 0 in self._columns.values() else 0
        self._numbering = next(numbering, unnamed)
        self._unit = unit_of(self._label("amount"), table.titles)
        self._is_csv = tables.is_csv
        self._joined = "rt_rw" in self._columns
        self._read_both = rw_rt if self._joined and RW_FIRST.search(self._label("rt_rw")) else rt_rw
        self._placed = [self._columns[field] for field in ("rt", "rw", "rt_rw") if field in self._columns]
        self._beside_address = {"address", "rt", "rw"} <= set(self._columns)
        self._cut: dict[int, int] = {}  # rows of a csv that end before the last column, and where
        self._end = width_of(table)
        self.faults: list[tuple[str, str]] = []
        self.spoilt = False  # the cells of the row stand under headers of others: it is refused

    @abstractmethod
    def is_entry(self, row: Row) -> bool:
        """Whether a row is surely meant as an entry."""

    @abstractmethod
    def is_lost_entry(self, row: Row, texts: list[str], *, follows: bool, at_foot: bool) -> bool:
        """Whether a doubtful row is an entry that lacks most of what it needs, and no heading, signature or footnote.

        `follows` says that it stands right under an entry, `at_foot` that no entry comes after it.
        """

    def is_heading(self, row: Row) -> bool:
        """Whether a row left out says something of the rows under it, such as `RT 003 RW 005`."""
        texts = filled(row)
        return len(texts) < FEW_CELLS and not FOOTER.match(texts[0])

    def records(self) -> Iterator[tuple[RowId, Row]]:
        """Give each entry's row, with the repeat marks replaced; headings between them are read on the way."""
        rows = with_repeats(self._table, self.repeatable, self._sorted())
        sample = list(islice(rows, SAMPLE))
        entries = [row for _, row, is_entry in sample if is_entry]
        self._regions = RowRegions(self._columns, entries, self._titles, self._table.sheet.name)
        lengths = Lengths(self._table.labels, set(self._columns.values()), entries, is_csv=self._is_csv)
        self._orders = {
            field: order_of([row[self._columns[field]] for row in entries]) for field in DAYS if field in self._columns
        }
        sheet = self._table.sheet.name
        for number, row, is_entry in chain(sample, rows):
            if is_entry:
                self.faults, self.spoilt = [], False
                self._end = self._cut.pop(number, len(row))
                if (extra := lengths.first_extra(row)) is not None:
                    self.spoilt = self._is_csv
                    self.fault(column_letters(extra), "extra_cell")
                yield self._tables.row_id(sheet, number), row
            else:
                self._read_heading(row)

    def _read_heading(self, row: Row) -> None:
        """Take over what a heading says; an RT under the address alone may be of the one above, and is unclear."""
        told = read_heading(" ".join(filled(row)), self._titles)
        if self.cell(row, "address") != "" and len(filled(row)) == 1 and self._columns["address"] > 0:
            told = doubted(told)
        self._titles = told

    def _sorted(self) -> Iterator[tuple[int, Row, bool]]:
        """The entries and the headings of the table; whatever else stands there is left out."""
        waiting: list[Doubtful] = []
        width, last, page = width_of(self._table), 0, 0
        for number, cells in self._table.rows():
            if page != self._table.page:  # the header came again: what stands above it was the foot of a page
                yield from self._settle(waiting, at_foot=True)
                waiting, page = [], self._table.page
            row = cells if len(cells) >= width else cells + [""] * (width - len(cells))
            if self._is_csv and len(cells) < width:
                self._cut[number] = len(cells)
            if self.is_entry(row):
                if waiting:
                    yield from self._settle(waiting, at_foot=False)
                    waiting = []
                last = number
                yield number, row, True
                continue
            if is_subtotal(texts := filled(row)):
                self._table.leave(number, WhyLeftOut.TOTAL)
                continue
            follows = last == number - 1
            waiting.append(Doubtful(number, row, follows))
            if follows and self.is_lost_entry(row, texts, follows=True, at_foot=True):
                last = number
            if len(waiting) > MOST_WAITING:
                yield from self._settle(waiting, at_foot=False)
                waiting = []
        yield from self._settle(waiting, at_foot=True)

    def _settle(self, waiting: list[Doubtful], *, at_foot: bool) -> Iterator[tuple[int, Row, bool]]:
        """Say what doubtful rows are, now that it is known whether entries follow."""
        signed = False
        for number, row, follows in waiting:
            texts = filled(row)
            signed = signed or (at_foot and self._is_signed(row, texts))
            if not signed and self.is_lost_entry(row, texts, follows=follows, at_foot=at_foot):
                yield number, row, True
                continue
            why = self._why(row, texts, at_foot=at_foot, signed=signed)
            heads = not signed and not FOOTER.match(texts[0])
            self._table.leave(number, why, " ".join(texts) if heads and why == WhyLeftOut.TITLE else "")
            if not at_foot and self.is_heading(row):
                yield number, row, False

    def _why(self, row: Row, texts: list[str], *, at_foot: bool, signed: bool) -> WhyLeftOut:
        if is_sum(texts):  # a numbered line is kept for somebody
            return WhyLeftOut.NOTE if self.is_numbered(row) else WhyLeftOut.TOTAL
        if NOTE.match(texts[0]):
            return WhyLeftOut.NOTE
        if signed or FOOTER.match(texts[0]):
            return WhyLeftOut.SIGNATURE
        return WhyLeftOut.TITLE if len(texts) < FEW_CELLS or not at_foot else WhyLeftOut.NOTE

    def _is_signed(self, row: Row, texts: list[str]) -> bool:
        """Whether the foot of a page begins here: few cells, no running number, and words of a foot."""
        few = len(texts) <= FEW_CELLS or is_footer(texts[:1])
        return few and is_footer(texts) and not self.is_numbered(row)

    def is_numbered(self, row: Row) -> bool:
        """Whether a row has its running number."""
        return self._numbering is not None and is_running_number(row[self._numbering])

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
        if column is None:
            return None
        cell = row[column]
        return None if cell == "" else value_of(cell)

    def _label(self, field: str) -> str:
        """The header text of a field's column."""
        column, labels = self._columns.get(field), self._table.labels
        return labels[column].upper() if column is not None and column < len(labels) else ""

    def programme(self, row: Row) -> str | None:
        """The programme that the row names, else the titles."""
        text = self.text(row, "programme")
        return programme_of(text) if text else self._titles.programme

    def stage(self, row: Row) -> str | None:
        """The stage that the row names, else the titles."""
        text = self.text(row, "stage")
        return stage_of(text) if text else self._titles.stage

    def neighbourhood(self, row: Row) -> tuple[int | None, int | None]:
        """RT and RW: from the joined column or their own, else from the titles; neither where the row's cells moved."""
        if self._is_short(row) or self._has_moved(row):
            self.fault("rt", "rt_unclear")
            return None, None
        rt, rw, clear = self._read_both(self.cell(row, "rt_rw" if self._joined else "rt"))
        if not clear:
            self.fault("rt", "rt_unclear")
            if self._joined:
                return None, None
        if rw is None and "rw" in self._columns:
            rw, rw_clear = single_number(self.cell(row, "rw"), "RW")
            if not rw_clear:
                self.fault("rw", "rt_unclear")
                return rt or (self._titles.rt if clear else None), None
        for field in sorted(self._titles.unclear):  # said in the titles only, and there in two ways
            if (rt if field == "rt" else rw) is None and clear:
                self.fault(field, "rt_unclear")
        return rt or (self._titles.rt if clear else None), rw or self._titles.rw

    def _is_short(self, row: Row) -> bool:
        """Whether a cell before RT and RW may be missing: the row ends there, or an RT stands under the address."""
        if max(self._placed, default=0) >= self._end:
            return True
        return (
            self._beside_address
            and self.cell(row, "rw") == ""
            and SHORT_NUMBER.fullmatch(text_of(self.cell(row, "address"))) is not None
        )

    def _has_moved(self, row: Row) -> bool:
        """Whether under RT or RW stands what belongs elsewhere."""
        return any(is_no_neighbourhood(row[column]) for column in self._placed)

    def day(self, row: Row, field: str) -> Day:
        """The day of a field, in the order in which its column writes them; a fault where it is unclear."""
        day = day_of(self.cell(row, field), self._orders.get(field, Order.DAY_FIRST))
        if not day.clear:
            self.fault(field, "date_unclear")
        return day

    def amount(self, row: Row) -> int | None:
        """Whole rupiah, in the unit that header or titles name."""
        value, code = aid(self.cell(row, "amount"), self._unit)
        if code:
            self.fault("amount", code)
        return value

    def region(self, row: Row) -> tuple[str | None, str | None, str | None]:
        """Official names of kelurahan and kecamatan, and the code of the smaller one."""
        found = self._regions.of(row, self._titles)
        if found.unknown:
            self.fault(found.unknown, "region_unknown")
        return found.kelurahan, found.kecamatan, found.region_code


class Lengths:
    """Knows rows that are longer than their header: in a csv, a comma in an address or amount moved what stands behind.

    `columns` are those that are known for what they are.
    """

    def __init__(self, labels: Sequence[str], columns: set[int], rows: Sequence[Row], *, is_csv: bool) -> None:
        lengths = Counter(map(len, rows))
        self._usual = lengths.most_common(1)[0][0] if lengths else 0
        known = columns | {column for column, label in enumerate(labels) if label or is_csv}
        self._header = max(known, default=-1) + 1 if labels else self._usual
        self._is_csv = is_csv
        # In a sheet, a column without a name that most rows fill is one all the same.
        filled = Counter(column for row in rows for column in range(self._header, len(row)) if row[column] != "")
        self._nameless = set() if is_csv else {c for c, times in filled.items() if times * 2 > len(rows)}

    def first_extra(self, row: Row) -> int | None:
        """The first cell with no header over it: a filled one, in a csv also one where other rows have none."""
        extra = [column for column in range(self._header, len(row)) if column not in self._nameless]
        filled = next((column for column in extra if row[column] != ""), None)
        if filled is None and extra and self._is_csv and len(row) > self._usual:
            return self._header
        return filled
