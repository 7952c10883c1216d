"""What was judged of an upload is kept sealed: its import need not judge the same files again.

It is a file that belongs to no upload, named by the job that judged: `purge` deletes it after a day like whatever is
nobody's, and the import judges again where it finds none. It is opened again by the code that wrote it alone, and only
if the job's own word for it is right, which nobody can make without the keys: what is in it is made into objects.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select

from salur.core.errors import NoKey, Refused
from salur.core.jobs.kinds import JobKind, JobState
from salur.core.lists.kinds import Draft
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault
from salur.core.tables.jobs import JobRow
from salur.core.tables.uploads import UploadFileRow
from salur.core.uploads.letting_go import let_go
from salur.core.uploads.receiving import Arriving, write_opened
from salur.core.uploads.rows import upload_row

CODE = Path(__file__).parents[2]
JUDGES = ("core", "intake")  # rooms of which judging depends
WORD = "salur:judged"
Told = Mapping[str, object]  # what a job keeps of it: nothing personal


class JudgedStore:
    """Keeps drafts between the judging and the import."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def keep(self, upload: int, draft: Draft) -> Told | None:
        """Keep one; gives what finds it again, None where there is no room for it. Raises NotThere."""
        with self._database.reading() as connection:
            region_code = str(upload_row(connection, upload, None).region_code)
        arriving = Arriving(self._database, self._vault, self._clock, str(upload), region_code)
        try:
            # Of what intake knows besides, the import needs nothing.
            pickle.dump(Draft(**{one.name: getattr(draft, one.name) for one in fields(Draft)}), arriving)
            arriving.finish()
        except Refused:
            arriving.discard()
            return None
        return {"file": arriving.id, "word": self._word(upload, arriving.digest)}

    def find(self, upload: int, told: Told, folder: Path | None) -> Draft | None:
        """One that was kept; None where it is gone, damaged, or was judged by other code."""
        with self._database.reading() as connection, suppress(Refused, NoKey):
            digest = connection.execute(
                select(UploadFileRow.digest).where(UploadFileRow.id == told["file"], UploadFileRow.upload_id.is_(None))
            ).scalar()
            if digest is None or self._word(upload, digest) != told["word"]:
                return None
            with TemporaryDirectory(prefix="salur-", dir=folder) as private:
                path = Path(private) / "judged"
                write_opened(connection, self._vault, int(str(told["file"])), digest, path)
                with path.open("rb") as file:
                    draft: Draft = pickle.load(file)  # noqa: S301 - sealed by this code, as the word says
                    return draft
        return None

    def discard(self, told: Told) -> None:
        """Let one go."""
        with self._database.writing() as connection:
            let_go(connection, UploadFileRow.id == told["file"], UploadFileRow.upload_id.is_(None))

    def _word(self, upload: int, digest: bytes) -> str:
        return self._vault.digest(WORD, f"{upload}:{digest.hex()}:{of_code()}".encode()).hex()


def forget(connection: Connection, upload: int, *, but: Told | None = None) -> None:
    """Let go what was judged of an upload, in the caller's transaction."""
    done = (JobRow.subject == upload, JobRow.kind == JobKind.READ, JobRow.state == JobState.DONE)
    results = connection.execute(select(JobRow.result).where(*done)).scalars()
    told = [judged for result in results if (judged := json.loads(result or "{}").get("judged"))]
    files = {one["file"] for one in told} - {but and but["file"]}
    let_go(connection, UploadFileRow.id.in_(files), UploadFileRow.upload_id.is_(None))


@lru_cache(maxsize=1)
def of_code() -> str:
    """A digest of all that judging depends on but the file."""
    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(path for room in JUDGES for path in (CODE / room).rglob("*.*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.read_bytes())
    return found.hexdigest()
