"""Reading csv: finding out encoding and delimiter, and surviving the quotes that clerks type."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from salur.core.errors import UnreadableFile
from salur.intake.files import Loaded, OpenFile, Row, Sheet, count_rows

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ";,\t|"
SAMPLE_LINES = 200
PIECE = 1 << 20
# No text has these; NUL and friends mean that it is some other kind of file.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
LINES_IN_CELL = 8
SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.I)  # Excel writes it as the first line and shows it to nobody


def open_csv(path: Path) -> OpenFile:
    """Open a text file as a table. Raises: UnreadableFile, `not_a_table` when no delimiter divides its lines."""
    encoding = text_encoding(path)
    sample = list(islice(_lines(path, encoding), SAMPLE_LINES))
    delimiter = _delimiter(sample)

    def load() -> Loaded:
        return Loaded(count_rows(_rows(path, encoding, delimiter)))

    return OpenFile("csv", (Sheet("", load),), encoding, delimiter)


def text_encoding(path: Path) -> str:
    """UTF-8 or UTF-16 where the bytes say so, else Windows-1252, in which an office's Excel saves."""
    with path.open("rb") as file:
        head = file.read(PIECE)
        for bom, name in BOMS:
            if head.startswith(bom):
                return name
        for name, zeros in (("utf-16-le", head[1:400:2]), ("utf-16-be", head[:400:2])):
            if len(zeros) > 4 and zeros.count(0) > 0.8 * len(zeros):
                return name
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while head:
                decoder.decode(head)
                head = file.read(PIECE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


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


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    lines = _lines(path, encoding)
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
        yield from csv.reader(_closed(fixed, re.compile(rf'(?:^|{d})"')), delimiter=delimiter)
    except csv.Error as error:  # a cell longer than any cell is
        raise UnreadableFile("not_a_table") from error


def _closed(lines: Iterable[str], opens: re.Pattern[str]) -> Iterator[str]:
    """Drop the quotes of a line whose open quote is not closed soon: it would swallow the people below it."""
    waiting: deque[str] = deque()
    source = iter(lines)
    while True:
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
        if quotes % 2 == 0:
            yield from taken
            continue
        if line is not None:
            taken.append(line)
        yield taken[0].replace('"', "")
        waiting.extendleft(reversed(taken[1:]))
