"""The regions of Indonesia: codes of Kementerian Dalam Negeri, official names, time zones.

`PP` is a province, `PP.KK` a regency or city, `PP.KK.CC` a district (kecamatan), `PP.KK.CC.VVVV` a village
(kelurahan, desa). Data and their licence: salur/core/data/README.md.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from zoneinfo import ZoneInfo

KINDS_BY_DOTS = ("province", "regency", "district", "village")
# Keppres 41/1987: WIB, WITA and WIT by province; the provinces split off later kept the zone of their parent.
ZONES = {
    "Asia/Jakarta": ("WIB", "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62"),
    "Asia/Makassar": ("WITA", "51 52 53 63 64 65 71 72 73 74 75 76"),
    "Asia/Jayapura": ("WIT", "81 82 91 92 93 94 95 96"),
}
ZONE_OF_PROVINCE = {p: zone for zone, (_, provinces) in ZONES.items() for p in provinces.split()}


class RegionKind(StrEnum):
    """The four levels."""

    PROVINCE = "province"
    REGENCY = "regency"  # kabupaten or kota
    DISTRICT = "district"  # kecamatan
    VILLAGE = "village"  # kelurahan or desa


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its code with dots, official name in title case, and level."""

    code: str
    name: str
    kind: RegionKind

    @property
    def parent(self) -> str | None:
        """The code of the region around it; None for a province."""
        return self.code.rpartition(".")[0] or None


def all_regions() -> Iterator[Region]:
    """Stream all 91,599 regions in the order of their codes, so parents come before children."""
    for line in table().splitlines():
        code, _, name = line.partition(",")
        yield region_of(code, name)


def time_zone(region_code: str) -> ZoneInfo:
    """Give the time zone of a region, of whatever level.

    Raises: KeyError for a province that does not exist.
    """
    return ZoneInfo(ZONE_OF_PROVINCE[region_code[:2]])


def time_zone_label(region_code: str) -> str:
    """Give the zone as people say it: `WIB`, `WITA` or `WIT`. Raises: KeyError as `time_zone`."""
    return ZONES[ZONE_OF_PROVINCE[region_code[:2]]][0]


def table() -> str:
    """The whole table as one text, a line `code,name` each, in the order of the codes."""
    return lzma.decompress(files("salur.core").joinpath("data/regions.csv.xz").read_bytes()).decode()


def region_of(code: str, name: str) -> Region:
    """Make a region; its level follows from its code."""
    return Region(code, name, RegionKind(KINDS_BY_DOTS[code.count(".")]))
