"""What intake makes of a file: plain values, the faults found, and how the file was understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

RowId = int | str  # 12, or "SHEET!12" when several sheets are read


class Fault(NamedTuple):
    """Something wrong in a row, by field and code. Never holds what stands in the cell."""

    row: RowId
    column: str
    code: str


@dataclass(frozen=True, slots=True)
class UnderstoodSheet:
    """How one sheet was read: header rows counted from 1, column index (from 0) to field, the header texts."""

    name: str
    header_rows: tuple[int, ...]
    columns: Mapping[int, str]
    labels: tuple[str, ...]
    how: Mapping[int, str]  # column index to told, spelling, likeness, words or content


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file was read; `skipped` names the visible sheets that hold no such table."""

    kind: str
    encoding: str | None
    delimiter: str | None
    sheets: tuple[UnderstoodSheet, ...]
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One row of a list. None is what the list does not say; numbers are well-formed or None."""

    row: RowId
    nik: str | None
    kk: str | None
    name: str = field(repr=False)
    address: str | None = field(repr=False)
    rt: int | None
    rw: int | None
    kelurahan: str | None
    kecamatan: str | None
    programme: str | None
    stage: str | None
    amount: int | None
    letter_code: str | None
    region_code: str | None = None
    note: str | None = field(default=None, repr=False)
    state: str | None = None
    reason: str | None = None
    channel: str | None = None
    group_name: str | None = None
    head_name: str | None = field(default=None, repr=False)
    care: bool = False


@dataclass(frozen=True, slots=True)
class ListedSession:
    """One row of a schedule: when and where the people of an area are paid. Times are those of the place."""

    row: RowId
    place: str
    kind: str
    address: str | None
    latitude: float | None
    longitude: float | None
    opening_hours: str | None
    date: dt.date | None
    starts: dt.time | None
    ends: dt.time | None
    deadline: dt.date | None
    programme: str | None
    period: str | None
    stage: str | None
    kelurahan: str | None
    kecamatan: str | None
    region_code: str | None
    rw: int | None
    rt: int | None


@dataclass(frozen=True, slots=True)
class ListedPayment:
    """One row of PT Pos's result file; `status` is `paid`, `returned` or None when it does not say."""

    row: RowId
    letter_code: str | None
    nik: str | None
    kk: str | None
    name: str | None = field(repr=False)
    status: str | None
    date: dt.date | None
    place: str | None
    amount: int | None
    programme: str | None
    stage: str | None


Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Found(Generic[Entry]):
    """What every kind of file gives besides its entries.

    `faulty_cells` are the texts of each row that has a fault, for giving it back to the office; `header` the header
    texts of the first sheet.
    """

    faults: tuple[Fault, ...]
    refused: tuple[RowId, ...]
    understood: Understood
    header: tuple[str, ...]
    faulty_cells: Mapping[RowId, tuple[str, ...]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft(Found[ListedPerson]):
    """A list of recipients as read. Refused rows are not among the people."""

    people: tuple[ListedPerson, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ScheduleDraft(Found[ListedSession]):
    """A schedule as read."""

    sessions: tuple[ListedSession, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentDraft(Found[ListedPayment]):
    """PT Pos's results as read."""

    payments: tuple[ListedPayment, ...] = field(default=(), repr=False)
