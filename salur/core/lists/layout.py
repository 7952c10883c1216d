"""Whether the file of a list looks like one of another programme: it says so itself, or such files were another's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, select

from salur.core.lists.kinds import ListState
from salur.core.storage.database import AnyRow
from salur.core.tables.lists import ListRow

NOT_A_SIGN = (ListState.LOADING, ListState.WITHDRAWN)  # a list that was taken out may have been of the wrong one
NO_HEADER = "[]"


def said_otherwise(programmes: Mapping[str, int], chosen: str) -> str | None:
    """The programme that most rows or the titles name besides the one that was chosen."""
    others = Counter({code: rows for code, rows in programmes.items() if code != chosen})
    return max(others, key=lambda code: (others[code], code), default=None)


def looks_like(connection: Connection, row: AnyRow) -> str | None:
    """The code of another programme that a list's file looks like; None where nothing tells that."""
    if row.says_programme is not None:
        return str(row.says_programme)
    if not row.header or row.header == NO_HEADER:
        return None
    before = (ListRow.header == row.header, ListRow.id < row.id, ListRow.state.not_in(NOT_A_SIGN))
    found = select(ListRow.programme_code).where(*before, ListRow.part_of.is_(None)).order_by(ListRow.id.desc())
    programmes = list(connection.execute(found).scalars())
    return None if row.programme_code in programmes else next(iter(programmes), None)
