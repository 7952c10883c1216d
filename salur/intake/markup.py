"""Reading tables written as markup: the HTML that web systems send as `.xls`, and Excel's old XML spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from salur.core.errors import UnreadableFile
from salur.intake.csvfile import text_encoding
from salur.intake.files import Cell, Loaded, OpenFile, Row, Sheet, Span, count_rows

ROW_TAGS = ("tr", "row")
CELL_TAGS = {"td", "th", "cell"}
TITLE_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "caption", "center")
# A page may nest or repeat these without end; what is told about a table stands near its top.
MAX_TITLES, MAX_PIECES, MAX_TITLE = 500, 200, 500
MAX_COLUMNS = 1024
MAX_SPAN = 200  # more columns than any list has; a page may claim a million


def looks_like_markup(head: bytes) -> bool:
    """Whether a file that begins so is a page or an XML spreadsheet."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    return re.match(r"<[a-z!?]", text, re.I) is not None


def open_markup(path: Path) -> OpenFile:
    """Open a page: all its tables are one sheet, as Excel would show it. Raises: UnreadableFile."""
    encoding = text_encoding(path)
    if next(_row_elements(path, encoding, []), None) is None:
        raise UnreadableFile("not_a_table")

    def load() -> Loaded:
        titles: list[str] = []
        spans: list[Span] = []
        return Loaded(count_rows(_rows(path, encoding, spans, titles)), spans, titles)

    return OpenFile("html", (Sheet("", load),), encoding)


def _rows(path: Path, encoding: str, spans: list[Span], titles: list[str]) -> Iterator[Row]:
    """Rows in the order of the page; a cell over several rows or columns fills the first, the rest is empty."""
    taken: dict[int, int] = {}  # column to how many more rows a cell from above takes there
    for number, element in enumerate(_row_elements(path, encoding, titles)):
        row: Row = []
        for cell in element:
            if cell.tag not in CELL_TAGS:
                continue
            start = _attribute(cell, "ss:index", 0)
            while (len(row) < start - 1 or taken.get(len(row), 0)) and len(row) < MAX_COLUMNS:
                row.append("")
            column, wide = len(row), _attribute(cell, "colspan", 1) or 1
            high = _attribute(cell, "rowspan", 1) or 1
            if column >= MAX_COLUMNS:
                break
            row += [_value(cell), *[""] * (wide - 1)]
            if wide > 1 or high > 1:
                spans.append((number, column, number + high - 1, column + wide - 1))
                taken.update(dict.fromkeys(range(column, column + wide), high))
        taken = {column: rows - 1 for column, rows in taken.items() if rows > 1}
        yield row


def _row_elements(path: Path, encoding: str, titles: list[str]) -> Iterator[Any]:
    """Each row of the page, forgotten once it is read; before the first, the texts above it go to `titles`."""
    first = True
    try:
        with path.open("rb") as file:
            for _, element in etree.iterparse(file, events=("end",), tag=ROW_TAGS, html=True, encoding=encoding):
                if first:
                    titles += _texts_above(element)
                    first = False
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.LxmlError, UnicodeError, LookupError) as error:
        raise UnreadableFile("damaged") from error


def _texts_above(row: Any) -> list[str]:
    root, around = row.getroottree().getroot(), set(row.iterancestors())
    found = islice(root.iter(*TITLE_TAGS), MAX_TITLES)
    return [text for element in found if element not in around and (text := _text(element, MAX_PIECES))]


def _value(cell: Any) -> Cell:
    text = _text(cell)
    data = next(iter(cell.iter("data", "ss:data")), None)
    kind = (data.get("ss:type") or "") if data is not None else ""
    if kind.lower() == "number":
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _text(element: Any, pieces: int | None = None) -> str:
    """The text of an element, spaces made single; of its first so many nodes, where one may hold half the page."""
    parts = [
        part[:MAX_TITLE] if pieces else part
        for node in islice(element.iter(), pieces)
        for part in (node.text if isinstance(node.tag, str) else "", " " if node.tag == "br" else "", node.tail)
        if part and (node is not element or part is not node.tail)
    ]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _attribute(cell: Any, name: str, default: int) -> int:
    text = cell.get(name) or ""
    return min(int(text), MAX_SPAN) if text.isascii() and text.isdecimal() and len(text) < 9 else default
