"""What an officer sees of proposals: lines of an inbox, the history, and of numbers what they may read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from salur.core.casework.answers import HistoryStep, InboxEntry
from salur.core.casework.decisions import TOO_LONG
from salur.core.casework.queries import Proposal
from salur.core.officers.roles import Officer, Role
from salur.core.people.among import without_numbers
from salur.core.proposals.answers import Said
from salur.core.proposals.kinds import Step
from salur.core.proposals.log import BODY, ProposalLog, read_answerer, read_event
from salur.core.proposals.steps import find_undone
from salur.core.regions.directory import name_territories
from salur.core.regions.territory import TerritoryNames
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import Vault


class Reading:
    """Opens what is sealed, and names territories; one question for those of a whole page."""

    def __init__(self, vault: Vault, log: ProposalLog, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._log = log
        self._clock = clock

    def entries(self, connection: Connection, proposals: Sequence[Proposal]) -> tuple[InboxEntry, ...]:
        """A line for each."""
        said = [self.said(proposal) for proposal in proposals]
        named = name_territories(connection, [one.territory for one in said])
        return tuple(self._entry(found, one, named[one.territory]) for found, one in zip(proposals, said, strict=True))

    def said(self, proposal: Proposal) -> Said:
        """What was sent, opened: the numbers too."""
        return Said.of(self._vault.open_json(proposal.sealed_body, BODY, proposal.id))

    def history(self, rows: Sequence[AnyRow], officer: Officer) -> tuple[HistoryStep, ...]:
        """The steps from the rows of their events. What another sender of the same said stands with that step."""
        undone = find_undone([Step(row.what) for row in rows])
        return tuple(replace(self._step(row, officer), undone=number in undone) for number, row in enumerate(rows))

    def _entry(self, found: Proposal, said: Said, territory: TerritoryNames) -> InboxEntry:
        now = self._clock()
        return InboxEntry(
            id=found.id,
            kind=found.kind,
            name=said.name,
            reason=said.reason,
            territory=territory,
            sent_at=found.sent_at,
            age=now - found.sent_at,
            lies_for=now - found.held_since,
            left=found.due_at - now if found.due_at is not None else None,
            long=found.desk is not None and found.held_since + TOO_LONG <= now,
            holder=found.holder,
            desk=found.desk,
            outcome=found.outcome,
        )

    def _step(self, row: AnyRow, officer: Officer) -> HistoryStep:
        event, written = read_event(row), self._log.open_words(row)
        also = None
        if "region_code" in written:
            also = show_to(officer, Said.of(written), at_desk=False)
            written = {}
        told = str(written.get("words") or "")
        if officer.role is not Role.DINSOS:
            told = without_numbers(told)
        by_other = read_answerer(self._log, row) not in (None, 1)
        return HistoryStep(event.at, event.step, event.level, event.goes_to, event.reason, told, also, by_other)


def show_to(officer: Officer, said: Said, *, at_desk: bool) -> Said:
    """What this officer may read of it.

    Dinas Sosial sees NIK and KK number in full, because it types them into the national system; nobody else does. The
    phone number is for the level that has the proposal on its desk and may have to ring up.
    """
    if officer.role is not Role.DINSOS:
        words, when = without_numbers(said.words), without_numbers(said.when)  # people write them into their story
        said = replace(said, nik=None, kk=None, words=words, when=when)
    return said if at_desk else replace(said, phone="")
