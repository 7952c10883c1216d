"""What letters cost to print: `python -m bench.letters --letters=1000`.

A thousand letters of an invented kelurahan, on A4 and on A5, each in a process of its own: seconds and CPU from the
first letter to the bytes of the PDF, and the memory of the process at the highest, the interpreter and all imports
with it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from salur.core.letters.answers import Landmark, Letter
from salur.core.payouts.answers import Place, PlaceKind, Sitting
from salur.core.regions.office import Office
from salur.documents.paper.letters import Layout, letters_as_pdf
from salur.sample.people import population
from salur.words.language import SOURCE, language

TARGETS = "1,000 letters: under 10 s, under 500 MB"
PLACE = Place(
    1, "Kantor Kelurahan Tegal Gundil", PlaceKind.VILLAGE_HALL, "Jl. Tumapel Raya No. 1", -6.5762, 106.8131, None
)
BEGIN = datetime(2026, 2, 24, 8, tzinfo=ZoneInfo("Asia/Jakarta"))
SITTING = Sitting(1, BEGIN, BEGIN.replace(hour=15), PLACE, date(2026, 3, 31))
BEFORE = replace(SITTING, id=2, starts=BEGIN - timedelta(days=1), ends=SITTING.ends - timedelta(days=1))
MOVED_EVERY = 5


def letters(count: int) -> Iterator[Letter]:
    """As many, each with a turn of its own, every fifth of a sitting that was moved."""
    people = (person for house in population(count, 1) for person in house.members)
    for number, person in enumerate(islice(people, count)):
        turn = BEGIN + timedelta(minutes=number % 14 * 30)
        yield Letter(
            number=f"16100/{number:06}",
            code="ABCD-EFGH-JKLM-NPQR",
            url=f"HTTPS://SALUR.EXAMPLE.GO.ID/V/{number:026}",
            name=person.name,
            address=f"Kp. Sawah No. {number % 97}",
            rt=number % 5 + 1,
            rw=number % 9 + 1,
            kelurahan="Tegal Gundil",
            kecamatan="Bogor Utara",
            kabupaten="Kota Bogor",
            programme="BLT Sementara Kesejahteraan Rakyat",
            period="2026-T1",
            amount=900_000,
            office=Office("32.71", "Dinas Sosial Kota Bogor", "Jl. Merdeka No. 142", "0251 8312345"),
            site="salur.example.go.id",
            bot="SalurBot",
            sitting=replace(SITTING, replaced=None if number % MOVED_EVERY else BEFORE),
            window=(turn, turn + timedelta(minutes=30)),
            deadline=date(2026, 3, 31),
            bring=("letter", "ktp", "kk"),
            near=Landmark("Balai Warga Indraprasta", -6.5790, 106.8105),
        )


def measured(count: int, layout: Layout) -> None:
    """Make them here, and print what it took."""
    them = list(letters(count))
    began, worked = time.perf_counter(), time.process_time()
    content = letters_as_pdf(them, language(SOURCE), layout=layout)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    status = Path("/proc/self/status").read_text()
    most = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    name = f"{count:,} letters on {layout.upper()}"
    print(f"{name:28}{seconds:7.1f} s{cpu:9.1f} s of CPU{most:9,.0f} MB{len(content) / count / 1024:9.1f} KB a letter")


def main(arguments: list[str]) -> None:
    """Print the table; with `--layout` the one row of it."""
    parser = ArgumentParser()
    parser.add_argument("--letters", type=int, default=1_000)
    parser.add_argument("--layout", type=Layout)
    options, _ = parser.parse_known_args(arguments)
    if options.layout is not None:
        measured(options.letters, options.layout)
        return
    print(f"\nLetters as a PDF ({TARGETS})")
    for layout in Layout:
        again = ["-m", "bench.letters", f"--letters={options.letters}", f"--layout={layout}"]
        subprocess.run([sys.executable, *again], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
