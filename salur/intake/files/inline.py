"""Texts that a program wrote into the value of a cell, and called inline: Excel shows them, calamine gives nothing."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from salur.core.errors import UnreadableFile
from salur.intake.files.zipguard import BROKEN_ZIP, plain_name

MAX_SHEET = 300_000_000
IN_VALUE = re.compile(rb"""(<(?:\w+:)?c\b[^<>]*?\bt=["'])inlineStr(?=["'][^<>]*>\s*<(?:\w+:)?[fv][\s>/])""")
BEHIND_TEXT = re.compile(rb"(</(?:\w+:)?is>)\s*<(?:\w+:)?v\s*(?:/>|>[^<]*</(?:\w+:)?v>)")
T = TypeVar("T")


def with_plain_texts(path: Path, sheets: Collection[str], read: Callable[[Path], T]) -> T:
    """Read a copy of a workbook whose `sheets` (names of members) say plainly what their cells hold.

    Raises: UnreadableFile.
    """
    with NamedTemporaryFile(suffix=".xlsx") as copy:
        try:
            with (
                zipfile.ZipFile(path) as archive,
                zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
            ):
                for member in archive.infolist():
                    name = plain_name(member.filename)
                    with archive.open(member) as source, new.open(name, "w", force_zip64=True) as target:
                        if name in sheets:
                            target.write(_plain(source.read(MAX_SHEET + 1)))
                        else:
                            shutil.copyfileobj(source, target)
        except (*BROKEN_ZIP, EOFError) as error:
            raise UnreadableFile("damaged") from error
        return read(Path(copy.name))


def _plain(sheet: bytes) -> bytes:
    if len(sheet) > MAX_SHEET:
        raise UnreadableFile("too_large")
    return BEHIND_TEXT.sub(rb"\1", IN_VALUE.sub(rb"\1str", sheet))
