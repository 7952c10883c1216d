"""An upload's life as its office sees it: sent, read, perhaps corrected, imported as a draft, or thrown away.

An office sees what its own region has sent. Whoever changes what a running job works on is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from salur.core.errors import Refused
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import OF_UPLOADS, JobKind
from salur.core.lists.answers import Contradicted
from salur.core.lists.importing.facts import ListFacts, as_the_file_says, contradictions, refuse_what_cannot_be
from salur.core.lists.importing.imports import Imports
from salur.core.storage.database import AnyRow, Database, fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.uploads import UploadFaultRow, UploadFileRow, UploadRow
from salur.core.uploads.answers import Arrived, Remembered, Upload
from salur.core.uploads.judged import forget as forget_judged
from salur.core.uploads.kinds import UploadKind, UploadState
from salur.core.uploads.letting_go import let_go
from salur.core.uploads.memory import Which, forget, recall, sender_digest
from salur.core.uploads.memory import remember as keep
from salur.core.uploads.receiving import NAME, Arriving
from salur.core.uploads.rows import CELLS, Faulty, files_of, findings_of, mark_of, upload_row

# What is done first with it.
READERS = {
    UploadKind.LIST: JobKind.READ,
    UploadKind.PAYMENTS: JobKind.REPORT,
    UploadKind.SCHEDULE: JobKind.SCHEDULE,
}
LONGEST_SENDER = 200
MOST_KEPT = 2_000_000_000  # bytes of an office at once


class Uploads:
    """Keeps uploads. `account` and `region_code` are those of the officer who asks."""

    def __init__(
        self, database: Database, vault: Vault, clock: Callable[[], datetime], jobs: Jobs, imports: Imports
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._jobs = jobs
        self._imports = imports

    def receive(self, name: str, region_code: str) -> Arrived:
        """Begin to receive a file."""
        return Arriving(self._database, self._vault, self._clock, name, region_code)

    def accept(
        self,
        arrived: Sequence[Arrived],
        account: int,
        region_code: str,
        *,
        one_list: bool = False,
        kind: UploadKind = UploadKind.LIST,
        told: Mapping[str, object] | None = None,
        sender: str = "",
    ) -> tuple[int, ...]:
        """Make uploads of files that have arrived: one of all of them, or one of each; gives their ids.

        `told`: how they are to be read, nothing personal. `sender`: the office that made them, where it is known.

        Raises: Refused with `no_file`, `same_file_twice` or `uploads_full`.
        """
        files = [file for file in arrived if file.size]
        for file in files:
            file.finish()
        if not files:
            raise Refused("no_file")
        rounds = [files] if one_list else [[file] for file in files]
        ids = fresh_ids(len(rounds))
        made = []
        with self._database.writing() as connection:
            kept = select(func.sum(UploadFileRow.size)).where(UploadFileRow.region_code == region_code)
            if int(connection.execute(kept).scalar() or 0) > MOST_KEPT:
                raise Refused("uploads_full")
            for round in rounds:
                id = next(ids)
                values = {"id": id, "made_by": account, "region_code": region_code, "made_at": self._clock()}
                values |= {"state": UploadState.SENT, "kind": kind, "sender": sender.strip()[:LONGEST_SENDER] or None}
                connection.execute(insert(UploadRow).values(values))
                theirs = UploadFileRow.id.in_([file.id for file in round])
                connection.execute(update(UploadFileRow).where(theirs).values(upload_id=id))
                self._jobs.add(connection, READERS[kind], id, told or {}, account)
                made.append(id)
        return tuple(made)

    def of_report(self, file: int, region_code: str) -> int | None:
        """The upload that became a report of payments, as long as it is kept."""
        with self._database.reading() as connection:
            mine = select(UploadRow.id).where(UploadRow.payout_file_id == file, UploadRow.region_code == region_code)
            return connection.execute(mine).scalar()

    def all(self, region_code: str, kind: UploadKind = UploadKind.LIST) -> tuple[Upload, ...]:
        """What an office has sent and not thrown away, the newest first; without findings."""
        with self._database.reading() as connection:
            mine = select(UploadRow.__table__).where(UploadRow.region_code == region_code, UploadRow.kind == kind)
            mine = mine.where(UploadRow.state != UploadState.IMPORTED)
            rows = connection.execute(mine.order_by(UploadRow.id.desc())).all()
            return self._told(connection, rows, whole=False)

    def show(self, id: int, region_code: str, kind: UploadKind = UploadKind.LIST) -> Upload:
        """One upload with its findings. Raises NotThere(`no_such_upload`)."""
        with self._database.reading() as connection:
            return self._told(connection, [upload_row(connection, id, region_code, kind)], whole=True)[0]

    def read_again(
        self,
        id: int,
        account: int,
        region_code: str,
        columns: Mapping[str, str] | None = None,
        *,
        remember: bool = False,
        kind: UploadKind = UploadKind.LIST,
    ) -> None:
        """Have it read once more; `columns` as the operator corrects them, field to letters, None as they were.

        `remember`: for files with the same headers from the same sender.

        Raises: NotThere, Refused with `job_under_way` or `imported`.
        """
        last = self._jobs.last_of([id], *OF_UPLOADS).get(id)
        told_before = last.told if last is not None and kind is not UploadKind.LIST else {}
        with self._changing(id, region_code, kind) as (connection, row):
            if columns is not None:
                told = json.dumps(dict(columns))
                connection.execute(update(UploadRow).where(UploadRow.id == id).values(columns=told))
                if remember and (which := self._which(row)) is not None:
                    keep(connection, which, told, account, self._clock())
            self._jobs.add(connection, READERS[kind], id, told_before, account)

    def report_again(self, id: int, account: int, region_code: str, columns: Mapping[str, str]) -> None:
        """Read a report of payments once more with other columns, when what it became is put away.

        Raises: NotThere, Refused with `job_under_way` or `file_gone`.
        """
        told = next((job.told for job in self._jobs.last_of([id], *OF_UPLOADS).values()), {})
        with self._changing(id, region_code, UploadKind.PAYMENTS, even_imported=True) as (connection, _):
            if connection.execute(files_of([id])).first() is None:
                raise Refused("file_gone")
            again = {"columns": json.dumps(dict(columns)), "state": UploadState.SENT, "payout_file_id": None}
            connection.execute(update(UploadRow).where(UploadRow.id == id).values(again))
            self._jobs.add(connection, JobKind.REPORT, id, told, account)

    def let_go(self, id: int, region_code: str) -> None:
        """Delete the file of an upload whose report is a draft no more."""
        with self._database.writing() as connection:
            row = upload_row(connection, id, region_code, UploadKind.PAYMENTS)
            let_go(connection, UploadFileRow.upload_id == row.id)

    def forget(self, id: int, account: int, region_code: str) -> None:
        """Forget what is remembered of the columns of such files, and read this one as if it had not been.

        Raises: as `read_again`.
        """
        with self._changing(id, region_code) as (connection, row):
            if (which := self._which(row)) is not None:
                forget(connection, which)
            connection.execute(update(UploadRow).where(UploadRow.id == id).values(columns=None))
            self._jobs.add(connection, JobKind.READ, id, {}, account)

    def correct(self, id: int, account: int, region_code: str, arrived: Arrived) -> None:
        """Take a workbook of faulty rows that came back corrected; a runner reads it, and then the upload once more.

        Raises: as `read_again`, and Refused(`no_file`).
        """
        if not arrived.size:
            raise Refused("no_file")
        arrived.finish()
        with self._changing(id, region_code) as (connection, _):
            self._jobs.add(connection, JobKind.CORRECT, id, {"file": arrived.id}, account)

    def import_(
        self, id: int, account: int, region_code: str, told: Mapping[str, object], *, as_file_says: bool = False
    ) -> int:
        """Have a draft made of it; `told` are the facts of the list, as `ListFacts.of` takes them. Gives the job's id.

        `as_file_says`: what the file says otherwise holds. What can be refused at once is, so that nobody waits for it.

        Raises: NotThere; Contradicted; Refused as `refuse_what_cannot_be`, or with `job_under_way`, `imported` or
        `not_read`.
        """
        with self._changing(id, region_code) as (connection, row):
            findings = findings_of(self._vault, row)
            if row.state != UploadState.READ or findings is None:
                raise Refused("not_read")
            facts = ListFacts.of(told)
            if as_file_says:
                facts = as_the_file_says(findings.said, facts)
            refuse_what_cannot_be(facts, self._imports.today())
            if found := contradictions(findings.said, facts):
                raise Contradicted(found)
            return self._jobs.add(connection, JobKind.IMPORT, id, facts.told, account)

    def throw_away(self, id: int, region_code: str, kind: UploadKind = UploadKind.LIST) -> None:
        """Delete it. Raises: NotThere, Refused(`job_under_way`)."""
        with self._changing(id, region_code, kind, even_imported=True) as (connection, _):
            let_go(connection, UploadFileRow.upload_id == id)
            forget_judged(connection, id)
            connection.execute(delete(UploadRow).where(UploadRow.id == id))

    def faulty_rows(
        self, id: int, region_code: str, kind: UploadKind = UploadKind.LIST
    ) -> tuple[tuple[str, ...], list[Faulty]]:
        """The header of its file and the faulty rows, whole, for the sender. Raises NotThere."""
        with self._database.reading() as connection:
            row = upload_row(connection, id, region_code, kind)
            mine = select(UploadFaultRow.__table__).where(UploadFaultRow.upload_id == id).order_by(UploadFaultRow.id)
            rows = [
                (r.row, self._vault.open_json(r.sealed_cells, CELLS, r.id), r.codes.split())
                for r in connection.execute(mine)
            ]
        findings = findings_of(self._vault, row)
        return (findings.header if findings else ()), rows

    def mark_of(self, id: int, row: str) -> str:
        """By which a row that comes back is known to be this one of this upload."""
        return mark_of(self._vault, id, row)

    @contextmanager
    def _changing(
        self, id: int, region_code: str, kind: UploadKind = UploadKind.LIST, *, even_imported: bool = False
    ) -> Iterator[tuple[Connection, AnyRow]]:
        """A transaction in which nothing else is being done with an upload."""
        with self._database.writing() as connection:
            row = upload_row(connection, id, region_code, kind, locked=True)
            self._jobs.refuse_another(connection, id, *OF_UPLOADS)
            if row.state == UploadState.IMPORTED and not even_imported:
                raise Refused("imported")
            yield connection, row

    def _which(self, row: AnyRow) -> Which | None:
        """By what is remembered what was said of an upload's columns; None where it has no headers."""
        if row.headers is None:
            return None
        findings = findings_of(self._vault, row)
        issuer = findings.proposed.issuer if findings else ""
        return Which(row.headers, row.region_code, sender_digest(self._vault, row.sender or "", issuer))

    def _remembered(self, connection: Connection, row: AnyRow) -> Remembered | None:
        which = self._which(row)
        found = recall(connection, which) if which is not None else None
        return None if found is None else Remembered(found.made_by, found.made_at, bool(found.sender))

    def _told(self, connection: Connection, rows: Sequence[AnyRow], *, whole: bool) -> tuple[Upload, ...]:
        ids = [row.id for row in rows]
        jobs = self._jobs.last_of(ids, *OF_UPLOADS) if ids else {}
        names: dict[int, list[str]] = {id: [] for id in ids}
        sizes = dict.fromkeys(ids, 0)
        for file in connection.execute(files_of(ids)):
            names[file.upload_id].append(self._vault.open(file.sealed_name, NAME, file.id).decode())
            sizes[file.upload_id] += file.size
        return tuple(
            Upload(
                id=row.id,
                state=UploadState(row.state),
                made_at=row.made_at,
                names=tuple(names[row.id]),
                size=sizes[row.id],
                columns=json.loads(row.columns or "{}"),
                list=row.list_id,
                report=row.payout_file_id,
                job=jobs.get(row.id),
                findings=findings_of(self._vault, row) if whole else None,
                sender=row.sender or "",
                remembered=self._remembered(connection, row) if whole else None,
            )
            for row in rows
        )
