"""Whoever has a letter's code is told whether it is genuine, and what holds now.

A code with a slip in it, one that was made up and one that nobody gave out go the same way: each is looked for under
its index, and none is there. The check character is not asked here, so neither words nor time tell of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from salur.core.happenings import refused
from salur.core.letters.issuing.answers import OnPaper, Verified
from salur.core.letters.issuing.composing import comes_when
from salur.core.letters.issuing.kinds import PrintingKind, Verdict
from salur.core.limits.asker import Asker
from salur.core.limits.scans import Scans
from salur.core.lists.kinds import State
from salur.core.lookup.answers import Entitlement
from salur.core.lookup.finding import BY_ID
from salur.core.lookup.standing import standing
from salur.core.lookup.still_listed import Written, rows_today
from salur.core.payouts.answers import Window
from salur.core.payouts.sittings import PlaceRead, place_columns, place_of
from salur.core.people.checked_codes import AS_MEANT, plainly
from salur.core.people.letter_codes import LetterState
from salur.core.people.sealed import issued_index
from salur.core.privacy.access_log import AccessLog
from salur.core.regions.zones import time_zone
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.letters import LetterRow, PrintingRow
from salur.core.tables.lists import ProgrammeRow
from salur.core.tables.payouts import PlaceRow, SittingRow
from salur.core.tables.people import EntitlementRow

LONGEST = 64  # characters that are read of what somebody sends
OF_STATE = {LetterState.REPLACED: Verdict.REPLACED, LetterState.WITHDRAWN: Verdict.WITHDRAWN}
OFF = {State.TAKEN_OFF: Verdict.OFF, State.UNCLEAR: Verdict.UNSURE}


class Verifying:
    """Answers everybody who scans."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._scans = Scans(vault, clock)
        self._clock = clock

    def verify(self, code: str, *, asker: Asker) -> Verified:
        """Say whether a code is that of a genuine letter, and what holds now of what the letter tells.

        Whoever is told something of a payee leaves a line in their access record. Raises: TooManyAttempts.
        """
        index = issued_index(self._vault, plainly(code[:LONGEST]).translate(AS_MEANT))
        told = Verified(Verdict.UNKNOWN)
        with self._database.writing() as connection, self._scans.count(connection, index, asker) as scan:
            row = _letter(connection, index) if scan.refusal is None else None
            if row is not None:
                scan.right = True
                told = self._told(connection, row, asker)
        if scan.refusal is not None:
            raise refused(scan.refusal)
        return told

    def _told(self, connection: Connection, row: AnyRow, asker: Asker) -> Verified:
        zone = time_zone(row.region_code)
        letter = Verified(
            Verdict.GENUINE,
            programme_name=row.programme_name,
            period=row.period,
            stage=row.stage,
            own=row.kind == PrintingKind.OWN,
            printed_at=row.ready_at.astimezone(zone),
            since=row.state_at.astimezone(zone) if row.state_at is not None else None,
        )
        if row.state in OF_STATE:
            return replace(letter, verdict=OF_STATE[row.state])
        payees = self._payees(connection, row)
        said = self._said(connection, row, payees)
        if said is None or said.state in OFF:
            return replace(letter, verdict=OFF[said.state] if said is not None else Verdict.OFF)
        self._access.record_asker(connection, [*payees], asker, what="scan")
        sitting = replace(said.next_sitting, replaced=None) if said.next_sitting is not None else None
        said = replace(said, key="", letter="", next_sitting=sitting)  # what has changed is told against the paper
        if said.state is State.SUSPENDED:
            return replace(letter, verdict=Verdict.HALTED, said=said)
        return replace(letter, said=said, stage=said.stage, was=_was(connection, row, said))

    def _payees(self, connection: Connection, row: AnyRow) -> dict[int, Written]:
        """The rows of the payee, as lists wrote them by now."""
        own = BY_ID.run(connection, [row.person_id])
        return rows_today(connection, self._vault, [Written.opened(self._vault, one) for one in own])

    def _said(self, connection: Connection, row: AnyRow, payees: Mapping[int, Written]) -> Entitlement | None:
        """What the payee would be answered about it now; None where no list in force has them for it."""
        found = standing(connection, self._vault, payees, self._clock(), until=0) if payees else None
        present = found.said().present if found is not None else ()
        same = (one for one in present if (one.programme, one.period) == (row.programme_code, row.period))
        return next(same, None)


def _letter(connection: Connection, index: bytes) -> AnyRow | None:
    found = (
        select(
            LetterRow.state,
            LetterRow.state_at,
            LetterRow.sitting_id,
            LetterRow.comes_at,
            LetterRow.comes_until,
            PrintingRow.kind,
            PrintingRow.programme_code,
            PrintingRow.period,
            PrintingRow.region_code,
            PrintingRow.ready_at,
            ProgrammeRow.name.label("programme_name"),
            EntitlementRow.person_id,
            EntitlementRow.stage,
        )
        .join(PrintingRow, PrintingRow.id == LetterRow.printing_id)
        .join(ProgrammeRow, ProgrammeRow.code == PrintingRow.programme_code)
        .join(EntitlementRow, EntitlementRow.id == LetterRow.entitlement_id)
        .where(LetterRow.code_index == index)
    )
    return connection.execute(found).one_or_none()


def _was(connection: Connection, row: AnyRow, said: Entitlement) -> OnPaper | None:
    """The day on the paper, where another holds now, or none."""
    if row.comes_at is None or (said.next_sitting is None and said.cancelled_sitting is None):
        return None
    zone = time_zone(row.region_code)
    comes = Window(row.comes_at.astimezone(zone), row.comes_until.astimezone(zone))
    columns = select(*place_columns(PlaceRow)).join(SittingRow, SittingRow.place_id == PlaceRow.id)
    place = connection.execute(columns.where(SittingRow.id == row.sitting_id)).one_or_none()
    was = OnPaper(comes, place_of(PlaceRead._make(place)) if place is not None else None)
    now = said.next_sitting
    same_hour = now is not None and comes_when(now)[:2] == comes[:2]  # which of its parts that is stands on no paper
    if now is not None and same_hour and (was.place is None or was.place.id == now.place.id):
        return None
    return was
