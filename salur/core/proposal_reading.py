"""Rows of proposals into what an officer sees of them: lines of an inbox, the history, and the numbers he may read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from salur.core.database import AnyRow
from salur.core.nik import without_numbers
from salur.core.proposal_answers import PlaceNames, Said
from salur.core.proposal_cases import HistoryStep, InboxEntry
from salur.core.proposal_decisions import TOO_LONG
from salur.core.proposal_log import BODY, ProposalLog, event_of
from salur.core.proposal_steps import Holder, Kind, Outcome
from salur.core.roles import DISTRICT, VILLAGE, Officer, Role, Territory
from salur.core.tables import RegionRow
from salur.core.vault import Vault


class Reading:
    """Opens what is sealed, and names places; one question for the places of a whole page."""

    def __init__(self, vault: Vault, log: ProposalLog, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._log = log
        self._clock = clock

    def entries(self, connection: Connection, rows: Sequence[AnyRow]) -> tuple[InboxEntry, ...]:
        """A line for each row."""
        said = [self.said(row) for row in rows]
        named = place_names(connection, [one.place for one in said])
        return tuple(self._entry(row, one, named[one.place]) for row, one in zip(rows, said, strict=True))

    def said(self, row: AnyRow) -> Said:
        """What was sent, opened: the numbers too."""
        return Said.of(self._vault.open_json(row.sealed_body, BODY, row.id))

    def history(self, rows: Iterable[AnyRow], officer: Officer) -> tuple[HistoryStep, ...]:
        """The steps from the rows of their events. What another sender of the same said stands with his step."""
        return tuple(self._step(row, officer) for row in rows)

    def _entry(self, row: AnyRow, said: Said, place: PlaceNames) -> InboxEntry:
        now = self._clock()
        return InboxEntry(
            id=row.id,
            kind=Kind(row.kind),
            name=said.name,
            reason=said.reason,
            place=place,
            sent_at=row.sent_at,
            age=now - row.sent_at,
            lies_for=now - row.held_since,
            left=row.due_at - now if row.due_at is not None else None,
            long=row.desk is not None and row.held_since + TOO_LONG <= now,
            holder=Holder(row.holder) if row.holder else None,
            desk=Holder(row.desk) if row.desk else None,
            outcome=Outcome(row.outcome) if row.outcome else None,
        )

    def _step(self, row: AnyRow, officer: Officer) -> HistoryStep:
        event, written = event_of(row), self._log.words(row)
        also = None
        if "region_code" in written:
            also = seen(Said.of(written), officer, at_desk=False)
            written = {}
        told = str(written.get("words") or "")
        if officer.role is not Role.DINSOS:
            told = without_numbers(told)
        return HistoryStep(event.at, event.step, event.level, event.goes_to, event.reason, told, also)


def seen(said: Said, officer: Officer, *, at_desk: bool) -> Said:
    """What this officer may read of it.

    Dinas Sosial sees NIK and KK number in full, because it types them into the national system; nobody else does. The
    phone number is for the level that has the proposal on its desk and may have to ring up.
    """
    if officer.role is not Role.DINSOS:
        words, when = without_numbers(said.words), without_numbers(said.when)  # people write them into their story
        said = replace(said, nik=None, kk=None, words=words, when=when)
    return said if at_desk else replace(said, phone="")


def place_names(connection: Connection, places: Iterable[Territory]) -> dict[Territory, PlaceNames]:
    """How places are called. One question for all."""
    wanted = set(places)
    codes = {code for place in wanted for code in (place.region_code[:VILLAGE], place.region_code[:DISTRICT])}
    statement = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(sorted(codes)))
    names: dict[str, Any] = {row.code: row.name for row in connection.execute(statement)} if codes else {}

    def named(place: Territory) -> PlaceNames:
        code = place.region_code
        kelurahan = names.get(code) if len(code) == VILLAGE else None
        kecamatan = names.get(code[:DISTRICT]) if len(code) >= DISTRICT else None
        return PlaceNames(kelurahan, kecamatan, place.rw, place.rt)

    return {place: named(place) for place in wanted}
