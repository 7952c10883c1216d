"""What `lookup.ask` costs against the driver alone: the same statements with the same values, nothing around them.

On SQLite. The statements of each question are written down on one copy of the city; then others of it are asked in
turns, one through the services and one by the driver, on connections prepared alike.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event

from bench.city import City, settle
from bench.databases import instances
from salur.core.limits.asker import Asker
from salur.core.people.nik import Nik
from salur.core.storage.database import PRAGMAS
from salur.wiring import Services, build

QUESTIONS, AT_A_TIME = 2_000, 100
Statements = list[tuple[str, Sequence[object]]]


def main() -> None:
    """Measure, and print."""
    for _, services in instances():
        against_the_driver(services, settle(services))
        break


class _Noting(sqlite3.Connection):
    """A connection that writes down what is run on its cursors."""

    noted: Statements

    def cursor(self, *args: Any, **options: Any) -> Any:
        return super().cursor(_NotingCursor, *args, **options)


class _NotingCursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        _Noting.noted.append((sql, parameters))
        return super().execute(sql, parameters)


def against_the_driver(services: Services, city: City) -> None:
    """Print how many times of the driver's own time a right answer takes in the core."""
    people = [(Nik(person.nik), person.name) for person in city.on_one[-QUESTIONS:]]
    with tempfile.TemporaryDirectory(prefix="salur-bench-") as folder:
        copies = [Path(folder) / f"{name}.db" for name in ("noted", "asked", "driven")]
        with closing(sqlite3.connect(str(services.database.engine.url.database))) as original:
            for copy in copies:
                original.execute("VACUUM INTO ?", (str(copy),))
        noting, asking = (_on(services, copy) for copy in copies[:2])
        event.listen(noting.database.engine, "do_connect", _note)
        noted = [_statements(noting, *person, number) for number, person in enumerate(people)]
        driver = sqlite3.connect(copies[2], isolation_level=None)
        for pragma in PRAGMAS:
            driver.execute(f"PRAGMA {pragma}")
        core, bare = [], []
        for start in range(0, QUESTIONS, AT_A_TIME):
            end = start + AT_A_TIME
            core.append(_asked(asking, people[start:end], start))
            bare.append(_driven(driver, noted[start:end]))
        for one in (noting, asking):
            one.database.dispose()
        driver.close()
    pairs = list(zip(core, bare, strict=True))[2:]  # what is learnt once is learnt by then
    statements = len(noted[-1])
    print(f"\nlookup.ask, a right answer, against the driver alone with its {statements} statements, SQLite")
    print(
        f"{median(c for c, _ in pairs) * 1e6:,.0f} µs against {median(b for _, b in pairs) * 1e6:,.0f} µs of CPU: ",
        end="",
    )
    print(f"{median(c / b for c, b in pairs):.2f} times")


def _on(services: Services, copy: Path) -> Services:
    return build(replace(services.settings, database_url=f"sqlite:///{copy}"))


def _note(_dialect: object, _record: object, _args: object, options: dict[str, object]) -> None:
    options["factory"] = _Noting


def _statements(services: Services, nik: Nik, name: str, number: int) -> Statements:
    _Noting.noted = []
    services.lookup.ask(nik, name, asker=_asker(number))
    return [one for one in _Noting.noted if not one[0].startswith("PRAGMA")]


def _asked(services: Services, people: Iterable[tuple[Nik, str]], start: int) -> float:
    began = time.process_time()
    for number, (nik, name) in enumerate(people, start):
        services.lookup.ask(nik, name, asker=_asker(number))
    return (time.process_time() - began) / AT_A_TIME


def _driven(driver: sqlite3.Connection, questions: Iterable[Statements]) -> float:
    began = time.process_time()
    for statements in questions:
        driver.execute("BEGIN IMMEDIATE")
        for sql, parameters in statements:
            cursor = driver.cursor()
            cursor.execute(sql, parameters)
            cursor.fetchall()
        driver.execute("COMMIT")
    return (time.process_time() - began) / AT_A_TIME


def _asker(number: int) -> Asker:
    return Asker.address(".".join(map(str, (100, *number.to_bytes(3, "big")))))


if __name__ == "__main__":
    main()
