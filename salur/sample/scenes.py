"""The people to try: families of one neighbourhood whose lists and payments go as a scene says, and by no chance.

All but one live in one RT, so that its head has something of everything on the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a PKH family between the previous list and the present one."""

    STAYS = "stays"
    NEW = "new"
    SUSPENDED = "suspended"
    OFF = "off"  # the present list says why
    GONE = "gone"  # the present list does not name them


class Ended(StrEnum):
    """How a payment ended whose sitting is over."""

    PAID = "paid"
    MISSED = "missed"  # nobody came; the deadline is still to come
    RETURNED = "returned"  # nor before the deadline


@dataclass(frozen=True, slots=True)
class Scene:
    """A mother and a father, household `number` of `area`: what each gets, and what becomes of it.

    She is asked for, by the first of her programmes. `fate`, `note` and `home` are those of PKH, `ended` is that of her
    payments. `district` is where her NIK was first issued, six digits; empty: here.
    """

    area: str
    number: int
    mother: tuple[str, ...] = ("PKH",)
    father: tuple[str, ...] = ("SEMBAKO",)
    fate: Fate = Fate.STAYS
    note: str = ""
    home: str = ""
    ended: Ended = Ended.PAID
    district: str = ""


HOME, RW, RT = "32.71.05.1002", 3, 2
SCENES = {
    "listed_coming": Scene(HOME, 0),
    "two_programmes": Scene(HOME, 1, ("PKH", "SEMBAKO"), ("PANGAN",), district="320113"),
    "paid": Scene(HOME, 2, ("SEMBAKO",), ("PANGAN",), district="331412"),
    "missed": Scene(HOME, 3, ("SEMBAKO",), ("PANGAN",), ended=Ended.MISSED, district="317406"),
    "returned": Scene(HOME, 4, ("APBD",), ("PANGAN",), ended=Ended.RETURNED, district="760412"),
    "suspended": Scene(HOME, 5, fate=Fate.SUSPENDED, note="DITANGGUHKAN: REKENING TERBLOKIR", district="320309"),
    "taken_off": Scene(HOME, 6, father=("PANGAN",), fate=Fate.OFF, note="SUDAH MAMPU"),
    "home_visit": Scene(HOME, 7, home="SAKIT, DIANTAR KE RUMAH", district="351010"),
    "sitting_moved": Scene("32.71.05.1004", 0),
    # Those below are for officers to look at.
    "missed_too": Scene(HOME, 8, ("SEMBAKO",), ("PANGAN",), ended=Ended.MISSED),
    "moved_away": Scene(HOME, 9, district="730805"),
    "double": Scene(HOME, 10, father=("PKH", "SEMBAKO")),
    "not_in_need": Scene(HOME, 11, ("APBD",), ("SEMBAKO",)),
    "taken_off_without_reason": Scene(HOME, 12, father=("PANGAN",), fate=Fate.GONE, district="320201"),
}
SCENE_AT = {(scene.area, scene.number): key for key, scene in SCENES.items()}


def families(area: str) -> int:
    """How many of the scenes play in an area: its first households."""
    return sum(scene.area == area for scene in SCENES.values())
