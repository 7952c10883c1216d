"""What one ticket shows of a proposal: its own steps and those that followed, never another sender's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from salur.core.database import AnyRow
from salur.core.proposal_answers import PlaceNames, Status, StatusStep
from salur.core.proposal_log import BODY, ProposalLog, event_of
from salur.core.proposal_steps import Event, Holder, Kind, Step, as_seen_from, present
from salur.core.roles import VILLAGE, Territory
from salur.core.tables import ProposalRow, RegionRow
from salur.core.vault import Vault

# What an office writes with these is for the sender; what it writes with others is for the next level.
FOR_THE_SENDER = frozenset({Step.ASKED, Step.REJECTED})


def status_of(connection: Connection, log: ProposalLog, vault: Vault, ticket: AnyRow, now: datetime) -> Status:
    """What a ticket (`proposal_id`, `first_event`) shows now."""
    row = connection.execute(select(ProposalRow.__table__).where(ProposalRow.id == ticket.proposal_id)).one()
    rows = log.rows(connection, [row.id])
    kind = Kind(row.kind)
    seen = as_seen_from(kind, map(event_of, rows), ticket.first_event)
    state = present(kind, seen.values())
    steps = _steps(seen, rows, log)
    asked = [step for step in steps if step.step is Step.ASKED]
    refused = [step for step in steps if step.step is Step.REJECTED]
    return Status(
        kind=kind,
        sent_at=ticket.made_at,
        steps=steps,
        place=names_of(connection, _place(log, vault, row, rows[ticket.first_event - 1])),
        holder=state.holder,
        desk=state.desk,
        held_since=state.held_since,
        due_at=state.due_at,
        late=state.late(now),
        outcome=state.outcome,
        rejected_by=state.rejected_by,
        reason=refused[-1].reason if refused else None,
        reason_words=refused[-1].words if refused else None,
        question=asked[-1].words if asked and state.holder is Holder.SENDER else None,
        may_object=state.may_object(now),
        object_until=state.objection_until,
    )


def _steps(seen: Mapping[int, Event], rows: Sequence[AnyRow], log: ProposalLog) -> tuple[StatusStep, ...]:
    """Steps with the words that are for the sender."""
    steps = []
    for number, event in seen.items():
        last_word = event.step is Step.ACCEPTED and event.goes_to is None  # which answers the sender
        told = event.step in FOR_THE_SENDER or last_word
        words = log.words(rows[number - 1]).get("words") if told else None
        steps.append(StatusStep(event.at, event.step, event.level, event.goes_to, event.reason, words))
    return tuple(steps)


def _place(log: ProposalLog, vault: Vault, row: AnyRow, own: AnyRow) -> Territory:
    """The place that this sender named."""
    body: dict[str, Any] = log.words(own) if own.what == Step.JOINED else vault.open_json(row.sealed_body, BODY, row.id)
    return Territory(body["region_code"], body["rw"], body["rt"])


def names_of(connection: Connection, place: Territory) -> PlaceNames:
    """A place with its official names."""
    code = place.region_code
    regions = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_((code, code[:8])))
    names = {found.code: found.name for found in connection.execute(regions)}
    kelurahan = names.get(code) if len(code) == VILLAGE else None
    return PlaceNames(kelurahan, names.get(code[:8]) if len(code) >= 8 else None, place.rw, place.rt)
