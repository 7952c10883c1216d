"""The people of the sample city, household by household. Invented, all of them.

`population` streams: what is kept in memory does not grow with the number of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from salur.core.regions.region import province_of
from salur.sample.areas import Area, areas
from salur.sample.names import Weighted, a_name
from salur.sample.numbers import Numbers
from salur.sample.scenes import RT, RW, SCENE_AT, SCENES, families

TODAY = date(2026, 1, 1)  # ages are counted to here unless told otherwise
# Who is on the lists of a poor household, as shares: `f` a mother, `m` a father, `o` an old woman, `g` an old man.
HOUSEHOLDS = Weighted({"f": 46.0, "fm": 27.0, "m": 7.0, "o": 11.0, "g": 4.0, "og": 5.0})
AGES = {"f": (20, 58), "m": (22, 62), "o": (60, 90), "g": (60, 88)}
BORN_FIRST_OF_JULY = 0.02  # what offices enter when the day is unknown
LOCAL_NIK = 0.82  # the others brought their number from where it was first issued
ELSEWHERE = {
    "sunda": ("320113", "320104", "320129", "320201", "320309", "320515"),
    "betawi": ("317406", "317509", "327601", "320113"),
    "jawa": ("331412", "330207", "350504", "350715", "351010", "331101"),
    "mandar": ("760412", "760502", "760501", "760301"),
    "bugis": ("731502", "731101", "731408", "730805"),
}
HAMLETS = {
    "32": (
        "Kp. Cibalagung,Kp. Pulo Geulis,Kp. Ardio,Gg. Masjid,Gg. Kelor,Jl. Roda,Jl. Pahlawan,Jl. Sempur,Gg. Mesjid"
        ",Kp. Cibuluh,Kp. Muara,Jl. Merdeka,Gg. Aut,Kp. Babakan Sirna,Gg. Haji Entong,Kp. Sindang Sari,Jl. Raya Tajur"
    ).split(","),
    "76": (
        "Dusun I,Dusun II,Dusun III,Jl. Poros Majene,Lingk. Galung,Lingk. Pasar Baru,Jl. Diponegoro,Dusun Sidomulyo"
        ",Dusun Kappung Jawa,Jl. Padi Unggul,Lingk. Tulung,Dusun Labuang"
    ).split(","),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One person, named in capitals as lists write it."""

    nik: str
    name: str
    born: date
    woman: bool


@dataclass(frozen=True, slots=True)
class Household:
    """People under one KK number whom some list may name, the payee first. `number` counts within its area, from 0."""

    number: int
    area: Area
    rt: int
    rw: int
    address: str
    kk: str
    members: tuple[Person, ...]

    @property
    def elderly(self) -> bool:
        """Whether only old people live here: the officer comes to them."""
        return all(person.born.year < 1960 for person in self.members)


def population(
    people: int, seed: int = 1, *, today: date = TODAY, numbers: Numbers | None = None
) -> Iterator[Household]:
    """Stream households of exactly `people` people together, area by area; the same for the same seed.

    The first households of some areas are a mother and a father, for the scenes in `salur.sample.scenes`.
    """
    numbers = numbers or Numbers()
    everywhere = areas()
    for area, count in zip(everywhere, _shares(people, everywhere), strict=True):
        yield from _households(area, count, Random(f"{seed} people {area.code}"), numbers, today)  # noqa: S311


def _shares(people: int, everywhere: Sequence[Area]) -> list[int]:
    """How many people live in each area; those with scenes are served first, the rest by weight."""
    shares, rest = [], people
    for area in everywhere:
        shares.append(min(rest, 2 * families(area.code)))
        rest -= shares[-1]
    total = sum(area.weight for area in everywhere)
    passed, given = 0.0, 0
    for i, area in enumerate(everywhere):
        passed += area.weight
        upto = round(rest * passed / total)
        shares[i] += upto - given
        given = upto
    return shares


def _households(area: Area, people: int, rng: Random, numbers: Numbers, today: date) -> Iterator[Household]:
    number, left = 0, people
    while left > 0:
        makeup = ("fm" if (area.code, number) in SCENE_AT else HOUSEHOLDS.pick(rng))[:left]
        yield _household(area, number, makeup, rng, numbers, today)
        number += 1
        left -= len(makeup)


def _household(area: Area, number: int, makeup: str, rng: Random, numbers: Numbers, today: date) -> Household:
    culture = area.around.names.pick(rng)
    hamlets = HAMLETS[province_of(area.code)]
    issued = date(2008, 1, 1) + timedelta(days=int(rng.random() * ((today - date(2008, 1, 1)).days - 400)))
    rt, rw = 1 + int(rng.random() * 6), 1 + int(rng.random() * area.rws)
    scene = SCENES.get(SCENE_AT.get((area.code, number), ""))
    district = scene.district if scene else ""
    return Household(
        number=number,
        area=area,
        rt=RT if scene else rt,
        rw=RW if scene else rw,
        address=f"{hamlets[int(rng.random() * len(hamlets))]} No. {1 + int(rng.random() * 120)}",
        kk=numbers.kk(area.district_code.replace(".", ""), issued),
        members=tuple(
            _person(area, culture, role, rng, numbers, today, district if role == "f" else "") for role in makeup
        ),
    )


def _person(area: Area, culture: str, role: str, rng: Random, numbers: Numbers, today: date, issued_in: str) -> Person:
    """`issued_in`: the district of the NIK, where it is not left to chance."""
    woman = role in "fo"
    youngest, oldest = AGES[role]
    born = today - timedelta(days=int(365.25 * (youngest + 1 + rng.random() * (oldest - youngest))))
    if rng.random() < BORN_FIRST_OF_JULY:
        born = date(born.year, 7, 1)
    district = area.district_code.replace(".", "")
    if rng.random() > LOCAL_NIK:
        elsewhere = ELSEWHERE[culture]
        district = elsewhere[int(rng.random() * len(elsewhere))]
    return Person(
        numbers.nik(issued_in or district, born, woman=woman), a_name(culture, woman=woman, rng=rng), born, woman
    )
