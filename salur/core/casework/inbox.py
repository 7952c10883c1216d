"""Proposals as the levels of the chain see them: inbox, one proposal as a whole, decisions.

All is selected from the officer's own territory (`Scope`), which also keeps away the kinds that are none of their
business. What lies outside is `no_such_proposal`, as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select

from salur.core.casework import queries
from salur.core.casework.answers import Counts, Decided, Inbox, InboxEntry, ProposalCase, Tab, Wanted
from salur.core.casework.decisions import check_words, find_undo_until, offer, why_not
from salur.core.casework.hints import find_listings, find_related
from salur.core.casework.reading import Reading, show_to
from salur.core.errors import Meanwhile, NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.notices.outbox import Notices
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.privacy.access_log import AccessLog
from salur.core.proposals.kinds import LEVEL_OF, Holder, Step
from salur.core.proposals.log import PHOTO, ProposalLog, read_event
from salur.core.proposals.status import Lines, in_no_line
from salur.core.proposals.steps import present
from salur.core.storage.database import AnyRow, Database
from salur.core.storage.vault import Vault
from salur.core.tables.proposals import PhotoRow

PAGE = 50
MOST_EXPORTED = 20_000
EVERYTHING = Wanted()


class ProposalInbox:
    """The chain's side."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        notices: Notices,
        access: AccessLog,
        clock: Callable[[], datetime],
        lines: Lines = in_no_line,
    ) -> None:
        self._lines = lines
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock
        self._log = ProposalLog(vault, notices, clock)
        self._reading = Reading(vault, self._log, clock)

    def page(self, officer: Officer, tab: Tab = Tab.WAITING, page: int = 1, wanted: Wanted = EVERYTHING) -> Inbox:
        """One page of what is wanted of one part of the inbox, in its order; a page past the end is the last."""
        scope, level, now = Scope.of(officer), _level(officer), self._clock()
        part = queries.Part(scope, level, tab, wanted, now)
        with self._database.reading() as connection:
            counts = queries.count(connection, scope, level, now)

            def entries(limit: int, offset: int) -> Sequence[InboxEntry]:
                return self._reading.entries(connection, part.read(connection, limit, offset))

            found = part.count(connection) if wanted.narrows else getattr(counts, tab)
            return Inbox(tab, Page.read(page, found, PAGE, entries), counts)

    def export(self, officer: Officer, tab: Tab, wanted: Wanted, *, door: Door) -> tuple[InboxEntry, ...]:
        """All that is wanted of one part, for a workbook of Dinas Sosial: no numbers, no story. Recorded for those of
        its area whose NIK it is about. Raises Refused(`not_your_role`)."""
        if officer.role is not Role.DINSOS:
            raise Refused("not_your_role", role=officer.role)
        scope = Scope.of(officer)
        part = queries.Part(scope, _level(officer), tab, wanted, self._clock())
        with self._database.reading() as connection:
            rows = part.read(connection, MOST_EXPORTED, 0)
            entries = self._reading.entries(connection, rows)
        # Written before anything leaves; not while names are opened, for SQLite has one lock for all who write.
        with self._database.writing() as connection:
            people = queries.people_under(connection, scope, {row.nik_index for row in rows if row.nik_index})
            self._access.record(connection, people, officer, door=door, what="proposals")
        return entries

    def count(self, officer: Officer) -> Counts:
        """How many there are in each part. Opens nothing."""
        with self._database.reading() as connection:
            return queries.count(connection, Scope.of(officer), _level(officer), self._clock())

    def show(self, officer: Officer, id: int, *, door: Door) -> ProposalCase:
        """All of one proposal that this officer may see; if the person is on a list, the look is recorded.

        Raises: Refused(`no_such_proposal`).
        """
        scope, level = Scope.of(officer), _level(officer)
        with self._database.writing() as connection:
            found = queries.find(connection, scope, id)
            steps = self._log.read_rows(connection, [id])
            state = present(found.kind, map(read_event, steps))
            (entry,) = self._reading.entries(connection, [found])
            said, now = self._reading.said(found), self._clock()
            nik, kk = found.nik_index, found.kk_index
            listed, people = find_listings(connection, self._vault, officer, id, nik, kk, said.name)
            self._access.record(connection, people, officer, door=door, what="proposal")
            return ProposalCase(
                id=id,
                entry=entry,
                door=found.door,
                said=show_to(officer, said, at_desk=found.desk is level),
                birth_year=said.nik.birth_year if said.nik else None,
                has_kk=said.kk is not None,
                photos=tuple(queries.list_photos(connection, id)),
                history=self._reading.history(steps, officer),
                listings=listed,
                related=find_related(connection, scope, id, found.nik_index, found.kk_index),
                version=_version(steps),
                choices=offer(connection, officer, found, state, now, sent_for=said.reason),
                undo_until=find_undo_until(officer, steps, state, now),
                lines=self._lines(connection, id),
            )

    def photo(self, officer: Officer, id: int, photo: int) -> bytes:
        """One photo of a proposal, a JPEG. Raises Refused(`no_such_proposal`)."""
        scope = Scope.of(officer)
        with self._database.reading() as connection:
            queries.find(connection, scope, id)
            wanted = select(PhotoRow.sealed_jpeg).where(PhotoRow.id == photo, PhotoRow.proposal_id == id)
            sealed = connection.execute(wanted).scalar()
        if sealed is None:
            raise NotThere("no_such_proposal")
        return self._vault.open(sealed, PHOTO, photo)

    def decide(
        self, officer: Officer, id: int, step: Step, *, version: int, reason: str | None = None, words: str = ""
    ) -> Decided:
        """Take a step for the officer's level, on the state that they saw (`version` of the case).

        Raises: Refused with `no_such_proposal`, `no_such_decision`, `meanwhile` (facts `step` and `level`: what someone
        else did since), `reason_missing`, `words_missing`, `words_too_long`, `number_in_words`, and the codes of
        `proposals.steps.check`: `already_closed`, `not_yours`, `not_above`, `not_too_long`.
        """
        level, scope = _level(officer), Scope.of(officer)
        with self._database.writing() as connection:
            # Two officers at once: the second waits here, and is then told what the first did.
            found = queries.find(connection, scope, id, lock=True)
            steps = self._log.read_rows(connection, [id])
            _check_version(steps, version)
            state = present(found.kind, map(read_event, steps))
            said = self._reading.said(found)
            offered = offer(connection, officer, found, state, self._clock(), sent_for=said.reason)
            if step not in offered.steps:
                raise why_not(step, state, level)
            words = check_words(step, reason, words, offered.reasons)
            after = self._log.append(
                connection,
                id,
                step,
                level=level,
                account=officer.account,
                reason=reason if step is Step.REJECTED else None,
                words={"words": words} if words else None,
            )
        return Decided(found.kind, step, after.holder, after.outcome)

    def undo(self, officer: Officer, id: int, *, version: int) -> Decided:
        """Take back one's own last decision, within UNDO_TIME and before anybody acted on it; the trace stays.

        What followers were to be told of it is withdrawn; those who were told are told of this.

        Raises: Refused with `no_such_proposal`, `meanwhile`, or `too_late_to_undo`.
        """
        scope = Scope.of(officer)
        with self._database.writing() as connection:
            found = queries.find(connection, scope, id, lock=True)
            steps = self._log.read_rows(connection, [id])
            _check_version(steps, version)
            state = present(found.kind, map(read_event, steps))
            if find_undo_until(officer, steps, state, self._clock()) is None:
                raise Refused("too_late_to_undo")
            level, account = _level(officer), officer.account
            after = self._log.append(connection, id, Step.UNDONE, level=level, account=account)
        return Decided(found.kind, Step.UNDONE, after.holder, after.outcome)


def _check_version(steps: Sequence[AnyRow], version: int) -> None:
    """Raises Meanwhile when a step was taken that was not on the page; its facts are `step` and `level`."""
    if _version(steps) != version:
        last = read_event(steps[-1])
        raise Meanwhile(step=last.step, level=last.level)


def _version(steps: Sequence[AnyRow]) -> int:
    """What a decision is made on: how many steps were taken. That someone else sent the same changes nothing of it."""
    return sum(1 for step in steps if step.what != Step.JOINED)


def _level(officer: Officer) -> Holder | None:
    return LEVEL_OF.get(officer.role)
