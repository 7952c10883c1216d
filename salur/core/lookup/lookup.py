"""Is this person on a list, and when, where and how much is the payout?  Start reading here.

One transaction: judge the try, find the people under that number, compare names, only then fetch what the lists say,
and count the try. An unknown number walks the same steps (`finding`), so neither words nor time tell whether the number
or the name was wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, bindparam, insert

from salur.core.errors import Refused
from salur.core.happenings import refused
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import Attempts, Try
from salur.core.limits.changes import Look
from salur.core.limits.tallies import ELSEWHERE
from salur.core.lookup.answers import Answer, Listed, NotOnTheList, OnTheList
from salur.core.lookup.finding import BY_ID, Candidate, Finding, Keep
from salur.core.lookup.standing import Standing, standing
from salur.core.lookup.still_listed import Written, rows_today
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Identity
from salur.core.people.sealed import index_of, tried_as
from salur.core.privacy.passes import behind, end_of, new_pass, way_back
from salur.core.storage.prepared import Prepared
from salur.core.storage.standby import Transactions
from salur.core.storage.vault import Vault
from salur.core.tables.privacy import AccessRow

Told = TypeVar("Told")
Judge = Callable[[Connection, Try, Identity, str, Asker], Told]

__all__ = ["Asker", "Lookup", "NotOnTheList", "OnTheList"]

RECORD = Prepared(insert(AccessRow).values({name: bindparam(name) for name in ("person_id", "at", "door", "asker")}))


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """How people stand, with who has the name that was asked for, and whom a right name opens (ids). `family`: they are
    those of a KK number.
    """

    standing: Standing
    hits: Sequence[Candidate]
    payees: Collection[int]
    family: bool

    @property
    def shown(self) -> Collection[int]:
        """Ids of all rows that are shown."""
        return self.standing.shown


class Lookup:
    """The question all doors ask."""

    def __init__(self, database: Transactions, vault: Vault, attempts: Attempts, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._attempts = attempts
        self._clock = clock
        self._finding = Finding(vault)

    def ask(self, identity: Identity, name: str, *, asker: Asker) -> Answer:
        """Answer whether number and name are found together on a list, and what the lists say.

        A KK number takes the name of anyone known under it and answers for the whole family. What succeeds is written
        to the access record of everyone shown; what misses is counted.

        Raises: TooManyAttempts.
        """
        return self._judged_by(self.judge, identity, name, asker)

    def find(self, identity: Identity, name: str, *, asker: Asker) -> Listed | NotOnTheList:
        """The same try, counted and recorded as `ask` does: of what lists say only the way to it."""
        return self._judged_by(self._way_to, identity, name, asker)

    def _judged_by(self, judge: Judge[Told], identity: Identity, name: str, asker: Asker) -> Told | NotOnTheList:
        index = tried_as(self._vault, identity)
        with self._database.writing() as connection, self._attempts.count(connection, index, asker) as tried:
            answer = judge(connection, tried, identity, name, asker) if tried.refusal is None else None
        if answer is None:
            assert tried.refusal is not None
            raise refused(tried.refusal)
        if isinstance(answer, NotOnTheList):
            return NotOnTheList(tried.tries_left, tried.next_refusal)
        return answer

    def judge(self, connection: Connection, tried: Try, identity: Identity, name: str, asker: Asker) -> Answer:
        """Answer a try that was counted already, and is not refused, in the transaction that counted it."""
        until = end_of(self._clock())
        found = self._right(connection, tried, identity, name, asker, until)
        if found is None:
            return NotOnTheList()
        people = list(dict.fromkeys([*_named(found), *found.shown]))
        key, back = new_pass(self._vault, people, until), self._way_back(found, until)
        return replace(found.standing.said(), key=key, way_back=back)

    def _way_to(
        self, connection: Connection, tried: Try, identity: Identity, name: str, asker: Asker
    ) -> Listed | NotOnTheList:
        until = end_of(self._clock())
        found = self._right(connection, tried, identity, name, asker, until)
        return NotOnTheList() if found is None else Listed(found.standing.present, self._way_back(found, until))

    def _right(
        self, connection: Connection, tried: Try, identity: Identity, name: str, asker: Asker, until: int
    ) -> Found | None:
        """Who is found; then the try was right, and the look is recorded of everybody shown."""
        now = self._clock()
        found = self.look(connection, identity, index_of(self._vault, identity), name, until=until)
        if found is None:
            return None
        self._attempts.succeed(connection, tried, _reopened(identity, found.hits))
        elsewhere = connection.get_execution_options().get(ELSEWHERE)
        for id in found.shown:
            if elsewhere is not None:
                elsewhere.record(Look(id, now, asker.door, tried.asker))
            else:
                RECORD.run(connection, {"person_id": id, "at": now, "door": asker.door, "asker": tried.asker})
        return found

    def _way_back(self, found: Found, until: int) -> str:
        people = list(dict.fromkeys([*_named(found), *found.payees]))
        return way_back(self._vault, people, until, family=found.family)

    def look(
        self,
        connection: Connection,
        identity: Identity,
        index: bytes,
        name: str | None,
        *,
        until: int,
        keep: Keep | None = None,
    ) -> Found | None:
        """Who stands under a number (`index` is its own) with that name, and what lists say of them. Neither counted
        nor recorded here.

        Without a name whoever stands there is meant. `keep` gives, of people (ids), those that may be looked at;
        `until` is when the passes of the answer end.
        """
        candidates, hits = self._finding.find(connection, identity, index, name, keep)
        if not hits:
            return None
        payees = {c.id: Written(c.id, c.nik_index, c.kk_index, c.names.name) for c in _shown(candidates, hits, index)}
        if isinstance(identity, LetterCode):  # it names the row of then, a NIK those of newer lists as well
            payees |= rows_today(connection, self._vault, payees.values())
        found = standing(connection, self._vault, payees, self._clock(), until=until)
        return Found(found, hits, tuple(payees), _is_family(hits, index)) if found is not None else None

    def again(self, back: str) -> OnTheList:
        """Give an answer once more, as the lists are now. It is no try and no look of anybody else: neither is written.

        Raises Refused(`key_expired`) after a quarter of an hour.
        """
        now = self._clock()
        people, until = behind(self._vault, back, now)
        with self._database.reading() as connection:
            payees = {row.id: Written.opened(self._vault, row) for row in BY_ID.run(connection, people)}
            found = standing(connection, self._vault, payees, now, until=until) if payees else None
            answer = found.said() if found is not None else None
        if answer is None:
            raise Refused("key_expired")
        return replace(answer, key=new_pass(self._vault, people, until), way_back=back)


def _named(found: Found) -> list[int]:
    """Those whose name was typed, of whom a right name opens; the newest first."""
    return sorted((hit.id for hit in found.hits if hit.id in found.payees), reverse=True)


def _shown(candidates: Sequence[Candidate], hits: Sequence[Candidate], index: bytes) -> list[Candidate]:
    """Whom a right name opens: the family under a KK number; under a NIK its rows, misspelt ones of the same KK too.

    Without those, a slip in a new list would tell its payees that they were taken off. One with another KK number is
    left out: a NIK that an office mistyped belongs to someone else.
    """
    if _is_family(hits, index):
        return [c for c in candidates if c.kk_index == index]
    homes = {(hit.nik_index, hit.kk_index) for hit in hits if hit.nik_index and hit.kk_index}
    return [c for c in candidates if c in hits or (c.nik_index, c.kk_index) in homes]


def _is_family(hits: Iterable[Candidate], index: bytes) -> bool:
    return any(hit.kk_index == index for hit in hits)


def _reopened(identity: Identity, hits: Iterable[Candidate]) -> list[bytes]:
    """What a right letter code opens again: the numbers of those it found."""
    if not isinstance(identity, LetterCode):
        return []
    return sorted({index for hit in hits for index in (hit.nik_index, hit.kk_index) if index is not None})
