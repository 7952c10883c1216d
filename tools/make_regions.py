"""Make `salur/core/regions/data/regions.csv.xz` from the CSV files of the npm package idn-area-data.

Usage: `npm pack idn-area-data@4.0.1`, unpack it, then `python tools/make_regions.py package/data`. The result
is one table `code,name` in the order of the codes, so that a regency's districts and villages stand together,
parents first.
"""

from __future__ import annotations

import csv
import lzma
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "salur" / "core" / "regions" / "data" / "regions.csv.xz"
LEVELS = {"provinces": 38, "regencies": 514, "districts": 7285, "villages": 83762}
# Words that stay small inside a name: "Pangkajene dan Kepulauan", "2 x 11 Kayu Tanam".
SMALL = {"dan", "x"}


def tidy(name: str) -> str:
    """Even out spacing and capitals: a handful of names come as `Marga jaya` or `lamuk`."""
    name = re.sub(r"\s+", " ", name.replace("’", "'")).strip()
    return " ".join(word if word in SMALL else word[:1].upper() + word[1:] for word in name.split(" "))


def read(folder: Path) -> list[tuple[str, str]]:
    """Read all four levels; stop when a level is not complete, so that a wrong version is noticed."""
    regions: list[tuple[str, str]] = []
    for level, expected in LEVELS.items():
        with (folder / f"{level}.csv").open(encoding="utf-8", newline="") as file:
            rows = [(row["code"], tidy(row["name"])) for row in csv.DictReader(file)]
        if len(rows) != expected:
            raise SystemExit(f"{level}: {len(rows)} rows, expected {expected}. Is this version 4.0.1?")
        regions += rows
    return sorted(regions)


def main(folder: Path) -> None:
    """Write the table, compressed; the same input gives the same bytes."""
    lines = "".join(f"{code},{name}\n" for code, name in read(folder))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
