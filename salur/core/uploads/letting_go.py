"""Files that are no longer needed: marked so in the transaction that sees it, and deleted piece by piece after that.

A file of a million rows is hundreds of pieces, and SQLite, which writes over what it deletes, takes seconds for them.
All that is marked is deleted by the next runner that has nothing else to do, or by `purge`: so whoever marks it, or
deletes it, may be killed at any moment.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, delete, select, update

from salur.core.storage.bulk import delete_in_pieces
from salur.core.storage.database import Database
from salur.core.tables.uploads import UploadChunkRow, UploadFileRow

GONE = b""  # the digest of a file that was let go
PIECES = 8  # that are deleted in one transaction: two megabytes


def let_go(connection: Connection, *which: ColumnElement[bool]) -> None:
    """Mark files, in the caller's transaction: they belong to nobody any more, and count for nothing."""
    gone = {"upload_id": None, "size": 0, "digest": GONE}
    connection.execute(update(UploadFileRow).where(*which).values(gone))


def is_left_over(database: Database) -> bool:
    """Whether something was let go and is not deleted yet."""
    with database.reading() as connection:
        return connection.execute(select(UploadFileRow.id).where(_is_gone()).limit(1)).scalar() is not None


def sweep(database: Database, until: Callable[[], bool] = lambda: False) -> None:
    """Delete what was let go; the rest is left for later where `until` says so, which is asked after each piece."""
    theirs = UploadChunkRow.file_id.in_(select(UploadFileRow.id).where(_is_gone()))
    for _ in delete_in_pieces(database, UploadChunkRow, theirs, at_once=PIECES):
        if until():
            return
    with database.writing() as connection:
        pieces = select(UploadChunkRow.id).where(UploadChunkRow.file_id == UploadFileRow.id)
        connection.execute(delete(UploadFileRow).where(_is_gone(), ~pieces.exists()))


def _is_gone() -> ColumnElement[bool]:
    return UploadFileRow.upload_id.is_(None) & (UploadFileRow.digest == GONE)
