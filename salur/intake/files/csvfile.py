"""Reading csv: finding out encoding and delimiter, and surviving the quotes that clerks type."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from salur.core.errors import UnreadableFile
from salur.intake.files.encoding import PIECE, text_encoding
from salur.intake.files.sheet import Loaded, OpenFile, Row, Sheet, count_rows

DELIMITERS = ";,\t|\x1f"  # the last is made to stand between fields, and has strayed into cells too
SAMPLE_LINES = 200
# No text has these; NUL and friends mean that it is some other kind of file.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1e]")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
LONG_NUMBER = re.compile(r"\d{15}")
LINES_IN_CELL = 8
# A whole line between quotes: a program took it for one field, whose own quotes it doubled.
WRAPPED = re.compile(r'"((?:[^"]|"")*)"[;,\t ]*([\r\n]*)')
SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.I)  # Excel writes it as the first line and shows it to nobody


def open_csv(path: Path) -> OpenFile:
    """Open a text file as a table. Raises: UnreadableFile, `not_a_table` when no delimiter divides its lines."""
    encoding = text_encoding(path)
    sample = list(islice(_lines(path, encoding), SAMPLE_LINES))
    wrapped = bool(sample) and all(WRAPPED.fullmatch(line) for line in sample if line.strip())
    delimiter = _delimiter(list(_unwrapped(sample)) if wrapped else sample)

    def load() -> Loaded:
        lines = _lines(path, encoding)
        return Loaded(count_rows(_rows(_unwrapped(lines) if wrapped else lines, delimiter)))

    return OpenFile("csv", (Sheet("", load),), encoding, delimiter, _line_count(path))


def _line_count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(PIECE), b""))


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines with their ends. Raises: UnreadableFile with `not_a_table` at what no text has."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        # Pieces, not lines: a file without line ends must not fill the memory.
        rest = ""
        while piece := file.read(PIECE):
            if CONTROL.search(piece):
                raise UnreadableFile("not_a_table")
            lines = LINE.findall(rest + piece)
            rest = lines.pop()
            if len(rest) > PIECE:
                raise UnreadableFile("not_a_table")
            yield from lines
        if rest:
            yield rest


def _delimiter(sample: list[str]) -> str:
    """The delimiter that divides most lines into the same number of cells, at least two."""
    if sample and (match := SEP_LINE.fullmatch(sample[0])):
        return match[1]
    best, chosen = 0, None
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _parse(sample, delimiter) if any(row))
        width, lines = max(widths.items(), key=lambda item: (item[1] * min(item[0] - 1, 30), item[0]), default=(1, 0))
        if width > 1 and lines * min(width - 1, 30) > best:
            best, chosen = lines * min(width - 1, 30), delimiter
    if chosen is None:
        raise UnreadableFile("not_a_table")
    return chosen


def _unwrapped(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        match = WRAPPED.fullmatch(line)
        yield match[1].replace('""', '"') + match[2] if match else line


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    for number, row in enumerate(_parse(lines, delimiter)):
        if number == 0 and row and SEP_LINE.fullmatch(delimiter.join(row)):
            continue
        yield row  # type: ignore[misc]  # a list of text is a row, though lists are invariant


def _parse(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Parse lines, taking a cell that is nothing but `"` for the repeat mark it is, not for an open quote."""
    d = re.escape(delimiter)
    lone = re.compile(rf'(?:(?<=^)|(?<={d}))[ ]*"[ ]*(?={d}|[\r\n]|$)')
    fixed = (lone.sub('""""', line) if '"' in line else line for line in lines)
    try:
        yield from csv.reader(_closed(fixed, delimiter), delimiter=delimiter)
    except csv.Error as error:  # a cell longer than any cell is
        raise UnreadableFile("not_a_table") from error


def _swallows(lines: list[str], delimiter: str) -> bool:
    """Whether the quote that closes a cell of several lines is another row's: between the two stand people."""
    if len(lines) == 1:
        return False
    inside = [line for cell in next(csv.reader(lines, delimiter=delimiter), []) for line in cell.splitlines()[1:]]
    alike = len({line.count(delimiter) for line in lines}) == 1
    least = 1 if alike else 2
    return any(line.count(delimiter) >= least and LONG_NUMBER.search(line) for line in inside)


def _closed(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    """Drop the quotes of a line whose open quote is not closed soon: it would swallow the people below it."""
    opens = re.compile(rf'(?:^|{re.escape(delimiter)})"')
    waiting: deque[str] = deque()
    source = iter(lines)
    while True:
        if not waiting:  # most lines have no quote at all
            for plain in source:
                if '"' in plain:
                    waiting.append(plain)
                    break
                yield plain
            else:
                return
        taken: list[str] = []
        quotes = 0
        while not taken or quotes % 2:
            line = waiting.popleft() if waiting else next(source, None)
            if line is None or len(taken) == LINES_IN_CELL:
                break
            taken.append(line)
            if len(taken) == 1 and ('"' not in line or not opens.search(line)):
                break  # a quote inside a cell is only a sign
            quotes += line.count('"')
        if not taken:
            return
        if quotes % 2 == 0 and not _swallows(taken, delimiter):
            yield from taken
            continue
        if line is not None and quotes % 2:
            taken.append(line)
        yield taken[0].replace('"', "")
        waiting.extendleft(reversed(taken[1:]))
