"""What is kept about me, and who looked at it: the record as its owner may see it (UU 27/2022 articles 30 and 32).

Whoever has just checked successfully holds a pass (`salur.core.privacy.passes`); nothing else opens this. Tries are
counted there: the pass is what a right number and name earned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Connection, select

from salur.core.errors import Refused
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import ListState
from salur.core.names.matching import initials
from salur.core.officers.roles import Role
from salur.core.people.sealed import open_names, open_numbers
from salur.core.privacy.access_log import AccessLog
from salur.core.privacy.answers import History, Listing, Look, Record
from salur.core.privacy.passes import Subject, people_of, subject_of
from salur.core.regions.zones import time_zone
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.privacy import AccessRow
from salur.core.tables.regions import RegionRow

SHOWN = timedelta(days=365)
# Of a draft nobody is told anything: it may change yet.
TOLD = (ListState.PUBLISHED, ListState.SUPERSEDED, ListState.WITHDRAWN)
NOWHERE = "31"  # Jakarta, whose clock is used for people whose list names no place


class MyData:
    """Answers residents about their record."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock

    def history(self, key: str, *, asker: Asker) -> History:
        """Say what is kept of the people of a check, and who looked at it within the last year.

        This look is recorded like any other. Raises: Refused(`key_expired`).
        """
        now = self._clock()
        people = people_of(self._vault, key, now)
        with self._database.writing() as connection:
            rows = _people(connection, people)
            if not rows:
                raise Refused("key_expired")
            zone = time_zone(next((row.region_code for row in rows if row.region_code), NOWHERE))
            since = (now - SHOWN).astimezone(zone).date()
            looks = looks_at(connection, people, now - SHOWN, zone)
            records = self._records(rows, _listings(connection, people))
            self._access.record_asker(connection, [row.id for row in rows], asker, what="history")
        return History(records, looks, since)

    def people(self, key: str) -> tuple[int, ...]:
        """The ids that a pass is for. Raises: Refused(`key_expired`)."""
        return people_of(self._vault, key, self._clock())

    def subject(self, key: str) -> Subject:
        """Whom a correction is about. Raises: Refused(`key_expired`)."""
        with self._database.reading() as connection:
            return subject_of(connection, self._vault, people_of(self._vault, key, self._clock()))

    def _records(self, rows: Iterable[AnyRow], listings: dict[int, list[Listing]]) -> tuple[Record, ...]:
        """One for each way in which the lists write somebody; ways that look the same here are told once."""
        told: dict[tuple[object, Record], list[Listing]] = {}
        for row in rows:
            names = open_names(self._vault, row.sealed_names, row.id)
            numbers = open_numbers(self._vault, row.sealed_numbers, row.id)
            kept = {
                "nik": numbers.nik,
                "kk": numbers.kk,
                "name": names.name,
                "head": names.head,
                "address": row.sealed_address,
            }
            fields = tuple(code for code, value in kept.items() if value)
            record = Record(initials(names.name), row.place, row.rw, row.rt, row.care, fields, ())
            told.setdefault((row.nik_index or row.id, record), []).extend(listings.get(row.id, ()))
        return tuple(
            replace(record, listings=tuple(sorted(set(lists), key=_latest_first)))
            for (_, record), lists in told.items()
        )


def _people(connection: Connection, people: Sequence[int]) -> list[AnyRow]:
    """The rows in the order of the pass, each with the name of its kelurahan."""
    statement = (
        select(PersonRow.__table__, RegionRow.name.label("place"))
        .outerjoin(RegionRow, RegionRow.code == PersonRow.region_code)
        .where(PersonRow.id.in_(people))
    )
    found = {row.id: row for row in connection.execute(statement)}
    return [found[id] for id in people if id in found]


def looks_at(connection: Connection, people: Sequence[int], since: datetime, zone: tzinfo) -> tuple[Look, ...]:
    """By day, door, role and what was done. One look at a page that shows the whole family counts once."""
    columns = (AccessRow.at, AccessRow.door, AccessRow.role, AccessRow.what)
    # The asker tells two looks at the same moment apart, and is told to nobody.
    seen = select(*columns, AccessRow.asker).where(AccessRow.person_id.in_(people), AccessRow.at >= since).distinct()
    days = Counter((row.at.astimezone(zone).date(), row.door, row.role, row.what) for row in connection.execute(seen))
    looks = (
        Look(on, Door(door), Role(role) if role else None, what, times)
        for (on, door, role, what), times in days.items()
    )
    return tuple(sorted(looks, key=_newest_first))


def _listings(connection: Connection, people: Sequence[int]) -> dict[int, list[Listing]]:
    columns = (ListRow.period, ListRow.decree, ListRow.issuer, ListRow.issued_on, ListRow.state)
    statement = (
        select(EntitlementRow.person_id, ProgrammeRow.name, *columns)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .join(ProgrammeRow, ProgrammeRow.code == ListRow.programme_code)
        .where(EntitlementRow.person_id.in_(people), ListRow.state.in_(TOLD))
    )
    found: dict[int, list[Listing]] = {}
    for row in connection.execute(statement):
        listing = Listing(row.name, row.period, row.decree, row.issuer, row.issued_on, row.state == ListState.PUBLISHED)
        found.setdefault(row.person_id, []).append(listing)
    return found


def _newest_first(look: Look) -> tuple[int, str, str, str]:
    return (-look.on.toordinal(), look.role or "", look.what, look.door)


def _latest_first(listing: Listing) -> tuple[bool, int, str, str]:
    return (not listing.in_force, -listing.issued_on.toordinal(), listing.programme, listing.period)
