"""Reading a table of offices of kelurahan: address, telephone, hours."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salur.core.errors import UnreadableFile
from salur.core.lists.kinds import Fault, RowId
from salur.core.regions.gazetteer import Gazetteer
from salur.core.regions.office import Office
from salur.core.regions.region import Region, RegionKind
from salur.intake.cells.texts import text_of
from salur.intake.files.opening import open_file
from salur.intake.files.sheet import Row, Sheet
from salur.intake.tables.columns import fold_header

COLUMNS: Mapping[str, str] = {
    "code": "KODE, KODE WILAYAH, KODE KELURAHAN, KODE DESA, KODE KEMENDAGRI",
    "kelurahan": "KELURAHAN, DESA, KELURAHAN/DESA, DESA/KELURAHAN, KEL/DESA, NAMA KELURAHAN, NAMA DESA, WILAYAH",
    "kecamatan": "KECAMATAN, KEC, NAMA KECAMATAN",
    "name": "KANTOR, NAMA KANTOR",
    "address": "ALAMAT, ALAMAT KANTOR",
    "phone": "TELEPON, TELP, NO TELP, NO TELEPON, NOMOR TELEPON, HP, NO HP, WA, NO WA",
    "hours": "JAM, JAM BUKA, JAM KERJA, JAM LAYANAN, JAM PELAYANAN, BUKA",
}
MEANS = {fold_header(label): field for field, labels in COLUMNS.items() for label in labels.split(",")}
LONGEST = 160  # letters of a cell


class OfficesRead(NamedTuple):
    """What a file says; a row with a fault says nothing."""

    offices: tuple[Office, ...]
    faults: tuple[Fault, ...]


class RowFault(Exception):
    """What is wrong with a row, by column and code."""


def read_offices(path: str | os.PathLike[str], city: str) -> OfficesRead:
    """Read the offices of kelurahan of a regency or city (its code), a row each.

    Raises: UnreadableFile.
    """
    sheets = open_file(path).sheets
    offices: dict[str, Office] = {}
    faults: list[Fault] = []
    headed = False
    for sheet in sheets:
        for row, told in rows_of(sheet, MEANS, "address", several=len(sheets) > 1):
            headed = True
            try:
                office = _office(told, city)
                if office.code in offices:
                    raise RowFault("kelurahan", "region_twice")
                offices[office.code] = office
            except RowFault as fault:
                faults.append(Fault(row, *fault.args))
    if not headed:
        raise UnreadableFile("no_header")
    return OfficesRead(tuple(offices.values()), tuple(faults))


def rows_of(
    sheet: Sheet, means: Mapping[str, str], needed: str, *, several: bool
) -> Iterator[tuple[RowId, dict[str, str]]]:
    """The rows below the header, by what their columns mean. A header names a kelurahan, and the column `needed`."""
    columns: dict[int, str] = {}
    for number, row in enumerate(sheet.load().rows, 1):
        if not columns:
            columns = _header(row, means, needed)
        elif told := {field: text for at, field in columns.items() if (text := _cell(row, at))}:
            yield (f"{sheet.name}!{number}" if several else number), told


def _header(row: Row, means: Mapping[str, str], needed: str) -> dict[int, str]:
    found = {at: field for at, cell in enumerate(row) if (field := means.get(fold_header(text_of(cell))))}
    named = set(found.values())
    return found if named & {"code", "kelurahan"} and needed in named else {}


def _cell(row: Row, at: int) -> str:
    return text_of(row[at]) if at < len(row) else ""


def _office(told: Mapping[str, str], city: str) -> Office:
    if long := next((field for field, text in told.items() if len(text) > LONGEST), None):
        raise RowFault(long, "too_long")
    village = village_of(told, city)
    name = told.get("name") or f"Kantor Kelurahan/Desa {village.name}"
    office = Office(village.code, name, *(told.get(field, "") for field in ("address", "phone", "hours")))
    if not office.known:
        raise RowFault("address", "office_empty")
    return office


def village_of(told: Mapping[str, str], city: str) -> Region:
    """The kelurahan that a row's `code`, or `kelurahan` and `kecamatan`, mean. Raises RowFault."""
    gazetteer = Gazetteer.load()
    if code := told.get("code"):
        found = gazetteer.get(code)
        if found is None or found.kind is not RegionKind.VILLAGE or not code.startswith(city + "."):
            raise RowFault("code", "region_unknown")
        return found
    village = gazetteer.find(told.get("kelurahan"), told.get("kecamatan"), None, city).kelurahan
    if village is None:
        raise RowFault("kelurahan", "region_unknown")
    return village
