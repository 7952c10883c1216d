"""Reading tables written as markup: the HTML that web systems send as `.xls`, and Excel's old XML spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from lxml import etree

from salur.core.errors import UnreadableFile
from salur.intake.files.encoding import text_encoding
from salur.intake.files.sheet import MAX_ROWS, Cell, Element, Loaded, OpenFile, Row, Sheet, Span, count_rows

ROW_TAGS = ("tr", "row", "ss:row")
CELL_TAGS = {"td", "th", "cell", "ss:cell"}
SHEET_TAGS = ("worksheet", "ss:worksheet")
SHOWN_TAGS = ("visible", "x:visible")
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
    """Open a page: all its tables are one sheet, as Excel would show it; an XML spreadsheet has its own.

    Raises: UnreadableFile.
    """
    encoding = text_encoding(path)
    first = next(_row_elements(path, encoding, []), None)
    if first is None:
        raise UnreadableFile("not_a_table")
    if not any(above.tag in SHEET_TAGS for above in first.iterancestors()):
        return OpenFile("html", (_sheet(path, encoding, "", None),), encoding)
    visible = [(index, name) for index, (name, shown) in enumerate(_worksheets(path, encoding)) if shown]
    return OpenFile("html", tuple(_sheet(path, encoding, name, index) for index, name in visible), encoding)


def _sheet(path: Path, encoding: str, name: str, index: int | None) -> Sheet:
    def load() -> Loaded:
        titles: list[str] = []
        spans: list[Span] = []
        hidden: set[int] = set()
        elements = _row_elements(path, encoding, titles, index)
        return Loaded(count_rows(_rows(elements, spans, hidden)), spans, titles, hidden)

    return Sheet(name, load)


def _worksheets(path: Path, encoding: str) -> list[tuple[str, bool]]:
    """The worksheets of an XML spreadsheet, and whether each is shown: that stands behind its rows."""
    found: list[tuple[str, bool]] = []
    for element, ended in _elements(path, encoding, (*SHEET_TAGS, *SHOWN_TAGS, *ROW_TAGS)):
        if element.tag in SHEET_TAGS and not ended:
            found.append((element.get("ss:name") or "", True))
        elif element.tag in SHOWN_TAGS and ended and found:
            found[-1] = found[-1][0], not _text(element).lower().startswith("sheet")  # SheetHidden, SheetVeryHidden
    return found


def _rows(elements: Iterator[Element], spans: list[Span], hidden: set[int]) -> Iterator[Row]:
    """Rows in the order of the page; a cell over several rows or columns fills the first, the rest is empty."""
    taken: dict[int, int] = {}  # column to how many more rows a cell from above takes there
    number = 0
    for element in elements:
        for _ in range(number, _attribute(element, "ss:index", 0, MAX_ROWS) - 1):
            taken = {column: rows - 1 for column, rows in taken.items() if rows > 1}
            number += 1
            yield []
        row: Row = []
        for cell in element:
            if cell.tag not in CELL_TAGS:
                continue
            start = _attribute(cell, "ss:index", 0)
            while (len(row) < start - 1 or taken.get(len(row), 0)) and len(row) < MAX_COLUMNS:
                row.append("")
            column, wide, high = (
                len(row),
                _span(cell, "colspan", "ss:mergeacross"),
                _span(cell, "rowspan", "ss:mergedown"),
            )
            if column >= MAX_COLUMNS:
                break
            row += [_value(cell), *[""] * (wide - 1)]
            if wide > 1 or high > 1:
                spans.append((number, column, number + high - 1, column + wide - 1))
                taken.update(dict.fromkeys(range(column, column + wide), high))
        taken = {column: rows - 1 for column, rows in taken.items() if rows > 1}
        if element.get("ss:hidden") == "1" or element.get("hidden") is not None or _is_hidden(element.get("style")):
            hidden.add(number)
        number += 1
        yield row


def _row_elements(path: Path, encoding: str, titles: list[str], sheet: int | None = None) -> Iterator[Element]:
    """Each row of the page or of a worksheet; before the first of a page, the texts above it go to `titles`."""
    first, worksheet = sheet is None, -1
    for element, ended in _elements(path, encoding, ROW_TAGS if sheet is None else (*SHEET_TAGS, *ROW_TAGS)):
        if element.tag in SHEET_TAGS:
            worksheet += not ended
        elif ended and sheet in (None, worksheet):
            if first:
                titles += _texts_above(element)
                first = False
            yield element


def _elements(path: Path, encoding: str, tags: Collection[str]) -> Iterator[tuple[Element, bool]]:
    """Each element that has one of the tags, as it begins and as it ends. A row is forgotten once it is read."""
    try:
        with path.open("rb") as file:
            for step, element in etree.iterparse(file, events=("start", "end"), tag=tags, html=True, encoding=encoding):
                ended = step == "end"
                yield element, ended
                if ended and element.tag in ROW_TAGS:
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
    except (etree.LxmlError, UnicodeError, LookupError) as error:
        raise UnreadableFile("damaged") from error


def _texts_above(row: Element) -> list[str]:
    root, around = row.getroottree().getroot(), set(row.iterancestors())
    found = islice(root.iter(*TITLE_TAGS), MAX_TITLES)
    return [text for element in found if element not in around and (text := _text(element, MAX_PIECES))]


def _value(cell: Element) -> Cell:
    text = _text(cell)
    data = next(iter(cell.iter("data", "ss:data")), None)
    kind = (data.get("ss:type") or "") if data is not None else ""
    if kind.lower() == "number":
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _text(element: Element, pieces: int | None = None) -> str:
    """The text of an element, spaces made single; of its first so many nodes, where one may hold half the page."""
    parts = [
        part[:MAX_TITLE] if pieces else part
        for node in islice(element.iter(), pieces)
        for part in (node.text if isinstance(node.tag, str) else "", " " if node.tag == "br" else "", node.tail)
        if part and (node is not element or part is not node.tail)
    ]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _span(cell: Element, name: str, more: str) -> int:
    """Over how many rows or columns a cell goes: HTML counts all of them, XML those after the first."""
    return _attribute(cell, name, 1) or 1 if cell.tag in ("td", "th") else 1 + _attribute(cell, more, 0)


def _is_hidden(style: str | None) -> bool:
    return style is not None and re.search(r"display\s*:\s*none", style, re.I) is not None


def _attribute(cell: Element, name: str, default: int, most: int = MAX_SPAN) -> int:
    text = cell.get(name) or ""
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 9 else default
