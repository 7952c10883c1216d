"""What a list takes from the upload until residents see it: seconds, CPU and memory of each stage, as the desk does it.

`python -m bench importing --rows=1_000_000 --kind=csv --asking --again`. Each stage is a process of its own, as it is
beside the site; its CPU and its memory at the highest, with those of processes that it starts, are the system's own
account of it (a PostgreSQL server's are not in it). `--asking`: meanwhile residents ask a site, as `serve` runs it,
each from another address. `--again`: the same people once more, for the next quarter, so that one list steps back
before the other.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import timeit
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread

import xlsxwriter
from sqlalchemy import insert

from bench.city import PEOPLE, City, settle
from bench.databases import instances
from bench.serving import ROOT, Visitor, serving
from salur.config import Settings
from salur.core.jobs.answers import Job
from salur.core.lists.importing.facts import ListFacts
from salur.core.officers.roles import Role
from salur.core.tables.officers import AccountRow
from salur.sample.people import population
from salur.wiring import Services, build

HEADER = ("NO", "NIK", "NO KK", "NAMA PENERIMA", "ALAMAT", "RT", "RW", "KELURAHAN", "KECAMATAN", "NOMINAL")
FAULTY_EVERY = 60  # rows: a digit of the NIK is missing
BEFORE = 20_000  # people of whom residents ask
VISITORS, THINKING, BEFOREHAND = 4, 0.2, 20.0  # seconds
PIECE = 1 << 20
NICE = int(os.environ.get("SALUR_BENCH_NICE", "10"))  # the runner's own, where others do not use the machine too
PROGRAMME, REGION, OPERATOR = "APBD", "32.71", 1
MOST = re.compile(r"VmHWM:\s+(\d+) kB")
ADDING = "x = 0\nfor _ in range(5_000_000): x += 1"
TARGETS = "1,000,000 rows: under 240 s from upload to publish, under 500 MB, POST /cek p95 at most doubled"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way; `megabytes` at the highest, None where it is a part of another process."""

    name: str
    seconds: float
    cpu: float
    megabytes: float | None
    asked: Sequence[float] = ()  # seconds that residents waited meanwhile


class Residents:
    """Ask and ask, with a pause in between, and remember how long each answer took."""

    def __init__(self, visitor: Callable[[], Visitor], city: City) -> None:
        rng = random.Random(2)
        known, strangers = list(city.on_one), list(city.strangers)
        rng.shuffle(known)
        third = len(known) // 3
        asked = [(p.nik, p.name) for p in known[:third]]
        asked += [(p.nik, "ZAINAL QORI") for p in known[third : 2 * third]]
        asked += [(p.nik, p.name) for p in strangers]
        rng.shuffle(asked)
        self._shares = [cycle(asked[i::VISITORS]) for i in range(VISITORS)]
        self._visitors = [visitor() for _ in range(VISITORS)]
        self._over = Event()
        self._threads = [Thread(target=self._ask, args=one) for one in zip(self._visitors, self._shares, strict=True)]
        self._waited: list[float] = []

    def _ask(self, visitor: Visitor, questions: Iterator[tuple[str, str]]) -> None:
        while not self._over.wait(random.expovariate(1 / THINKING)):
            request = visitor.form("/cek", *next(questions))
            began = time.perf_counter()
            status = visitor.send(request).status
            self._waited.append(time.perf_counter() - began)
            assert status in (200, 303), status

    def taken(self) -> list[float]:
        """What they waited since this was asked last."""
        waited, self._waited = self._waited, []
        return waited

    def __enter__(self) -> Residents:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()


def main() -> None:
    """Measure on each database, and print."""
    options = _options()
    if options.write:
        _write(Path(options.write), options.rows, options.quarter)
        return
    if options.agree:
        _agree(options.agree)
        return
    for kind in options.kind.split(","):
        for database, services in instances():
            if options.only and options.only.lower() != database.lower():
                continue
            print(f"\n{options.rows:,} rows as {kind}, {database}, {_today():%d-%m-%Y}; {_machine()}")
            print(
                f"{TARGETS}\n{'':26}{'seconds':>9}{'CPU s':>9}{'highest MB':>12}{'asked':>8}{'p50 ms':>9}{'p95 ms':>9}"
            )
            _of(services, kind, options)


def _options() -> Namespace:
    parser = ArgumentParser("python -m bench.importing", description=__doc__)
    parser.add_argument("--rows", type=int, default=PEOPLE)
    parser.add_argument("--kind", default="csv,xlsx")
    parser.add_argument("--only", help="SQLite or PostgreSQL")
    parser.add_argument("--asking", action="store_true")
    parser.add_argument("--again", action="store_true")
    for of_a_process in ("--quarter", "--agree"):
        parser.add_argument(of_a_process, type=int, default=0)
    parser.add_argument("--write")
    return parser.parse_args()


def _of(services: Services, kind: str, options: Namespace) -> None:
    city = settle(services, BEFORE)
    _operator(services)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="salur-bench-")))
        residents = None
        if options.asking:
            server = stack.enter_context(serving())
            residents = stack.enter_context(Residents(lambda: Visitor(server), city))
            time.sleep(BEFOREHAND)
            _print(Stage("before", BEFOREHAND, 0, None, residents.taken()))
        for quarter in range(1 + options.again):
            file = folder / f"{quarter}.{kind}"
            _child(["-m", "bench.importing", f"--write={file}", f"--rows={options.rows}", f"--quarter={quarter}"])
            if residents:
                residents.taken()
            stages = []
            for stage in _way(services, file, _period(quarter)):
                told = Stage(*stage, residents.taken() if residents else ())
                stages.append(told)
                _print(told)
            _print(_sum(stages))


def _way(services: Services, file: Path, period: str) -> Iterator[tuple[str, float, float, float | None]]:
    """The stages one after the other, as an operator goes through them."""
    began, worked = time.perf_counter(), time.process_time()
    arriving = services.uploads.receive(file.name, REGION)
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            arriving.write(piece)
    (upload,) = services.uploads.accept([arriving], OPERATOR, REGION)
    yield "received", time.perf_counter() - began, time.process_time() - worked, None
    runner = ["-m", "salur", "work", "--once"]
    yield "read", *_child(runner)
    facts = ListFacts(PROGRAMME, period, "SK 460/12", dt.date(2026, 1, 12), "Dinas Sosial", states_confirmed=True)
    services.uploads.import_(upload, OPERATOR, REGION, facts.told)
    yield "imported", *_child(runner)
    shown = services.uploads.show(upload, REGION)
    assert shown.list is not None, shown.job
    if isinstance(services.ahead.change(shown.list, by=OPERATOR), Job):
        yield "changes worked out", *_child(runner)
    yield "looked at, agreed to", *_child(["-m", "bench.importing", f"--agree={shown.list}"])
    yield "published", *_child(runner)
    assert services.lists.show(shown.list).published_at is not None


def _agree(list_id: int) -> None:
    """What the site does when an operator looks at what would change, and agrees."""
    services = build(Settings.from_env())
    change = services.ahead.change(list_id, by=OPERATOR)
    assert not isinstance(change, Job), change
    services.publishing.plan(change.agreed(), by=OPERATOR)
    services.database.dispose()


def _child(arguments: Sequence[str]) -> tuple[float, float, float]:
    """Run a program to its end, as politely as the runner: seconds, CPU, and megabytes at its highest."""
    began, highest = time.perf_counter(), 0
    process = subprocess.Popen(["nice", f"-n{NICE}", sys.executable, *arguments], cwd=ROOT)
    while True:
        highest = max(highest, _most(process.pid))  # what it was told by now
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, highest / 1e3


def _most(pid: int) -> int:
    """Kilobytes of a process and of those that it has started, each at its highest."""
    with suppress(OSError):
        folder = Path(f"/proc/{pid}")
        mine = int((MOST.search((folder / "status").read_text()) or [0, 0])[1])
        return mine + sum(_most(int(other)) for other in (folder / f"task/{pid}/children").read_text().split())
    return 0


def _operator(services: Services) -> None:
    values = {"username": "dinsos", "role": str(Role.DINSOS), "region_code": REGION, "password_hash": "-"}
    with services.database.writing() as connection:
        connection.execute(insert(AccountRow), [{"id": OPERATOR, "created_at": dt.datetime.now(dt.UTC), **values}])


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _period(quarter: int) -> str:
    """This year's first quarter, and those after it; who publishes them may be late."""
    return f"{_today().year}-T{1 + quarter}"


def _write(file: Path, rows: int, quarter: int) -> None:
    """The list of a quarter: of the same people, some of whom have moved or get another amount since."""
    if file.suffix == ".csv":
        with file.open("w", newline="") as opened:
            writer = csv.writer(opened, delimiter=";")
            writer.writerow(HEADER)
            writer.writerows(_lines(rows, quarter))
        return
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for number, line in enumerate(_lines(rows, quarter), 1):
        sheet.write_row(number, 0, line)
    book.close()


def _lines(rows: int, quarter: int) -> Iterator[tuple[str | int, ...]]:
    people = ((household, person) for household in population(rows) for person in household.members)
    for number, (home, person) in enumerate(people, 1):
        moved, raised = quarter and number % 50 == 0, quarter and number % 20 == 0
        nik = person.nik[: 15 if number % FAULTY_EVERY == 0 else 16]
        rt = home.rt % 6 + 1 if moved else home.rt
        place = (home.address, rt, home.rw, home.area.name, home.area.district)
        yield number, nik, home.kk, person.name, *place, 900_000 if raised else 600_000


def _machine() -> str:
    """How fast it is: what five million additions take, the best of three."""
    return f"{os.cpu_count()} cores, 5,000,000 additions in {min(timeit.repeat(ADDING, number=1, repeat=3)):.2f} s"


def _sum(stages: Sequence[Stage]) -> Stage:
    asked = [one for stage in stages for one in stage.asked]
    most = max(stage.megabytes or 0 for stage in stages)
    return Stage("all", sum(s.seconds for s in stages), sum(s.cpu for s in stages), most, asked)


def _print(stage: Stage) -> None:
    most = "" if stage.megabytes is None else f"{stage.megabytes:,.0f}"
    line = f"{stage.name:26}{stage.seconds:9,.1f}{stage.cpu:9,.1f}{most:>12}"
    if len(stage.asked) > 1:
        line += f"{len(stage.asked):8,}{1e3 * median(stage.asked):9.1f}{1e3 * quantiles(stage.asked, n=20)[-1]:9.1f}"
    print(line, flush=True)


if __name__ == "__main__":
    main()
