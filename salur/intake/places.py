"""Which kelurahan a row is in: its own words first, then the titles, within the city that the list is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from salur.core.gazetteer import Gazetteer, Match
from salur.intake.cells import value_of
from salur.intake.files import Cell, Row
from salur.intake.titles import Titles

SURE = 3  # rows that must agree before the numbers of the people say which city a list is about


class Place(NamedTuple):
    """Official names and the code of the kelurahan, or of the kecamatan if only that is known."""

    kelurahan: str | None
    kecamatan: str | None
    region_code: str | None
    unknown: str | None  # the column that names a place which does not exist


class Places:
    """Finds the places of a table's rows; each different wording is looked up once."""

    def __init__(self, columns: Mapping[str, int], sample: Iterable[Row], titles: Titles) -> None:
        self._gazetteer = Gazetteer.load()
        self._columns = [columns.get(field) for field in ("kelurahan", "kecamatan", "kab_kota")]
        self._number = columns.get("nik", columns.get("kk"))
        self._known: dict[tuple[object, ...], Place] = {}
        self._within: str | None = None
        self._within = self._city(list(sample), titles)

    def of(self, row: Row, titles: Titles) -> Place:
        """The place of a row."""
        cells = tuple("" if column is None else row[column] for column in self._columns)
        key = (*cells, titles.kelurahan, titles.kecamatan, titles.kab_kota)
        place = self._known.get(key)
        if place is None:
            place = self._known[key] = self._place(cells, titles)
        return place

    def _place(self, cells: tuple[Cell, ...], titles: Titles) -> Place:
        written = [value_of(cell) for cell in cells]
        kelurahan, kecamatan = written[0] or titles.kelurahan, written[1] or titles.kecamatan
        match = self._find(kelurahan, kecamatan, written[2] or titles.kab_kota)
        if written[0] is None and match.kelurahan is None and written[1]:
            # The title's kelurahan does not fit this row's kecamatan: the row counts.
            match = self._find(None, kecamatan, written[2] or titles.kab_kota)
        unknown = None
        if written[0] and not match.kelurahan:
            unknown = "kelurahan"
        elif written[1] and not match.kecamatan:
            unknown = "kecamatan"
        found = match.kelurahan or match.kecamatan
        return Place(
            match.kelurahan.name if match.kelurahan else None,
            match.kecamatan.name if match.kecamatan else None,
            found.code if found else None,
            unknown,
        )

    def _find(self, kelurahan: str | None, kecamatan: str | None, kab_kota: str | None) -> Match:
        match = self._gazetteer.find(kelurahan, kecamatan, kab_kota, self._within)
        if self._within and (kelurahan and not match.kelurahan or kecamatan and not match.kecamatan):
            elsewhere = self._gazetteer.find(kelurahan, kecamatan, kab_kota)
            if elsewhere.kecamatan and (elsewhere.kelurahan or not kelurahan) and kecamatan:
                return elsewhere
        return match

    def _city(self, sample: list[Row], titles: Titles) -> str | None:
        """The regency that the list is about: by what its rows and titles name, else by the people's numbers."""
        named: Counter[str] = Counter()
        for row in sample:
            cells = ["" if column is None else row[column] for column in self._columns]
            kelurahan, kecamatan, kab_kota = map(value_of, cells)
            match = self._gazetteer.find(
                kelurahan or titles.kelurahan, kecamatan or titles.kecamatan, kab_kota or titles.kab_kota
            )
            if match.regency:
                named[match.regency.code] += 1
        if named:
            return named.most_common(1)[0][0]
        numbers = Counter(str(row[self._number])[:4] for row in sample) if self._number is not None else Counter()
        for prefix, times in numbers.most_common(1):
            code = f"{prefix[:2]}.{prefix[2:]}"
            if times >= min(SURE, len(sample)) and times * 2 > len(sample) and self._gazetteer.get(code):
                return code
        return None
