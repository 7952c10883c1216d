"""One person, opened by Dinas Sosial: all lists, payments, sittings, marks, proposals, and who looked.

Whoever is found by a search, or opened, gets a line in their access record before the answer leaves; it stands there
when they are shown who looked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from salur.core.casework.hints import find_related
from salur.core.dossier import queries as query
from salur.core.dossier.answers import Appointment, Dossier, Hit, Hits, ListEntry
from salur.core.dossier.queries import EntryFound, PersonFound
from salur.core.errors import NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.lists.answers import Corrected
from salur.core.lists.corrections.corrections import Corrections
from salur.core.lists.importing.writer import NOTE
from salur.core.lists.kinds import ListState, State
from salur.core.lookup.standing import standing
from salur.core.lookup.still_listed import Written
from salur.core.marks.answers import Mark
from salur.core.marks.queries import list_marks, open_mark, steps_of
from salur.core.names.matching import same_person
from salur.core.names.typed import letters
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import Scope
from salur.core.payouts.answers import PaymentState
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Identity
from salur.core.people.sealed import birth_year, index_of, open_name
from salur.core.privacy.access_log import AccessLog
from salur.core.privacy.my_data import SHOWN, looks_at
from salur.core.privacy.passes import end_of
from salur.core.regions.zones import time_zone
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault
from salur.core.tables.people import EntitlementRow, PersonRow

SHOWN_AT_ONCE = 50
MOST_OPENED = 25_000  # names are sealed: more would take too long
MOST_MARKS = 50


class Dossiers:
    """Searches a list, and opens one person of it. For Dinas Sosial alone; NotThere(`no_such_entry`) for others."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        access: AccessLog,
        corrections: Corrections,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._corrections = corrections
        self._clock = clock

    def by_number(self, officer: Officer, list_id: int, identity: Identity, *, door: Door) -> Hits:
        """Whom a list, with what corrects it, has under a NIK, KK number or letter code."""
        region = _region(officer)
        same = query.bears(index_of(self._vault, identity), letter=isinstance(identity, LetterCode))
        with self._database.reading() as connection:
            found = query.entries(connection, region, query.of_list(list_id), same)
            hits = self._hits(connection, region, found[:SHOWN_AT_ONCE])
        self._record(officer, [row.person_id for row in found[:SHOWN_AT_ONCE]], door, "search")
        return Hits(hits, len(found))

    def by_name(self, officer: Officer, list_id: int, name: str, kelurahan: str | None, *, door: Door) -> Hits:
        """Whom a list has by a name, or a part of it; in one kelurahan (a code), or all of them.

        Raises: Refused(`choose_kelurahan`) where that is too many names to open.
        """
        region, wanted = _region(officer), letters(name)
        with self._database.reading() as connection:
            if query.count_listed(connection, region, list_id, kelurahan) > MOST_OPENED:
                raise Refused("choose_kelurahan")
            named = sorted(
                (opened, row.id, row.person_id)
                for row in query.listed(connection, region, list_id, kelurahan)
                if wanted and wanted in letters(opened := open_name(self._vault, row.sealed_names, row.person_id))
            )
            first = [id for _, id, _ in named[:SHOWN_AT_ONCE]]
            found = {row.id: row for row in query.entries(connection, region, EntitlementRow.id.in_(first))}
            hits = self._hits(connection, region, [found[id] for id in first])
        self._record(officer, [person for _, _, person in named[:SHOWN_AT_ONCE]], door, "search")
        return Hits(hits, len(named))

    def kelurahan(self, officer: Officer, list_id: int) -> tuple[tuple[str, str], ...]:
        """Code and name of the kelurahan a search can be narrowed to; none where it need not be."""
        region = _region(officer)
        with self._database.reading() as connection:
            if query.count_listed(connection, region, list_id, None) <= MOST_OPENED:
                return ()
            return query.kelurahan_of(connection, region, list_id)

    def open(self, officer: Officer, entitlement: int, *, door: Door) -> Dossier:
        """All that is known of the person of an entry. Raises: NotThere(`no_such_entry`)."""
        region, now = _region(officer), self._clock()
        with self._database.reading() as connection:
            rows = self._person(connection, region, entitlement)
        ids = [row.id for row in rows]
        self._record(officer, ids, door, "dossier")
        with self._database.reading() as connection:
            found = query.entries(connection, region, EntitlementRow.person_id.in_(ids))
            opened = next(row for row in found if row.id == entitlement)
            scope = Scope.of(officer)
            who = next(row for row in rows if row.id == opened.person_id)
            niks = {row.nik_index for row in rows} - {None}
            cards = {row.kk_index for row in rows} - {None} if not niks else set()
            zone = time_zone(who.region_code or region)
            return Dossier(
                opened=self._entry(opened),
                name=open_name(self._vault, who.sealed_names, who.id),
                birth_year=birth_year(self._vault, who.sealed_numbers, who.id),
                kelurahan=who.kelurahan,
                rw=who.rw,
                rt=who.rt,
                care=any(row.care for row in rows),
                entries=tuple(map(self._entry, found)),
                appointments=self._appointments(connection, rows, now),
                marks=self._marks(connection, scope, ids),
                proposals=find_related(connection, scope, 0, next(iter(niks), None), next(iter(cards), None)),
                looks=looks_at(connection, ids, now - SHOWN, zone),
            )

    def is_mine(self, officer: Officer, entitlement: int) -> bool:
        """Whether the person of an entry is of the office's region."""
        with self._database.reading() as connection:
            return bool(query.entries(connection, _region(officer), EntitlementRow.id == entitlement))

    def corrected(self, officer: Officer, list_id: int, *, door: Door) -> tuple[Corrected, ...]:
        """What a correcting list says of each person, before and after, as far as they are of the office's region."""
        region = _region(officer)
        with self._database.reading() as connection:
            which = (query.of_list(list_id), EntitlementRow.list_id == list_id)
            mine = {row.id for row in query.entries(connection, region, *which)}
        rows = tuple(row for row in self._corrections.rows(list_id) if row.entitlement in mine)
        self._record(officer, [row.person for row in rows], door, "list")
        return rows

    def _record(self, officer: Officer, people: Sequence[int], door: Door, what: str) -> None:
        with self._database.writing() as connection:
            self._access.record(connection, people, officer, door=door, what=what)

    def _person(self, connection: Connection, region: str, entitlement: int) -> list[PersonFound]:
        """All rows that are the person of an entry: by NIK with KK number or name, and through corrections."""
        opened = query.entries(connection, region, EntitlementRow.id == entitlement)
        if not opened:
            raise NotThere("no_such_entry")
        (who,) = query.people(connection, region, PersonRow.id == opened[0].person_id)
        number = PersonRow.nik_index == who.nik_index if who.nik_index else PersonRow.kk_index == who.kk_index
        under = query.people(connection, region, number) if who.nik_index or who.kk_index else []
        name = open_name(self._vault, who.sealed_names, who.id)
        known = {who.id: who} | {row.id: row for row in under if self._is_same(who, name, row)}
        while others := query.corrected_with(connection, known) - known.keys():
            more = query.people(connection, region, PersonRow.id.in_(others))
            known |= {row.id: row for row in more}
            if not others & known.keys():
                break
        return list(known.values())

    def _is_same(self, who: PersonFound, name: str, other: PersonFound) -> bool:
        if who.nik_index and who.kk_index and who.kk_index == other.kk_index:
            return True
        known = open_name(self._vault, other.sealed_names, other.id)
        return known == name or same_person(name, known) or same_person(known, name)

    def _hits(self, connection: Connection, region: str, found: Sequence[EntryFound]) -> tuple[Hit, ...]:
        ids = [row.person_id for row in found]
        people = {row.id: row for row in query.people(connection, region, PersonRow.id.in_(ids))}
        hits = []
        for row in found:
            who = people[row.person_id]
            hits.append(
                Hit(
                    row.id,
                    row.list_id,
                    open_name(self._vault, who.sealed_names, who.id),
                    birth_year(self._vault, who.sealed_numbers, who.id),
                    who.kelurahan,
                    who.rw,
                    who.rt,
                    State(row.state),
                    row.amount,
                )
            )
        return tuple(hits)

    def _entry(self, row: EntryFound) -> ListEntry:
        noted = row.reason is None and row.sealed_note is not None
        note = self._vault.open(row.sealed_note, NOTE, row.id).decode() if noted and row.sealed_note else None
        return ListEntry(
            row.id,
            row.list_id,
            ListState(row.list_state),
            row.programme,
            row.programme_name,
            row.period,
            row.stage,
            row.decree,
            row.issued_on,
            row.published_at,
            row.corrects,
            row.superseded_by,
            open_name(self._vault, row.sealed_names, row.person_id),
            State(row.state),
            row.reason or note,
            row.amount,
            PaymentState(row.paid) if row.paid else None,
            row.paid_on,
            row.paid_at,
        )

    def _appointments(
        self, connection: Connection, rows: Sequence[PersonFound], now: datetime
    ) -> tuple[Appointment, ...]:
        """The sittings of which the person reads."""
        payees = {row.id: Written.opened(self._vault, row) for row in rows}
        found = standing(connection, self._vault, payees, now, until=end_of(now))
        told = []
        for aid in found.said().present if found else ():
            for sitting, missed in (
                (aid.next_sitting, False),
                (aid.missed_sitting, True),
                (aid.cancelled_sitting, False),
            ):
                if sitting is not None:
                    told.append(Appointment(aid.programme_name, aid.period, sitting, missed))
        return tuple(told)

    def _marks(self, connection: Connection, scope: Scope, people: Sequence[int]) -> tuple[Mark, ...]:
        rows = list_marks(connection, scope, scope.marks.c.person_id.in_(people), limit=MOST_MARKS, offset=0)
        steps = steps_of(connection, [row.id for row in rows])
        return tuple(open_mark(self._vault, row, steps[row.id], frozenset()) for row in rows)


def _region(officer: Officer) -> str:
    if officer.role is not Role.DINSOS:
        raise NotThere("no_such_entry")
    return officer.territory.region_code
