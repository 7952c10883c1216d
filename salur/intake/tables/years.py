"""Which years the words around a table name as the list's own: `TAHAP 1 TAHUN 2026`, not the year of a decree."""

from __future__ import annotations

import re
from functools import lru_cache

from salur.intake.cells.wordings import MONTH, STAGE_WORD

OWN = re.compile(rf"\b(?:TAHUN|THN|TH|TA|T\.A|BULAN|BLN|{STAGE_WORD})\b|{MONTH}")
# A decree has a year too, and so have the day of printing and the data that people were chosen from.
OTHERS = re.compile(
    r"\b(?:NOMOR|NO|SK|KEPUTUSAN|PERATURAN|PERWALI|PERBUP|PERDA|UU|UNDANG|TANGGAL|TGL|DICETAK|CETAK|DATA|DTKS|DTSEN"
    r"|LAHIR|SUMBER|UPDATE|PER)\b"
)
YEAR = re.compile(r"(?<![\d/.-])(20\d\d)(?![\d/])|(?<=[A-Z]/)(20\d\d)\b")
STAGE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
DAY = re.compile(rf"\b\d{{1,2}}\s*(?:{MONTH})\s*20\d\d")  # a day is one of printing or signing, or of payment


@lru_cache(maxsize=4096)
def years_of_title(line: str) -> frozenset[int]:
    """The years of a line above a table, or of a sheet's name."""
    upper = line.upper()
    if OTHERS.search(upper) or DAY.search(upper) or not OWN.search(upper):
        return frozenset()
    return frozenset(int(one or other) for one, other in YEAR.findall(upper))


@lru_cache(maxsize=4096)
def years_of_stage(text: str | None) -> frozenset[int]:
    """The years in a cell of the column of stages: `Tahap 1 2026`, `2026-T1`."""
    return frozenset(map(int, STAGE_YEAR.findall(text))) if text else frozenset()
