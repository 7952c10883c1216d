"""The only way to write a step of a proposal: add the event, derive the state, copy it to the row, tell who follows.

Both sides use `append`: the sender's (`proposals`) and the chain's (`proposal_inbox`). All of it is in the caller's
transaction, and proposals take one step after the other, so that copy and events never part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from salur.core.database import AnyRow, fresh_ids
from salur.core.notices import FOLLOWER_CHAT, Notices
from salur.core.proposal_steps import (
    LEVEL_OF,
    Event,
    Holder,
    Kind,
    Present,
    Step,
    check,
    destination,
    higher,
    meeting_point,
    present,
)
from salur.core.proposal_waiting import tell_desk
from salur.core.roles import Role, Territory
from salur.core.tables import AccountRow, FollowerRow, ProposalEventRow, ProposalRow
from salur.core.vault import Vault

BODY, WORDS, PHOTO = "proposal.sealed_body", "proposal_event.sealed_words", "proposal_photo.sealed_jpeg"
AT_ONCE = 500
UNTOLD = frozenset({Step.SENT, Step.JOINED})  # nobody follows yet, or it is another sender's matter


class ProposalLog:
    """Adds events and reads them back."""

    def __init__(self, vault: Vault, notices: Notices, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._notices = notices
        self._clock = clock

    def append(
        self,
        connection: Connection,
        proposal: int,
        step: Step,
        *,
        level: Holder | None = None,
        account: int | None = None,
        reason: str | None = None,
        words: Mapping[str, Any] | None = None,
        other_place: str | None = None,
    ) -> Present:
        """Take one step, and give the state it leads to. The officer's own area is the caller's business (`Scope`).

        `level` is the officer's (`LEVEL_OF[role]`), None for senders and lists; `words` is what JSON can hold, usually
        `{"words": …}`; `other_place` is the kelurahan that a second sender named (with JOINED).

        Raises: Refused with the codes of `proposal_steps.check` and `destination`.
        """
        row = connection.execute(
            select(ProposalRow.__table__).where(ProposalRow.id == proposal).with_for_update()
        ).one()
        kind, now = Kind(row.kind), self._clock()
        events = self.events(connection, proposal)
        before = present(kind, events) if events else None
        check(step, before, level=level, at=now)
        if step is Step.JOINED and before is not None and other_place is not None:
            goes_to = higher(before, meeting_point(kind, row.region_code, other_place))
        else:
            place = Territory(row.region_code, row.rw, row.rt)
            goes_to = destination(kind, step, before, level=level, staffed=staffed(connection, place))
        event = Event(now, step, level, goes_to, reason)
        written = self._written(proposal, len(events) + 1, event, account, words)
        connection.execute(insert(ProposalEventRow).values(written))
        after = present(kind, [*events, event])
        copy_states(connection, {proposal: after})
        if step not in UNTOLD:
            self._tell(connection, {proposal: after}, event)
        if before is None or (before.holder, before.desk) != (after.holder, after.desk):
            tell_desk(connection, self._notices, row, after, now, but=account)
        return after

    def grant(self, connection: Connection, proposals: Sequence[int]) -> int:
        """Let a list that was put in force close many proposals at once; gives how many were still waiting for it.

        A few statements for hundreds of them: one by one, a list that grants thousands would hold all others up.
        """
        granted = 0
        for start in range(0, len(proposals), AT_ONCE):
            some = sorted(proposals[start : start + AT_ONCE])
            locked = select(ProposalRow.id, ProposalRow.kind).where(ProposalRow.id.in_(some)).order_by(ProposalRow.id)
            kinds = {row.id: Kind(row.kind) for row in connection.execute(locked.with_for_update())}
            events: dict[int, list[Event]] = {id: [] for id in kinds}
            for row in self.rows(connection, some):
                events[row.proposal_id].append(event_of(row))
            event = Event(self._clock(), Step.GRANTED)
            # Another list, put in force at the same moment, may have been first.
            waiting = [id for id, kind in kinds.items() if present(kind, events[id]).waits_for_list(event.at)]
            after = {id: present(kinds[id], [*events[id], event]) for id in waiting}
            written = [self._written(id, len(events[id]) + 1, event, None, None) for id in waiting]
            for values, event_id in zip(written, fresh_ids(len(written)), strict=True):
                values["id"] = event_id
            if waiting:
                connection.execute(insert(ProposalEventRow), written)
                copy_states(connection, after)
                self._tell(connection, after, event)
            granted += len(waiting)
        return granted

    def events(self, connection: Connection, proposal: int) -> list[Event]:
        """All events of one proposal, in their order."""
        return [event_of(row) for row in self.rows(connection, [proposal])]

    def rows(self, connection: Connection, proposals: Iterable[int]) -> Sequence[AnyRow]:
        """The rows of the events of some proposals, by proposal and in their order."""
        events = select(ProposalEventRow.__table__).where(ProposalEventRow.proposal_id.in_(list(proposals)))
        return connection.execute(events.order_by(ProposalEventRow.proposal_id, ProposalEventRow.number)).all()

    def words(self, row: AnyRow) -> dict[str, Any]:
        """What was written with an event; empty when nothing was."""
        found: dict[str, Any] = {}
        if row.sealed_words is not None:
            found = self._vault.open_json(row.sealed_words, WORDS, row.id)
        return found

    def _written(
        self, proposal: int, number: int, event: Event, account: int | None, words: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """The row of an event."""
        id = next(fresh_ids(1))
        return {
            "id": id,
            "proposal_id": proposal,
            "number": number,
            "at": event.at,
            "what": event.step,
            "level": event.level,
            "goes_to": event.goes_to,
            "account_id": account,
            "reason": event.reason,
            "sealed_words": self._vault.seal_json(dict(words), WORDS, id) if words else None,
        }

    def _tell(self, connection: Connection, states: Mapping[int, Present], event: Event) -> None:
        """Queue a message to each chat that follows one of these."""
        followers = select(FollowerRow.__table__).where(FollowerRow.proposal_id.in_(list(states)))
        for row in connection.execute(followers).all():
            state = states[row.proposal_id]
            facts = {"kind": state.kind, "step": event.step, "level": event.level, "holder": state.holder}
            chat = int(self._vault.open(row.sealed_chat, FOLLOWER_CHAT, row.id))
            self._notices.to_chat(connection, chat, "proposal_step", row.language, ticket=row.ending, **facts)


def event_of(row: AnyRow) -> Event:
    """The event in a row of `proposal_event`."""
    level, goes_to = (Holder(value) if value else None for value in (row.level, row.goes_to))
    return Event(row.at, Step(row.what), level, goes_to, row.reason)


def copy_states(connection: Connection, states: Mapping[int, Present]) -> None:
    """Write the copy of what the events of each proposal add up to, for inboxes to select by."""
    columns = ("holder", "desk", "held_since", "due_at", "outcome")
    rows = [{"row_id": id, **{f"new_{name}": getattr(state, name) for name in columns}} for id, state in states.items()]
    written = update(ProposalRow).where(ProposalRow.id == bindparam("row_id"))
    connection.execute(written.values({name: bindparam(f"new_{name}") for name in columns}), rows)


def staffed(connection: Connection, place: Territory) -> frozenset[Holder]:
    """The levels that have an open account for a place."""
    account = AccountRow.__table__.c
    village = account.region_code == place.region_code
    fits = [
        village & (account.role == Role.KELURAHAN),
        (account.region_code == place.region_code[:8]) & (account.role == Role.KECAMATAN),
        (account.region_code == place.region_code[:5]) & (account.role == Role.DINSOS),
    ]
    if place.rw is not None:
        fits.append(village & (account.role == Role.RW) & (account.rw == place.rw))
        if place.rt is not None:
            fits.append(village & (account.role == Role.RT) & (account.rw == place.rw) & (account.rt == place.rt))
    roles = select(account.role).where(account.closed_at.is_(None), or_(*fits)).distinct()
    return frozenset(LEVEL_OF[Role(role)] for role in connection.execute(roles).scalars())
