"""A list's life: draft → published → superseded, or withdrawn. Every step is one transaction and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from salur.core.database import AnyRow, Database
from salur.core.errors import Refused
from salur.core.imports import CELLS
from salur.core.periods import last_day
from salur.core.tables import EntitlementRow, FaultRow, ListRow, PersonRow, ProgrammeRow, RegionRow
from salur.core.vault import Vault


@dataclass(frozen=True, slots=True)
class ListSummary:
    """One list: counts only, nobody's name."""

    id: int
    programme: str
    period: str
    area: str
    area_name: str | None
    decree: str
    issued_on: date
    issuer: str
    state: str
    people: int
    faults: int
    refused: int
    imported_at: datetime
    published_at: datetime | None
    ended_at: datetime | None
    ended_why: str | None
    superseded_by: int | None


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing changed: how many people came and went against the list it superseded (None: there was none)."""

    list: int
    superseded: int | None
    people: int
    added: int
    dropped: int


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row to give back: where it stood, its cells as text, and `column:code` for each fault."""

    row: str
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


class Lists:
    """Shows, publishes, withdraws and restores lists.

    `when_in_force` is called in the transaction that puts a list in force, with its number.
    """

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Callable[[], datetime],
        when_in_force: tuple[Callable[[Connection, int], object], ...] = (),
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._when_in_force = when_in_force

    def all(self) -> tuple[ListSummary, ...]:
        """All lists, the newest first."""
        with self._database.reading() as connection:
            return tuple(
                ListSummary(*tuple(row)) for row in connection.execute(_summaries().order_by(ListRow.id.desc()))
            )

    def show(self, id: int) -> ListSummary:
        """One list. Raises Refused(`no_such_list`)."""
        with self._database.reading() as connection:
            row = connection.execute(_summaries().where(ListRow.id == id)).one_or_none()
        if row is None:
            raise Refused("no_such_list", list=id)
        return ListSummary(*tuple(row))

    def publish(self, id: int) -> Published:
        """Put a draft in force; the list of the same programme and area steps back.

        Raises: Refused with `no_such_list`, `not_a_draft` (facts: state) or `newer_in_force` (facts: list, period).
        """
        with self._database.writing() as connection:
            row = self._locked(connection, id)
            if row.state != "draft":
                raise Refused("not_a_draft", list=id, state=row.state)
            current = _in_force(connection, row)
            if current is not None and last_day(current.period) > last_day(row.period):
                raise Refused("newer_in_force", list=current.id, period=current.period)
            added, dropped = _difference(connection, row, current)
            if current is not None:
                self._end(connection, current.id, "superseded", superseded_by=id)
            self._put_in_force(connection, id)
        self._database.count_rows()
        return Published(id, current.id if current is not None else None, row.people, added, dropped)

    def withdraw(self, id: int, why: str) -> int | None:
        """Take a draft or published list out; gives the number of the list it had superseded, if any.

        The list before does not come back by itself: `restore` does that.

        Raises: Refused with `no_such_list` or `not_withdrawable` (facts: state).
        """
        with self._database.writing() as connection:
            row = self._locked(connection, id)
            if row.state not in ("draft", "published"):
                raise Refused("not_withdrawable", list=id, state=row.state)
            self._end(connection, id, "withdrawn", why=why)
            before = select(func.max(ListRow.id)).where(ListRow.superseded_by == id, ListRow.state == "superseded")
            found = connection.execute(before).scalar()
        return int(found) if found is not None else None

    def restore(self, id: int) -> int | None:
        """Bring a superseded or withdrawn list back; the one in force is withdrawn and its number given.

        A draft that was withdrawn is a draft again.

        Raises: Refused with `no_such_list` or `not_restorable` (facts: state).
        """
        with self._database.writing() as connection:
            row = self._locked(connection, id)
            if row.state not in ("superseded", "withdrawn"):
                raise Refused("not_restorable", list=id, state=row.state)
            if row.published_at is None:
                connection.execute(
                    update(ListRow).where(ListRow.id == id).values(state="draft", ended_at=None, ended_why=None)
                )
                return None
            current = _in_force(connection, row)
            if current is not None:
                self._end(connection, current.id, "withdrawn", why=f"list {id} was restored")
            self._put_in_force(connection, id)
        return int(current.id) if current is not None else None

    def faulty_rows(self, id: int) -> tuple[tuple[str, ...], list[FaultyRow]]:
        """The header of the source file and its faulty rows. Raises Refused(`no_such_list`)."""
        with self._database.reading() as connection:
            header = connection.execute(select(ListRow.header).where(ListRow.id == id)).one_or_none()
            if header is None:
                raise Refused("no_such_list", list=id)
            rows = connection.execute(
                select(FaultRow.__table__).where(FaultRow.list_id == id).order_by(FaultRow.id)
            ).all()
        return tuple(json.loads(header[0] or "[]")), list(self._opened(iter(rows)))

    def _opened(self, rows: Iterator[AnyRow]) -> Iterator[FaultyRow]:
        for row in rows:
            cells = self._vault.open_json(row.sealed_cells, CELLS, row.id)
            yield FaultyRow(row.row, tuple(cells), tuple(row.codes.split()))

    @staticmethod
    def _locked(connection: Connection, id: int) -> AnyRow:
        """The list's row; lists of one programme change state one after the other."""
        found = connection.execute(select(ListRow.programme_code).where(ListRow.id == id)).scalar()
        if found is None:
            raise Refused("no_such_list", list=id)
        connection.execute(select(ProgrammeRow.code).where(ProgrammeRow.code == found).with_for_update())
        return connection.execute(select(ListRow.__table__).where(ListRow.id == id)).one()

    def _put_in_force(self, connection: Connection, id: int) -> None:
        values = {
            "state": "published",
            "published_at": self._clock(),
            "ended_at": None,
            "ended_why": None,
            "superseded_by": None,
        }
        connection.execute(update(ListRow).where(ListRow.id == id).values(values))
        for tell in self._when_in_force:
            tell(connection, id)

    def _end(
        self, connection: Connection, id: int, state: str, *, why: str | None = None, superseded_by: int | None = None
    ) -> None:
        values = {"state": state, "ended_at": self._clock(), "ended_why": why, "superseded_by": superseded_by}
        connection.execute(update(ListRow).where(ListRow.id == id).values(values))


def _summaries() -> Select[*tuple[Any, ...]]:
    named = {"programme": ListRow.programme_code, "area_name": RegionRow.name}
    columns = [named[n] if n in named else ListRow.__table__.c[n] for n in ListSummary.__dataclass_fields__]
    return select(*columns).outerjoin(RegionRow, RegionRow.code == ListRow.area)


def _in_force(connection: Connection, row: AnyRow) -> AnyRow | None:
    return connection.execute(
        select(ListRow.__table__).where(
            ListRow.programme_code == row.programme_code, ListRow.area == row.area, ListRow.state == "published"
        )
    ).one_or_none()


def _difference(connection: Connection, new: AnyRow, old: AnyRow | None) -> tuple[int, int]:
    """How many numbers are on the new list only, and on the old one only; people on the old count when entitled.

    People without a number (carriers' lists) cannot be found again; they are new on a first list only.
    """

    def everyone(list_id: object) -> Select[bytes | None]:
        return (
            select(func.coalesce(PersonRow.nik_index, PersonRow.kk_index).label("number"))
            .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
            .where(EntitlementRow.list_id == list_id, EntitlementRow.state != "taken_off")
        )

    def numbers(list_id: object) -> Select[bytes | None]:
        return everyone(list_id).where(PersonRow.nik_index.is_not(None) | PersonRow.kk_index.is_not(None))

    def count(statement: object) -> int:
        return int(connection.execute(select(func.count()).select_from(statement.subquery())).scalar_one())  # type: ignore[attr-defined]

    if old is None:
        return count(everyone(new.id)), 0
    return count(numbers(new.id).except_(numbers(old.id))), count(numbers(old.id).except_(numbers(new.id)))
