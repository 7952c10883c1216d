"""Reading a workbook of faulty rows that came back from the sender: each row with the mark that it was given."""

from __future__ import annotations

import os
from collections.abc import Iterator

from salur.core.errors import Refused
from salur.intake.cells.texts import text_of
from salur.intake.files.opening import open_file

MARK = "SALUR"  # the header of the column of marks, which is hidden


def read_corrections(path: str | os.PathLike[str]) -> list[tuple[str, list[str]]]:
    """The mark of each row, and the cells that the sender's own file has: between the row's number and the reasons.

    Raises: UnreadableFile; Refused(`no_such_rows`) where no column has marks.
    """
    found = list(_marked(path))
    if not found:
        raise Refused("no_such_rows")
    return found


def _marked(path: str | os.PathLike[str]) -> Iterator[tuple[str, list[str]]]:
    for sheet in open_file(path).sheets:
        at = None
        for row in sheet.load().rows:
            texts = [text_of(cell) for cell in row]
            if at is None:
                at = texts.index(MARK) if MARK in texts else None
            elif len(texts) > at and texts[at]:
                yield texts[at], texts[1 : at - 1]
