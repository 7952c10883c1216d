"""One sample city for all stories that only read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from salur.sample.city import write_city

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class City:
    """A folder of files and its manifest."""

    folder: Path
    manifest: dict[str, Any]

    def files(self, programme: str, period: str) -> list[dict[str, Any]]:
        """The manifest's lists of one programme and period."""
        return [f for f in self.manifest["lists"] if (f["programme"], f["period"]) == (programme, period)]

    def rows(self, name: str) -> Iterator[list[Any]]:
        """All rows of a file, whatever it is made of."""
        path = self.folder / name
        if path.suffix == ".csv":
            yield from (line.split(";") for line in path.read_text("utf-8-sig").splitlines())
        elif path.suffix == ".xls":
            tree = html.document_fromstring(path.read_bytes())
            yield from ([cell.text_content() for cell in row] for row in tree.iter("tr"))
        else:
            book = CalamineWorkbook.from_path(str(path))
            for sheet in book.sheet_names:
                yield from book.get_sheet_by_name(sheet).to_python()

    def people(self, name: str) -> list[dict[str, Any]]:
        """The lines of people in a list, by header in capitals: every one of them has an address."""
        header: list[str] = []
        above: list[str] = []
        found = []
        for row in self.rows(name):
            texts = [str(cell).upper().replace("_", " ") for cell in row]
            if any(text.startswith("NAMA ") for text in texts):
                header = [lower or upper for lower, upper in zip(texts, above or texts, strict=True)]
                address = next(i for i, text in enumerate(header) if text.startswith("ALAMAT"))
            elif header and len(row) == len(header) and row[address] and row[:3] != [1, 2, 3] and texts[0] != "NO":
                found.append(dict(zip(header, row, strict=True)))
            above = texts if len(texts) == len(row) and texts[0] == "NO" else []
        return found


def make_city(folder: Path, people: int = 3000, *, seed: int = 1, today: date = TODAY) -> City:
    """Write a city and read its manifest back."""
    write_city(people, seed, folder, today=today)
    return City(folder, json.loads((folder / "manifest.json").read_text()))


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city of 3,000 people."""
    return make_city(tmp_path_factory.mktemp("city"))
