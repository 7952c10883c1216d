"""A new sealing key while the site answers: all is sealed again in batches, and can be stopped and continued.

So is what an older version sealed without hiding its length (`pad`), which needs no new key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from salur.core.errors import Refused
from salur.core.storage.database import Database
from salur.core.storage.keys import KeyFile, sole_writer
from salur.core.storage.vault import ID_BYTES, Vault
from salur.core.tables.base import Table
from salur.core.tables.following import FollowRow
from salur.core.tables.letters import PrintedPieceRow
from salur.core.tables.lists import FaultRow
from salur.core.tables.marks import DoubleCheckRow, MarkEventRow, MarkRow
from salur.core.tables.notices import NoticeRow, PushKeyRow
from salur.core.tables.officers import AccountRow, ChatLinkRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.proposals import FollowerRow, PhotoRow, ProposalEventRow, ProposalRow, TicketRow
from salur.core.tables.uploads import UploadChunkRow, UploadFaultRow, UploadFileRow, UploadRow

# Every table with something sealed. Which columns that is, their names say.
TABLES: tuple[type[Table], ...] = (
    PersonRow,
    EntitlementRow,
    FaultRow,
    AccountRow,
    ChatLinkRow,
    MarkRow,
    MarkEventRow,
    DoubleCheckRow,
    ProposalRow,
    ProposalEventRow,
    TicketRow,
    PhotoRow,
    FollowerRow,
    NoticeRow,
    FollowRow,
    UploadRow,
    UploadFileRow,
    UploadChunkRow,
    UploadFaultRow,
    PrintedPieceRow,
    PushKeyRow,
)
BATCH = 500
LARGE: dict[type[Table], int] = {UploadChunkRow: 20, PrintedPieceRow: 20}  # where a row is a quarter of a megabyte


def sealed_columns(table: type[Table]) -> tuple[str, ...]:
    """The columns that hold something sealed."""
    return tuple(column.name for column in table.__table__.c if column.name.startswith("sealed_"))


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many rows were sealed again, and with which key."""

    rows: int
    key: int


class Rotation:
    """Seals everything again with a new key. The index key stays: without the numbers nothing can be indexed anew."""

    def __init__(self, database: Database, keys_file: str) -> None:
        self._database = database
        self._keys_file = keys_file

    def pending(self) -> int:
        """How many rows hold something that is not sealed with the current key, or not as it is done today."""
        return self._count(Vault.from_file(self._keys_file).current_prefix)

    def to_do(self) -> int:
        """How many rows the next `rotate` will seal: what an interrupted one left, or everything."""
        return self.pending() if self._is_interrupted() else self._count()

    def _is_interrupted(self) -> bool:
        vault = Vault.from_file(self._keys_file)
        return self._count(vault.current_prefix, vault.former_prefix) > 0

    def _count(self, *prefixes: bytes) -> int:
        with self._database.reading() as connection:
            counts = [select(func.count()).where(_stale(table, *prefixes)) for table in TABLES]
            return sum(int(connection.execute(count).scalar_one()) for count in counts)

    def rotate(self, *, progress: Callable[[int], None] | None = None) -> Rotated:
        """Make a new key and seal all with it; a rotation that was interrupted is finished first, with its key.

        Processes that run meanwhile read the key file again as soon as they meet the new key. The old key stays in the
        file until `retire`. `progress` hears how many rows were sealed since the last call.
        """
        with sole_writer(self._keys_file):
            if not self._is_interrupted():
                KeyFile.read(self._keys_file).with_new_key().write(self._keys_file, over=True)
        return self.pad(progress=progress)

    def pad(self, *, progress: Callable[[int], None] | None = None) -> Rotated:
        """Seal again, with the current key, what is not sealed with it or not as it is done today. `progress` as
        above."""
        vault = Vault.from_file(self._keys_file)
        rows = 0
        for table in TABLES:
            for done in self._seal_again(table, vault):
                rows += done
                if progress is not None:
                    progress(done)
        return Rotated(rows, vault.current)

    def retire(self) -> int:
        """Drop the old keys from the file. Raises Refused(`rotation_pending`) while anything is sealed with them."""
        with sole_writer(self._keys_file):
            if self.pending():
                raise Refused("rotation_pending")
            keys = KeyFile.read(self._keys_file)
            old = set(keys.sealing) - {keys.current}
            keys.without(old).write(self._keys_file, over=True)
        return len(old)

    def _seal_again(self, table: type[Table], vault: Vault) -> Iterator[int]:
        """Batch by batch, each a transaction of its own; gives the size of each."""
        last = 0
        while True:
            with self._database.writing() as connection:
                ids = self._seal_batch(connection, table, vault, last)
            if not ids:
                return
            last = ids[-1]
            yield len(ids)

    @staticmethod
    def _seal_batch(connection: Connection, table: type[Table], vault: Vault, last: int) -> list[int]:
        names = sealed_columns(table)
        columns = table.__table__.c
        statement = (
            select(columns.id, *(columns[name] for name in names))
            .where(columns.id > last, _stale(table, vault.current_prefix))
            .order_by(columns.id)
            .limit(LARGE.get(table, BATCH))
            .with_for_update()
        )
        rows = connection.execute(statement).all()
        if not rows:
            return []
        changes = []
        for row in rows:
            change: dict[str, object] = {"row_id": row.id}
            for name in names:
                sealed, place = getattr(row, name), f"{table.__tablename__}.{name}"
                change[f"new_{name}"] = (
                    None if sealed is None else vault.seal(vault.open(sealed, place, row.id), place, row.id)
                )
            changes.append(change)
        connection.execute(
            table.__table__.update()  # type: ignore[attr-defined]
            .where(columns.id == bindparam("row_id"))
            .values({name: bindparam(f"new_{name}") for name in names}),
            changes,
        )
        return [row.id for row in rows]


def _stale(table: type[Table], *prefixes: bytes) -> ColumnElement[bool]:
    """Rows with anything sealed that begins with none of these."""
    columns = [table.__table__.c[name] for name in sealed_columns(table)]
    return or_(*(c.is_not(None) & func.substr(c, 1, ID_BYTES).not_in(prefixes) for c in columns))
