"""A file's life, be it a schedule or a report of payments: draft → published → undone.

Every step is one transaction: whoever asks meanwhile, and whatever is killed, sees what was before or what is after.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, true, update

from salur.core.errors import NothingFits, NotThere, Refused
from salur.core.lists.kinds import FileFaults
from salur.core.notices.stirring import stir
from salur.core.payouts.answers import FileKind, FileReport, FileState, NotUsed, PayoutFile, Question
from salur.core.payouts.kinds import By
from salur.core.storage.database import AnyRow, Database
from salur.core.tables.payouts import AppointmentRow, PayoutFileRow

CONSOLE = By()
TABLE = PayoutFileRow.__table__


class PayoutFiles(ABC):
    """Shows, publishes and undoes the files of one kind."""

    kind: ClassVar[FileKind]

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def all(self, by: By = CONSOLE) -> tuple[PayoutFile, ...]:
        """All files that an office may see, the newest first."""
        statement = select(TABLE).where(PayoutFileRow.kind == self.kind, _seen_by(by)).order_by(PayoutFileRow.id.desc())
        with self._database.reading() as connection:
            return tuple(file_of(row) for row in connection.execute(statement))

    def show(self, id: int, by: By = CONSOLE) -> PayoutFile:
        """One file. Raises NotThere(`no_such_file`)."""
        with self._database.reading() as connection:
            return file_of(self._row(connection, id, by))

    def stands(self, digest: bytes, programme: str | None = None, period: str | None = None) -> int | None:
        """The number under which this very file was imported for this round, unless it was undone."""
        with self._database.reading() as connection:
            found = self._same(connection, digest, programme, period)
        return None if found is None else int(found.id)

    def undo(self, id: int, by: By = CONSOLE) -> PayoutFile:
        """Take back what a file changed, exactly; a draft is put away. Then the same file can be imported again.

        Raises: Refused with `no_such_file`, `undone_already`, or `undo_first` (facts: file) when a later file built on
        this one.
        """
        with self._database.writing() as connection:
            row = self._locked(connection, id, by)
            if row.state == FileState.UNDONE:
                raise Refused("undone_already", file=id)
            if row.state == FileState.PUBLISHED:
                self._take_back(connection, row)
                self._stir(connection, row)
            self._set(connection, id, state=FileState.UNDONE, undone_at=self._clock(), undone_by=by.account)
            return file_of(self._row(connection, id))

    def _publish(
        self, id: int, put_in_force: Callable[[Connection, AnyRow], dict[str, object]], by: By = CONSOLE
    ) -> PayoutFile:
        """Let what a draft says be true. `put_in_force` gives columns to keep of what it did."""
        with self._database.writing() as connection:
            row = self._locked(connection, id, by)
            if row.state != FileState.DRAFT:
                raise Refused("file_not_a_draft", file=id, state=row.state)
            kept = put_in_force(connection, row)
            self._stir(connection, row)
            last = connection.execute(select(func.max(PayoutFileRow.turn))).scalar()
            now = {"state": FileState.PUBLISHED, "published_at": self._clock(), "turn": (last or 0) + 1}
            self._set(connection, id, **now, **kept, published_by=by.account)
            done = file_of(self._row(connection, id))
            families = select(func.count()).where(AppointmentRow.file_id == id)
            changed = row.rows + connection.execute(families).scalar_one()
        self._database.count_rows(changed)
        return done

    def _add(
        self, connection: Connection, report: FileReport, digest: bytes, *, programme: str | None, period: str | None
    ) -> dict[str, object]:
        """The columns of a new draft. Raises: NothingFits; Refused with `file_imported_before` (facts:
        file, state), or `rows_lost`, which is a fault of our own.
        """
        if not report.agrees:
            raise Refused("rows_lost", rows=report.rows, used=report.used, not_used=len(report.not_used))
        if (found := self._same(connection, digest, programme, period)) is not None:
            raise Refused("file_imported_before", file=found.id, state=found.state)
        if not report.used:
            raise NothingFits(report)
        return {
            "kind": self.kind,
            "programme_code": programme,
            "period": period,
            "digest": digest,
            "state": FileState.DRAFT,
            "rows": report.rows,
            "counts": json.dumps(dict(report.counts)),
            "not_used": json.dumps(report.not_used),
            "rupiah": json.dumps(dict(report.rupiah)),
            "imported_at": self._clock(),
        }

    def _same(self, connection: Connection, digest: bytes, programme: str | None, period: str | None) -> AnyRow | None:
        same = select(PayoutFileRow.id, PayoutFileRow.state).where(
            PayoutFileRow.kind == self.kind,
            PayoutFileRow.digest == digest,
            PayoutFileRow.programme_code.is_not_distinct_from(programme),
            PayoutFileRow.period.is_not_distinct_from(period),
            PayoutFileRow.state != FileState.UNDONE,
        )
        return connection.execute(same).first()

    @abstractmethod
    def _lock(self, connection: Connection, row: AnyRow) -> None:
        """Let files that may touch the same rows go one after the other."""

    @abstractmethod
    def _take_back(self, connection: Connection, row: AnyRow) -> None:
        """Restore what was before. Raises: Refused(`undo_first`)."""

    def _stir(self, connection: Connection, row: AnyRow) -> None:
        """Residents read otherwise now: those who follow are looked at."""
        stir(connection, self._clock(), [row.region_code] if row.region_code else None)

    def _locked(self, connection: Connection, id: int, by: By) -> AnyRow:
        self._lock(connection, self._row(connection, id, by))
        return self._row(connection, id, by)

    def _row(self, connection: Connection, id: int, by: By = CONSOLE) -> AnyRow:
        statement = select(TABLE).where(PayoutFileRow.id == id, PayoutFileRow.kind == self.kind, _seen_by(by))
        row = connection.execute(statement).one_or_none()
        if row is None:
            raise NotThere("no_such_file", file=id)
        return row

    @staticmethod
    def _set(connection: Connection, id: int, **values: object) -> None:
        connection.execute(update(PayoutFileRow).where(PayoutFileRow.id == id).values(values))


def _seen_by(by: By) -> ColumnElement[bool]:
    """What an office sent itself, and what came by the console."""
    if by.region_code is None:
        return true()
    return or_(PayoutFileRow.region_code.is_(None), PayoutFileRow.region_code == by.region_code)


def insert_file(connection: Connection, values: Mapping[str, object]) -> int:
    """Write a draft; gives its number."""
    return int(connection.execute(insert(PayoutFileRow).values(values).returning(PayoutFileRow.id)).scalar_one())


def reported(
    draft: FileFaults,
    entries: int,
    counts: Mapping[str, int],
    not_used: Iterable[NotUsed],
    questions: tuple[Question, ...] = (),
) -> FileReport:
    """The sum of a file: its rows as they were counted on reading, what is used of them, and all that is not.

    Rows that reading refused or left out are told with those that turned out to be of no use here.
    """
    why = {fault.row: fault.code for fault in reversed(draft.faults)}
    out = [NotUsed(row, why.get(row, "no_identity"), True) for row in draft.refused]
    out += [NotUsed(row, str(reason), False) for row, reason in draft.rows.left_out]
    out += not_used
    rows = draft.rows.filled or entries + len(draft.refused)
    return FileReport(rows, counts, tuple(out), questions, used=sum(counts.values()))


def file_of(row: AnyRow) -> PayoutFile:
    """What is told of a file."""
    return PayoutFile(
        id=row.id,
        kind=FileKind(row.kind),
        state=FileState(row.state),
        programme=row.programme_code,
        period=row.period,
        rows=row.rows,
        counts=json.loads(row.counts),
        not_used=tuple(NotUsed(*line) for line in json.loads(row.not_used)),
        imported_at=row.imported_at,
        published_at=row.published_at,
        undone_at=row.undone_at,
        rupiah=json.loads(row.rupiah or "{}"),
        made_by=row.made_by,
        published_by=row.published_by,
        undone_by=row.undone_by,
    )
