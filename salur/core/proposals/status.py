"""What one ticket shows of a proposal: its own steps and those that followed, never another sender's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from salur.core.proposals.answers import InLine, Said, Status, StatusStep
from salur.core.proposals.kinds import Holder, Kind, Step
from salur.core.proposals.log import BODY, ProposalLog, read_answerer, read_event
from salur.core.proposals.steps import Event, as_seen_from, find_undone, present
from salur.core.proposals.tickets import Ticket
from salur.core.regions.directory import name_territory
from salur.core.storage.database import AnyRow
from salur.core.storage.vault import JsonObject, Vault
from salur.core.tables.proposals import ProposalRow

# What an office writes with these is for the sender; what it writes with others is for the next level.
FOR_THE_SENDER = frozenset({Step.ASKED, Step.REJECTED})
# The lines that a proposal (its id) stands in now.
Lines = Callable[[Connection, int], tuple[InLine, ...]]


def in_no_line(_connection: Connection, _proposal: int) -> tuple[InLine, ...]:
    """Where no programme has a quota."""
    return ()


def read_status(
    connection: Connection, log: ProposalLog, vault: Vault, ticket: Ticket, now: datetime, lines: Lines = in_no_line
) -> Status:
    """What a ticket shows now."""
    row = connection.execute(select(ProposalRow.__table__).where(ProposalRow.id == ticket.proposal_id)).one()
    rows = log.read_rows(connection, [row.id])
    kind = Kind(row.kind)
    hidden = {
        number for number, event in enumerate(rows, 1) if read_answerer(log, event) not in (None, ticket.first_event)
    }
    seen = as_seen_from(kind, map(read_event, rows), ticket.first_event, hidden)
    state = present(kind, seen.values())
    steps = _steps(seen, rows, log)
    said = _said_by(log, vault, row, rows[ticket.first_event - 1])
    asked = [step for step in steps if step.step is Step.ASKED and not step.undone]
    refused = [step for step in steps if step.step is Step.REJECTED and not step.undone]
    may_change = state.may_be_undone(state.decided_by, now)
    return Status(
        kind=kind,
        sent_at=ticket.made_at,
        steps=steps,
        territory=name_territory(connection, said.territory),
        holder=state.holder,
        desk=state.desk,
        held_since=state.held_since,
        due_at=state.due_at,
        late=state.is_late(now),
        outcome=state.outcome,
        rejected_by=state.rejected_by,
        reason=refused[-1].reason if refused else None,
        reason_words=refused[-1].words if refused else None,
        question=asked[-1].words if asked and state.holder is Holder.SENDER else None,
        may_object=state.may_object(now),
        object_until=state.objection_until,
        may_change_until=state.undo_until if may_change else None,
        told=said.told,
        lines=lines(connection, row.id),
    )


def _steps(seen: Mapping[int, Event], rows: Sequence[AnyRow], log: ProposalLog) -> tuple[StatusStep, ...]:
    """Steps with the words that are for the sender."""
    steps = []
    undone = find_undone([event.step for event in seen.values()])
    for position, (number, event) in enumerate(seen.items()):
        if position in undone:
            steps.append(StatusStep(event.at, event.step, event.level, event.goes_to, None, None, undone=True))
            continue
        last_word = event.step is Step.ACCEPTED and event.goes_to is None  # which answers the sender
        told = event.step in FOR_THE_SENDER or last_word
        words = log.open_words(rows[number - 1]).get("words") if told else None
        steps.append(StatusStep(event.at, event.step, event.level, event.goes_to, event.reason, words))
    return tuple(steps)


def _said_by(log: ProposalLog, vault: Vault, row: AnyRow, own: AnyRow) -> Said:
    """What this sender said."""
    body: JsonObject = (
        log.open_words(own) if own.what == Step.JOINED else vault.open_json(row.sealed_body, BODY, row.id)
    )
    return Said.of(body)
