"""Reading a table of where RW and RT lie: kelurahan, RW, RT, latitude and longitude (or both in one column)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from salur.core.errors import UnreadableFile
from salur.core.lists.kinds import Fault
from salur.core.payouts.spreading.answers import Neighbourhood, Spot
from salur.core.regions.position import position_in
from salur.intake.city.offices import RowFault, rows_of, village_of
from salur.intake.files.opening import open_file
from salur.intake.tables.columns import fold_header

COLUMNS: Mapping[str, str] = {
    "code": "KODE, KODE WILAYAH, KODE KELURAHAN, KODE DESA, KODE KEMENDAGRI",
    "kelurahan": "KELURAHAN, DESA, KELURAHAN/DESA, DESA/KELURAHAN, KEL/DESA, NAMA KELURAHAN, NAMA DESA, WILAYAH",
    "kecamatan": "KECAMATAN, KEC, NAMA KECAMATAN",
    "rw": "RW, NO RW, NOMOR RW",
    "rt": "RT, NO RT, NOMOR RT",
    "latitude": "LATITUDE, LAT, LINTANG, GARIS LINTANG, KOORDINAT, TITIK KOORDINAT, LETAK, LAT LONG",
    "longitude": "LONGITUDE, LONG, LNG, LON, BUJUR, GARIS BUJUR",
}
MEANS = {fold_header(label): field for field, labels in COLUMNS.items() for label in labels.split(",")}
MOST_NUMBER = 999


class SpotsRead(NamedTuple):
    """What a file says; `rows` are those below its header: each gives a spot or a fault."""

    spots: Mapping[Neighbourhood, Spot]
    faults: tuple[Fault, ...]
    rows: int

    @property
    def agrees(self) -> bool:
        """Whether no row is lost."""
        return self.rows == len(self.spots) + len(self.faults)


def read_spots(path: str | os.PathLike[str], city: str) -> SpotsRead:
    """Read where RW and RT of a regency or city (its code) lie, a row each.

    Raises: UnreadableFile.
    """
    sheets = open_file(path).sheets
    spots: dict[Neighbourhood, Spot] = {}
    faults: list[Fault] = []
    rows = 0
    for sheet in sheets:
        for row, told in rows_of(sheet, MEANS, "latitude", several=len(sheets) > 1):
            rows += 1
            try:
                where = Neighbourhood(village_of(told, city).code, _number(told, "rw"), _number(told, "rt"))
                if where.rt is not None and where.rw is None:
                    raise RowFault("rw", "rw_missing")
                if where in spots:
                    raise RowFault("rw", "spot_twice")
                spots[where] = _spot(told)
            except RowFault as fault:
                faults.append(Fault(row, *fault.args))
    if not rows:
        raise UnreadableFile("no_header")
    return SpotsRead(spots, tuple(faults), rows)


def _number(told: Mapping[str, str], field: str) -> int | None:
    """An RW or RT, `5` or `005`; None where none is told."""
    text = told.get(field, "").strip().removesuffix(".0")
    if not text or text in ("-", "0"):
        return None
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) <= MOST_NUMBER:
        raise RowFault(field, "number_unclear")
    return int(text)


def _spot(told: Mapping[str, str]) -> Spot:
    """Raises RowFault."""
    found = position_in(", ".join(told[name].replace(",", ".") for name in ("latitude", "longitude") if told.get(name)))
    if "longitude" not in told:
        found = position_in(told.get("latitude", ""))
    if found.latitude is None or found.longitude is None:
        raise RowFault("latitude", "coordinates_unclear")
    return Spot(found.latitude, found.longitude)
