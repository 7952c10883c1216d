"""Looking into a zip file before anyone unpacks it: bombs, lies in its directory, and what its sheets hold.

The directory of a zip can lie about sizes, and a reader that trusts a cell address may reserve memory for the whole
17 thousand million cells of a sheet. So every member is expanded once here, in small pieces, counted, and the sheets
are searched for formulas without a value on the way.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from salur.core.errors import UnreadableFile

MAX_EXPANDED = 1_500_000_000
SUSPICIOUS_RATIO, HARMLESS = 200, 20_000_000  # sheets shrink to a tenth or twentieth; a bomb to a thousandth
MAX_MEMBERS = 5_000
MAX_SHARED = 1_000_000_000  # bytes, if every cell held the longest of the shared texts
MAX_EMPTY_CELLS = 5_000_000  # cells between far-apart ones, that a reader would make room for
PIECE = 1 << 20
LOCAL_HEADER = 30
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError)

# `[^<>]` throughout, so that no text makes these look further than to the end of one tag.
CELL_END, SHARED_END = b"</c>", b"</si>"
ROW = re.compile(rb'<(?:\w+:)?row\b(?:[^<>]*?\br="(\d{1,9})")?')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]*? hidden="(?:1|true)")[^<>]*? r="(\d{1,9})"')
INLINE_VALUE = re.compile(
    rb"""\bt=["']inlineStr["'][^<>]*>\s*<(?:\w+:)?[fv][\s>/]|</(?:\w+:)?is>\s*<(?:\w+:)?v[\s>/]"""
)
FULL_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Za-z]+)(\d{1,9})"[^<>]*(?<!/)>')
ADDRESS = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="')
WIDE = re.compile(rb' r="([A-Za-z]{2,})\d')
FAR = re.compile(rb' r="[A-Za-z]+(\d{4,})"')
# What the patterns above would not see, in the tag of a cell or row: other quotes, other spaces. Looking for the signs
# alone, which most files do not have, is quick.
ODD_SIGNS = (b"'", b" =", b"= ", b"\t", b"\r", b"\n")
ODD_TAG = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^<>]*?(?:'| =|= |[\t\r\n])")
BROKEN_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]*?\br="([A-Z]{1,3})\d)(?:'
    rb'(?=[^<>]*\bt="e")[^<>]*>'  # an error for a value, or a formula whose value was not saved:
    rb'|(?![^<>]*\bt="str")[^<>]*(?<!/)><(?:\w+:)?f\b[^<>]*(?:(?<=/)>|>[^<]*</(?:\w+:)?f>)'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
    rb")"
)


@dataclass(slots=True)
class SheetFacts:
    """What the raw text of a sheet tells: how far it reaches and which columns hold broken formulas."""

    rows: int = 0
    last_row: int = 0
    last_column: int = 26
    cells: int = 0
    odd: bool = False  # written in a way that these facts may not hold for
    broken: Counter[int] = field(default_factory=Counter)
    inline: bool = False  # texts in the values of cells that are called inline
    hidden: set[int] = field(default_factory=set)  # rows that are not shown, counted from 0


def inspect(path: Path) -> dict[str, SheetFacts]:
    """Expand every member once; give the facts of each worksheet by its member name.

    A reader copies a shared text into every cell that names it: sheets for which that may be too much are `odd`.

    Raises: UnreadableFile with `damaged`, `password` or `zip_bomb`.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            infos = archive.infolist()
            _check_directory(infos)
            longest = [0]
            sheets = dict(_inspect_members(file, infos, longest))
    except BROKEN_ZIP as error:
        raise UnreadableFile("damaged") from error
    if sum(facts.cells for facts in sheets.values()) * max(longest) > MAX_SHARED:
        for facts in sheets.values():
            facts.odd = True
    return sheets


def plain_name(name: str) -> str:
    """A member's name with the strokes of the standard: programs of Windows have written the others."""
    return name.replace("\\", "/").lstrip("/")


def members(path: Path) -> dict[str, str]:
    """The members of a zip file: name as readers look for it (small letters, no leading slash) to name as stored.

    Raises: UnreadableFile with `damaged`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return {plain_name(name).lower(): name for name in archive.namelist()}
    except BROKEN_ZIP as error:
        raise UnreadableFile("damaged") from error


def read_member(path: Path, name: str, limit: int = 5_000_000) -> bytes:
    """One small member, expanded; empty when it is not there. Raises: UnreadableFile with `damaged`."""
    stored = members(path).get(name.lower())
    if stored is None:
        return b""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(stored) as file:
            return file.read(limit)
    except (*BROKEN_ZIP, EOFError) as error:
        raise UnreadableFile("damaged") from error


def _check_directory(infos: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 0x1 for member in infos):
        raise UnreadableFile("password")
    if len(infos) > MAX_MEMBERS or sum(member.file_size for member in infos) > MAX_EXPANDED:
        raise UnreadableFile("zip_bomb")


def _inspect_members(
    file: BinaryIO, infos: list[zipfile.ZipInfo], longest: list[int]
) -> Iterator[tuple[str, SheetFacts]]:
    """The facts of each worksheet; the lengths of the longest shared texts go to `longest`."""
    total = 0
    for member in infos:
        name = plain_name(member.filename)
        facts = SheetFacts() if re.match(r"xl/worksheets/[^/]+\.xml$", name, re.I) else None
        shared = name.lower() == "xl/sharedstrings.xml"
        tail, size, begun = b"", 0, 0
        for piece in _expand(file, member):
            size += len(piece)
            if size > HARMLESS and size > SUSPICIOUS_RATIO * max(member.compress_size, 1):
                raise UnreadableFile("zip_bomb")
            if total + size > MAX_EXPANDED:
                raise UnreadableFile("zip_bomb")
            if facts is not None:
                tail = _search(tail + piece, facts)
            if shared:
                begun = _measure(piece, begun, longest)
        total += size
        if facts is not None:
            _search(tail + CELL_END, facts)
            _check_reach(facts)
            yield name, facts


def _measure(piece: bytes, begun: int, longest: list[int]) -> int:
    """Note the longest text, `begun` bytes of which came before; give the bytes begun at the end of the piece."""
    first, *more = map(len, piece.split(SHARED_END))
    lengths = [begun + first, *more]
    longest[0] = max(longest[0], *lengths)
    return lengths[-1]


def _expand(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Expand one member piece by piece, reading to the true end of its data whatever its directory entry says."""
    file.seek(member.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = member.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if member.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and member.compress_type != zipfile.ZIP_STORED:
        raise NotImplementedError
    while left > 0 and (raw := file.read(min(PIECE, left))):
        left -= len(raw)
        if inflate is None:
            yield raw
            continue
        while raw and not inflate.eof:
            yield inflate.decompress(raw, PIECE)
            raw = inflate.unconsumed_tail


def _search(text: bytes, facts: SheetFacts) -> bytes:
    """Gather facts from all complete cells of the text; give back the rest."""
    end = text.rfind(CELL_END)
    end = end + len(CELL_END) if end >= 0 else max(0, len(text) - PIECE)
    whole, rest = text[:end], text[end:]
    rows, before = ROW.findall(whole), facts.last_row
    cells = whole.count(b"<c ") + whole.count(b":c ")
    reach = max(map(int, filter(None, rows)), default=before + len(rows))
    if reach - before > 2 * len(rows) + 1000 and len(ADDRESS.findall(whole)) == cells:
        # A row far down may be only a styled, empty one: then where the last full cell is counts.
        reach = max((int(number) for _, number in FULL_CELL.findall(whole)), default=before)
    far = max(map(int, set(FAR.findall(whole))), default=0)
    if far > reach + 1000:
        # Further down than its row says: an empty cell does no harm, a full one does, and an odd one may.
        full = max((int(number) for _, number in FULL_CELL.findall(whole)), default=0)
        facts.odd, reach = facts.odd or full < far, max(reach, full)
    facts.rows, facts.cells, facts.last_row = facts.rows + len(rows), facts.cells + cells, max(before, reach)
    for letters in set(WIDE.findall(whole)):
        facts.last_column = max(facts.last_column, column_index(letters[:9].decode().upper()) + 1)
    if b"inlineStr" in whole and INLINE_VALUE.search(whole):
        facts.inline = True
    if b" hidden=" in whole:
        facts.hidden.update(int(number) - 1 for number in HIDDEN_ROW.findall(whole))
    if b"\0" in whole or (any(sign in whole for sign in ODD_SIGNS) and ODD_TAG.search(whole)):
        facts.odd = True
    if b't="e"' in whole or b"<f" in whole or b":f" in whole:
        facts.broken.update(column_index(match[1].decode()) for match in BROKEN_CELL.finditer(whole))
    return rest


def _check_reach(facts: SheetFacts) -> None:
    if facts.last_row * facts.last_column > MAX_EMPTY_CELLS + 100 * facts.cells:
        raise UnreadableFile("zip_bomb")


def column_index(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
