"""A city to measure with: people on published lists, and a sitting to come in every kelurahan."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import text

from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.kinds import Draft, ListedPerson
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.kinds import Announcement, ScheduledSitting
from salur.sample.areas import areas
from salur.sample.people import population
from salur.wiring import Services

PEOPLE = int(os.environ.get("SALUR_BENCH_PEOPLE", "100_000"))
PROGRAMMES = ("PKH", "SEMBAKO", "PANGAN", "BST", "BLT-DD")  # a person on five lists is on these
ON_FIVE_LISTS = 2_000
MEMBERS = 6  # the sample city lists one or two of a household; some families here have so many
FAMILIES = 1_000
STRANGERS = 10_000


@dataclass(slots=True, unsafe_hash=True)
class Listed(ListedPerson):
    """A row of a list; here everybody has numbers."""

    nik: str = ""
    kk: str = ""


def listed(name: str, nik: str, kk: str, region_code: str, rt: int, rw: int, *, care: bool = False) -> Listed:
    """A row of a list."""
    return Listed(
        row=1, name=name, nik=nik, kk=kk, address="Jl. Roda No. 5", region_code=region_code, rw=rw, rt=rt,
        amount=600_000, care=care,
    )  # fmt: skip


def sitting(programme: str, period: str, region_code: str, place: str, day: dt.date) -> ScheduledSitting:
    """A row of a schedule: a morning."""
    return ScheduledSitting(
        row=1, place=place, kind=PlaceKind.VILLAGE_HALL, address="Jl. Achmad Adnawijaya No. 1", latitude=-6.5712,
        longitude=106.8206, opening_hours="Senin-Jumat 08.00-15.00", date=day, starts=dt.time(8), ends=dt.time(11),
        programme=programme, period=period, region_code=region_code,
    )  # fmt: skip


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
        listed(person.name, person.nik, household.kk, household.area.code, household.rt, household.rw)
        for household in population(people + STRANGERS)
        for person in household.members
    ]
    random.Random(1).shuffle(everyone)
    strangers, known = everyone[:STRANGERS], everyone[STRANGERS:]
    families, known = known[: FAMILIES * MEMBERS], known[FAMILIES * MEMBERS :]
    families = [replace(person, kk=families[i - i % MEMBERS].kk) for i, person in enumerate(families)]
    theirs = {person.kk for person in families}
    known = [person for person in known if person.kk not in theirs]  # six and no more
    on_five, on_one = known[:ON_FIVE_LISTS], known[ON_FIVE_LISTS:]
    publish(services, [*families, *on_one, *on_five], PROGRAMMES[0], period)
    for number, programme in enumerate(PROGRAMMES[1:], 11):
        # Each office writes another RT, so that these people stand in five rows.
        publish(services, [replace(person, rt=number) for person in on_five], programme, period)
    day = today + dt.timedelta(days=7)
    places = [sitting(PROGRAMMES[0], period, a.code, f"Kantor {a.kind} {a.name}", day) for a in areas()]
    announce(services, places)
    if services.database.engine.dialect.name == "postgresql":
        with services.database.writing() as connection:
            connection.execute(text("ANALYZE"))  # which autovacuum does within a minute
    return City(on_one, on_five, families[::MEMBERS], strangers)


def announce(services: Services, sittings: Sequence[ScheduledSitting]) -> None:
    """Publish a schedule."""
    numbered = tuple(replace(one, row=row) for row, one in enumerate(sittings, 1))
    digest = hashlib.blake2b(repr(numbered).encode(), digest_size=32).digest()
    file, _ = services.schedules.add(Announcement(sittings=numbered), digest, agreed=True)
    services.schedules.publish(file, agreed=True)


def publish(services: Services, people: Sequence[Listed], programme: str, period: str) -> None:
    """Put a list in force."""
    facts = ListFacts(programme, period, "SK Dinsos 460/12", dt.date(2026, 1, 12), "Dinas Sosial Kota Bogor")
    digest = hashlib.blake2b(f"{programme} {period}".encode(), digest_size=32).digest()
    draft = services.imports.add(Draft(people=tuple(people)), facts, digest)
    services.lists.publish(services.lists.change(draft).agreed())
