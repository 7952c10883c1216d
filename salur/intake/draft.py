"""What intake makes of a file: the rows that the core takes, the faults found, and how the file was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from salur.core.lists.kinds import Draft, RowId
from salur.core.payouts.kinds import Announcement, Results


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
    """How a file was read, each table of a sheet by itself.

    `skipped` names the visible sheets that hold no such table, `skipped_rows` says how many filled rows each has.
    """

    kind: str
    encoding: str | None
    delimiter: str | None
    sheets: tuple[UnderstoodSheet, ...]
    skipped: tuple[str, ...] = ()
    skipped_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListDraft(Draft):
    """A list of recipients as read, and how it was understood.

    `titles` are the lines above its tables; `samples`, for each sheet of `understood`, a few texts of each column.
    """

    understood: Understood = field(kw_only=True)
    titles: tuple[str, ...] = ()
    samples: tuple[Mapping[int, tuple[str, ...]], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ScheduleDraft(Announcement):
    """A schedule as read, and how it was understood."""

    understood: Understood = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class PaymentDraft(Results):
    """PT Pos's results as read, and how they were understood; `cells` of every row, where they were asked for."""

    understood: Understood = field(kw_only=True)
    cells: Mapping[RowId, tuple[str, ...]] = field(default_factory=dict, repr=False)
