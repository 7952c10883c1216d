"""Letters on their way: which of an officer's area are not handed over yet, and that they were."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from salur.core.errors import NotThere
from salur.core.letters.issuing.answers import Undelivered
from salur.core.letters.issuing.kinds import PrintingKind
from salur.core.letters.issuing.numbers import written
from salur.core.letters.issuing.walking import walking_order
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.people.letter_codes import LetterState
from salur.core.people.sealed import open_address, open_name
from salur.core.privacy.access_log import AccessLog
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.regions.region import VILLAGE
from salur.core.storage.database import Database
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.letters import LetterRow, PrintingRow
from salur.core.tables.people import EntitlementRow


class Deliveries:
    """What becomes of the office's letters on the way. For officers of one kelurahan, RW or RT."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock

    def undelivered(self, officer: Officer, *, door: Door) -> tuple[Undelivered, ...]:
        """The letters of the officer's area that nobody has handed over, in the order in which somebody walks.

        Those who are named leave a line in their access record. Raises NotThere(`no_such_area`) for larger areas.
        """
        if len(officer.territory.region_code) < VILLAGE:
            raise NotThere("no_such_area")
        scoped = Scope.of(officer).people
        people = scoped.c
        columns = (people.id.label("person"), people.sealed_names, people.sealed_address, people.region_code)
        waiting = _official().add_columns(*columns, people.rw, people.rt).where(LetterRow.handed_at.is_(None))
        waiting = waiting.join(scoped, people.id == EntitlementRow.person_id)
        with self._database.writing() as connection:
            found = []
            for row in connection.execute(waiting):
                name = open_name(self._vault, row.sealed_names, row.person)
                address = open_address(self._vault, row.sealed_address, row.person)
                number = written(row.region_code, row.number)
                told = (row.rw, row.rt, row.programme_code, row.period)
                order = walking_order(row.region_code, row.rw, row.rt, address, name)
                found.append((order, row.person, Undelivered(row.id, number, name, *told)))
            self._access.record(connection, [person for _, person, _ in found], officer, door=door, what="list")
        return tuple(one for _, _, one in sorted(found, key=lambda one: (one[0], one[2].id)))

    def count_undelivered(self, officer: Officer) -> int:
        """How many that are, without opening anybody; none for larger areas."""
        if len(officer.territory.region_code) < VILLAGE:
            return 0
        people = Scope.of(officer).people
        waiting = _official().where(LetterRow.handed_at.is_(None))
        waiting = waiting.join(people, people.c.id == EntitlementRow.person_id)
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(waiting.subquery())).scalar_one())

    def hand_over(self, officer: Officer, letters: Collection[int]) -> int:
        """These letters (ids) reached their families; gives how many. Of what is elsewhere, or was handed over before,
        nothing changes."""
        with self._database.writing() as connection:
            mine = self._in_area(connection, officer, letters)
            waiting = update(LetterRow).where(LetterRow.id.in_(mine), LetterRow.handed_at.is_(None))
            done = {"handed_at": self._clock(), "handed_by": officer.account}
            return self._noted(connection, officer, "handed", connection.execute(waiting.values(done)).rowcount)

    def take_back_hand_over(self, officer: Officer, letters: Collection[int]) -> int:
        """They did not, after all; gives how many of them that were."""
        with self._database.writing() as connection:
            mine = self._in_area(connection, officer, letters)
            handed = update(LetterRow).where(LetterRow.id.in_(mine), LetterRow.handed_at.is_not(None))
            undone = {"handed_at": None, "handed_by": None}
            return self._noted(connection, officer, "not_handed", connection.execute(handed.values(undone)).rowcount)

    def _noted(self, connection: Connection, officer: Officer, what: str, count: int) -> int:
        if count:
            note(connection, officer, RecordKind.LETTERS, what, self._clock(), letters=count)
        return count

    @staticmethod
    def _in_area(connection: Connection, officer: Officer, letters: Collection[int]) -> list[int]:
        own = Scope.of(officer).people.c
        theirs = _official().where(LetterRow.id.in_(letters), EntitlementRow.person_id.in_(select(own.id)))
        return [row.id for row in connection.execute(theirs)]


def _official() -> AnySelect:
    """Letters of the office that are good, of whatever area; whoever selects adds the area."""
    columns = (LetterRow.id, LetterRow.number, PrintingRow.programme_code, PrintingRow.period)
    return (
        select(*columns)
        .join(PrintingRow, PrintingRow.id == LetterRow.printing_id)
        .join(EntitlementRow, EntitlementRow.id == LetterRow.entitlement_id)
        .where(LetterRow.state == LetterState.GENUINE, PrintingRow.kind == PrintingKind.OFFICIAL)
    )
