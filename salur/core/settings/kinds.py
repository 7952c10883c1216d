"""What a city sets on the site, and within which bounds. Keys, tokens and addresses stay in the environment."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Setting(StrEnum):
    """One thing that can be set; its value is the name under which it is kept."""

    CITY_NAME = "city_name"
    HEADER = "header"
    OFFICE_NAME = "office_name"
    OFFICE_ADDRESS = "office_address"
    OFFICE_PHONE = "office_phone"
    OFFICE_HOURS = "office_hours"
    FOUR_EYES = "four_eyes"
    KEPT_DAYS = "kept_days"
    UPLOADS_DAYS = "uploads_days"


LONGEST: Mapping[Setting, int] = MappingProxyType(
    {
        Setting.CITY_NAME: 60,
        Setting.HEADER: 160,
        Setting.OFFICE_NAME: 100,
        Setting.OFFICE_ADDRESS: 200,
        Setting.OFFICE_PHONE: 40,
        Setting.OFFICE_HOURS: 100,
    }
)
HEADER_LINES = 3
# Days, at least and at most. Residents may look back a year at who saw their data (UU 27/2022 article 32), and are
# promised that it is deleted after about 13 months (articles 43 and 44).
BOUNDS: Mapping[Setting, tuple[int, int]] = MappingProxyType(
    {Setting.KEPT_DAYS: (365, 395), Setting.UPLOADS_DAYS: (3, 14)}
)
YES, NO = "1", "0"
