"""Region codes of Kementerian Dalam Negeri in the cells of a list: `[3271061002] KEBON PEDES`, `32.71.06.1002`."""

from __future__ import annotations

import re
from typing import NamedTuple

from salur.core.regions.gazetteer import RENAMED, Gazetteer
from salur.core.regions.region import Region
from salur.core.regions.spelling import aliases, closest, readings

# Two digits alone are no code: there are kelurahan called 13 Ilir. Seven are of Badan Pusat Statistik.
DIGITS = r"(\d{2}(?:\.\d{2}){1,2}(?:\.\d{4})?|\d{10}|\d{6,7}|\d{4})"
BEFORE = re.compile(rf"[\[(]?\s*{DIGITS}\s*[\])]?\s*[-–:/|.]*\s*(?=[^\d\s]|$)")
BEHIND = re.compile(rf"(?<=[^\d\s])\s*[-–:/|\[(]+\s*{DIGITS}\s*[\])]?$")


class Place(NamedTuple):
    """A place as written: its name, and the region of the code beside it; `clear` unless the two contradict."""

    name: str | None
    region: Region | None = None
    clear: bool = True


def place_of(text: str | None) -> Place:
    """Read a cell that names a place, by name, code or both. A code that there is not counts only where it is alone."""
    match = BEFORE.match(text or "") or BEHIND.search(text or "")
    if text is None or match is None:
        return Place(text)
    name = (text[: match.start()] + text[match.end() :]).strip(" -–:/|") or None
    region = Gazetteer.load().get(dotted(match[1]))
    if region is None or name is None:
        return Place(name or (region.name if region else text), region)
    if is_called(region, name):
        return Place(name, region)
    return Place(name, None, clear="." not in match[1])  # without dots it may be one of Badan Pusat Statistik


def dotted(digits: str) -> str:
    """A code with its dots: `3271061002` is `32.71.06.1002`."""
    plain = digits.replace(".", "")
    return ".".join(part for part in (plain[:2], plain[2:4], plain[4:6], plain[6:]) if part)


def is_called(region: Region, name: str) -> bool:
    """Whether a written name may be that of a region, prefixes and slips included."""
    keys = readings(name)
    names = [(key, region.code) for key in {*aliases(region.name), *readings(region.name)}]
    if any(RENAMED.get(key) == region.code for key in keys):
        return True
    return any(key in keys for key, _ in names) or closest(keys, names) is not None
