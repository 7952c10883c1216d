"""Reading ods. Read here and not by calamine, which takes a file's word for how often a cell is repeated."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from salur.core.errors import UnreadableFile
from salur.intake.files import zipguard
from salur.intake.files.sheet import Cell, Element, Loaded, OpenFile, Row, Sheet, Span, count_rows

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
SPACES = {f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}s", f"{TEXT}soft-page-break"}
PARAGRAPHS = {f"{TEXT}p", f"{TEXT}h", f"{TEXT}list-item"}
REMARKS = {f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}ruby-text"}
MAX_COLUMNS = 1024  # more than any list has; a file may claim 16,384 full ones
MAX_SAME_ROWS = 10_000
MAX_REPEATED = 5_000_000  # cells that stand in the file only as a number of times


class _Event(NamedTuple):
    """Something met on the way through the content: a sheet beginning, or a row of it."""

    sheet: int
    name: str
    hidden: bool
    row: Element  # the element, or None where the sheet begins


def open_ods(path: Path) -> OpenFile:
    """Open an OpenDocument spreadsheet. Raises: UnreadableFile."""
    if b"encryption-data" in zipguard.read_member(path, "META-INF/manifest.xml"):
        raise UnreadableFile("password")
    if "content.xml" not in zipguard.members(path):
        raise UnreadableFile("damaged")
    zipguard.inspect(path)
    begun = [event for event in _events(path) if event.row is None]
    return OpenFile("ods", tuple(_sheet(path, event) for event in begun if not event.hidden))


def _sheet(path: Path, event: _Event) -> Sheet:
    broken: Counter[int] = Counter()

    def load() -> Loaded:
        spans: list[Span] = []
        hidden: set[int] = set()
        return Loaded(count_rows(_rows(path, event.sheet, spans, broken, hidden)), spans, hidden=hidden)

    return Sheet(event.name, load, broken)


def _events(path: Path) -> Iterator[_Event]:
    """Walk through the content once, forgetting each row after it is given."""
    hidden_styles: set[str] = set()
    sheet, name, hidden = -1, "", False
    tags = (f"{TABLE}table", f"{TABLE}table-row", f"{STYLE}style")
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
            steps = etree.iterparse(file, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True)
            for step, element in steps:
                if step == "start" and element.tag == tags[0]:
                    sheet, name = sheet + 1, element.get(f"{TABLE}name") or ""
                    hidden = element.get(f"{TABLE}style-name") in hidden_styles
                    yield _Event(sheet, name, hidden, None)
                elif step == "end" and element.tag == tags[1]:
                    yield _Event(sheet, name, hidden, element)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                elif step == "end" and element.find(f"{STYLE}table-properties[@{TABLE}display='false']") is not None:
                    hidden_styles.add(element.get(f"{STYLE}name"))
    except (etree.LxmlError, *zipguard.BROKEN_ZIP, EOFError, KeyError) as error:
        raise UnreadableFile("damaged") from error


def _rows(path: Path, sheet: int, spans: list[Span], broken: Counter[int], hidden: set[int]) -> Iterator[Row]:
    number = empty = repeated = 0
    for event in _events(path):
        if event.sheet != sheet or event.row is None:
            continue
        times = _number(event.row, "number-rows-repeated")
        row = _row(event.row, number + empty, spans, broken)
        if not any(cell != "" for cell in row):
            empty += times  # the last row of a sheet is an empty one, repeated a million times
            continue
        repeated += max(0, times * len(row) - len(event.row))
        if times > MAX_SAME_ROWS or repeated > MAX_REPEATED:
            raise UnreadableFile("zip_bomb")
        if event.row.get(f"{TABLE}visibility") in ("collapse", "filter"):
            hidden.update(range(number + empty, number + empty + times))
        yield from repeat([], empty)
        yield from repeat(row, times)
        number, empty = number + empty + times, 0


def _row(element: Element, number: int, spans: list[Span], broken: Counter[int]) -> Row:
    row: Row = []
    for cell in element:
        if cell.tag not in CELLS:
            continue
        column, value = len(row), _value(cell)
        wide, high = _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            spans.append((number, column, number + high - 1, column + min(wide, MAX_COLUMNS) - 1))
        if value == "" and cell.get(f"{TABLE}formula"):
            broken[column] += 1
        row += [value] * min(_number(cell, "number-columns-repeated"), MAX_COLUMNS - column)
        if len(row) >= MAX_COLUMNS:
            break
    while row and row[-1] == "":
        row.pop()
    return row


def _value(cell: Element) -> Cell:
    """The value of a cell by its declared type; a formula's error is no value."""
    kind, value = cell.get(f"{OFFICE}value-type"), cell.get(f"{OFFICE}value") or ""
    text = " ".join(map(_text, cell.iterchildren(f"{TEXT}p", f"{TEXT}h", f"{TEXT}list")))
    try:
        if kind in ("float", "currency", "percentage"):
            return float(value)
        if kind == "date":
            day = cell.get(f"{OFFICE}date-value") or ""
            return datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    except ValueError:
        return text
    if kind is None or (cell.get(f"{TABLE}formula") and text.startswith(("#", "Err:"))):
        return ""
    return text


def _text(element: Element) -> str:
    """The text of a paragraph; tabs, line breaks and spaces are elements of their own, remarks stand beside it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in SPACES:
            parts.append(" ")
        elif isinstance(child.tag, str) and child.tag not in REMARKS:
            parts.append(_text(child))
            parts.append(" " if child.tag in PARAGRAPHS else "")
        parts.append(child.tail or "")
    return "".join(parts)


def _number(element: Element, name: str) -> int:
    text = element.get(f"{TABLE}{name}") or ""
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
