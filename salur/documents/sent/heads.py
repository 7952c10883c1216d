"""A list of heads of RT and RW that an office sends, a workbook or csv, as rows. What they mean the core says."""

from __future__ import annotations

import re
import tempfile
from itertools import islice
from pathlib import Path

from salur.core.errors import UnreadableFile
from salur.core.rollout.answers import MOST_AT_ONCE, HeadRow
from salur.intake.cells.dates import day_of
from salur.intake.files.opening import open_file
from salur.intake.files.sheet import Cell, Row

# Header, without all but its letters -> field.
HEADERS = {
    "NAMA": "name", "NAMALENGKAP": "name", "NAMAKETUA": "name",
    "JABATAN": "role", "PERAN": "role", "KETUA": "role",
    "RT": "rt", "NORT": "rt", "RW": "rw", "NORW": "rw",
    "KELURAHAN": "kelurahan", "DESA": "kelurahan", "KEL": "kelurahan", "DESAKELURAHAN": "kelurahan",
    "KELURAHANDESA": "kelurahan", "KELDESA": "kelurahan",
    "AKHIRMASATUGAS": "ends", "MASATUGAS": "ends", "AKHIRMASABAKTI": "ends", "MASABAKTI": "ends", "SAMPAI": "ends",
    "AKHIRJABATAN": "ends", "BERAKHIR": "ends",
}  # fmt: skip
LOOKED_AT = 30  # rows, for the header


def read_heads(content: bytes) -> tuple[HeadRow, ...]:
    """The rows under the header that are not empty; the first sheet alone.

    Raises: UnreadableFile, `no_header` where there is none with at least RW and one more.
    """
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        Path(file.name).write_bytes(content)
        opened = open_file(file.name)
        if not opened.sheets:
            raise UnreadableFile("empty")
        rows = list(islice(opened.sheets[0].load().rows, MOST_AT_ONCE + LOOKED_AT + 1))
    for number, row in enumerate(rows[:LOOKED_AT]):
        columns = {HEADERS[key]: index for index, cell in enumerate(row) if (key := _key(cell)) in HEADERS}
        if "rw" in columns and len(columns) > 1:
            return tuple(
                HeadRow(at, **{field: _read(each, columns, field) for field in set(HEADERS.values())})
                for at, each in enumerate(rows[number + 1 :], number + 2)
                if any(str(cell).strip() for cell in each)
            )
    raise UnreadableFile("no_header")


def _key(cell: Cell) -> str:
    return re.sub(r"[^A-Z]", "", str(cell).upper())


def _read(row: Row, columns: dict[str, int], field: str) -> str:
    text = _text(row, columns.get(field))
    if field != "ends" or not text:
        return text
    day = day_of(row[columns[field]])
    return day.day.isoformat() if day.day is not None else text


def _text(row: Row, column: int | None) -> str:
    if column is None or column >= len(row):
        return ""
    cell = row[column]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())[:80]
