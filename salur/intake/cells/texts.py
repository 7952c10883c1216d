"""Reading single cells: texts, amounts, RT and RW, as clerks and Excel write them. Nothing is guessed here."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from salur.core.people.written import QUOTES, visible
from salur.intake.files.sheet import Cell

# Excel writes NUL as `_x0000_`; no database takes it as text. Half a surrogate pair is no text at all.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')  # how a text is kept from Excel in a csv
ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)|Err:\d{3}", re.I)
NOTHING = frozenset(
    "- -- --- . .. / : 0 ? N/A NA NULL NONE NIHIL NAN KOSONG #N/A TIDAK+ADA TDK+ADA BELUM+ADA BLM+ADA".replace(" ", "|")
    .replace("+", " ")
    .split("|")
)
LONGEST_NOTHING = 10
APOSTROPHES = "'`´’‘"
REPEAT = re.compile(
    r"[-=\s.]*(?:[\"”“″〃„]{1,2}|''|’’|,,|//|s\.?\s?d\.?\s?a\.?|i\s?d\s?e\s?m|ditto|sama(?:\s+d(?:e?n)?ga?n)?(?:\s*di)?(?:\s*atas)?)[-=\s.]*",
    re.I,
)
SPECIAL = frozenset("-=. \t\"”“″〃„'’,/sSiIdD\xa0#E")  # how repeat marks and errors begin
ROMAN = {
    roman: number
    for number, roman in enumerate(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"), 1
    )
}
MAX_AMOUNT = 10**12
CACHED = 4096


def text_of(cell: Cell) -> str:
    """A cell as one line of text: spaces of all kinds made single; a whole number without its `.0`."""
    if isinstance(cell, str):
        if not cell.isprintable():
            cell = CONTROL.sub(" ", cell)
        if not cell.isascii():
            cell = visible(cell)
        if cell[:2] == '="' and (match := AS_TEXT.fullmatch(cell.strip())):
            cell = match[1].replace('""', '"')
        return " ".join(cell.split())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


def value_of(cell: Cell) -> str | None:
    """The text of a cell, None where it says nothing: empty, a dash, `TIDAK ADA`, a formula's error.

    The apostrophe that Excel shows in front of text kept as text is dropped, and quotes around all of it.
    """
    text = text_of(cell)
    if text and text[0] in QUOTES:
        text = unquoted(text)
    if len(text) > LONGEST_NOTHING or text.isdecimal():
        return text if text != "0" else None
    return None if not text or text.upper() in NOTHING or ERRORS.fullmatch(text) else text


def unquoted(text: str) -> str:
    """A text without apostrophes before it, or quotes around the whole of it."""
    text = text.lstrip(APOSTROPHES).strip()
    inner = text.strip(QUOTES)
    if text[:1] in QUOTES or (text[-1:] in QUOTES and inner.isdecimal()):
        return inner.strip() if not any(quote in inner for quote in QUOTES) else text
    return text


def is_error(cell: Cell) -> bool:
    """Whether a text cell holds a formula's error, such as `#REF!`."""
    return (
        isinstance(cell, str) and (cell[:1] == "#" or cell[:3] == "Err") and ERRORS.fullmatch(cell.strip()) is not None
    )


def repeats(cell: Cell) -> bool:
    """Whether a cell says "as above": `sda`, `idem`, `"`, `-"-`."""
    return isinstance(cell, str) and len(cell) < 24 and REPEAT.fullmatch(cell) is not None


class Read(NamedTuple):
    """What a cell was read as; not `clear` when something is written there that cannot be read."""

    value: int | None
    clear: bool = True


@lru_cache(maxsize=CACHED, typed=True)
def amount(cell: Cell) -> Read:
    """Read whole rupiah: `Rp 300.000,-`, `300,000`, `300000.0`, `1,5 juta`. Fractions of a rupiah are unclear."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        whole = cell == cell and abs(cell) < MAX_AMOUNT and cell == int(cell) and cell >= 0
        return Read(int(cell)) if whole else Read(None, clear=False)
    if not isinstance(cell, str):
        return Read(None, clear=False)
    text = text_of(cell).upper().strip(QUOTES + " ")
    text = re.sub(r"^(?:RP|IDR)\b[.:\s]*|^RP\.?\s*", "", text).strip()
    if not text or text in NOTHING - {"0"} or re.fullmatch(r"[-.,/ ]*", text):
        return Read(None)
    text = re.sub(r"(?:\s*(?:RUPIAH|/\s?(?:BLN|BULAN|KPM|TAHAP)))+$|[.,]?\s?[-=]+$", "", text).strip()
    if match := re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,3}))?\s?(JUTA|JT|RIBU|RB)\.?", text):
        unit = 1_000_000 if match[3][0] == "J" else 1_000
        value, rest = divmod(int(match[1] + (match[2] or "")) * unit, 10 ** len(match[2] or ""))
        return Read(value) if rest == 0 else Read(None, clear=False)
    return _digits(text.replace(" ", ""))


def _digits(text: str) -> Read:
    """Digits with dots or commas by threes, and at most two zeros after the other sign."""
    match = re.fullmatch(r"(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:[.,]0{1,2})?", text)
    if not match or len(text) > 20:
        return Read(None, clear=False)
    value = int(re.sub(r"\D", "", match[1]))
    return Read(value) if value < MAX_AMOUNT else Read(None, clear=False)


class Neighbourhood(NamedTuple):
    """RT and RW as numbers; not `clear` when something is written that cannot be read."""

    rt: int | None
    rw: int | None
    clear: bool = True


MOST = 999
OF_NEIGHBOURHOODS = frozenset(("RT", "RW", "NO", "DAN", "RUKUN", "TETANGGA", "WARGA", "REF", "KE", "NOMOR", "SD"))
UNCLEAR = Neighbourhood(None, None, clear=False)
NUMBER = r"0*(\d{1,3}|[IVX]{1,5})"
JOINED = re.compile(rf"(?:RT|R\.T)?[.:\s]*{NUMBER}\s*(?:[/\\\-.,;|&\s]|DAN)\s*(?:(?:RW|R\.W)[.:\s]*)?{NUMBER}[.\s]*")
TURNED = re.compile(rf"(?:RW|R\.W)[.:\s]*{NUMBER}\s*[/\\\-.,;\s]*\s*(?:RT|R\.T)[.:\s]*{NUMBER}[.\s]*")
MARKED = re.compile(rf"(?:RT|R\.T)[.:\s]*{NUMBER}\s*[/\\\-.,;\s]*\s*(?:RW|R\.W)[.:\s]*{NUMBER}[.\s]*")
SINGLE = re.compile(rf"(?:R\.?[TW])?[.:\s]*{NUMBER}[.\s]*")


@lru_cache(maxsize=CACHED, typed=True)
def rt_rw(cell: Cell) -> Neighbourhood:
    """Read one cell for RT and RW: `001/004`, `1/4`, `RT 3 RW 5`, `RT.01/RW.04`; `003` alone is the RT.

    What Excel turned into a date (3/5 into 03-May) or a time is unclear: it may have been 3/5 or 5/3.
    """
    if isinstance(cell, date | time | timedelta | bool):
        return UNCLEAR
    text = text_of(cell).upper().strip(QUOTES + "*=:;,() ")
    if text == "000/000" or (value_of(text) is None and not is_error(text)) or not text.strip("0/- "):
        return Neighbourhood(None, None)
    if isinstance(cell, str):
        if match := MARKED.fullmatch(text) or JOINED.fullmatch(text):
            return _pair(match[1], match[2])
        if match := TURNED.fullmatch(text):
            return _pair(match[2], match[1])
        if re.fullmatch(r"\d{6}", text):
            return _pair(text[:3], text[3:])
    match = SINGLE.fullmatch(text)
    number = _number(match[1]) if match else None
    if number is None:
        return UNCLEAR
    return Neighbourhood(None, number) if text.startswith(("RW", "R.W")) else Neighbourhood(number, None)


def rw_rt(cell: Cell) -> Neighbourhood:
    """Read a cell under `RW/RT`: `005/003` is RT 3 of RW 5; one number alone may be either."""
    read = rt_rw(cell)
    if isinstance(cell, str) and re.search(r"R\.?[TW]", cell, re.I):
        return read
    return Neighbourhood(read.rw, read.rt, read.clear) if read.rw or not read.rt else UNCLEAR


@lru_cache(maxsize=CACHED, typed=True)
def single_number(cell: Cell, of: str = "") -> Read:
    """Read a cell of a column that is only RT or only RW: `003`, `3`, `RW 05`, `IV`; `RT 3` in one of RW is unclear."""
    both = rt_rw(cell)
    other = re.match(r"\W*R\.?([TW])", text_of(cell), re.I) if of else None
    if (other and other[1].upper() != of[-1]) or not both.clear or (both.rt is not None and both.rw is not None):
        return Read(None, clear=False)
    return Read(both.rt if both.rt is not None else both.rw)


@lru_cache(maxsize=CACHED, typed=True)
def is_no_neighbourhood(cell: Cell) -> bool:
    """Whether a cell under RT or RW holds what stands elsewhere in a row, `600.000` or `GG. 4`: the cells moved."""
    if not isinstance(cell, str | int | float):
        return False
    text = (value_of(text_of(cell)) or "").upper()
    digits = re.sub(r"[.,\s]|^RP", "", text)
    if digits.isdecimal():
        return int(digits) > MOST and (len(digits) != len("003005") or digits.endswith("000"))
    return any(word not in OF_NEIGHBOURHOODS and word not in ROMAN for word in re.findall(r"[A-Z]{2,}", text))


def _pair(rt: str, rw: str) -> Neighbourhood:
    first, second = _number(rt), _number(rw)
    return Neighbourhood(first, second)


def _number(text: str) -> int | None:
    """1 to 999, in digits or Roman; 0 means that the clerk had to fill in something."""
    return (int(text) or None) if text.isdecimal() else ROMAN.get(text)
