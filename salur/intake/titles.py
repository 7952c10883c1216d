"""Reading the lines above a table, and headings inside it: programme, stage, kelurahan, kecamatan, RW."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from salur.intake.wordings import STAGE_WORD, programme_of, stage_of

STOP = (
    rf"(?=\s+(?:KELURAHAN|KEL|DESA|KECAMATAN|KEC|KABUPATEN|KAB|KOTA|PROVINSI|PROV|RT|RW|TAHUN|BULAN|TA|PADA|UNTUK"
    rf"|SERTA|DAN|PERIODE|{STAGE_WORD})\b|\s*[,;:()/\d–-]|\s*$)"
)
NAME = rf"([A-Z][A-Z'. ]*?){STOP}"
KELURAHAN = re.compile(
    r"(?<!DANA )\b(?:KEL(?:URAHAN)?\s*/\s*DESA|DESA\s*/\s*KEL(?:URAHAN)?|KELURAHAN|KEL|DESA|NAGARI|GAMPONG)\b"
    rf"[.:\s]*{NAME}"
)
KECAMATAN = re.compile(rf"\b(?:KECAMATAN|KEC|DISTRIK)\b[.:\s]*{NAME}")
KAB_KOTA = re.compile(rf"\b((?:KABUPATEN|KAB|KOTA)\b(?!\s*/)[.:\s]*[A-Z][A-Z'. ]*?){STOP}")
RT = re.compile(r"\bRT\b[.:\s]*0*(\d{1,3})\b(?!\s*(?:-|S/D|SD|S\.D|SAMPAI)\s*\d)")
RW = re.compile(r"\bRW\b[.:\s]*0*(\d{1,3})\b(?!\s*(?:-|S/D|SD|S\.D|SAMPAI|,|DAN)\s*\d)")


@dataclass(frozen=True, slots=True)
class Titles:
    """What the lines around a table say of all its rows; names as written."""

    programme: str | None = None
    stage: str | None = None
    kelurahan: str | None = None
    kecamatan: str | None = None
    kab_kota: str | None = None
    rt: int | None = None
    rw: int | None = None


def read_titles(lines: Iterable[str], known: Titles | None = None) -> Titles:
    """Read the lines, in their order; of two that say the same thing the first counts. `known` is the default."""
    read = Titles()
    for line in lines:
        one = _read_line(" ".join(line.upper().split()))
        read = _merged(read, one)
    return _merged(read, known or Titles())


def _read_line(line: str) -> Titles:
    return Titles(
        programme=programme_of(line),
        stage=stage_of(line, title=True),
        kelurahan=_first(KELURAHAN, line),
        kecamatan=_first(KECAMATAN, line),
        kab_kota=_first(KAB_KOTA, line),
        rt=_number(RT, line),
        rw=_number(RW, line),
    )


def _merged(first: Titles, second: Titles) -> Titles:
    empty = {name: getattr(second, name) for name in Titles.__dataclass_fields__ if getattr(first, name) is None}
    return replace(first, **empty)


def _first(pattern: re.Pattern[str], line: str) -> str | None:
    match = pattern.search(line)
    return match[1].strip() if match else None


def _number(pattern: re.Pattern[str], line: str) -> int | None:
    numbers = {int(number) for number in pattern.findall(line)}
    return (numbers.pop() or None) if len(numbers) == 1 else None
