"""What `python -m salur lists import` takes for 100,000 rows: seconds, rows per second, and memory at its highest."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import xlsxwriter

from bench.city import PEOPLE
from bench.databases import instances
from salur.sample.people import population

HEADER = ("NO", "NIK", "NO KK", "NAMA PENERIMA", "ALAMAT", "RT", "RW", "KELURAHAN", "KECAMATAN", "NOMINAL")
TARGETS = "targets: under 15 s on two free cores, under 400 MB"
FACTS = ("--period", "2026-T1", "--decree", "SK 460/12", "--issued", "2026-01-12", "--issuer", "Dinas Sosial")


def main() -> None:
    """Import one workbook on each database."""
    with tempfile.TemporaryDirectory(prefix="salur-bench-") as folder:
        file = Path(folder) / "pkh.xlsx"
        _write(file)
        print(f"\nImport of {PEOPLE:,} rows; {TARGETS}")
        print(f"{'':12}{'seconds':>10}{'rows/s':>10}{'highest memory':>17}")
        for database, _services in instances():
            command = [sys.executable, "-m", "salur", "lists", "import", str(file), "--programme=PKH", *FACTS, "--json"]
            seconds, megabytes, told = _watched(command)
            rows = json.loads(told)["people"]
            print(f"{database:12}{seconds:10.1f}{rows / seconds:10,.0f}{megabytes:14,.0f} MB", flush=True)


def _write(file: Path) -> None:
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    people = ((household, person) for household in population(PEOPLE) for person in household.members)
    for row, (household, person) in enumerate(people, 1):
        area = household.area
        numbers = (row, person.nik, household.kk, person.name, household.address, household.rt, household.rw)
        sheet.write_row(row, 0, (*numbers, area.name, area.district, 600_000))
    book.close()


def _watched(command: list[str]) -> tuple[float, float, str]:
    """Run a program to its end: seconds, megabytes at its highest, and what it printed."""
    began, highest = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            highest = max(highest, watched.memory_info().rss)
            time.sleep(0.05)
        assert process.returncode == 0, process.returncode
        assert process.stdout is not None
        return time.perf_counter() - began, highest / 1e6, process.stdout.read()


if __name__ == "__main__":
    main()
