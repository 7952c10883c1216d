"""Proposals as a workbook for Dinas Sosial: who, where, since when, and where each lies. No number of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from salur.core.casework.answers import InboxEntry
from salur.core.officers.roles import Officer
from salur.documents.table_workbook import Cell, table_as_xlsx
from salur.words.casework import cases
from salur.words.language import Say


def inbox_as_xlsx(entries: Iterable[InboxEntry], officer: Officer, say: Say, made_at: datetime) -> bytes:
    """One row each, days as days. `made_at` is in the clock of the city, and all days are."""
    columns = (
        (say("Jenis"), 16), (say("Nama"), 30), (say("Alasan"), 30), (say("Kecamatan"), 22), (say("Kelurahan"), 22),
        (say("RW"), 6), (say("RT"), 6), (say("Dikirim"), 18), (say("Batas waktu"), 18), (say("Keadaan"), 30),
    )  # fmt: skip
    rows = (_cells(entry, say, made_at) for entry in entries)
    return table_as_xlsx(say("Pengajuan"), columns, rows, officer, made_at, days="dd/mm/yyyy hh:mm")


def _cells(entry: InboxEntry, say: Say, made_at: datetime) -> Iterator[Cell]:
    zone: tzinfo | None = made_at.tzinfo
    due = made_at + entry.left if entry.left is not None else None
    yield cases.kind_name(entry.kind, say)
    yield entry.name
    yield cases.sent_for(entry.kind, entry.reason, say)
    yield entry.territory.kecamatan
    yield entry.territory.kelurahan
    yield entry.territory.rw
    yield entry.territory.rt
    yield entry.sent_at.astimezone(zone)
    yield _to_the_minute(due)
    yield cases.standing(entry, say)


def _to_the_minute(moment: datetime | None) -> datetime | None:
    return None if moment is None else (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
