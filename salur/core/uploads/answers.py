"""What was understood of an upload, as an operator looks at it. It is kept sealed: rows and samples are of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from salur.core.jobs.answers import Job
from salur.core.lists.importing.kinds import Said
from salur.core.uploads.kinds import UploadState


class Arrived(Protocol):
    """A file on its way into the store, as a door handles it."""

    id: int
    size: int

    def write(self, piece: bytes) -> int:
        """Take a piece of it."""

    def finish(self) -> None:
        """All of it is there."""

    def discard(self) -> None:
        """Let it go again, as long as it belongs to no upload."""


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column: its letters, its header, what it is taken for and how that is known, three values of it, masked."""

    letters: str
    label: str
    means: str | None  # a field
    how: str | None
    samples: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """One table of a sheet; rows count from 1."""

    name: str
    header_rows: tuple[int, ...]
    columns: tuple[SeenColumn, ...]


@dataclass(frozen=True, slots=True)
class SeenFile:
    """One file. `skipped`: sheets without a list, and how many filled rows they have."""

    kind: str
    sheets: tuple[SeenSheet, ...]
    skipped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A row as it will be read, as a resident's data are shown to an office: numbers masked."""

    row: str
    nik: str | None = field(default=None, repr=False)
    kk: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    rt: int | None = None
    rw: int | None = None
    kelurahan: str | None = None
    amount: int | None = None
    state: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FaultyCells:
    """A faulty row as it is shown: its cells masked, and `column:code` for each fault."""

    row: str
    cells: tuple[str, ...] = field(repr=False)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the file says of its list, to be looked at by the operator; None or empty where it says nothing."""

    programme: str | None = None
    period: str | None = None  # without a year `-T4`
    decree: str = ""
    issued_on: str | None = None  # as `2026-01-12`
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All of it. `left_out` are reasons with the number of rows, `faults` kinds (column, code) with theirs.

    `more_faulty` counts faulty rows beyond those that can be given back. `refused` is the code when nothing could be
    read, with `facts`; then `files` have what their first rows hold.
    """

    files: tuple[SeenFile, ...] = ()
    header: tuple[str, ...] = ()
    rows: int = 0
    people: int = 0
    refused_rows: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    hidden: int = 0
    faults: tuple[tuple[str, str, int], ...] = ()
    faulty_rows: int = 0
    more_faulty: int = 0
    faulty: tuple[FaultyCells, ...] = ()
    first: tuple[FirstRow, ...] = ()
    programmes: Mapping[str, int] = field(default_factory=dict)
    stages: Mapping[str, int] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    amount: int = 0
    without_amount: int = 0
    coverage: str | None = None
    units: tuple[tuple[str, int, int], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of the kelurahan, by code
    states: tuple[tuple[str, str | None, int], ...] = ()
    notes: tuple[tuple[str, int], ...] = ()
    proposed: Proposed = Proposed()
    remembered: bool = False  # columns were taken as they were corrected before
    patched: int = 0  # rows that came back corrected
    refused: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def said(self) -> Said:
        """What the file says of its list."""
        return Said(self.programmes, self.stages, frozenset(self.years))


@dataclass(frozen=True, slots=True)
class Remembered:
    """By whom and when columns were told that are remembered for such files; `of_sender`: of this sender alone."""

    by: int  # an account
    at: datetime
    of_sender: bool


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as its office sees it. `names` of its files, `size` in bytes; `job` is the newest."""

    id: int
    state: UploadState
    made_at: datetime
    names: tuple[str, ...]
    size: int
    columns: Mapping[str, str]
    list: int | None
    job: Job | None
    findings: Findings | None = field(default=None, repr=False)
    sender: str = ""  # as the operator named them
    remembered: Remembered | None = None  # of the columns of such files
    report: int | None = None  # the report of payments that it became

    @property
    def has_file(self) -> bool:
        """Whether what was sent is still kept, so that it can be read once more."""
        return bool(self.names)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done with it."""
        return self.job is not None and not self.job.is_over
