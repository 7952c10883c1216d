"""A region of Indonesia: its code of Kementerian Dalam Negeri, its official name, its level.

`PP` is a province, `PP.KK` a regency or city, `PP.KK.CC` a district (kecamatan), `PP.KK.CC.VVVV` a village
(kelurahan, desa).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

# Characters of a code of each level.
PROVINCE, REGENCY, DISTRICT, VILLAGE = LEVELS = (2, 5, 8, 13)
VILLAGE_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}", re.ASCII)

KINDS_BY_DOTS = ("province", "regency", "district", "village")


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


def region_of(code: str, name: str) -> Region:
    """Make a region; its level follows from its code."""
    return Region(code, name, RegionKind(KINDS_BY_DOTS[code.count(".")]))


def cut(code: str, level: int) -> str:
    """The code of the region of a level (PROVINCE … VILLAGE) that a region lies in, or that it is; of what is larger
    its own."""
    return code[:level]


def province_of(code: str) -> str:
    """The code of the province that a region lies in."""
    return cut(code, PROVINCE)


def regency_of(code: str) -> str:
    """The code of the regency or city that a region lies in, or that it is."""
    return cut(code, REGENCY)


def district_of(code: str) -> str:
    """The code of the district that a region lies in, or that it is; of what is larger its own."""
    return cut(code, DISTRICT)
