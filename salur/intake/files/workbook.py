"""Reading xlsx and xls with calamine, after a look inside, since it trusts what the file says of itself."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import python_calamine as calamine
from lxml import etree

from salur.core.errors import UnreadableFile
from salur.intake.files import inline, xlsprocess, zipguard
from salur.intake.files.refused import other_kind, other_ole
from salur.intake.files.sheet import MAX_ROWS, Loaded, OpenFile, Row, Sheet

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
T = TypeVar("T")


def open_xlsx(path: Path) -> OpenFile:
    """Open a zip file that should be an xlsx. Raises: UnreadableFile."""
    names = zipguard.members(path)
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(other_kind(names))
    facts = zipguard.inspect(path)
    rows = sum(fact.rows for fact in facts.values())
    if rows > MAX_ROWS:
        raise UnreadableFile("too_many_rows")
    members = list(_sheet_members(path))
    broken = {name: facts[member].broken for name, member in members if member in facts}
    hidden = {name: facts[member].hidden for name, member in members if member in facts}
    # Not what any program of an office writes: then the look inside may have missed something.
    is_odd = any(member not in facts or facts[member].odd for _, member in members)

    def read(path: Path) -> OpenFile:
        if is_odd:
            return xlsprocess.open_apart(path, "xlsx", broken, hidden)
        return OpenFile("xlsx", _sheets(path, broken, hidden), rows=rows)

    in_values = {member for member, fact in facts.items() if fact.inline}
    return inline.with_plain_texts(path, in_values, read) if in_values else read(path)


def open_xls(path: Path) -> OpenFile:
    """Open an OLE file: an xls of Excel 97 to 2003, or an xlsx locked by a password. Raises: UnreadableFile."""
    content = path.read_bytes()
    if ENCRYPTED in content:
        raise UnreadableFile("password")
    if not any(name in content for name in BOOKS):
        raise UnreadableFile(other_ole(content))
    return xlsprocess.open_apart(path, "xls", {}, {})


def _sheet_members(path: Path) -> Iterator[tuple[str, str]]:
    """Which member of the zip file holds which sheet: `workbook.xml` names the sheets, its `rels` the members."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        book = etree.fromstring(zipguard.read_member(path, "xl/workbook.xml"), parser)
        rels = etree.fromstring(zipguard.read_member(path, "xl/_rels/workbook.xml.rels"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile("damaged") from error
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels.iter("{*}Relationship")}
    for sheet in book.iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), None)
        target = targets.get(key, "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _sheets(
    path: Path, broken: Mapping[str, Mapping[int, int]], hidden: Mapping[str, Collection[int]]
) -> tuple[Sheet, ...]:
    book = _guarded(lambda: calamine.load_workbook(str(path)))
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    return tuple(Sheet(name, _loader(book, name, hidden.get(name, ())), broken.get(name, {})) for name in visible)


def _loader(book: calamine.CalamineWorkbook, name: str, hidden: Collection[int]) -> Callable[[], Loaded]:
    def load() -> Loaded:
        sheet = _guarded(lambda: book.get_sheet_by_name(name))
        if sheet.total_height > MAX_ROWS:
            raise UnreadableFile("too_many_rows")
        spans = sorted((*first, *last) for first, last in sheet.merged_cell_ranges or [])
        return Loaded(_rows(sheet), spans, hidden=hidden)

    return load


def _rows(sheet: calamine.CalamineSheet) -> Iterator[Row]:
    if sheet.start is None:
        return
    left: Row = [""] * sheet.start[1]  # calamine keeps empty rows above the data, but not columns left of them
    rows = sheet.iter_rows()
    while (row := _guarded(lambda: next(rows, None))) is not None:
        yield left + row if left else row


def _guarded(read: Callable[[], T]) -> T:
    """Run something of calamine's. It panics on some damaged files, with an exception that is no `Exception`."""
    try:
        return read()
    except calamine.PasswordError as error:
        raise UnreadableFile("password") from error
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        raise UnreadableFile("damaged") from error
