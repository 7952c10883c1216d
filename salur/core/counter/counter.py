"""Who stands at the counter is looked up by number and name, within the officer's own area, and it is written down.

The residents' question (`lookup`) asked by an office. That strangers closed the number does not matter here: the
visitor shows their KTP. But an account is no way to guess: it is counted like an asker, by budgets of its own, and the
misses of all offices on one number close it at the counter as those of residents do on the site.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from salur.core.counter.answers import AT_THE_COUNTER, BY_NUMBER_ALONE, NotSeen, Seen
from salur.core.errors import FieldRefused, NotThere
from salur.core.happenings import At, Given, answered, refused
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import Attempts
from salur.core.limits.kinds import Door
from salur.core.lookup.answers import Entitlement, OnTheList
from salur.core.lookup.lookup import Lookup
from salur.core.names.typed import has_letters
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.people.nik import Identity
from salur.core.people.sealed import index_of, tried_as
from salur.core.privacy.access_log import AccessLog
from salur.core.privacy.passes import behind_counter, counter_pass, end_of
from salur.core.regions.territory import Territory
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault


class VisitorsCounter:
    """The counter's side."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        lookup: Lookup,
        attempts: Attempts,
        access: AccessLog,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._vault = vault
        self._lookup = lookup
        self._attempts = attempts
        self._access = access
        self._clock = clock

    def look_up(self, officer: Officer, identity: Identity, name: str, *, door: Door) -> Seen | NotSeen:
        """What lists say of number and name together, in the officer's area. Dinas Sosial may leave the name out.

        Raises: TooManyAttempts; FieldRefused(`name_missing`); NotThere for roles without a counter.
        """
        _check(officer)
        if not has_letters(name) and officer.role not in BY_NUMBER_ALONE:
            raise FieldRefused("name", "name_missing")
        index = index_of(self._vault, identity)
        asker, number = Asker.desk(officer.account), tried_as(self._vault, identity)
        at_the_counter = self._vault.digest("desk", number)
        with self._database.writing() as connection, self._attempts.count(connection, at_the_counter, asker) as tried:
            seen = None
            if tried.refusal is None:
                seen = self._look(connection, officer, identity, index, name, door)
            if seen is not None:
                self._attempts.succeed(connection, tried)
        if tried.refusal is not None:
            raise refused(tried.refusal)
        answered(At.COUNTER, _kind_of(seen))
        return seen or NotSeen(tried.tries_left)

    def reopen(self, officer: Officer, key: str, *, door: Door) -> int:
        """Open again what strangers closed, for whoever was just looked up here; gives how many numbers it was.

        It is written down like a look. Raises: Refused(`key_expired`); NotThere for roles without a counter.
        """
        _check(officer)
        people = behind_counter(self._vault, key, officer.account, self._clock())
        with self._database.writing() as connection:
            own = Scope.of(officer).people.c
            rows = connection.execute(select(own.id, own.nik_index, own.kk_index).where(own.id.in_(people))).all()
            opened = self._attempts.reopen(connection, _numbers((row.nik_index, row.kk_index) for row in rows))
            if opened:
                self._access.record(connection, [row.id for row in rows], officer, door=door, what="reopened")
        return opened

    def _look(
        self, connection: Connection, officer: Officer, identity: Identity, index: bytes, name: str, door: Door
    ) -> Seen | None:
        own = Scope.of(officer).people.c

        def inside(people: Collection[int]) -> list[int]:
            wanted = select(own.id).where(own.id.in_([*people, 0]))  # as many statements for nobody as for somebody
            return list(connection.execute(wanted).scalars())

        told = name if has_letters(name) else None
        found = self._lookup.look(connection, identity, index, told, until=end_of(self._clock()), keep=inside)
        answer = _within(officer.territory, found.standing.said()) if found is not None else None
        if found is None or answer is None:
            return None
        # A row of elsewhere may have told that somebody was not taken off; nobody saw anything of it.
        seen = inside(found.shown)
        self._access.record(connection, seen, officer, door=door, what="desk")
        numbers = _numbers((hit.nik_index, hit.kk_index) for hit in found.hits)
        closed = self._attempts.are_closed(connection, numbers)
        people = [hit.id for hit in found.hits]
        return Seen(answer, closed, counter_pass(self._vault, officer.account, people, self._clock()))


def _check(officer: Officer) -> None:
    if officer.role not in AT_THE_COUNTER:
        raise NotThere("no_such_counter")


def _within(territory: Territory, answer: OnTheList) -> OnTheList | None:
    """What of an answer is about places of this territory; None where nothing is.

    It holds no keys: what a payee says against an answer is said by the payee, not by whoever looked.
    """

    def own(entitlements: Iterable[Entitlement]) -> tuple[Entitlement, ...]:
        codes = ((entitlement, entitlement.kelurahan_code) for entitlement in entitlements)
        return tuple(
            replace(e, key="", letter="") for e, code in codes if code is not None and territory.covers(Territory(code))
        )

    present, past = own(answer.present), own(answer.past)
    return OnTheList(present, past) if present or past else None


def _kind_of(seen: Seen | None) -> Given:
    if seen is None:
        return Given.MISSED
    return Given.LISTED if seen.answer.present else Given.PAST


def _numbers(pairs: Iterable[tuple[bytes | None, bytes | None]]) -> list[bytes]:
    return sorted({index for pair in pairs for index in pair if index is not None})
