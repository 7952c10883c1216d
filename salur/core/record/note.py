"""Something that an office did, written in the transaction of what it tells of. `salur/core/chronicle` reads it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, insert

from salur.core.record.kinds import RecordKind
from salur.core.regions.territory import Territory
from salur.core.tables.record import OfficeNoteRow


class Doer(Protocol):
    """Who did it: an officer."""

    @property
    def account(self) -> int:
        """The id of the account."""

    @property
    def territory(self) -> Territory:
        """The officer's own area."""


def note(
    connection: Connection,
    officer: Doer | None,
    kind: RecordKind,
    what: str,
    at: datetime,
    *,
    territory: Territory | None = None,
    **facts: str | int | None,
) -> None:
    """Write down what was done; `officer` None is the console.

    `territory`: of what it was done to, the officer's own if not told; who stands above it reads it. `facts` are for
    the words: names of offices, places and programmes, numbers of lists. Nothing of a person.
    """
    where = territory or (officer.territory if officer is not None else None)
    values = {
        "at": at,
        "kind": str(kind),
        "what": what,
        "account_id": officer.account if officer is not None else None,
        "region_code": where.region_code if where else "",
        "rw": where.rw if where else None,
        "rt": where.rt if where else None,
        "facts": json.dumps({name: value for name, value in facts.items() if value is not None}, ensure_ascii=False),
    }
    connection.execute(insert(OfficeNoteRow).values(values))
