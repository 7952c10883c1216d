"""The regions that Salur brings with it. Data and their licence: salur/core/regions/data/README.md."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.resources import files

from salur.core.regions.region import Region, region_of
from salur.core.regions.spelling import fold

SUGGESTED = 3


def all_regions() -> Iterator[Region]:
    """Stream all 91,599 regions in the order of their codes, so parents come before children."""
    for line in table().splitlines():
        code, _, name = line.partition(",")
        yield region_of(code, name)


def table() -> str:
    """The whole table as one text, a line `code,name` each, in the order of the codes."""
    return lzma.decompress(files("salur.core.regions").joinpath("data/regions.csv.xz").read_bytes()).decode()


def regencies() -> dict[str, str]:
    """Name by code of all 514 regencies and cities."""
    return dict(re.findall(r"^(\d\d\.\d\d),(.+)$", table(), re.MULTILINE))


def meant_regencies(text: str) -> dict[str, str]:
    """Regencies and cities that someone may have meant who wrote no code of one: by the digits, by the name, or by a
    slip of the finger. At most three, name by code."""
    known = regencies()
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 4 and (code := f"{digits[:2]}.{digits[2:4]}") in known:
        return {code: known[code]}
    if name := fold(re.sub(r"\d", "", text)):
        codes = [code for code, known_name in known.items() if name in fold(known_name)]
    else:
        codes = get_close_matches(text, known, SUGGESTED)
    return {code: known[code] for code in codes[:SUGGESTED]}
