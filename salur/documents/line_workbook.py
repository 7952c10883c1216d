"""A waiting line as a workbook for Dinas Sosial: who stands how, by which rule. No number of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from salur.core.officers.roles import Officer
from salur.core.waiting.answers import Entry, Line
from salur.documents.table_workbook import Cell, table_as_xlsx
from salur.words.casework import lines
from salur.words.language import Say


def line_as_xlsx(line: Line, officer: Officer, say: Say, made_at: datetime) -> bytes:
    """One row each, under the rule and its decree. `made_at` is in the clock of the city, and all days are.

    `line` has all its entries on one page, and a quota.
    """
    columns = (
        (say("Urutan"), 8), (say("Nama"), 30), (say("Kecamatan"), 22), (say("Kelurahan"), 22), (say("RW"), 6),
        (say("RT"), 6), (say("Disetujui"), 18), (say("Diajukan"), 18), (say("Keadaan"), 44),
    )  # fmt: skip
    rows = (_cells(entry, say, made_at) for entry in line.entries or ())
    return table_as_xlsx(say("Daftar tunggu"), columns, rows, officer, made_at, above=_above(line, say, made_at))


def _above(line: Line, say: Say, made_at: datetime) -> tuple[str, str]:
    title = say("Daftar tunggu {program}", program=line.programme_name)
    if line.quota is None:
        return title, ""
    told = say("Urutan: {aturan}, lalu yang lebih dulu diajukan.", aturan=lines.rule(line.quota.rule, say))
    return title, f"{told} {line.quota.source}. {say.date(made_at)}"


def _cells(entry: Entry, say: Say, made_at: datetime) -> Iterator[Cell]:
    yield entry.position
    yield entry.name
    yield entry.territory.kecamatan
    yield entry.territory.kelurahan
    yield entry.territory.rw
    yield entry.territory.rt
    yield entry.since.astimezone(made_at.tzinfo)
    yield entry.sent_at.astimezone(made_at.tzinfo)
    told = lines.standing(entry.standing, say)
    yield f"{told}: {lines.skip_reason(entry.reason, say)}" if entry.reason else told
