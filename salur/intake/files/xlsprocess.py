"""Reading xls, and xlsx of an odd make, in a process of its own, with a limit on its memory.

A damaged file can make calamine ask for gigabytes, and a refused allocation ends its whole process: not an exception
that could be caught. So the file is read by a child, which hands the cells over as lines of JSON. Files of xls are
rare and have at most 65,536 rows.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from salur.core.errors import UnreadableFile
from salur.intake.files.sheet import Cell, Loaded, OpenFile, Row, Sheet, Span

MAX_MEMORY = 1_500_000_000
MAX_SECONDS = 180
ROOT = Path(__file__).parents[3]
Packed = Any  # a cell as JSON holds it: itself, or its kind and what it is made of
PASSWORD, DAMAGED = 3, 4  # exit codes of the child


def open_apart(
    path: Path, kind: str, broken: Mapping[str, Mapping[int, int]], hidden: Mapping[str, Collection[int]]
) -> OpenFile:
    """Read all visible sheets of a workbook; `broken` and `hidden` by sheet name, as in `Sheet` and `Loaded`.

    Raises: UnreadableFile with `password` or `damaged`.
    """
    command = [sys.executable, "-m", __name__, os.fspath(path.resolve())]
    search = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(  # noqa: S603  # our own module; the path is an argument, no shell
            command, capture_output=True, timeout=MAX_SECONDS, check=False, env={**os.environ, "PYTHONPATH": search}
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("damaged") from error
    if done.returncode != 0:
        raise UnreadableFile("password" if done.returncode == PASSWORD else "damaged")
    lines = done.stdout.splitlines()
    sheets = []
    for start, end in _parts(lines):
        head = json.loads(lines[start])
        name, spans = head["sheet"], sorted(tuple(span) for span in head["merged"])
        load = _loader(lines[start + 1 : end], spans, hidden.get(name, ()))
        sheets.append(Sheet(name, load, broken.get(name, {})))
    return OpenFile(kind, tuple(sheets))


def _parts(lines: list[bytes]) -> list[tuple[int, int]]:
    starts = [number for number, line in enumerate(lines) if line.startswith(b"{")]
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def _loader(lines: list[bytes], spans: Sequence[Span], hidden: Collection[int]) -> Callable[[], Loaded]:
    return lambda: Loaded((_unpacked(json.loads(line)) for line in lines), spans, hidden=hidden)


def _unpacked(row: list[Packed]) -> Row:
    return [UNPACK[cell[0]](cell[1]) if isinstance(cell, list) else cell for cell in row]


UNPACK: dict[str, Callable[[Packed], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}


def _packed(cell: Cell) -> object:
    if isinstance(cell, datetime | date | time):
        return [type(cell).__name__, cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["timedelta", cell.total_seconds()]
    return cell


def _print_sheets(path: str) -> None:
    """What the child does: each sheet as a line with its name, then a line for each row."""
    book = calamine.load_workbook(path)
    for meta in book.sheets_metadata:
        if meta.visible == calamine.SheetVisibleEnum.Visible and meta.typ == calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
            _say({"sheet": meta.name, "merged": merged})
            for row in _rows(sheet):
                _say([_packed(cell) for cell in row])


def _rows(sheet: calamine.CalamineSheet) -> Iterator[Row]:
    if sheet.start is not None:
        left: Row = [""] * sheet.start[1]
        for row in sheet.iter_rows():
            yield left + row


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    try:
        _print_sheets(sys.argv[1])
        sys.stdout.flush()
    except calamine.PasswordError:
        sys.exit(PASSWORD)
    except BaseException:
        # Also calamine's panics, which are no `Exception`. The reason would name nothing that helps an office.
        sys.exit(DAMAGED)
