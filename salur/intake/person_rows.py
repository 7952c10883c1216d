"""Which rows of a table are about a person: the part that lists and payment results have in common."""

from __future__ import annotations

import re

from salur.intake.cells.texts import text_of, value_of
from salur.intake.files.sheet import Cell, Row
from salur.intake.rows import RowReader
from salur.intake.shapes import FEW_CELLS, NOTE, filled, is_footer, is_heading_text, is_name, is_subtotal, is_sum
from salur.intake.tables.following import Table
from salur.intake.tables.reading import Tables

# Written as a number, with the signs and words that come with one; `NIP. 1970…` of a signature is none.
NUMBER = re.compile(r"\W*(?:(?:NIK|KK|NO|KTP|NKK)\b[.:\s]*)*[\dO][\dOE+.,\s\W]*", re.I)
NIK = re.compile(r"\d{16}")
LONG = 10  # digits that make a number a NIK or KK, however badly written


class PersonRows(RowReader):
    """Reads the rows of one table, each of which is about one person."""

    def __init__(self, table: Table, tables: Tables) -> None:
        super().__init__(table, tables)
        self._numbers = [self._columns[f] for f in ("nik", "kk") if f in self._columns]
        self._codes = [self._columns[f] for f in ("nik", "kk", "letter_code", "post_office") if f in self._columns]

    def is_entry(self, row: Row) -> bool:
        """A long number makes a person; else a running number, or a code, and more about who it is.

        At the foot of a page stand names and numbers too, but few, and without a running number.
        """
        for column in self._numbers:
            if _is_long_number(row[column]):
                return True
        texts, has_code = filled(row), self._has_code(row)
        if is_subtotal(texts) and not (has_code and self.is_numbered(row)):
            return False
        has_name = self.text(row, "name") is not None
        if not (has_code or has_name):
            return False
        if self.is_numbered(row) and not is_sum(texts):
            return True
        if is_heading_text(texts) or (is_footer(texts) and (len(texts) <= FEW_CELLS or not has_code)):
            return False
        return has_code and (has_name or len(texts) >= FEW_CELLS)

    def is_lost_entry(self, row: Row, texts: list[str], *, follows: bool, at_foot: bool) -> bool:
        """Somebody without a number or a name; a name alone only in the midst of others or right below."""
        if is_sum(texts):
            return False
        if (self.is_numbered(row) and len(texts) > 1) or any(NIK.fullmatch(text) for text in texts):
            return True
        if NOTE.match(texts[0]) or (is_footer(texts) and (at_foot or is_footer(texts[:1]))):
            return False
        name = self.text(row, "name")
        if is_heading_text(texts) and not (name and is_name(name)):
            return False
        if len(texts) >= FEW_CELLS:
            return True
        return bool((name and is_name(name)) or self._has_code(row)) and (follows or not at_foot)

    def _has_code(self, row: Row) -> bool:
        codes = (value_of(row[column]) for column in self._codes)
        return any(code and any(map(str.isdigit, code)) for code in codes)


def _is_long_number(cell: Cell) -> bool:
    if isinstance(cell, str) and (not cell or cell.isdecimal()):
        return len(cell) >= LONG
    text = text_of(cell)
    return sum(char.isdigit() for char in text) >= LONG and NUMBER.fullmatch(text) is not None
