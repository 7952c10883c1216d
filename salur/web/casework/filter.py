"""What of an inbox is asked for, read from an address or a form, and written back into addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from urllib.parse import urlencode

from salur.core.casework.answers import Order, Tab, Wanted
from salur.core.proposals.kinds import Kind
from salur.core.regions.region import DISTRICT

PARTS = {"": Tab.WAITING, "berjalan": Tab.ELSEWHERE, "selesai": Tab.CLOSED}
TIMES = ("terlambat", "7", "14", "30")  # late, or sent so many days ago
ORDERS = {"": Order.CLOCK, "lama": Order.OLDEST, "baru": Order.NEWEST}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: `fields` holds what of an address has a meaning."""

    tab: Tab
    wanted: Wanted
    fields: Mapping[str, str]

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Whatever is no value of a field is left out."""
        part, order, time = (given.get(name, "") for name in ("bagian", "urut", "waktu"))
        kind = next((kind for kind in Kind if kind == given.get("jenis")), None)
        code = given.get("kecamatan", "")
        district = code if len(code) == DISTRICT and code.replace(".", "").isdecimal() else None
        days = int(time) if time in TIMES[1:] else 0
        fields = {
            "bagian": part if part in PARTS else "",
            "jenis": str(kind or ""),
            "kecamatan": district or "",
            "waktu": time if time in TIMES else "",
            "urut": order if order in ORDERS else "",
        }
        return cls(
            PARTS.get(part, Tab.WAITING),
            Wanted(
                kind, district, time == TIMES[0], timedelta(days=days) if days else None, ORDERS.get(order, Order.CLOCK)
            ),
            {name: value for name, value in fields.items() if value},
        )

    def address(self, **changes: str) -> str:
        """The address with other values of some fields; an empty one takes a field away. It ends so that `hal=2` may
        follow."""
        told = {name: value for name, value in {**self.fields, **changes}.items() if value}
        return f"/kotak?{urlencode(told)}&" if told else "/kotak?"

    @property
    def parts(self) -> Mapping[str, Tab]:
        """The parts, by what an address calls them."""
        return PARTS
