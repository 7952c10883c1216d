"""A new sealing key while the site answers: all is sealed again in batches, and can be stopped and continued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.sql.elements import ColumnElement

from salur.core.database import Database
from salur.core.errors import Refused
from salur.core.tables import (
    AccountRow,
    ChatLinkRow,
    EntitlementRow,
    FaultRow,
    FollowerRow,
    MarkEventRow,
    MarkRow,
    NoticeRow,
    PersonRow,
    PhotoRow,
    ProposalEventRow,
    ProposalRow,
    Table,
)
from salur.core.vault import ID_BYTES, KeyFile, Vault, sole_writer

SEALED: dict[type[Table], tuple[str, ...]] = {
    PersonRow: ("sealed_names", "sealed_numbers", "sealed_address"),
    EntitlementRow: ("sealed_note",),
    FaultRow: ("sealed_cells",),
    AccountRow: ("sealed_totp",),
    ChatLinkRow: ("sealed_chat",),
    MarkRow: ("sealed_note",),
    MarkEventRow: ("sealed_note",),
    ProposalRow: ("sealed_body",),
    ProposalEventRow: ("sealed_words",),
    PhotoRow: ("sealed_jpeg",),
    FollowerRow: ("sealed_chat",),
    NoticeRow: ("sealed_content",),
}
BATCH = 500


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
        """How many rows hold something that is not sealed with the current key."""
        return self._count(Vault.from_file(self._keys_file).current_prefix)

    def to_do(self) -> int:
        """How many rows the next `rotate` will seal: what an interrupted one left, or everything."""
        return self.pending() or self._count(b"")

    def _count(self, prefix: bytes) -> int:
        with self._database.reading() as connection:
            counts = [select(func.count()).where(_stale(table, prefix)) for table in SEALED]
            return sum(int(connection.execute(count).scalar_one()) for count in counts)

    def rotate(self, *, progress: Callable[[int], None] | None = None) -> Rotated:
        """Make a new key and seal all with it; a rotation that was interrupted is finished first, with its key.

        Processes that run meanwhile read the key file again as soon as they meet the new key. The old key stays in the
        file until `retire`. `progress` hears how many rows were sealed since the last call.
        """
        with sole_writer(self._keys_file):
            if self.pending() == 0:
                KeyFile.read(self._keys_file).with_new_key().write(self._keys_file, over=True)
        vault = Vault.from_file(self._keys_file)
        rows = 0
        for table in SEALED:
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
        names = SEALED[table]
        columns = table.__table__.c
        statement = (
            select(columns.id, *(columns[name] for name in names))
            .where(columns.id > last, _stale(table, vault.current_prefix))
            .order_by(columns.id)
            .limit(BATCH)
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


def _stale(table: type[Table], prefix: bytes) -> ColumnElement[bool]:
    """Rows with anything that is sealed with another key than the current one."""
    columns = [table.__table__.c[name] for name in SEALED[table]]
    stale: ColumnElement[bool] = columns[0].is_not(None) & (func.substr(columns[0], 1, ID_BYTES) != prefix)
    for column in columns[1:]:
        stale |= column.is_not(None) & (func.substr(column, 1, ID_BYTES) != prefix)
    return stale
