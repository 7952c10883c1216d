"""The area that bounds what someone sees, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TerritoryNames:
    """How a territory is called. `kelurahan` is None where only the city is known."""

    kelurahan: str | None
    kecamatan: str | None
    rw: int | None = None
    rt: int | None = None


@dataclass(frozen=True, slots=True)
class Territory:
    """The area that bounds what someone sees: a region, and within a kelurahan one RW, and within that one RT."""

    region_code: str
    rw: int | None = None
    rt: int | None = None

    def covers(self, other: Territory) -> bool:
        """Whether all of `other` lies within this one."""
        inside = other.region_code == self.region_code or other.region_code.startswith(self.region_code + ".")
        return inside and self.rw in (None, other.rw) and self.rt in (None, other.rt)
