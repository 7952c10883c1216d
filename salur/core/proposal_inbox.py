"""Proposals as the levels of the chain see them: inbox, one proposal as a whole, decisions.

All is selected from the officer's own territory (`Scope`), which also keeps away the kinds that are none of his
business. What lies outside is `no_such_proposal`, as if it did not exist.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select

from salur.core.access import AccessLog
from salur.core.database import AnyRow, Database
from salur.core.errors import Refused
from salur.core.notices import Notices
from salur.core.proposal_cases import Counts, Decided, InboxPage, ProposalCase, Tab
from salur.core.proposal_decisions import checked_words, choices, why_not
from salur.core.proposal_hints import listings, related
from salur.core.proposal_log import PHOTO, ProposalLog, event_of
from salur.core.proposal_reading import Reading, seen
from salur.core.proposal_steps import LEVEL_OF, Holder, Kind, Step, present
from salur.core.roles import Officer
from salur.core.scope import Scope
from salur.core.tables import PhotoRow, ProposalRow
from salur.core.vault import Vault

PAGE = 50


class ProposalInbox:
    """The chain's side."""

    def __init__(
        self, database: Database, vault: Vault, notices: Notices, access: AccessLog, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock
        self._log = ProposalLog(vault, notices, clock)
        self._reading = Reading(vault, self._log, clock)

    def page(self, officer: Officer, tab: Tab = Tab.WAITING, page: int = 1) -> InboxPage:
        """One page of one part of the inbox; a page past the end is the last.

        Late ones come first, then those whose clock ends soonest, then the oldest. What is closed: the newest first.
        """
        own = Scope.of(officer).proposals
        with self._database.reading() as connection:
            counts = self._counts(connection, own.c, _level(officer))
            pages = max(1, math.ceil(getattr(counts, tab) / PAGE))
            page = min(max(page, 1), pages)
            statement = (
                select(own)
                .where(_part(own.c, tab, _level(officer)))
                .order_by(*_order(own.c, tab, self._clock()))
                .limit(PAGE)
                .offset((page - 1) * PAGE)
            )
            entries = self._reading.entries(connection, connection.execute(statement).all())
        return InboxPage(tab, entries, counts, page, pages)

    def show(self, officer: Officer, id: int, *, door: str = "web") -> ProposalCase:
        """All of one proposal that this officer may see; if the person is on a list, the look is recorded.

        Raises: Refused(`no_such_proposal`).
        """
        scope, level = Scope.of(officer), _level(officer)
        with self._database.writing() as connection:
            row = self._row(connection, scope, id)
            steps = self._log.rows(connection, [id])
            state = present(Kind(row.kind), map(event_of, steps))
            (entry,) = self._reading.entries(connection, [row])
            said, now = self._reading.said(row), self._clock()
            listed, people = listings(connection, self._vault, officer, row.nik_index, row.kk_index, said.name)
            self._access.record(connection, people, officer, door=door, what="proposal")
            photos = select(PhotoRow.id).where(PhotoRow.proposal_id == id).order_by(PhotoRow.id)
            return ProposalCase(
                id=id,
                entry=entry,
                door=row.door,
                said=seen(said, officer, at_desk=row.desk == level),
                nik_ending=said.nik.last_four if said.nik else None,
                kk_ending=said.kk.last_four if said.kk else None,
                photos=tuple(connection.execute(photos).scalars()),
                history=self._reading.history(steps, officer),
                listings=listed,
                related=related(connection, scope, id, row.nik_index, row.kk_index),
                version=_version(steps),
                choices=choices(connection, officer, row, state, now),
            )

    def photo(self, officer: Officer, id: int, photo: int) -> bytes:
        """One photo of a proposal, a JPEG. Raises Refused(`no_such_proposal`)."""
        scope = Scope.of(officer)
        with self._database.reading() as connection:
            self._row(connection, scope, id)
            wanted = select(PhotoRow.sealed_jpeg).where(PhotoRow.id == photo, PhotoRow.proposal_id == id)
            sealed = connection.execute(wanted).scalar()
        if sealed is None:
            raise Refused("no_such_proposal")
        return self._vault.open(sealed, PHOTO, photo)

    def decide(
        self, officer: Officer, id: int, step: Step, *, version: int, reason: str | None = None, words: str = ""
    ) -> Decided:
        """Take a step for the officer's level, on the state that he saw (`version` of the case).

        Raises: Refused with `no_such_proposal`, `no_such_decision`, `meanwhile` (facts `step` and `level`: what someone
        else did since), `reason_missing`, `words_missing`, `words_too_long`, `number_in_words`, and the codes of
        `proposal_steps.check`: `already_closed`, `not_yours`, `not_above`, `not_too_long`.
        """
        level, scope = _level(officer), Scope.of(officer)
        with self._database.writing() as connection:
            # Two officers at once: the second waits here, and is then told what the first did.
            own = select(scope.proposals.c.id).where(scope.proposals.c.id == id)
            lock = select(ProposalRow.id).where(ProposalRow.id.in_(own)).with_for_update()
            connection.execute(lock)
            row = self._row(connection, scope, id)
            steps = self._log.rows(connection, [id])
            if _version(steps) != version:
                last = event_of(steps[-1])
                raise Refused("meanwhile", step=last.step, level=last.level)
            kind, now = Kind(row.kind), self._clock()
            state = present(kind, map(event_of, steps))
            offered = choices(connection, officer, row, state, now)
            if step not in offered.steps:
                raise Refused(why_not(step, state, level))
            words = checked_words(step, reason, words, offered.reasons)
            after = self._log.append(
                connection,
                id,
                step,
                level=level,
                account=officer.account,
                reason=reason if step is Step.REJECTED else None,
                words={"words": words} if words else None,
            )
        return Decided(kind, step, after.holder, after.outcome)

    def _row(self, connection: Connection, scope: Scope, id: int) -> AnyRow:
        own = scope.proposals
        row = connection.execute(select(own).where(own.c.id == id)).one_or_none()
        if row is None:
            raise Refused("no_such_proposal")
        return row

    def _counts(self, connection: Connection, own: Any, level: Holder | None) -> Counts:
        waiting, elsewhere, closed = (_part(own, tab, level) for tab in Tab)
        late = waiting & (own.due_at < self._clock())
        counted = [func.count().filter(part) for part in (waiting, late, elsewhere, closed)]
        row = connection.execute(select(*counted).select_from(own.id.table)).one()
        return Counts(*map(int, row))


def _version(steps: Sequence[AnyRow]) -> int:
    """What a decision is made on: how many steps were taken. That someone else sent the same changes nothing of it."""
    return sum(1 for step in steps if step.what != Step.JOINED)


def _level(officer: Officer) -> Holder | None:
    return LEVEL_OF.get(officer.role)


def _part(own: Any, tab: Tab, level: Holder | None) -> Any:
    """The condition of one part. What the level asked its sender about lies at the level all the same."""
    match tab:
        case Tab.WAITING:
            return own.desk == level
        case Tab.ELSEWHERE:
            return own.desk.is_not(None) & (own.desk != level)
        case Tab.CLOSED:
            return own.desk.is_(None)


def _order(own: Any, tab: Tab, now: datetime) -> tuple[Any, ...]:
    if tab is Tab.CLOSED:
        return (own.held_since.desc(), own.id.desc())
    late = case((own.due_at < now, 0), else_=1)
    return (late, own.due_at.is_(None), own.due_at, own.sent_at, own.id)
