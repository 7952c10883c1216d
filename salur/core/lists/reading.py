"""Lists as they are read: how they stand, their history, and what their rows hold that nobody understood."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, select

from salur.core.errors import NotThere
from salur.core.lists.answers import FaultyRow, Happened, ListSummary
from salur.core.lists.history import history_of
from salur.core.lists.importing.imports import CELLS
from salur.core.lists.importing.writer import NOTE
from salur.core.lists.kinds import Coverage, ListState
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.lists import FaultRow, ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow
from salur.core.tables.regions import RegionRow


class ListsRead:
    """Reads lists."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def all(self) -> tuple[ListSummary, ...]:
        """All lists, the newest first."""
        with self._database.reading() as connection:
            return tuple(_summary(row) for row in connection.execute(_summaries().order_by(ListRow.id.desc())))

    def show(self, id: int) -> ListSummary:
        """One list. Raises Refused(`no_such_list`)."""
        with self._database.reading() as connection:
            row = connection.execute(_summaries().where(ListRow.id == id)).one_or_none()
        if row is None:
            raise NotThere("no_such_list", list=id)
        return _summary(row)

    def history(self, id: int) -> tuple[Happened, ...]:
        """What was done with a list, by whom and when, the latest first."""
        with self._database.reading() as connection:
            return history_of(connection, id)

    def notes(self, id: int) -> list[tuple[str, int]]:
        """The office's remarks on a list that no code says, the most frequent first. They may be personal."""
        with self._database.reading() as connection:
            self.row(connection, id)
            kept = select(EntitlementRow.id, EntitlementRow.sealed_note).where(
                EntitlementRow.list_id == id, EntitlementRow.sealed_note.is_not(None)
            )
            opened = Counter(
                self._vault.open(row.sealed_note, NOTE, row.id).decode() for row in connection.execute(kept)
            )
        return opened.most_common()

    def faulty_rows(self, id: int) -> tuple[tuple[str, ...], list[FaultyRow]]:
        """The header of the source file and its faulty rows. Raises Refused(`no_such_list`)."""
        with self._database.reading() as connection:
            header = connection.execute(select(ListRow.header).where(ListRow.id == id)).one_or_none()
            if header is None:
                raise NotThere("no_such_list", list=id)
            rows = connection.execute(
                select(FaultRow.__table__).where(FaultRow.list_id == id).order_by(FaultRow.id)
            ).all()
        return tuple(json.loads(header[0] or "[]")), list(self._opened(iter(rows)))

    def _opened(self, rows: Iterator[AnyRow]) -> Iterator[FaultyRow]:
        for row in rows:
            cells = self._vault.open_json(row.sealed_cells, CELLS, row.id)
            yield FaultyRow(row.row, tuple(cells), tuple(row.codes.split()))

    @staticmethod
    def row(connection: Connection, id: int) -> AnyRow:
        """A list's row. Raises NotThere(`no_such_list`)."""
        there = (ListRow.id == id, ListRow.state != ListState.LOADING)
        row = connection.execute(select(ListRow.__table__).where(*there)).one_or_none()
        if row is None:
            raise NotThere("no_such_list", list=id)
        return row

    @classmethod
    def locked(cls, connection: Connection, id: int) -> AnyRow:
        """A list's row, locked until the transaction ends: lists of one programme change state one after the other."""
        programme = cls.row(connection, id).programme_code
        connection.execute(select(ProgrammeRow.code).where(ProgrammeRow.code == programme).with_for_update())
        return cls.row(connection, id)


def _summaries() -> AnySelect:
    named = {"programme": ListRow.programme_code, "area_name": RegionRow.name}
    columns = [named[n].label(n) if n in named else ListRow.__table__.c[n] for n in ListSummary.__dataclass_fields__]
    return (
        select(*columns).outerjoin(RegionRow, RegionRow.code == ListRow.area).where(ListRow.state != ListState.LOADING)
    )


def _summary(row: AnyRow) -> ListSummary:
    own = {"state": ListState(row.state), "coverage": Coverage(row.coverage)}
    return ListSummary(**{**row._mapping, **own})
