"""What an operator said of the columns of files with the same headers, from the same sender, to the same office.

Who sends is named with the upload, or by the file; where nobody is named, it is whoever sends to this office. What was
said before senders were asked for is of nobody, and holds where nothing was said of the one who is named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select

from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault
from salur.core.tables.uploads import ColumnMemoryRow

NOBODY = b""


@dataclass(frozen=True, slots=True)
class Which:
    """By what a memory is found: digests of headers and sender, and the region of the office."""

    headers: bytes
    region_code: str
    sender: bytes


def headers_digest(vault: Vault, headers: tuple[str, ...]) -> bytes:
    """Of all headers of a file."""
    return vault.digest("salur:headers", "\x1f".join(headers).encode())


def sender_digest(vault: Vault, *named: str) -> bytes:
    """Of who sends: the first that is named."""
    words = next((" ".join(name.casefold().split()) for name in named if name.strip()), "")
    return vault.digest("salur:sender", words.encode()) if words else NOBODY


def recall(connection: Connection, which: Which) -> AnyRow | None:
    """What was said of these, else what was said when nobody was named."""
    table = ColumnMemoryRow
    mine = (table.headers == which.headers, table.region_code == which.region_code)
    named = or_(table.sender == which.sender, table.sender == NOBODY)
    found = connection.execute(select(table.__table__).where(*mine, named)).all()
    return max(found, key=lambda row: len(row.sender), default=None)


def columns_of(row: AnyRow | None) -> Mapping[str, str] | None:
    """Field to letters."""
    return json.loads(row.columns) if row is not None else None


def remember(connection: Connection, which: Which, columns: str, account: int, now: datetime) -> None:
    """Keep what was said last."""
    _forget(connection, which)
    values = {"columns": columns, "made_by": account, "made_at": now}
    key = {"headers": which.headers, "region_code": which.region_code, "sender": which.sender}
    connection.execute(insert(ColumnMemoryRow).values({**key, **values}))


def forget(connection: Connection, which: Which) -> None:
    """Keep nothing of what `recall` finds."""
    if (row := recall(connection, which)) is not None:
        _forget(connection, Which(row.headers, row.region_code, row.sender))


def _forget(connection: Connection, which: Which) -> None:
    table = ColumnMemoryRow
    key = (table.headers == which.headers, table.region_code == which.region_code, table.sender == which.sender)
    connection.execute(delete(table).where(*key))
