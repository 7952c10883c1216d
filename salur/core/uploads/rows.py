"""The rows of uploads, as both sides read them: the office's desk and the runner."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from salur.core.errors import NotThere
from salur.core.storage.database import AnyRow, fresh_ids
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import JsonObject, Vault
from salur.core.tables.uploads import UploadFileRow, UploadRow
from salur.core.uploads.answers import FaultyCells, Findings, FirstRow, Proposed, SeenColumn, SeenFile, SeenSheet
from salur.core.uploads.kinds import UploadKind

FINDINGS, PATCHES, CELLS = "upload.sealed_findings", "upload.sealed_patches", "upload_fault.sealed_cells"
FAULT = ("id", "upload_id", "row", "codes", "sealed_cells")
Patches = Mapping[str, Sequence[str]]  # row → its cells as they came back
Faulty = tuple[str, Sequence[str], Sequence[str]]  # row, its cells, `column:code` of each fault


def upload_row(
    connection: Connection, id: int, region_code: str | None, kind: UploadKind | None = None, *, locked: bool = False
) -> AnyRow:
    """One upload, of any office and kind where none is given. Raises NotThere(`no_such_upload`)."""
    statement = select(UploadRow.__table__).where(UploadRow.id == id)
    if kind is not None:
        statement = statement.where(UploadRow.kind == kind)
    if region_code is not None:
        statement = statement.where(UploadRow.region_code == region_code)
    row = connection.execute(statement.with_for_update() if locked else statement).one_or_none()
    if row is None:
        raise NotThere("no_such_upload")
    return row


def mark_of(vault: Vault, id: int, row: str) -> str:
    """A row's name and a word that only Salur can make, which holds for this upload alone."""
    return f"{row}:{vault.digest('salur:row', f'{id}:{row}'.encode()).hex()[:20]}"


def files_of(ids: Sequence[int]) -> AnySelect:
    """The statement that gives the files of uploads, in the order in which they were sent."""
    return select(UploadFileRow.__table__).where(UploadFileRow.upload_id.in_(ids)).order_by(UploadFileRow.id)


def findings_of(vault: Vault, row: AnyRow) -> Findings | None:
    """What was understood; None as long as nobody has read it."""
    sealed = row.sealed_findings
    return None if sealed is None else _read_back(vault.open_json(sealed, FINDINGS, row.id))


def patches_of(vault: Vault, row: AnyRow) -> dict[str, list[str]]:
    """The rows that came back corrected."""
    return {} if row.sealed_patches is None else dict(json.loads(vault.open(row.sealed_patches, PATCHES, row.id)))


def sealed_faults(vault: Vault, id: int, faulty: Sequence[Faulty]) -> list[tuple[object, ...]]:
    """The rows of `upload_fault`, columns FAULT; made before a transaction where that can be: one holds others up."""
    return [
        (one, id, row, " ".join(codes), vault.seal_json(list(cells), CELLS, one))
        for one, (row, cells, codes) in zip(fresh_ids(len(faulty)), faulty, strict=True)
    ]


def of_width(cells: Sequence[str], width: int) -> list[str]:
    """The cells without empty ones at the end, but as many as the header has."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept + [""] * (width - len(kept))


def _read_back(value: JsonObject) -> Findings:
    """Out of what JSON made of it."""
    files = tuple(
        SeenFile(
            one["kind"],
            tuple(
                SeenSheet(
                    sheet["name"],
                    tuple(sheet["header_rows"]),
                    tuple(SeenColumn(**{**c, "samples": tuple(c["samples"])}) for c in sheet["columns"]),
                )
                for sheet in one["sheets"]
            ),
            tuple((name, rows) for name, rows in one["skipped"]),
        )
        for one in value["files"]
    )
    tuples = {name: tuple(map(tuple, value[name])) for name in ("left_out", "faults", "units", "states", "notes")}
    rows = {
        "files": files,
        "faulty": tuple(FaultyCells(f["row"], tuple(f["cells"]), tuple(f["reasons"])) for f in value["faulty"]),
        "first": tuple(FirstRow(**one) for one in value["first"]),
        "proposed": Proposed(**value["proposed"]),
        "header": tuple(value["header"]),
        "years": tuple(value["years"]),
    }
    return Findings(**{**value, **tuples, **rows})
