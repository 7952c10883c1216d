"""The list with which a head walks: everybody of a filtered list who has a day to come, with the letter's number."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from salur.core.letters.answers import Stop, WalkingList
from salur.core.letters.issuing.kinds import PrintingKind
from salur.core.letters.issuing.numbers import written
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import Filter, Line, LineState
from salur.core.neighbourhood.neighbourhoods import Neighbourhoods
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.payouts.answers import PlaceKind
from salur.core.people.letter_codes import LetterState
from salur.core.people.sealed import open_address
from salur.core.people.walking import walking_order
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault
from salur.core.tables.letters import LetterRow, PrintingRow
from salur.core.tables.people import EntitlementRow

AT_ONCE = 500  # ids in one statement


class _OnPaper(NamedTuple):
    """What only the letter and the list's own row know."""

    address: str | None
    number: str | None


class Walks:
    """Makes lists to walk with."""

    def __init__(self, database: Database, vault: Vault, neighbourhood: Neighbourhoods) -> None:
        self._database = database
        self._vault = vault
        self._neighbourhood = neighbourhood

    def of(self, officer: Officer, filter: Filter, *, door: Door) -> WalkingList:
        """All of the head's list that fits the filter and is to collect. It is an export, and recorded as one.

        Raises as `Neighbourhoods.export`; nobody may fit.
        """
        page = self._neighbourhood.export(officer, filter, door=door)
        lines = [line for line in page.lines if line.state is LineState.DUE and line.next_sitting is not None]
        with self._database.reading() as connection:
            known = self._known(connection, Scope.of(officer, page.area), [line.entitlement for line in lines])
        rounds = tuple(dict.fromkeys((line.programme_name, line.period) for line in lines))
        stops = [_stop(line, known[line.entitlement], several=len(rounds) > 1) for line in lines]
        code = page.area.region_code
        stops.sort(key=lambda stop: walking_order(code, stop.rw, stop.rt, stop.address or None, stop.name))
        return WalkingList(
            stops=tuple(stops),
            area=page.area,
            place=page.place,
            rounds=rounds,
            made_at=page.made_at,
            made_by=officer,
        )

    def _known(self, connection: Connection, scope: Scope, entitlements: Collection[int]) -> dict[int, _OnPaper]:
        people, wanted = scope.people.c, list(entitlements)
        found: dict[int, _OnPaper] = {}
        for start in range(0, len(wanted), AT_ONCE):
            rows = (
                select(
                    EntitlementRow.id,
                    people.id.label("person"),
                    people.sealed_address,
                    people.region_code,
                    PrintingRow.kind,
                    LetterRow.number,
                )
                .select_from(scope.people)
                .join(EntitlementRow, EntitlementRow.person_id == people.id)
                .outerjoin(
                    LetterRow,
                    (LetterRow.entitlement_id == EntitlementRow.id) & (LetterRow.state == LetterState.GENUINE),
                )
                .outerjoin(PrintingRow, PrintingRow.id == LetterRow.printing_id)
                .where(EntitlementRow.id.in_(wanted[start : start + AT_ONCE]))
            )
            for row in connection.execute(rows):
                number = written(row.region_code, row.number) if row.kind == PrintingKind.OFFICIAL else None
                before = found.get(row.id)
                address = before.address if before else open_address(self._vault, row.sealed_address, row.person)
                found[row.id] = _OnPaper(address, number or (before.number if before else None))
        return found


def _stop(line: Line, known: _OnPaper, *, several: bool) -> Stop:
    sitting = line.next_sitting
    assert sitting is not None
    comes = sitting.window or (sitting.starts, sitting.ends)
    return Stop(
        number=known.number or "",
        name=line.name,
        address=known.address or "",
        rt=line.rt,
        rw=line.rw,
        window=(comes[0], comes[1]),
        home=sitting.place.kind is PlaceKind.HOME,
        aid=line.programme if several else "",
    )
