"""Opening an office's file: what kind it is by its content, not its name, and whether it is safe to read.

Offices send xlsx, xls, xls that is HTML inside, ods and csv in several encodings. Whatever is wrong with the file
as a whole is one `UnreadableFile`; no bytes lead to anything else.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from salur.core.errors import UnreadableFile
from salur.intake.files.sheet import OpenFile

MAX_BYTES = 200_000_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 4096


def open_file(path: str | os.PathLike[str]) -> OpenFile:
    """Open a spreadsheet of whatever kind.

    Raises: UnreadableFile.
    """
    # The readers are imported here: a csv needs neither calamine nor lxml.
    from salur.intake.files import csvfile, markup, opendocument, refused, workbook  # noqa: PLC0415

    path = Path(path)
    head = _head(path)
    if head.startswith(ZIP):
        return opendocument.open_ods(path) if b"opendocument.spreadsheet" in head else workbook.open_xlsx(path)
    if head.startswith(OLE):
        return workbook.open_xls(path)
    if kind := refused.other_kind_by(head):
        raise UnreadableFile(kind)
    if markup.looks_like_markup(head):
        return markup.open_markup(path)
    return csvfile.open_csv(path)


def _head(path: Path) -> bytes:
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise UnreadableFile("not_a_table")
        if info.st_size > MAX_BYTES:
            raise UnreadableFile("too_large")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError as error:
        raise UnreadableFile("missing") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableFile("missing") from error
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty")
    return head
