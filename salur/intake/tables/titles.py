"""Reading the lines above a table, and headings inside it: programme, stage, kelurahan, kecamatan, RT and RW.

A wrong RT shows a family to the wrong head, so what can be read in two ways is not read: the field is `unclear`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from salur.core.regions.gazetteer import Gazetteer
from salur.core.regions.spelling import readings
from salur.intake.cells.texts import ROMAN, UNCLEAR, Neighbourhood
from salur.intake.cells.wordings import MONTH, STAGE_WORD, programme_of, stage_of

NO_NAME = rf"(?:TAHUN|BULAN|TA|T\.A|PADA|UNTUK|SERTA|DAN|PERIODE|PENERIMA|YANG|DI|SE|{STAGE_WORD})"
STOP = (
    rf"(?=\s+(?:KELURAHAN|KEL|DESA|KECAMATAN|KEC|KABUPATEN|KAB|KOTA|PROVINSI|PROV|RT|RW|TAHUN|BULAN|TA|PADA|UNTUK"
    rf"|SERTA|DAN|PERIODE|{STAGE_WORD})\b|\s*[,;:()/&+\d–|-]|\s*$)"
)
NAME = rf"(?!{NO_NAME}\b)([A-Z][A-Z'. ]*?){STOP}"
KEY_END = r"\b[.:=|\s]*"
PLACES = {
    "kelurahan": re.compile(
        r"(?<!DANA )\b(?:KEL(?:URAHAN)?\s*/\s*DESA|DESA\s*/\s*KEL(?:URAHAN)?|KELURAHAN|KEL|DESA|NAGARI|GAMPONG)"
        rf"{KEY_END}{NAME}"
    ),
    "kecamatan": re.compile(rf"\b(?:KECAMATAN|KEC|DISTRIK){KEY_END}{NAME}"),
    "kab_kota": re.compile(
        rf"\b(?:KABKOTA[\s:]*)?((?:KABUPATEN|KAB|KOTA)\b(?!\s*/)[.:=|\s]*(?!{NO_NAME}\b)[A-Z][A-Z'. ]*?){STOP}"
    ),
}
AND_ANOTHER = re.compile(rf"\s*(?:DAN|&|\+|SERTA|/)\s*(?:KEL(?:URAHAN)?|DESA|KEC(?:AMATAN)?)?\b[.:\s]*{NAME}")
EITHER = re.compile(rf"\bKABKOTA[\s:]*{NAME}")
LEVELS = {"kelurahan": "village", "kecamatan": "district"}
# Several keys with a value each: `RT/RW : 003/005`, `KELURAHAN / KECAMATAN : LOJI / BOGOR BARAT`.
KEY = r"(?:RT|RW|KELURAHAN|KEL|DESA|KECAMATAN|KEC|KABUPATEN|KAB|KOTA)(?![A-Z])\.?"
JOINED = re.compile(rf"(?<![A-Z])({KEY}(?:\s*[/\\&]\s*{KEY}|\s+DAN\s+{KEY}|\s*-\s*(?=R[TW]){KEY})+)[\s.:=|]*")
SAME_KEY = {"KEL": "KELURAHAN", "DESA": "KELURAHAN", "KEC": "KECAMATAN", "KAB": "KOTA", "KABUPATEN": "KOTA"}
VALUE_END = re.compile(rf"\s+{KEY}|[,;:]|$")
NUMBER = r"(?:0*(\d{1,3})(?!\d)|([IVX]{1,5})\b)"
ALONE = re.compile(rf"(?<![A-Z])RT[\s.:=|]*{NUMBER}\s*/\s*{NUMBER}(?!\s*/)")  # `RT 003/005`, as addresses have it
FULL = [
    re.compile(rf"(?<![A-Z])(?:R\.\s?{letter}(?![A-Z])\.?|RUKUN\s+{word})")
    for letter, word in ("T TETANGGA".split(), "W WARGA".split())
]
# `JUMLAH RT : 5` counts them, `KETUA RT 03` signs.
COUNTS = ("JUMLAH ", "JML ", "JML. ", "TOTAL ", "BANYAKNYA ", "KETUA ", "PARA ")
# The RT and RW of an office: in its address at the head of a letter, and in the letter's number.
LETTER_NUMBER = re.compile(r"\b(?:NOMOR|NO)\b[\s.:|]*(?=[^\s/]*\d)[^\s/]+(?:\s*/\s*[^\s/]+){2,}")
CONTACTS = re.compile(r"\bKODE\s*POS\b|\b(?:TELP?|TELEPON|FAX|FAKS|E-?MAIL|WEBSITE|WEB|HP|WA)\b\s*[.:]|@|\bWWW\.")
STREET = re.compile(r"(?:(?:ALAMAT(?: KANTOR)?|SEKRETARIAT|KANTOR)\b[\s.:|]*)?(?:JL|JLN|JALAN)\b")
GOES_ON = rf"\s*(?:-|–|/|S\s?[/.]?\s?D\.?|SAMPAI|HINGGA|,|;|&|\+|DAN)\s*(?:KEY[\s.]*)?\d{{1,3}}(?!\d)(?!\s*{MONTH})"


@dataclass(frozen=True, slots=True)
class Titles:
    """What the lines around a table say of all its rows; names as written. `unclear` are fields said in two ways."""

    programme: str | None = None
    stage: str | None = None
    kelurahan: str | None = None
    kecamatan: str | None = None
    kab_kota: str | None = None
    rt: int | None = None
    rw: int | None = None
    unclear: frozenset[str] = frozenset()


FIELDS = tuple(field for field in Titles.__dataclass_fields__ if field != "unclear")
SMALLER = (("kecamatan", ("kelurahan", "rw", "rt")), ("kelurahan", ("rw", "rt")), ("rw", ("rt",)))


def read_titles(lines: Iterable[str], known: Titles | None = None) -> Titles:
    """Read the lines, in their order; `known` is what holds where they say nothing, such as the name of the sheet.

    Of two that name the same the first counts, but of places one that exists before one that does not. RT and RW are
    unclear where two lines, or a line and what is known, do not say the same.
    """
    read = Titles()
    for line in lines:
        told = _read_line(" ".join(line.upper().split()))
        read = _merged(read, doubted(told) if STREET.match(line.upper().strip()) else told, strict=True)
    return _merged(read, known or Titles())


def read_heading(line: str, above: Titles) -> Titles:
    """Read a heading between rows: it holds from there on, and ends what was said of smaller areas before."""
    new = _read_line(" ".join(line.upper().split()))
    gone = new.unclear | {field for field in FIELDS if getattr(new, field) is not None}
    for field, smaller in SMALLER:
        if field in new.unclear or getattr(new, field) not in (None, getattr(above, field)):
            gone = gone.union(smaller)
    return _merged(new, replace(above, **dict.fromkeys(gone), unclear=above.unclear - gone))


def names_an_area(line: str) -> bool:
    """Whether a line says which RT, RW, kelurahan or kecamatan comes: one that exists, no `KELURAHAN PENERIMA`."""
    read = read_titles([line])
    places = any(name and _exists(field, name) for field in LEVELS if (name := getattr(read, field)))
    return places or bool(read.rt or read.rw or read.unclear)


@lru_cache(maxsize=4096)
def neighbourhood_in(address: str) -> Neighbourhood:
    """RT and RW where an address says them with their words: `KP. BARU RT 3/RW 5`."""
    line = _unfolded(" ".join(address.upper().split()))
    rt, rw = _number("RT", line), _number("RW", line)
    return UNCLEAR if 0 in (rt, rw) else Neighbourhood(rt, rw)


def doubted(titles: Titles) -> Titles:
    """Titles whose RT and RW may be those of the office that wrote: unclear."""
    told = {field for field in ("rt", "rw") if getattr(titles, field)}
    return replace(titles, rt=None, rw=None, unclear=titles.unclear | told)


def _read_line(line: str) -> Titles:
    line = _unfolded(LETTER_NUMBER.sub(" ", line))
    numbers = {key.lower(): None if CONTACTS.search(line) else _number(key, line) for key in ("RT", "RW")}
    return Titles(
        programme=programme_of(line),
        stage=stage_of(line, title=True),
        kelurahan=_name("kelurahan", line),
        kecamatan=_name("kecamatan", line),
        kab_kota=_name("kab_kota", line),
        rt=numbers["rt"] or None,
        rw=numbers["rw"] or None,
        unclear=frozenset(field for field, number in numbers.items() if number == 0),
    )


def _unfolded(line: str) -> str:
    """Give each key of `RT/RW : 003/005` its value: `RT : 003 ; RW : 005`. Where they do not match, none is read."""
    line = FULL[1].sub("RW", FULL[0].sub("RT", line))
    if "RW" not in line:
        line = ALONE.sub(lambda pair: f"RT : {pair[1] or pair[2]} ; RW : {pair[3] or pair[4]}", line)
    done, told = 0, ""
    for match in JOINED.finditer(line):
        if match.start() < done:
            continue
        end = VALUE_END.search(line, match.end())
        stop = end.start() if end else len(line)
        keys = dict.fromkeys(SAME_KEY.get(key.strip("."), key.strip(".")) for key in re.findall(KEY, match[1]))
        counts = line[: match.start()].endswith(COUNTS)
        told += line[done : match.start()] + ("" if counts else _values(list(keys), line[match.end() : stop].strip()))
        done = stop
    return told + line[done:]


def _values(keys: list[str], value: str) -> str:
    if len(keys) == 1:  # `KAB/KOTA : BOGOR` does not say which
        return f"{keys[0] if keys[0] != 'KOTA' else 'KABKOTA'} : {value} "
    if "RT" in keys and not re.match(r"\d|[IVX]+\b", value) and set(keys) == {"RT", "RW"}:
        return f" {value} "  # `DATA RT/RW SE-KELURAHAN LOJI` gives no number
    divider = next((sign for sign in (r"[/\\]", r"\bDAN\b", "&", "[-–]") if re.search(sign, value)), r"\s")
    values = [part.strip() for part in re.split(divider, value)]
    if len(keys) != len(values):
        values = ["?"] * len(keys)
    return " ; ".join(f"{key} : {part}" for key, part in zip(keys, values, strict=True)) + " ; "


def _merged(first: Titles, second: Titles, *, strict: bool = False) -> Titles:
    """The first, and where it says nothing the second; `strict` also where the second alone is unclear."""
    new: dict[str, object] = {}
    unclear = set(first.unclear)
    for field in FIELDS:
        ours, theirs = getattr(first, field), getattr(second, field)
        if field in second.unclear and (ours is None or strict):
            unclear.add(field)
        elif theirs is None:
            continue
        elif ours is None:
            new[field] = theirs
        elif field in ("rt", "rw") and ours != theirs:
            unclear.add(field)
        elif field in LEVELS and ours != theirs and not _exists(field, ours) and _exists(field, theirs):
            new[field] = theirs
    return replace(first, **(new | dict.fromkeys(unclear)), unclear=frozenset(unclear))  # type: ignore[arg-type]


def _exists(field: str, name: str) -> bool:
    return any(Gazetteer.load().knows(key, LEVELS[field]) for key in readings(name))


def _name(field: str, line: str) -> str | None:
    """The place that a line names; of several the first that exists. `LOJI DAN EMPANG` is no place, and so unknown."""
    names = [match[1].strip() for match in PLACES[field].finditer(line)]
    for match in PLACES[field].finditer(line) if field in LEVELS else ():
        more = AND_ANOTHER.match(line, match.end())
        if more and _exists(field, more[1].strip()):
            return line[match.start(1) : more.end()].strip()
    if field == "kab_kota" and not names and (either := EITHER.search(line)):
        return either[1].strip()
    if field in LEVELS and len(names) > 1:
        names.sort(key=lambda name: not _exists(field, name))
    return names[0] if names else None


def _number(key: str, line: str) -> int | None:
    """The one RT or RW that a line names; 0 where it names several, or what is no number."""
    found: set[int] = set()
    for match in re.finditer(rf"(?<![A-Z]){key}(?![A-Z])(?:\s*(?:NO(?:MOR)?|KE)\b)?[\s.:=|_#-]*", line):
        if line[: match.start()].endswith(COUNTS):
            continue
        rest = line[match.end() :]
        number = re.match(NUMBER, rest)
        if number is None:
            found |= {0} if re.match(r"\?|\d", rest) else set()
            continue
        after = rest[number.end() :]
        goes_on = re.match(GOES_ON.replace("KEY", key), after) or re.match(r"(?!R[TW])[A-Z]", after)
        if not goes_on and number[1] == "0":
            continue  # filled in by a clerk who had to
        found.add(0 if goes_on else int(number[1]) if number[1] else ROMAN.get(number[2], 0))
    return None if not found else found.pop() if len(found) == 1 else 0
