"""Is this person on a list, and when, where and how much is the payout?  Start reading here.

One transaction: count the try, find the people under that number, compare names, and only then fetch what the lists
say. An unknown number walks the same steps against a decoy, and a miss always opens and compares the same number
of names, so neither words nor time tell whether the number or the name was wrong.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from salur.core.answers import Answer, NotOnTheList, OnTheList
from salur.core.attempts import Asker, Attempts, Try
from salur.core.database import Database
from salur.core.listed_people import NAMES
from salur.core.name_parts import read_name
from salur.core.names import initials, same_name
from salur.core.nik import Identity, LetterCode
from salur.core.passes import new_pass
from salur.core.prepared import Prepared
from salur.core.standing import Payee, standing
from salur.core.tables import AccessRow, EntitlementRow, PersonRow
from salur.core.vault import Vault

__all__ = ["Asker", "Lookup", "NotOnTheList", "OnTheList"]

# A miss opens and compares this many names, or more when more stand under the number.
LEAST_WORK = 6  # as many as there are decoys
# More payees than any family card holds.
LARGEST_FAMILY = 40
# As unlike each other as people's names are: with one alone, a name typed to fit it would take longer against nobody.
DECOYS = ("SITI ROHMAH NURAENI", "ASEP", "MUHAMMAD FAUZI", "I WAYAN SUDARMA", "MARIA YOSEFINA KOLO", "BASO DAENG TOLA")
DECOY = {"name": DECOYS[0], "head": ""}

_found = (PersonRow.id, PersonRow.nik_index, PersonRow.kk_index, PersonRow.sealed_names)
BY_NUMBER = Prepared(
    select(*_found).where((PersonRow.nik_index == bindparam("index")) | (PersonRow.kk_index == bindparam("index")))
)
BY_LETTER = Prepared(
    select(*_found).where(
        PersonRow.id.in_(select(EntitlementRow.person_id).where(EntitlementRow.letter_code == bindparam("code")))
    )
)
RECORD = Prepared(insert(AccessRow).values({name: bindparam(name) for name in ("person_id", "at", "door", "asker")}))


@dataclass(frozen=True, slots=True, repr=False)
class _Candidate:
    """A person under the number asked for, with the name opened."""

    id: int
    nik_index: bytes | None
    kk_index: bytes | None
    name: str
    head: str | None  # of the family, where the list names one


class Lookup:
    """The question all doors ask."""

    def __init__(self, database: Database, vault: Vault, attempts: Attempts, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._attempts = attempts
        self._clock = clock
        self._decoy = vault.seal_json(DECOY, NAMES, 0)

    def ask(self, identity: Identity, name: str, *, asker: Asker) -> Answer:
        """Answer whether number and name are found together on a list, and what the lists say.

        A KK number takes the name of anyone known under it and answers for the whole family. What succeeds is written
        to the access record of everyone shown; what misses is counted.

        Raises: TooManyAttempts.
        """
        index = self._vault.index_of(identity)
        with self._database.writing() as connection:
            tried = self._attempts.count(connection, index, asker)
            answer = self._judge(connection, tried, identity, name, asker) if tried.refusal is None else None
        if answer is None:
            assert tried.refusal is not None
            raise tried.refusal
        return answer

    def _judge(self, connection: Connection, tried: Try, identity: Identity, name: str, asker: Asker) -> Answer:
        candidates = self._candidates(connection, identity, tried.identity)
        hits = self._compare(candidates, name, under_kk=tried.identity)
        if not hits:
            return NotOnTheList()
        now = self._clock()
        payees = {c.id: Payee(initials(c.name), c.nik_index) for c in _shown(candidates, hits, tried.identity)}
        answer = standing(connection, self._vault, payees, now)
        if answer is None:
            return NotOnTheList()
        self._attempts.succeed(connection, tried, _reopened(identity, hits))
        door_and_asker = {"at": now, "door": asker.door, "asker": tried.asker}
        for id in payees:
            RECORD.run(connection, {"person_id": id, **door_and_asker})
        named = sorted((hit.id for hit in hits if hit.id in payees), reverse=True)
        return replace(answer, key=new_pass(self._vault, list(dict.fromkeys([*named, *payees])), now))

    def _candidates(self, connection: Connection, identity: Identity, index: bytes) -> list[_Candidate]:
        if isinstance(identity, LetterCode):
            rows = BY_LETTER.run(connection, {"code": identity.reveal()})
        else:
            rows = _without_crowd(BY_NUMBER.run(connection, {"index": index}), index)
        return [
            _Candidate(row.id, row.nik_index, row.kk_index, *_names(self._vault.open(row.sealed_names, NAMES, row.id)))
            for row in rows
        ]

    def _compare(self, candidates: Sequence[_Candidate], name: str, *, under_kk: bytes) -> list[_Candidate]:
        """Those whose name it is. Without any, the work is made up to LEAST_WORK with decoys."""
        # The family head's name goes with the KK number only: his wife's NIK is not opened by it.
        known = {c.id: {c.name, c.head} - {None} if c.kk_index == under_kk else {c.name} for c in candidates}
        typed = read_name(name)
        # A person on five lists is written the same on most of them.
        written = {listed for names in known.values() for listed in names if listed}
        same = {listed: same_name(read_name(listed), typed) for listed in written}
        hits = [c for c in candidates if any(same[listed] for listed in known[c.id] if listed)]
        if not hits:
            for _ in range(len(candidates), LEAST_WORK):
                _names(self._vault.open(self._decoy, NAMES, 0))
            for decoy in random.sample(DECOYS, max(0, LEAST_WORK - len(same))):
                same_name(read_name(decoy), typed)
        return hits


def _without_crowd(rows: list[Any], index: bytes) -> list[Any]:
    """Without those under a KK number that an office copied down its whole column: it is nobody's family."""
    members = {row.nik_index or row.id for row in rows if row.kk_index == index}
    return rows if len(members) <= LARGEST_FAMILY else [row for row in rows if row.nik_index == index]


def _names(opened: bytes) -> tuple[str, str | None]:
    known = json.loads(opened)
    return known["name"], known["head"]


def _shown(candidates: Sequence[_Candidate], hits: Sequence[_Candidate], index: bytes) -> list[_Candidate]:
    """Whom a right name opens: the family under a KK number; under a NIK its rows, misspelt ones of the same KK too.

    Without those, a slip in a new list would tell its payee that he was taken off. One with another KK number is left
    out: a NIK that an office mistyped belongs to someone else.
    """
    if any(hit.kk_index == index for hit in hits):
        return [c for c in candidates if c.kk_index == index]
    homes = {(hit.nik_index, hit.kk_index) for hit in hits if hit.nik_index and hit.kk_index}
    return [c for c in candidates if c in hits or (c.nik_index, c.kk_index) in homes]


def _reopened(identity: Identity, hits: Iterable[_Candidate]) -> list[bytes]:
    """What a right letter code opens again: the numbers of those it found."""
    if not isinstance(identity, LetterCode):
        return []
    return sorted({index for hit in hits for index in (hit.nik_index, hit.kk_index) if index is not None})
