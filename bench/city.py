"""A city to measure with: people on published lists, and a sitting to come in every kelurahan."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import text

from salur.core.imports import ListFacts
from salur.sample.areas import areas
from salur.sample.people import population
from salur.wiring import Services

PEOPLE = int(os.environ.get("SALUR_BENCH_PEOPLE", "100_000"))
PROGRAMMES = ("PKH", "SEMBAKO", "PANGAN", "BST", "BLT-DD")  # a person on five lists is on these
ON_FIVE_LISTS = 2_000
MEMBERS = 6  # the sample city lists one or two of a household; some families here have so many
FAMILIES = 1_000
STRANGERS = 10_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list."""

    name: str
    nik: str
    kk: str
    region_code: str
    rt: int
    rw: int
    address: str = "Jl. Roda No. 5"
    amount: int = 600_000
    care: bool = False
    stage: None = None
    letter_code: None = None
    channel: None = None
    state: None = None
    reason: None = None
    note: None = None
    group_name: None = None
    head_name: None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    people: Sequence[Listed]
    faults: tuple[()] = ()
    refused: tuple[()] = ()
    header: tuple[str, ...] = ()
    faulty_cells: dict[int | str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Announced:
    programme: str
    period: str
    region_code: str
    place: str
    date: dt.date
    row: int = 1
    stage: None = None
    kind: str = "village_hall"
    address: str = "Jl. Achmad Adnawijaya No. 1"
    latitude: float = -6.5712
    longitude: float = 106.8206
    opening_hours: str = "Senin-Jumat 08.00-15.00"
    starts: dt.time = dt.time(8)
    ends: dt.time = dt.time(11)
    deadline: None = None
    rw: None = None
    rt: None = None


@dataclass(frozen=True, slots=True)
class City:
    """Who stands on how many lists; `strangers` have numbers like the others' but stand on none."""

    on_one: Sequence[Listed]
    on_five: Sequence[Listed]
    families: Sequence[Listed]  # the first of `MEMBERS` listed under one KK number
    strangers: Sequence[Listed]


def settle(services: Services, people: int = PEOPLE) -> City:
    """Publish lists of so many people in an empty database, and announce when they are paid."""
    today = dt.datetime.now(dt.UTC).date()
    period = f"{today.year}-T{(today.month + 2) // 3}"
    everyone = [
        Listed(person.name, person.nik, household.kk, household.area.code, household.rt, household.rw)
        for household in population(people + STRANGERS)
        for person in household.members
    ]
    random.Random(1).shuffle(everyone)
    strangers, listed = everyone[:STRANGERS], everyone[STRANGERS:]
    families, listed = listed[: FAMILIES * MEMBERS], listed[FAMILIES * MEMBERS :]
    families = [replace(person, kk=families[i - i % MEMBERS].kk) for i, person in enumerate(families)]
    on_five, on_one = listed[:ON_FIVE_LISTS], listed[ON_FIVE_LISTS:]
    _publish(services, [*families, *on_one, *on_five], PROGRAMMES[0], period)
    for number, programme in enumerate(PROGRAMMES[1:], 11):
        # Each office writes another RT, so that these people stand in five rows.
        _publish(services, [replace(person, rt=number) for person in on_five], programme, period)
    day = today + dt.timedelta(days=7)
    places = [_Announced(PROGRAMMES[0], period, a.code, f"Kantor {a.kind} {a.name}", day) for a in areas()]
    services.schedules.add(places)
    if services.database.engine.dialect.name == "postgresql":
        with services.database.writing() as connection:
            connection.execute(text("ANALYZE"))  # which autovacuum does within a minute
    return City(on_one, on_five, families[::MEMBERS], strangers)


def _publish(services: Services, people: Sequence[Listed], programme: str, period: str) -> None:
    facts = ListFacts(programme, period, "SK Dinsos 460/12", dt.date(2026, 1, 12), "Dinas Sosial Kota Bogor")
    digest = hashlib.blake2b(programme.encode(), digest_size=32).digest()
    services.lists.publish(services.imports.add(_Draft(people), facts, digest))
