"""What a question costs among millions, against a question among 20,000: PostgreSQL, `lookup.ask`, in turns.

Both databases hold the same kind of people, sealed and indexed by a real vault; those of the large one are written by
COPY, its indexes made afterwards, as a restore does. Asked is about people drawn from all of it, so that pages are as
cold as there. `SALUR_BENCH_MILLIONS` says how many (10). Beside it: what a person takes on the disk, and what the
look-up's first statement would take in a table split by the person's index. Target: 1.3 times.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from bench.city import Listed, settle
from bench.databases import on_postgres
from bench.scale.split import compare
from salur.core.limits.asker import Asker
from salur.core.lists.importing.writer import ENTITLEMENT, PERSON
from salur.core.lookup.answers import OnTheList
from salur.core.people.nik import Nik
from salur.core.people.sealed import Names, seal_address, seal_names, seal_numbers
from salur.core.storage.bulk import bulk_insert
from salur.core.storage.vault import Vault
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.wiring import Services

SMALL = 20_000
LARGE = round(float(os.environ.get("SALUR_BENCH_MILLIONS", "10")) * 1_000_000)
BATCH, ROUNDS, EACH = 20_000, 20, 100
_FIRST = 1 << 62  # of ids that `fresh_ids` does not give before 2039
_KNOWN: dict[str, Any] = {}  # of a process that seals
TABLES = ("person", "entitlement", "payment", "access_record", "attempt")
INDEXES = text("SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('person', 'entitlement')")
BACKENDS = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
SIZES = "SELECT pg_table_size(:table), pg_indexes_size(:table), (SELECT count(*) FROM {table})"


def main() -> None:
    """Fill both, ask in turns, print."""
    with on_postgres() as small:
        few = settle(small, SMALL).on_one
        with on_postgres() as large:
            known = settle(large, SMALL).on_one
            vault = Vault.from_file(large.settings.keys_file)
            many = _fill(large, known)
            _print({"20 thousand": _Asking(small, few), f"{LARGE / 1e6:g} million": _Asking(large, many)})
            _sizes(large)
            compare(large, vault, [person.nik for person in many[:1_000]], [p.kk for p in many[:1_000]])


def _fill(services: Services, models: Sequence[Listed]) -> list[Listed]:
    """Write people like the models until there are enough; gives some of them, from everywhere."""
    began = time.perf_counter()
    some: list[Listed] = []
    with services.database.writing() as connection:
        list_id = int(connection.execute(text("SELECT min(id) FROM recipient_list")).scalar_one())
        kept = [row for row in connection.execute(INDEXES) if not row.indexname.startswith("pk_")]
        for row in kept:
            connection.execute(text(f'DROP INDEX "{row.indexname}"'))
        with ProcessPoolExecutor(initializer=_begin, initargs=(services.settings.keys_file, models)) as pool:
            for rows, entries, sample in pool.map(_sealed, range(SMALL, LARGE, BATCH)):
                some += sample
                bulk_insert(connection, PersonRow.__table__, PERSON, rows)  # type: ignore[arg-type]
                listed = ((id, person, list_id, "1", 600_000, None, "entitled") for id, person in entries)
                bulk_insert(connection, EntitlementRow.__table__, ENTITLEMENT[:7], listed)  # type: ignore[arg-type]
        filled = time.perf_counter()
        connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
        for row in kept:
            connection.execute(text(row.indexdef))
    with services.database.writing() as connection:
        connection.execute(text("ANALYZE"))
    told = f"{LARGE:,} people sealed and copied in {filled - began:,.0f} s"
    print(f"{told}, indexed in {time.perf_counter() - filled:,.0f} s", flush=True)
    random.Random(2).shuffle(some)
    return some


def _people(models: Sequence[Listed], start: int, count: int) -> Iterator[Listed]:
    """People who are called and live as the models, each with numbers of their own."""
    for number in range(start, start + count):
        like = models[number % len(models)]
        day, month, year = number % 28 + 1, number // 28 % 12 + 1, number // 336 % 50 + 50
        rest = f"{day:02}{month:02}{year:02}{number // 16_800 % 9_999 + 1:04}"
        area = like.nik[:6]
        yield Listed(
            row=1, name=like.name, nik=f"{area}{rest}", kk=f"{area}{number:010}",
            address=like.address, region_code=like.region_code, rt=like.rt, rw=like.rw, amount=600_000,
        )  # fmt: skip


def _begin(keys: str, models: Sequence[Listed]) -> None:
    """What each process that seals has to know."""
    _KNOWN.update(vault=Vault.from_file(keys), models=models)


def _sealed(start: int) -> tuple[list[tuple[object, ...]], list[tuple[int, int]], list[Listed]]:
    """Rows of people from `start` on, ids of their entries and of whom they are, and some of the people."""
    vault: Vault = _KNOWN["vault"]
    rows: list[tuple[object, ...]] = []
    people = list(_people(_KNOWN["models"], start, min(BATCH, LARGE - start)))
    # Each batch has ids of its own, above those that were given by then.
    ids = range(_FIRST + start, _FIRST + start + len(people))
    for id, person in zip(ids, people, strict=True):
        numbers = (vault.index(person.nik), vault.index(person.kk))
        home = (person.region_code, person.rw, person.rt, False)
        names = seal_names(vault, Names(person.name, None), id)
        sealed = (seal_numbers(vault, person.nik, person.kk, id), seal_address(vault, person.address, id))
        rows.append((id, *numbers, *home, names, *sealed))
    sample = random.Random(start).sample(people, max(1, EACH * ROUNDS * 2 * len(people) // LARGE))
    return rows, [(id, id) for id in ids], sample


def _sizes(services: Services) -> None:
    with services.database.reading() as connection:
        for table in TABLES:
            own, indexes, rows = connection.execute(text(SIZES.format(table=table)), {"table": table}).one()
            if rows > SMALL // 10:
                print(f"{table:14}{own / rows:6.0f} bytes a row, its indexes {indexes / rows:6.0f}", flush=True)


class _Asking:
    """Asks about one person after the other; counts the time, and the CPU of this process and of the server's."""

    def __init__(self, services: Services, people: Sequence[Listed]) -> None:
        self._services, self._people = services, iter(people)
        self.seconds: list[float] = []
        self.own = self.server = 0.0

    def turn(self) -> None:
        """Ask about some of them, each from an address of its own."""
        asked = [(Nik(person.nik), person.name, Asker.address(_an_address())) for person in islice(self._people, EACH)]
        server, own = _cpu_of_server(self._services), time.process_time()
        for nik, name, asker in asked:
            began = time.perf_counter()
            answer = self._services.lookup.ask(nik, name, asker=asker)
            self.seconds.append(time.perf_counter() - began)
            assert isinstance(answer, OnTheList), "someone was not found"
        self.own += time.process_time() - own
        self.server += _cpu_of_server(self._services) - server


def _an_address() -> str:
    return ".".join(str(random.randrange(1, 255)) for _ in range(4))


def _cpu_of_server(services: Services) -> float:
    """Seconds of CPU that the server's processes for this database have taken, where they run on this machine."""
    with services.database.reading() as connection:
        pids = [row.pid for row in connection.execute(BACKENDS)]
    taken = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        taken += int(fields[11]) + int(fields[12])
    return taken / os.sysconf("SC_CLK_TCK")


def _print(asking: dict[str, _Asking]) -> None:
    for _ in range(ROUNDS):
        for one in asking.values():
            one.turn()
    base = None
    for size, one in asking.items():
        taken, asked = 1000 * median(one.seconds[EACH:]), len(one.seconds)
        base = base or taken
        cpu = f"CPU {1000 * one.own / asked:.2f} ms here, {1000 * one.server / asked:.2f} ms in the server"
        print(f"lookup.ask among {size:14}{taken:8.2f} ms{taken / base:8.2f} times; {cpu}", flush=True)


if __name__ == "__main__":
    main()
