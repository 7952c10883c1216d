"""Writing the city's workbooks: plain cells the short way, which leans on the library's private parts."""

from __future__ import annotations

from datetime import date

import python_calamine
from xlsxwriter.worksheet import Worksheet

from salur.sample.tables import XlsxTable

PLAIN_ROW: list[str | int | date | None] = ["SITI AMINAH", 300000]
ODD_ROW: list[str | int | date | None] = ["A & B <C>", 300000]


def test_plain_cells_are_written_the_short_way_and_read_alike(tmp_path, monkeypatch):
    """The method that is replaced is found under the same name; see docs/leaning.md."""
    long_way = []
    original = Worksheet._write_cell

    def counted(sheet: Worksheet, row: int, col: int, cell: object) -> None:
        long_way.append((row, col))
        original(sheet, row, col, cell)

    monkeypatch.setattr(Worksheet, "_write_cell", counted)
    table = XlsxTable(tmp_path / "table.xlsx")
    table.sheet("Daftar")
    table.row(PLAIN_ROW)
    table.row(ODD_ROW)
    table.close()
    assert long_way == [(1, 0)]
    rows = python_calamine.load_workbook(str(tmp_path / "table.xlsx")).get_sheet_by_index(0).to_python()
    assert rows == [PLAIN_ROW, ODD_ROW]
