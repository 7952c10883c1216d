"""The kelurahan and desa of the sample city: their official names, and what is made up about them.

Names and codes come from the gazetteer. The middle of each district is that of the real one, to about a kilometre;
where a village lies around it, how many RW it has and how many people it lists is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

from salur.core.regions.region import RegionKind, district_of, regency_of
from salur.core.regions.shipped import all_regions
from salur.core.regions.zones import time_zone_label
from salur.sample.names import Weighted

BOGOR = {"sunda": 74.0, "betawi": 10.0, "jawa": 16.0}
# Wonomulyo was founded by Javanese settlers in 1937 and is still mostly theirs.
WONOMULYO = {"jawa": 62.0, "mandar": 24.0, "bugis": 14.0}
TINAMBUNG = {"mandar": 90.0, "bugis": 10.0}


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan: its middle (degrees, WGS 84), post office, mix of names, and how many are listed, as a weight."""

    latitude: float
    longitude: float
    post_office: str
    post_address: str
    kprk: str  # code of the post office that prints the letters
    names: Weighted[str]
    weight: float


def _bogor(latitude: float, longitude: float, office: str, address: str) -> District:
    return District(latitude, longitude, office, address, "16100", Weighted(BOGOR), 1.0)


DISTRICTS = {
    "32.71.01": _bogor(-6.6330, 106.8060, "Kantor Pos Batutulis", "Jl. Batutulis No. 41, Kota Bogor"),
    "32.71.02": _bogor(-6.6120, 106.8200, "Kantor Pos Sukasari", "Jl. Siliwangi No. 88, Kota Bogor"),
    "32.71.03": _bogor(-6.5968, 106.7944, "Kantor Pos Bogor", "Jl. Ir. H. Juanda No. 5, Kota Bogor"),
    "32.71.04": _bogor(-6.5790, 106.7650, "Kantor Pos Gunung Batu", "Jl. Mayjen Ishak Djuarsa No. 120, Kota Bogor"),
    "32.71.05": _bogor(-6.5690, 106.8170, "Kantor Pos Warung Jambu", "Jl. Ahmad Yani No. 75, Kota Bogor"),
    "32.71.06": _bogor(-6.5560, 106.7880, "Kantor Pos Kedung Badak", "Jl. Sholeh Iskandar No. 12, Kota Bogor"),
    "76.04.01": District(
        -3.5040, 119.0270, "Kantor Pos Tinambung", "Jl. Poros Majene No. 14, Tinambung", "91353",
        Weighted(TINAMBUNG), 0.6,
    ),
    "76.04.03": District(
        -3.3970, 119.2070, "Kantor Pos Wonomulyo", "Jl. Jenderal Sudirman No. 27, Wonomulyo", "91352",
        Weighted(WONOMULYO), 0.7,
    ),
}  # fmt: skip
REGENCIES = {"32.71": "KOTA BOGOR", "76.04": "KAB. POLEWALI MANDAR"}
SEATS = {"32.71": "Bogor", "76.04": "Polewali"}


@dataclass(frozen=True, slots=True)
class Area:
    """One kelurahan or desa. `order` is its place among those of its district, from 0."""

    code: str
    name: str
    district: str  # name of the kecamatan
    order: int
    latitude: float
    longitude: float
    rws: int  # RW are numbered from 1
    weight: float

    @property
    def district_code(self) -> str:
        """Code of the kecamatan."""
        return district_of(self.code)

    @property
    def regency_code(self) -> str:
        """Code of the kota or kabupaten."""
        return regency_of(self.code)

    @property
    def regency(self) -> str:
        """`KOTA BOGOR` or `KAB. POLEWALI MANDAR`."""
        return REGENCIES[self.regency_code]

    @property
    def kind(self) -> str:
        """`Kelurahan` or `Desa`: the village part of the code begins with 1 or 2."""
        return "Kelurahan" if self.code[9] == "1" else "Desa"

    @property
    def around(self) -> District:
        """What is known of its district."""
        return DISTRICTS[self.district_code]

    @property
    def zone(self) -> str:
        """`WIB` or `WITA`."""
        return time_zone_label(self.code)


@cache
def areas() -> tuple[Area, ...]:
    """All areas of the sample, in the order of their codes: 68 kelurahan of Bogor, 22 villages of Polewali Mandar."""
    district, found = "", []
    for region in all_regions():
        if region.kind is RegionKind.DISTRICT and region.code in DISTRICTS:
            district, order = region.name, 0
        elif region.kind is RegionKind.VILLAGE and region.parent in DISTRICTS:
            found.append(_area(region.code, region.name, district, order))
            order += 1
    return tuple(found)


def _area(code: str, name: str, district: str, order: int) -> Area:
    around = DISTRICTS[district_of(code)]
    # The golden angle spreads the villages evenly around the middle of the district.
    angle, distance = radians(137.5 * order), 0.0035 * order**0.5
    return Area(
        code=code,
        name=" ".join(word[:1].upper() + word[1:] for word in name.split()),
        district=district,
        order=order,
        latitude=round(around.latitude + distance * sin(angle), 5),
        longitude=round(around.longitude + distance * cos(angle), 5),
        rws=6 + (order * 5) % 11,
        weight=around.weight * (0.6 + (order * 7) % 9 / 10),
    )
