"""Planning family by family: how long a plan of a whole city takes, and how far its walks are from the least there is.

200,000 families over 300 sittings, read, spread and written as a draft; target: 20 s. Then 3,000 families over 12
sittings: kilometres of all families together against the least that any plan could need (each family for itself, RW and
RT torn apart), and how full the fullest sitting is against all of them.
"""

from __future__ import annotations

import datetime as dt
import resource
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from scipy.optimize import linprog
from scipy.sparse import coo_array
from sqlalchemy import insert, select, text, update

from bench.city import listed, publish
from bench.databases import instances
from salur.core.officers.roles import Officer, Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.payouts.spreading.answers import Neighbourhood, Spread, WantedSitting, Wish
from salur.core.payouts.spreading.ways import Spot, Ways, Where
from salur.core.people.sealed import seal_address
from salur.core.regions.territory import Territory
from salur.core.storage.bulk import bulk_insert
from salur.core.storage.database import fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow
from salur.core.tables.metadata import METADATA
from salur.core.tables.officers import AccountRow
from salur.core.tables.payouts import PlaceRow
from salur.sample.areas import areas
from salur.wiring import Services

CITY = "32.71"
PERSON = ("id", "nik_index", "kk_index", "region_code", "rw", "rt", "care", "sealed_names", "sealed_address")
ENTRY = ("id", "person_id", "list_id", "amount", "state")
MIDDLE = Spot(-6.59, 106.80)
WIDE = 0.08  # degrees
MORNING, NOON, EVENING = dt.time(8), dt.time(12), dt.time(16)


def main() -> None:
    """Measure on each database, and print."""
    for database, services in instances():
        city = Case(services, "PKH", families=200_000, kelurahan=68, places=60, sittings=300)
        cpu, wall = time.process_time(), time.perf_counter()
        draft = services.spreading.propose(city.officer, city.wish)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        plan = services.spreading.look(city.officer, draft)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"\n{database}: {plan.placed:,} of {plan.listed:,} families over {len(city.wish.sittings)} sittings")
        print(
            f"  {cpu:.1f} s of CPU, {wall:.1f} s as seen (target 20); {memory} MB at most, with the data of this bench"
        )
        _tell(city, plan)
        small = Case(services, "SEMBAKO", families=3_000, kelurahan=2, places=4, sittings=12)
        plan = services.spreading.look(small.officer, services.spreading.propose(small.officer, small.wish))
        print(f"{database}: {plan.placed:,} of {plan.listed:,} families over {len(small.wish.sittings)} sittings")
        _tell(small, plan)


def _tell(case: Case, plan: Spread) -> None:
    assert plan.agrees
    ways = case.ways()
    walked = sum(
        share.families * ways.cost(share.where, case.wish.sittings[share.sitting].place or 0)
        for share in plan.shares if case.wish.sittings[share.sitting].place is not None
    )  # fmt: skip
    least = case.least_walk(plan)
    full = [count / case.wish.sittings[number].capacity for number, count in plan.by_sitting.items()]
    cut = Counter((share.where, case.wish.sittings[share.sitting].place is None) for share in plan.shares)
    torn = sum(count > 1 for (_, at_home), count in cut.items() if not at_home)
    print(f"  walk: {walked / plan.placed:.3f} km a family, {walked / least:.3f} times the least there is")
    print(f"  fullest sitting {max(full):.0%}, emptiest {min(full):.0%}; RT in several sittings: {torn} of {len(cut)}")


class Case:
    """So many families in an invented part of the city, and the sittings that they are to be spread over."""

    def __init__(
        self, services: Services, programme: str, *, families: int, kelurahan: int, places: int, sittings: int
    ) -> None:
        self._random = Random(7)
        self._services = services
        codes = [area.code for area in areas()][:kelurahan]
        self.officer = self._officer()
        self._middles = {code: self._near(MIDDLE, WIDE) for code in codes}
        self.spots = {
            Neighbourhood(code, rw, None): self._near(self._middles[code], WIDE / 8)
            for code in codes for rw in range(1, 11)
        }  # fmt: skip
        services.spots.tell(self.officer, self.spots)
        today = dt.datetime.now(dt.UTC).date()
        period = f"{today.year}-T{(today.month + 2) // 3}"
        self._families(programme, period, families, codes)
        halls = [self._place(programme, number, codes[number % len(codes)]) for number in range(places)]
        each = sittings // places
        wanted = [
            WantedSitting(
                hall, today + dt.timedelta(days=7 + number // 2), *((MORNING, NOON) if number % 2 else (NOON, EVENING)),
                per_hour=families * 115 // 100 // (sittings * 4 * 2) + 1, officers=2,
            )
            for hall in halls for number in range(each)
        ]  # fmt: skip
        home = [WantedSitting(None, today + dt.timedelta(days=20), MORNING, NOON, 15, officers=families // 250)]
        self.wish = Wish(programme, period, tuple(codes), tuple(wanted + home))

    def ways(self) -> Ways:
        """As the plan measures them."""
        with self._services.database.reading() as connection:
            rows = connection.execute(select(PlaceRow.__table__).where(PlaceRow.latitude.is_not(None))).all()
        return Ways(self.spots, {row.id: Where(row.region_code, Spot(row.latitude, row.longitude)) for row in rows})

    def least_walk(self, plan: Spread) -> float:
        """Kilometres of all families together if each RT may be torn apart: no plan needs less."""
        ways = self.ways()
        sittings = [(i, one) for i, one in enumerate(self.wish.sittings) if one.place is not None]
        homes: Counter[Neighbourhood] = Counter()
        for share in plan.shares:
            if self.wish.sittings[share.sitting].place is not None:
                homes[share.where._replace(rt=None)] += share.families
        room: Counter[int] = Counter()
        for _, one in sittings:
            room[one.place or 0] += one.capacity
        rws, halls = list(homes), list(room)
        arcs = [(i, j) for i in range(len(rws)) for j in range(len(halls))]
        costs = [ways.cost(rws[i], halls[j]) for i, j in arcs]
        ones = [1.0] * len(arcs)
        from_rw = coo_array((ones, ([i for i, _ in arcs], range(len(arcs)))), shape=(len(rws), len(arcs)))
        into = coo_array((ones, ([j for _, j in arcs], range(len(arcs)))), shape=(len(halls), len(arcs)))
        solved = linprog(
            costs, A_ub=into.tocsr(), b_ub=[room[hall] for hall in halls], A_eq=from_rw.tocsr(),
            b_eq=[homes[rw] for rw in rws], method="highs",
        )  # fmt: skip
        return float(solved.fun)

    def _near(self, spot: Spot, wide: float) -> Spot:
        return Spot(*(degrees + self._random.uniform(-wide, wide) for degrees in spot))

    def _place(self, programme: str, number: int, code: str) -> int:
        spot = self._near(self._middles[code], WIDE / 10)
        facts = PlaceFacts(f"Balai {programme} {number}", PlaceKind.VILLAGE_HALL, code, None, *spot)
        return self._services.places.add(self.officer, facts, is_another=True)

    def _officer(self) -> Officer:
        id = next(fresh_ids(1))
        values = {
            "id": id, "username": f"bench.{id}", "role": str(Role.DINSOS), "region_code": CITY, "password_hash": "",
        }  # fmt: skip
        with self._services.database.writing() as connection:
            connection.execute(insert(AccountRow).values(**values, created_at=dt.datetime.now(dt.UTC)))
        return Officer(id, str(values["username"]), Role.DINSOS, Territory(CITY), "Kota Bogor")

    def _families(self, programme: str, period: str, families: int, codes: list[str]) -> None:
        """As an import would write them, without what planning never reads."""
        first = listed("SITI", "3271054105801234", "3271050112031234", codes[0], 1, 1)
        publish(self._services, [first], programme, period)
        people, entries = METADATA.tables["person"], METADATA.tables["entitlement"]
        with self._services.database.writing() as connection:
            list_id = connection.execute(
                select(ListRow.id).where(ListRow.programme_code == programme).order_by(ListRow.id.desc())
            ).scalar()
            rows = list(self._rows(families - 1, codes))
            bulk_insert(connection, people, PERSON, rows)
            ids = fresh_ids(len(rows))
            written = ((id, row[0], list_id, 600_000, "entitled") for id, row in zip(ids, rows, strict=True))
            bulk_insert(connection, entries, ENTRY, written)
            connection.execute(update(ListRow).where(ListRow.id == list_id).values(people=families))
            if connection.dialect.name == "postgresql":
                connection.execute(text("ANALYZE"))

    def _rows(self, families: int, codes: list[str]) -> Iterator[tuple[object, ...]]:
        vault = Vault.from_file(self._services.settings.keys_file)
        for id in fresh_ids(families):
            care = self._random.random() < 0.04
            code, rw, rt = self._random.choice(codes), self._random.randint(1, 10), self._random.randint(1, 6)
            address = seal_address(vault, f"Jl. Roda No. {self._random.randint(1, 99)}", id) if care else None
            yield id, secrets.token_bytes(32), secrets.token_bytes(32), code, rw, rt, care, b"", address


if __name__ == "__main__":
    main()
