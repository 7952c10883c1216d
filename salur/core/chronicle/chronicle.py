"""The record of who did what within an office's area. It reads the traces that every subject writes with its work;
nothing here writes or deletes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import Connection, Subquery, func, select, union_all

from salur.core.chronicle.answers import MOST_EXPORTED, Entry, RecordFilter
from salur.core.chronicle.queries import Asked, traces
from salur.core.errors import NotThere, Refused
from salur.core.officers.queries import OFFICER, OfficerRead, officer_of, region_name_of
from salur.core.officers.roles import DESK, Officer, Role
from salur.core.officers.scope import Scope, inside
from salur.core.pages import Page
from salur.core.record.kinds import RecordKind
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.officers import AccountRow

PAGE = 50


class Chronicle:
    """Reads. `city` is the code of the city that is served, `zone` says when its days begin."""

    def __init__(
        self, database: Database, vault: Vault, clock: Callable[[], datetime], city: str, zone: tzinfo
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._city = city
        self._zone = zone

    def today(self) -> date:
        """The day it is in the city."""
        return self._clock().astimezone(self._zone).date()

    def page(self, officer: Officer, filter: RecordFilter, asked: int) -> Page[Entry]:
        """One page, the latest first."""
        found = self._found(officer, filter)
        with self._database.reading() as connection:
            count = connection.execute(select(func.count()).select_from(found)).scalar_one()

            def items(limit: int, offset: int) -> tuple[Entry, ...]:
                return self._read(connection, officer, found, limit, offset)

            return Page.read(asked, count, PAGE, items)

    def export(self, officer: Officer, filter: RecordFilter) -> tuple[Entry, ...]:
        """All that is found. Raises Refused(`too_much_record`) rather than to leave out some."""
        found = self._found(officer, filter)
        with self._database.reading() as connection:
            entries = self._read(connection, officer, found, MOST_EXPORTED + 1, 0)
        if len(entries) > MOST_EXPORTED:
            raise Refused("too_much_record")
        return entries

    def _found(self, officer: Officer, filter: RecordFilter) -> Subquery:
        """What the filter finds in the officer's area: the one place where the area is added."""
        if officer.role not in DESK:
            raise NotThere("no_such_record")
        scope = Scope.of(officer, Territory(filter.region) if filter.region else None)
        since, before = self._midnight(filter.since), self._midnight(filter.until + timedelta(days=1))
        every = union_all(*traces(Asked(scope, since, before, self._city), filter.kind)).subquery("trace")
        doer = AccountRow.__table__
        statement: AnySelect = select(every).where(inside(scope.territory, every.c))
        if filter.role is not None:
            role = func.coalesce(every.c.role, doer.c.role)
            statement = statement.outerjoin(doer, doer.c.id == every.c.account_id).where(role == str(filter.role))
        return statement.subquery("found")

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)

    def _read(
        self, connection: Connection, officer: Officer, found: Subquery, limit: int, offset: int
    ) -> tuple[Entry, ...]:
        order = (
            found.c.at.desc(),
            found.c.kind,
            found.c.subject.desc(),
            found.c.what,
            found.c.region_code,
            found.c.facts,
        )
        place = region_name_of(found.c)
        rows = connection.execute(select(found, place).order_by(*order).limit(limit).offset(offset)).all()
        doers = _officers(connection, {row.account_id for row in rows if row.account_id is not None})
        lookers = self._lookers(connection, officer) if any(row.asker is not None for row in rows) else {}
        return tuple(_entry(row, doers.get(row.account_id) or lookers.get(row.asker), officer) for row in rows)

    def _lookers(self, connection: Connection, officer: Officer) -> Mapping[bytes, Officer]:
        """The accounts within the area, by the digest under which looks are kept."""
        own = Scope.of(officer).accounts.c
        ids = connection.execute(select(own.id)).scalars().all()
        known = _officers(connection, set(ids))
        return {self._vault.digest("account", str(id).encode()): who for id, who in known.items()}


def _officers(connection: Connection, ids: set[int]) -> Mapping[int | None, Officer]:
    found: dict[int | None, Officer] = {}
    every = sorted(ids)
    for start in range(0, len(every), 1000):
        which = select(*OFFICER).where(AccountRow.id.in_(every[start : start + 1000]))
        found |= {row.id: officer_of(OfficerRead._make(row)) for row in connection.execute(which)}
    return found


def _entry(row: AnyRow, who: Officer | None, reader: Officer) -> Entry:
    role = who.role if who else Role(row.role) if row.role in set(Role) else None
    entry = {
        "at": row.at,
        "kind": RecordKind(row.kind),
        "what": row.what,
        "where": Territory(row.region_code, row.rw, row.rt),
        "where_name": row.region_name,
        "role": role,
        "subject": row.subject,
        "count": row.count,
        "told": row.told or "",
        "facts": json.loads(row.facts) if row.facts else {},
    }
    if who is None:
        return Entry(**entry)
    # An account is named to those above it, and to itself; of others the office is enough.
    named = who.username if who.account == reader.account or reader.territory.covers(who.territory) else ""
    return Entry(**entry, office=who.territory, office_name=who.region_name, username=named)
