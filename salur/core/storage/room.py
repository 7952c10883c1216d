"""Room on the disk, asked for before much is written: SQLite that has filled its disk counts no more tries.

Its log holds what is written until it is copied into the file, so both need the room. A server of PostgreSQL looks
after a disk of its own, which is not seen from here.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from salur.core.errors import Refused
from salur.core.storage.database import Database

MEGABYTE = 1_000_000
RESERVE = 100 * MEGABYTE  # left for questions, which go on meanwhile
A_ROW = 1_000  # bytes of a person on a list, with what finds them: 740 in a small list


def refuse_without_room(database: Database, *, content: int = 0, rows: int = 0) -> None:
    """Refuse what would fill the disk: so many bytes, or rows of a list. Raises Refused(`no_room`; facts in MB)."""
    url = database.engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    needed = 2 * (content + rows * A_ROW) + RESERVE
    free = shutil.disk_usage(Path(url.database).parent).free
    if free < needed:
        raise Refused("no_room", needed=needed // MEGABYTE, free=free // MEGABYTE)
