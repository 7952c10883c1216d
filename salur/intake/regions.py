"""Which kelurahan a row is in: its own words first, then the titles, within the city that the list is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from salur.core.regions.gazetteer import Gazetteer, Match
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE, cut, regency_of
from salur.intake.cells.texts import value_of
from salur.intake.files.sheet import Cell, Row
from salur.intake.region_codes import Place, is_called, place_of
from salur.intake.tables.titles import Titles

COLUMNS = ("kelurahan", "kecamatan", "kab_kota")
SURE = 3  # rows that must agree before the numbers of the people say which city a list is about


class RowRegion(NamedTuple):
    """Official names and the code of the kelurahan, or of the kecamatan if only that is known."""

    kelurahan: str | None
    kecamatan: str | None
    region_code: str | None
    unknown: str | None  # the column that names a region which does not exist


class RowRegions:
    """Finds the regions of a table's rows; each different wording is looked up once."""

    def __init__(self, columns: Mapping[str, int], sample: Iterable[Row], titles: Titles, sheet: str = "") -> None:
        self._gazetteer = Gazetteer.load()
        self._columns = [columns.get(field) for field in COLUMNS]
        self._number = columns.get("nik", columns.get("kk"))
        self._known: dict[tuple[object, ...], RowRegion] = {}
        self._within: str | None = None
        self._within = self._city(list(sample), titles)
        self._sheet = self._named_by_sheet(sheet, titles)

    def of(self, row: Row, titles: Titles) -> RowRegion:
        """The region of a row."""
        cells = tuple(["" if column is None else row[column] for column in self._columns])
        key = (*cells, titles.kelurahan, titles.kecamatan, titles.kab_kota)
        region = self._known.get(key)
        if region is None:
            region = self._known[key] = self._region(cells, titles)
        return region

    def _region(self, cells: tuple[Cell, ...], titles: Titles) -> RowRegion:
        places = [place_of(value_of(cell)) for cell in cells]
        if contradicted := next(
            (column for place, column in zip(places, COLUMNS, strict=True) if not place.clear), None
        ):
            return RowRegion(None, None, None, contradicted)
        if places[0].region or places[1].region:
            return self._by_code(places)
        written = [place.name for place in places]
        kelurahan, kecamatan = written[0] or titles.kelurahan or self._sheet, written[1] or titles.kecamatan
        match = self._find(kelurahan, kecamatan, written[2] or titles.kab_kota)
        if written[0] is None and match.kelurahan is None and written[1]:
            # The title's kelurahan does not fit this row's kecamatan: the row counts.
            match = self._find(None, kecamatan, written[2] or titles.kab_kota)
        unknown = None
        if kelurahan and not match.kelurahan and (written[0] or not written[1]):
            unknown = "kelurahan"  # named by the row, or by the titles and nothing in the row speaks against it
        elif kecamatan and not match.kecamatan:
            unknown = "kecamatan"
        found = match.kelurahan or match.kecamatan
        return RowRegion(
            match.kelurahan.name if match.kelurahan else None,
            match.kecamatan.name if match.kecamatan else None,
            found.code if found else None,
            unknown,
        )

    def _by_code(self, places: Sequence[Place]) -> RowRegion:
        """The region of the code in the row; what else the row names must be it, or lie around it."""
        coded = places[0].region or places[1].region
        assert coded is not None
        levels = (VILLAGE, DISTRICT, REGENCY)
        for place, column, level in zip(places, COLUMNS, levels, strict=True):
            around = self._gazetteer.get(cut(coded.code, level))
            if place.name and around and len(coded.code) >= level and not is_called(around, place.name):
                return RowRegion(None, None, None, column)
        if len(coded.code) == DISTRICT and places[0].name:
            match = self._gazetteer.find(places[0].name, coded.name, None, regency_of(coded.code))
            coded = match.kelurahan or coded
        unknown = "kelurahan" if places[0].name and len(coded.code) < VILLAGE else None
        district = self._gazetteer.get(cut(coded.code, DISTRICT))
        return RowRegion(
            coded.name if len(coded.code) == VILLAGE else None, district.name if district else None, coded.code, unknown
        )

    def _find(self, kelurahan: str | None, kecamatan: str | None, kab_kota: str | None) -> Match:
        match = self._gazetteer.find(kelurahan, kecamatan, kab_kota, self._within)
        if self._within and (kelurahan and not match.kelurahan or kecamatan and not match.kecamatan):
            elsewhere = self._gazetteer.find(kelurahan, kecamatan, kab_kota)
            if elsewhere.kecamatan and (elsewhere.kelurahan or not kelurahan) and kecamatan:
                return elsewhere
        return match

    def _named_by_sheet(self, sheet: str, titles: Titles) -> str | None:
        """The sheet's name where it is a kelurahan of the city, and nothing but that."""
        if not self._within or titles.kelurahan:
            return None
        found = self._gazetteer.find(sheet, titles.kecamatan, titles.kab_kota, self._within).kelurahan
        return sheet if found and found.code.startswith(self._within) else None

    def _city(self, sample: list[Row], titles: Titles) -> str | None:
        """The regency that the list is about: by what its rows and titles name, else by the people's numbers."""
        named: Counter[str] = Counter()
        for row in sample:
            cells = ["" if column is None else row[column] for column in self._columns]
            kelurahan, kecamatan, kab_kota = (place_of(value_of(cell)).name for cell in cells)
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
