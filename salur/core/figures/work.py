"""Proposals and marks of an area, counted for the officers whose business they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from salur.core.figures.answers import MarkSums, ProposalSums
from salur.core.marks.kinds import STANDING, MarkKind, MarkState
from salur.core.officers.scope import Scope
from salur.core.proposals.kinds import Kind, Outcome, Step
from salur.core.proposals.visible import select_proposals
from salur.core.regions.territory import Territory
from salur.core.tables.proposals import ProposalEventRow

DAY = timedelta(days=1)


class ProposalRead(NamedTuple):
    """A proposal as far as it is counted. `decided_at` is None while it is open."""

    kind: Kind
    place: Territory
    is_late: bool
    outcome: Outcome | None
    took: timedelta | None


class MarkRead(NamedTuple):
    """Marks of one kind and state in one place."""

    kind: MarkKind
    place: Territory
    state: MarkState
    marks: int

    @property
    def stands(self) -> bool:
        """Whether something is still to be done."""
        return self.state in STANDING


def read_proposals(connection: Connection, scope: Scope, now: datetime) -> list[ProposalRead]:
    """All that the officer may see there."""
    own = select_proposals(scope).c
    # What a list grants was decided before, where the last level had accepted it.
    accepted = (
        select(func.max(ProposalEventRow.at))
        .where(
            ProposalEventRow.proposal_id == own.id,
            ProposalEventRow.what == Step.ACCEPTED,
            ProposalEventRow.goes_to.is_(None),
            own.outcome == Outcome.GRANTED,
        )
        .scalar_subquery()
    )
    place, times = (own.region_code, own.rw, own.rt), (own.sent_at, own.held_since, own.due_at)
    columns = (own.kind, *place, own.desk, own.outcome, *times)
    found = []
    for kind, code, rw, rt, desk, outcome, sent_at, held_since, due_at, accepted_at in connection.execute(
        select(*columns, accepted)
    ):
        late = desk is not None and due_at is not None and due_at < now
        took = (accepted_at or held_since) - sent_at if desk is None else None
        known = Outcome(outcome) if outcome else None
        found.append(ProposalRead(Kind(kind), Territory(code, rw, rt), late, known, took))
    return found


def read_marks(connection: Connection, scope: Scope) -> list[MarkRead]:
    """All but those that were taken back."""
    own = scope.marks.c
    by = (own.kind, own.region_code, own.rw, own.rt, own.state)
    statement = select(*by, func.count()).where(own.state != MarkState.TAKEN_BACK).group_by(*by)
    return [
        MarkRead(MarkKind(kind), Territory(code, rw, rt), MarkState(state), marks)
        for kind, code, rw, rt, state, marks in connection.execute(statement)
    ]


def sum_proposals(found: Iterable[ProposalRead]) -> tuple[ProposalSums, ...]:
    """By kind; those of which there are any."""
    by_kind: dict[Kind, list[ProposalRead]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    sums = []
    for kind in Kind:
        if of_kind := by_kind.get(kind):
            took = [one.took / DAY for one in of_kind if one.took is not None]
            ended = Counter(one.outcome for one in of_kind if one.took is not None)
            sums.append(
                ProposalSums(
                    kind=kind,
                    open=len(of_kind) - len(took),
                    late=sum(one.is_late for one in of_kind),
                    accepted=ended[Outcome.ACCEPTED],
                    rejected=ended[Outcome.REJECTED],
                    granted=ended[Outcome.GRANTED],
                    days=median(took) if took else None,
                )
            )
    return tuple(sums)


def sum_marks(found: Iterable[MarkRead]) -> tuple[MarkSums, ...]:
    """By kind; those of which there are any."""
    counts: dict[tuple[MarkKind, MarkState], int] = defaultdict(int)
    for one in found:
        counts[one.kind, one.state] += one.marks
    states = (MarkState.OPEN, MarkState.CONFIRMED, MarkState.HANDLED)
    sums = (MarkSums(kind, *(counts[kind, state] for state in states)) for kind in MarkKind)
    return tuple(one for one in sums if one.all)
