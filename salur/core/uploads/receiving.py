"""A file as it arrives: sealed piece by piece, so that neither a disk nor the memory ever holds it in the clear."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from salur.core.errors import Refused
from salur.core.storage.database import Database, fresh_ids
from salur.core.storage.room import refuse_without_room
from salur.core.storage.vault import Vault
from salur.core.tables.uploads import UploadChunkRow, UploadFileRow
from salur.core.uploads.letting_go import let_go

CHUNK = 256 * 1024  # bytes
NAME, CONTENT = "upload_file.sealed_name", "upload_chunk.sealed_content"
LONGEST_NAME = 120
PRIVATE = 0o600


class Arriving:
    """A file being received; it is written to as to any file, and belongs to no upload yet."""

    def __init__(
        self, database: Database, vault: Vault, clock: Callable[[], datetime], name: str, region_code: str
    ) -> None:
        self._database, self._vault, self._clock = database, vault, clock
        self._name, self._region_code = plain_name(name), region_code
        self._digest = hashlib.blake2b(digest_size=32)
        self._waiting = bytearray()
        self._begun = False
        self.size = 0
        self.id = 0

    def write(self, piece: bytes) -> int:
        """Take a piece; what makes a whole chunk is sealed and kept at once. Raises Refused(`no_room`)."""
        self._digest.update(piece)
        self._waiting += piece
        self.size += len(piece)
        while len(self._waiting) >= CHUNK:
            self._keep(bytes(self._waiting[:CHUNK]))
            del self._waiting[:CHUNK]
        return len(piece)

    def finish(self) -> None:
        """Keep what is left; now its size and digest are known."""
        if self._waiting:
            self._keep(bytes(self._waiting))
            self._waiting.clear()
        if self.id:
            told = {"size": self.size, "digest": self.digest}
            with self._database.writing() as connection:
                connection.execute(update(UploadFileRow).where(UploadFileRow.id == self.id).values(told))

    @property
    def digest(self) -> bytes:
        """Of all that came until now."""
        return self._digest.digest()

    def discard(self) -> None:
        """Let it go again, as long as it belongs to no upload."""
        with self._database.writing() as connection:
            let_go(connection, UploadFileRow.id == self.id, UploadFileRow.upload_id.is_(None))

    def _keep(self, content: bytes) -> None:
        refuse_without_room(self._database, content=len(content))
        with self._database.writing() as connection:
            if not self.id:
                self.id = next(fresh_ids(1))
                connection.execute(insert(UploadFileRow).values(self._row()))
            id = next(fresh_ids(1))
            sealed = self._vault.seal(content, CONTENT, id)
            connection.execute(insert(UploadChunkRow).values(id=id, file_id=self.id, sealed_content=sealed))

    def _row(self) -> dict[str, object]:
        return {
            "id": self.id,
            "region_code": self._region_code,
            "made_at": self._clock(),
            "size": 0,
            "sealed_name": self._vault.seal(self._name.encode(), NAME, self.id),
        }


def plain_name(name: str) -> str:
    """A file's own name without folders and signs that no name needs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[-LONGEST_NAME:].strip() or "?"


def write_opened(connection: Connection, vault: Vault, file_id: int, digest: bytes, path: Path) -> None:
    """Write a file in the clear, for its reader only. Raises Refused(`upload_damaged`) when it is not as it arrived."""
    found = hashlib.blake2b(digest_size=32)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
        for piece in _pieces(connection, vault, file_id):
            found.update(piece)
            file.write(piece)
    if found.digest() != digest:
        raise Refused("upload_damaged")


def _pieces(connection: Connection, vault: Vault, file_id: int) -> Iterator[bytes]:
    last = 0
    while True:
        following = select(UploadChunkRow.id, UploadChunkRow.sealed_content).where(
            UploadChunkRow.file_id == file_id, UploadChunkRow.id > last
        )
        row = connection.execute(following.order_by(UploadChunkRow.id).limit(1)).one_or_none()
        if row is None:
            return
        last = row.id
        yield vault.open(row.sealed_content, CONTENT, row.id)
