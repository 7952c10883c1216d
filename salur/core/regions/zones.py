"""The time zone of each region."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from salur.core.regions.region import province_of

# Keppres 41/1987: WIB, WITA and WIT by province; the provinces split off later kept the zone of their parent.
ZONES = {
    "Asia/Jakarta": ("WIB", "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62"),
    "Asia/Makassar": ("WITA", "51 52 53 63 64 65 71 72 73 74 75 76"),
    "Asia/Jayapura": ("WIT", "81 82 91 92 93 94 95 96"),
}
ZONE_OF_PROVINCE = {p: zone for zone, (_, provinces) in ZONES.items() for p in provinces.split()}


def time_zone(region_code: str) -> ZoneInfo:
    """Give the time zone of a region, of whatever level.

    Raises: KeyError for a province that does not exist.
    """
    return ZoneInfo(ZONE_OF_PROVINCE[province_of(region_code)])


def time_zone_label(region_code: str) -> str:
    """Give the zone as people say it: `WIB`, `WITA` or `WIT`. Raises: KeyError as `time_zone`."""
    return ZONES[ZONE_OF_PROVINCE[province_of(region_code)]][0]
