"""The only way to write a step of a proposal: add the event, derive the state, copy it to the row, tell who follows.

Both sides use `append`: the sender's (`proposals`) and the chain's (`casework.inbox`). All of it is in the caller's
transaction, and proposals take one step after the other, so that copy and events never part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from salur.core.limits.asker import Asker
from salur.core.notices.outbox import FOLLOWER_CHAT, Notices, still_there
from salur.core.officers.roles import Role
from salur.core.proposals.kinds import LEVEL_OF, UNDO_TIME, UNDOABLE, Holder, Kind, Step
from salur.core.proposals.steps import Event, Present, check, find_destination, find_meeting_point, higher, present
from salur.core.proposals.waiting import tell_desk
from salur.core.regions.region import district_of, regency_of
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow, fresh_ids
from salur.core.storage.open_accounts import is_open
from salur.core.storage.vault import JsonObject, Vault
from salur.core.tables.officers import AccountRow
from salur.core.tables.proposals import FollowerRow, ProposalEventRow, ProposalRow

BODY, WORDS, PHOTO = "proposal.sealed_body", "proposal_event.sealed_words", "proposal_photo.sealed_jpeg"
AT_ONCE = 500
UNTOLD = frozenset({Step.SENT, Step.JOINED})  # nobody follows yet, or it is another sender's matter
ANSWERER = "ticket"  # beside the words of an answer: the number of the event that its sender's ticket came with


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
        words: Mapping[str, object] | None = None,
        other_kelurahan: str | None = None,
        only_to: str | None = None,
        by: Asker | None = None,
    ) -> Present:
        """Take one step, and give the state it leads to. The officer's own area is the caller's business (`Scope`).

        `level` is the officer's (`LEVEL_OF[role]`), None for senders and lists; `words` is what JSON can hold, usually
        `{"words": …}`; `other_kelurahan` is the kelurahan that a second sender named (with JOINED);
        `only_to` is the ending of the one ticket whose followers are told; `by` is the sender who takes the step:
        a chat of his reads in its reply what came of it.

        Raises: Refused with the codes of `steps.check` and `destination`.
        """
        row = connection.execute(
            select(ProposalRow.__table__).where(ProposalRow.id == proposal).with_for_update()
        ).one()
        kind, now = Kind(row.kind), self._clock()
        rows = self.read_rows(connection, [proposal])
        events = [read_event(each) for each in rows]
        before = present(kind, events) if events else None
        check(step, before, level=level, at=now)
        if step is Step.JOINED and before is not None and other_kelurahan is not None:
            goes_to = higher(before, find_meeting_point(kind, row.region_code, other_kelurahan))
        else:
            territory = Territory(row.region_code, row.rw, row.rt)
            goes_to = find_destination(kind, step, before, level=level, staffed=find_staffed(connection, territory))
        event = Event(now, step, level, goes_to, reason)
        written = self._written(proposal, len(events) + 1, event, account, words)
        connection.execute(insert(ProposalEventRow).values(written))
        never_told = self._settle(connection, [each.id for each in rows[-1:]], undone=step is Step.UNDONE)
        after = present(kind, [*events, event])
        copy_states(connection, {proposal: after})
        if step not in UNTOLD:
            held = UNDO_TIME if account is not None and step in UNDOABLE else timedelta()
            about = {proposal: int(str(written["id"]))}
            own = {self._notices.digest_of(by.chat_id)} if by is not None and by.chat_id is not None else frozenset()
            self._tell(connection, {proposal: after}, event, about, only_to, held=held, but=never_told | own)
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
            last: dict[int, int] = {}
            for row in self.read_rows(connection, some):
                events[row.proposal_id].append(read_event(row))
                last[row.proposal_id] = row.id
            event = Event(self._clock(), Step.GRANTED)
            # Another list, put in force at the same moment, may have been first.
            waiting = [id for id, kind in kinds.items() if present(kind, events[id]).waits_for_list(event.at)]
            after = {id: present(kinds[id], [*events[id], event]) for id in waiting}
            written = [self._written(id, len(events[id]) + 1, event, None, None) for id in waiting]
            for values, event_id in zip(written, fresh_ids(len(written)), strict=True):
                values["id"] = event_id
            about = {id: int(str(values["id"])) for id, values in zip(waiting, written, strict=True)}
            if waiting:
                connection.execute(insert(ProposalEventRow), written)
                copy_states(connection, after)
                self._settle(connection, [last[id] for id in waiting], undone=False)
                self._tell(connection, after, event, about)
            granted += len(waiting)
        return granted

    def read_events(self, connection: Connection, proposal: int) -> list[Event]:
        """All events of one proposal, in their order."""
        return [read_event(row) for row in self.read_rows(connection, [proposal])]

    def read_rows(self, connection: Connection, proposals: Iterable[int]) -> Sequence[AnyRow]:
        """The rows of the events of some proposals, by proposal and in their order."""
        events = select(ProposalEventRow.__table__).where(ProposalEventRow.proposal_id.in_(list(proposals)))
        return connection.execute(events.order_by(ProposalEventRow.proposal_id, ProposalEventRow.number)).all()

    def open_words(self, row: AnyRow) -> JsonObject:
        """What was written with an event; empty when nothing was."""
        found: JsonObject = {}
        if row.sealed_words is not None:
            found = self._vault.open_json(row.sealed_words, WORDS, row.id)
        return found

    def _written(
        self, proposal: int, number: int, event: Event, account: int | None, words: Mapping[str, object] | None
    ) -> dict[str, object]:
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

    def _settle(self, connection: Connection, events: Sequence[int], *, undone: bool) -> frozenset[bytes]:
        """What waited lest the event before be undone: it goes out now that it cannot be, or never, when it was.

        Gives the chats (digests) that then have nothing to be told of.
        """
        if undone:
            return self._notices.withdraw(connection, events)
        self._notices.release(connection, events)
        return frozenset()

    def _tell(
        self,
        connection: Connection,
        states: Mapping[int, Present],
        event: Event,
        about: Mapping[int, int],
        only_to: str | None = None,
        *,
        held: timedelta = timedelta(),
        but: Collection[bytes] = (),
    ) -> None:
        """Queue a message to each chat that follows one of these, for later where it is `held`; not to `but` (digests).

        `about` has the ids of the events.
        """
        followers = select(FollowerRow.__table__).where(FollowerRow.proposal_id.in_(list(states)))
        if only_to is not None:
            followers = followers.where(FollowerRow.ending == only_to)
        lie_in = select(ProposalRow.id, ProposalRow.region_code).where(ProposalRow.id.in_(list(states)))
        regions = {row.id: row.region_code for row in connection.execute(lie_in)}
        for row in connection.execute(still_there(followers)).all():
            if row.chat_digest in but:
                continue
            state = states[row.proposal_id]
            facts = {"kind": state.kind, "step": event.step, "level": event.level, "holder": state.holder}
            chat = int(self._vault.open(row.sealed_chat, FOLLOWER_CHAT, row.id))
            self._notices.to_chat(
                connection, chat, "proposal_step", row.language, region=regions[row.proposal_id],
                about_event=about[row.proposal_id], held=held, ticket=row.ending, **facts,
            )  # fmt: skip


def read_event(row: AnyRow) -> Event:
    """The event in a row of `proposal_event`."""
    level, goes_to = (Holder(value) if value else None for value in (row.level, row.goes_to))
    return Event(row.at, Step(row.what), level, goes_to, row.reason)


def read_answerer(log: ProposalLog, row: AnyRow) -> int | None:
    """Whose answer an event is, by the first event of their ticket; None for what is no answer, or one of before that
    was kept."""
    if row.what != Step.ANSWERED:
        return None
    found = log.open_words(row).get(ANSWERER)
    return int(found) if found is not None else None


def copy_states(connection: Connection, states: Mapping[int, Present]) -> None:
    """Write the copy of what the events of each proposal add up to, for inboxes to select by."""
    columns = ("holder", "desk", "held_since", "due_at", "outcome")
    rows = [{"row_id": id, **{f"new_{name}": getattr(state, name) for name in columns}} for id, state in states.items()]
    written = update(ProposalRow).where(ProposalRow.id == bindparam("row_id"))
    connection.execute(written.values({name: bindparam(f"new_{name}") for name in columns}), rows)


def find_staffed(connection: Connection, territory: Territory) -> frozenset[Holder]:
    """The levels that have an open account for a territory."""
    account = AccountRow.__table__.c
    village = account.region_code == territory.region_code
    fits = [
        village & (account.role == Role.KELURAHAN),
        (account.region_code == district_of(territory.region_code)) & (account.role == Role.KECAMATAN),
        (account.region_code == regency_of(territory.region_code)) & (account.role == Role.DINSOS),
    ]
    if territory.rw is not None:
        fits.append(village & (account.role == Role.RW) & (account.rw == territory.rw))
        if territory.rt is not None:
            fits.append(
                village & (account.role == Role.RT) & (account.rw == territory.rw) & (account.rt == territory.rt)
            )
    roles = select(account.role).where(is_open(connection, account), or_(*fits)).distinct()
    return frozenset(LEVEL_OF[Role(role)] for role in connection.execute(roles).scalars())
