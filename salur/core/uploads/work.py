"""What a runner does with an upload: opens its files for a while, and writes down what became of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, delete, select, update

from salur.core.errors import NotThere, Refused
from salur.core.jobs.answers import Job
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import OF_UPLOADS, JobKind, JobState
from salur.core.jobs.lease import Lease, LeaseLost, StopAsked
from salur.core.lists.answers import AT_ONCE
from salur.core.lists.importing.imports import Imports, Loading
from salur.core.lists.kinds import Draft
from salur.core.payouts.answers import FileReport
from salur.core.storage.bulk import bulk_insert
from salur.core.storage.database import Database
from salur.core.storage.room import refuse_without_room
from salur.core.storage.vault import Vault
from salur.core.tables.uploads import UploadFaultRow, UploadFileRow, UploadRow
from salur.core.uploads.answers import Findings
from salur.core.uploads.judged import JudgedStore, forget
from salur.core.uploads.kinds import UploadState
from salur.core.uploads.letting_go import is_left_over, let_go, sweep
from salur.core.uploads.memory import Which, columns_of, headers_digest, recall, sender_digest
from salur.core.uploads.receiving import NAME, write_opened
from salur.core.uploads.rows import (
    FAULT,
    FINDINGS,
    PATCHES,
    Faulty,
    Patches,
    files_of,
    findings_of,
    mark_of,
    of_width,
    patches_of,
    sealed_faults,
    upload_row,
)

Imported = Callable[[Connection, int, int | None], None]
MOST_FAULTY = 20_000  # rows that can be given back
MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile, with names of their own


@dataclass(frozen=True, slots=True)
class Opened:
    """An upload as its reader gets it: files by name, corrected columns and rows."""

    files: tuple[tuple[str, Path], ...] = field(repr=False)
    digests: tuple[bytes, ...]
    columns: Mapping[str, str]
    patches: Patches = field(repr=False)


class UploadWork:
    """The runner's side. `imported` is called in the transaction that makes a large list of an upload."""

    def __init__(
        self, database: Database, vault: Vault, jobs: Jobs, judged: JudgedStore, imported: Imported = lambda *_: None
    ) -> None:
        self._database = database
        self._vault = vault
        self._jobs = jobs
        self._judged = judged
        self._when_imported = imported

    @contextmanager
    def opened(self, id: int) -> Iterator[Opened]:
        """Its files in the clear, in a private folder (in memory, where that is large enough) deleted afterwards.

        Raises: NotThere; Refused(`upload_damaged`).
        """
        with self._database.reading() as connection:
            row, files = upload_row(connection, id, None), connection.execute(files_of([id])).all()
        if not files:
            raise NotThere("no_such_upload")
        size = sum(file.size for file in files)
        with TemporaryDirectory(prefix="salur-", dir=_memory_for(size)) as folder:
            found = []
            for number, file in enumerate(files):
                path = Path(folder) / str(number)
                with self._database.reading() as connection:
                    write_opened(connection, self._vault, file.id, file.digest, path)
                found.append((self._vault.open(file.sealed_name, NAME, file.id).decode(), path))
            digests, columns = tuple(file.digest for file in files), json.loads(row.columns or "{}")
            yield Opened(tuple(found), digests, columns, patches_of(self._vault, row))

    def remembered(self, id: int, headers: Sequence[str], issuer: str) -> Mapping[str, str] | None:
        """What was said before of the columns of files with these headers; `issuer`: whom an upload's file names.

        Raises NotThere.
        """
        with self._database.reading() as connection:
            row = upload_row(connection, id, None)
            sender = sender_digest(self._vault, row.sender or "", issuer)
            which = Which(headers_digest(self._vault, tuple(headers)), row.region_code, sender)
            return columns_of(recall(connection, which))

    def is_read(
        self,
        lease: Lease,
        id: int,
        findings: Findings,
        faulty: Sequence[Faulty] = (),
        columns: Mapping[str, str] | None = None,
        draft: Draft | None = None,
    ) -> None:
        """Write down what was understood, and that the job is done.

        `columns` as they were told; `draft` is kept for the import.

        Raises: LeaseLost, StopAsked.
        """
        rows = sealed_faults(self._vault, id, faulty)
        judged = None if draft is None else self._judged.keep(id, draft)
        try:
            with self._database.writing() as connection:
                lease.end(connection, {"rows": findings.rows, "judged": judged})
                forget(connection, id, but=judged)
                self._keep_findings(connection, id, findings, rows, columns)
        except (LeaseLost, StopAsked):
            if judged is not None:
                self._judged.discard(judged)
            raise

    def judged(self, id: int) -> tuple[Draft, tuple[bytes, ...]] | None:
        """What was judged of it when it was read last, with the digests of its files; None where it has to be again."""
        job = self._jobs.last_of([id], JobKind.READ).get(id)
        told = (job.result or {}).get("judged") if job is not None and job.state is JobState.DONE else None
        if not isinstance(told, dict):
            return None
        with self._database.reading() as connection:
            files = connection.execute(files_of([id])).all()
        draft = self._judged.find(id, told, _memory_for(sum(file.size for file in files)))
        return None if draft is None else (draft, tuple(file.digest for file in files))

    @contextmanager
    def corrections(self, job: Job) -> Iterator[Path]:
        """The workbook that came back, in the clear, as `opened`. Raises: NotThere; Refused(`upload_damaged`)."""
        with self._database.reading() as connection:
            mine = select(UploadFileRow.id, UploadFileRow.digest).where(UploadFileRow.id == job.told["file"])
            file = connection.execute(mine.where(UploadFileRow.upload_id.is_(None))).one_or_none()
            if file is None:
                raise NotThere("no_such_upload")
            with TemporaryDirectory(prefix="salur-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
                path = Path(folder) / "0"
                write_opened(connection, self._vault, file.id, file.digest, path)
                yield path

    def is_corrected(self, lease: Lease, job: Job, marked: Sequence[tuple[str, Sequence[str]]], width: int) -> None:
        """Take rows by their marks, beside those that came before, and have the upload read once more.

        Raises: Refused(`no_such_rows`) when none of them is one that was given back; LeaseLost, StopAsked.
        """
        rows = {mark.rpartition(":")[0]: (mark, cells) for mark, cells in marked}
        mine = {
            row: of_width(cells, width)
            for row, (mark, cells) in rows.items()
            if mark == mark_of(self._vault, job.subject, row)
        }
        if not mine:
            raise Refused("no_such_rows")
        with self._database.writing() as connection:
            lease.end(connection, {"rows": len(mine)})
            row = upload_row(connection, job.subject, None)
            sealed = self._vault.seal_json({**patches_of(self._vault, row), **mine}, PATCHES, job.subject)
            connection.execute(update(UploadRow).where(UploadRow.id == job.subject).values(sealed_patches=sealed))
            let_go(connection, UploadFileRow.id == job.told["file"])
            self._jobs.add(connection, JobKind.READ, job.subject, {}, job.made_by)

    def reported_by(
        self, lease: Lease, job: Job, kept: Callable[[FileReport], tuple[Findings, Sequence[Faulty]]]
    ) -> Callable[[Connection, int, FileReport], None]:
        """What is written in the transaction that makes a report of payments: which one it became, and its rows that
        are of no use to that. Its file stays as long as that is a draft, for its columns may be told otherwise.

        It raises: LeaseLost, StopAsked.
        """

        def taken(connection: Connection, id: int, report: FileReport) -> None:
            lease.end(connection, {"file": id})
            findings, faulty = kept(report)
            rows = sealed_faults(self._vault, job.subject, faulty)
            self._keep_findings(connection, job.subject, findings, rows, None)
            became = {"state": UploadState.IMPORTED, "payout_file_id": id}
            connection.execute(update(UploadRow).where(UploadRow.id == job.subject).values(became))

        return taken

    def width_of(self, id: int) -> int:
        """How many columns the file of an upload has, by its header. Raises NotThere."""
        with self._database.reading() as connection:
            findings = findings_of(self._vault, upload_row(connection, id, None))
        return len(findings.header) if findings else 0

    def loading(self, lease: Lease, job: Job, people: int) -> Loading:
        """How a draft is written of it, step by step, each by the lease: the second half of the job.

        Raises: Refused(`no_room`).
        """
        refuse_without_room(self._database, rows=people)
        written = 0

        def begin(connection: Connection, list_id: int) -> None:
            lease.step(connection, people, 2 * people)
            self._becomes(connection, job.subject, list_id)

        def step(connection: Connection, count: int) -> None:
            nonlocal written
            written += count
            lease.step(connection, people + written)

        def end(connection: Connection, list_id: int) -> None:
            lease.end(connection, {"list": list_id})
            self._imported(connection, job.subject, list_id)
            if people > AT_ONCE:
                self._when_imported(connection, list_id, job.made_by)

        others = self._jobs.makers(job.subject, *OF_UPLOADS) - {job.made_by}
        return Loading(begin, step, end, job.made_by, sorted(others))

    def clean_up(self, imports: Imports, id: int) -> None:
        """Delete what was written of a list of it that did not come to its end. Raises NotThere."""
        with self._database.reading() as connection:
            becoming = upload_row(connection, id, None).list_id
        if becoming is not None:
            imports.drop(becoming)

    def is_left_over(self) -> bool:
        """Whether files that are no longer needed are still there."""
        return is_left_over(self._database)

    def sweep(self) -> None:
        """Delete them, as long as nobody waits for a runner."""
        sweep(self._database, until=self._jobs.waits)

    def is_taken_in(self, lease: Lease, job: Job, make: Callable[[Connection, str], int]) -> None:
        """Let something else than a list be made of it in the last transaction; `make` gets the office's region.

        Raises: NotThere, LeaseLost, StopAsked, and what `make` raises.
        """
        with self._database.writing() as connection:
            region_code = str(upload_row(connection, job.subject, None).region_code)
            lease.end(connection, {"file": make(connection, region_code)})
            self._imported(connection, job.subject, None)

    def _keep_findings(
        self,
        connection: Connection,
        id: int,
        findings: Findings,
        rows: Sequence[Sequence[object]],
        columns: Mapping[str, str] | None,
    ) -> None:
        """Write down findings, and the rows of `upload_fault` that go with them."""
        sealed = self._vault.seal_json(asdict(findings), FINDINGS, id)
        values: dict[str, object] = {
            "sealed_findings": sealed,
            "state": UploadState.SENT if findings.refused else UploadState.READ,
            "headers": headers_digest(self._vault, findings.header) if findings.header else None,
        }
        if columns is not None:
            values["columns"] = json.dumps(dict(columns))
        connection.execute(update(UploadRow).where(UploadRow.id == id).values(values))
        connection.execute(delete(UploadFaultRow).where(UploadFaultRow.upload_id == id))
        bulk_insert(connection, UploadFaultRow.__table__, FAULT, rows)  # type: ignore[arg-type]

    @staticmethod
    def _becomes(connection: Connection, id: int, list_id: int) -> None:
        connection.execute(update(UploadRow).where(UploadRow.id == id).values(list_id=list_id))

    @staticmethod
    def _imported(connection: Connection, id: int, list_id: int | None) -> None:
        """Its files, rows and samples are no longer needed, and go."""
        let_go(connection, UploadFileRow.upload_id == id)
        forget(connection, id)
        connection.execute(delete(UploadFaultRow).where(UploadFaultRow.upload_id == id))
        gone = {"sealed_findings": None, "sealed_patches": None, "list_id": list_id, "state": UploadState.IMPORTED}
        connection.execute(update(UploadRow).where(UploadRow.id == id).values(gone))


def _memory_for(size: int) -> Path | None:
    """The folder that lies in memory, where that is large enough for files of so many bytes."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 * size else None
