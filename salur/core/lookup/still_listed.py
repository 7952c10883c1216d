"""Before people are told that they were taken off: does a list in force hold a row that is theirs after all, or may be?

The resident's answer and the head's list ask here, so that they read the same. An office's slip in a NIK takes nobody
off: a row with their KK number and their name is theirs, or with their letter code and name, where it has no number of
somebody else. One without a readable NIK that has their name and stands in their RT may be a neighbour's, one with
their NIK and another name, or with their name and a NIK a slip away from theirs, may be anybody's: nothing of these is
shown, and no more is said than that it may be theirs. So it is with rows that were refused at import, of which only the
sealed cells are left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from rapidfuzz import fuzz
from sqlalchemy import Connection

from salur.core.lists.importing.imports import CELLS
from salur.core.lookup.finding import ALL_OF_NIK, BY_ID
from salur.core.lookup.traces import BEARING, LETTERED, MOST_REFUSED, NEXT_DOOR, NOWHERE, NUMBERS, REFUSED, UNDER
from salur.core.names.matching import same_name, same_person
from salur.core.names.parts import read_name
from salur.core.names.typed import has_letters
from salur.core.people.sealed import open_name, open_numbers
from salur.core.storage.vault import Vault

Key = tuple[object, str]  # who, and the code of the programme
DIGITS = 16  # of a NIK or KK number
LEAST_CUT = 4  # letters that are left of a name that was cut
NEARLY_ALL = 85  # rapidfuzz's ratio, 0-100, of two names that may be one, misspelt
RT_RW = re.compile(r"(?!.*\d{4})[RTW\d\s./\\:;,|-]+", re.I)  # a cell that may hold an RT, an RW, or both


class Sealed(Protocol):
    """A row of `person` as statements read it."""

    @property
    def id(self) -> int: ...
    @property
    def nik_index(self) -> bytes | None: ...
    @property
    def kk_index(self) -> bytes | None: ...
    @property
    def sealed_names(self) -> bytes: ...


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A row of `person`: its id, the indexes of its numbers, and the name opened."""

    id: int
    nik: bytes | None
    kk: bytes | None
    name: str

    @classmethod
    def opened(cls, vault: Vault, row: Sealed) -> Written:
        """Open the name of a row. Raises NoKey."""
        return cls(row.id, row.nik_index, row.kk_index, open_name(vault, row.sealed_names, row.id))


def rows_today(connection: Connection, vault: Vault, payees: Collection[Written]) -> dict[int, Written]:
    """All rows of these payees by now: their own that are left, and what newer lists wrote under the same NIK of the
    same person. A NIK that an office mistyped belongs to somebody else: there the KK number and the name differ.
    """
    own = BY_ID.run(connection, [one.id for one in payees]) if payees else []
    found = {row.id: Written.opened(vault, row) for row in own}
    for payee in payees:
        for row in ALL_OF_NIK.run(connection, {"index": payee.nik}) if payee.nik is not None else ():
            if row.id not in found:
                other = Written.opened(vault, row)
                if same_payee(other, payee):
                    found[row.id] = other
    return found


def same_payee(row: Written, payee: Written) -> bool:
    """Whether two rows under one NIK are about one person: by the name, else by the KK number."""
    named_so = row.name == payee.name or same_person(row.name, payee.name)
    return named_so or (payee.kk is not None and row.kk == payee.kk)


@dataclass(frozen=True, slots=True, repr=False)
class Gone:
    """Someone whom no list in force of a programme names by their numbers, though the list before did."""

    key: Key
    now_id: int  # the list that is in force instead of theirs
    rows: Sequence[Written]  # all that are theirs
    home: tuple[int | None, int | None]  # RW and RT, where they stood last


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What lists in force hold of people who seemed gone: rows that are theirs; and who may be there."""

    theirs: Mapping[Key, Sequence[Written]]
    perhaps: Collection[Key]


def still_listed(connection: Connection, vault: Vault, gone: Sequence[Gone]) -> Found:
    """Look for each of these people once more; each way of looking is for those whom none before has found."""
    theirs, perhaps = _by_number(connection, vault, gone)
    left = [one for one in gone if one.key not in theirs]
    lettered, maybe = _by_letter(connection, vault, left)
    theirs |= lettered
    perhaps = (perhaps | maybe) - theirs.keys()
    for look in (_in_the_same_rt, _a_slip_away, _nowhere, _among_the_refused):
        left = [one for one in left if one.key not in theirs and one.key not in perhaps]
        if not left:
            break
        perhaps |= look(connection, vault, left)
    return Found(theirs, perhaps)


def _by_number(connection: Connection, vault: Vault, gone: Sequence[Gone]) -> tuple[dict[Key, list[Written]], set[Key]]:
    """The rows that are theirs: with their KK number and name, or with their NIK and name and no KK number.

    And those whose NIK stands there with another name or KK number. The name may be misspelt, or the NIK; and who
    asked by a KK number is not shown what someone gets who has left that family.
    """
    listed: dict[tuple[bytes | None, str], list[Written]] = defaultdict(list)
    numbers = {number for one in gone for own in one.rows for number in (own.nik, own.kk) if number is not None}
    for row in UNDER.run(connection, numbers) if numbers else ():
        if row.programme_code is None:
            continue
        listed[row.number, row.programme_code].append(Written.opened(vault, row))
    theirs: dict[Key, list[Written]] = {}
    perhaps: set[Key] = set()
    for one in gone:
        niks, cards = {own.nik for own in one.rows} - {None}, {own.kk for own in one.rows} - {None}
        for other in (other for number in niks | cards for other in listed.get((number, one.key[1]), ())):
            traded = other.nik in cards and other.kk in niks  # NIK and KK number have traded columns
            same = other.kk in cards or (other.nik in niks and other.kk is None) or traded
            if same and _has_the_name(one, other.name):
                theirs.setdefault(one.key, []).append(other)
            elif other.nik in niks or traded or (same and _may_have_the_name(one, other.name)):
                perhaps.add(one.key)
    return theirs, perhaps - theirs.keys()


def _by_letter(connection: Connection, vault: Vault, gone: Sequence[Gone]) -> tuple[dict[Key, list[Written]], set[Key]]:
    """The rows under their letter code: theirs with their name and no number of somebody else; else they may be."""
    own = {(row.id, one.key[1]): one for one in gone for row in one.rows}
    theirs: dict[Key, list[Written]] = {}
    perhaps: set[Key] = set()
    for row in LETTERED.run(connection, {id for id, _ in own}) if own else ():
        one = own.get((row.own_id, row.programme_code)) if row.programme_code is not None else None
        if one is None:
            continue
        other = Written.opened(vault, row)
        cards = {own_row.kk for own_row in one.rows}
        if _has_the_name(one, other.name) and other.nik is None and (other.kk is None or other.kk in cards):
            theirs.setdefault(one.key, []).append(other)
        else:
            perhaps.add(one.key)
    return theirs, perhaps


def _in_the_same_rt(connection: Connection, vault: Vault, gone: Sequence[Gone]) -> set[Key]:
    """Those whose name stands in their RT, in a row without a readable NIK."""
    own = {(row.id, one.key[1]): one for one in gone for row in one.rows}
    found: set[Key] = set()
    names: dict[int, str] = {}  # a row is next door to many
    for row in NEXT_DOOR.run(connection, {id for id, _ in own}) if own else ():
        one = own.get((row.own_id, row.programme_code)) if row.programme_code is not None else None
        if one is None or one.key in found:
            continue
        if row.id not in names:
            names[row.id] = open_name(vault, row.sealed_names, row.id)
        if _may_have_the_name(one, names[row.id]):
            found.add(one.key)
    return found


def _a_slip_away(connection: Connection, vault: Vault, gone: Sequence[Gone]) -> set[Key]:
    """Those whose name stands under a NIK that is theirs but for one digit, or for two that traded places."""
    own: dict[int, list[Gone]] = defaultdict(list)
    for one in gone:
        for written in one.rows:
            own[written.id].append(one)
    mistyped: dict[bytes, set[int]] = defaultdict(set)
    for row in NUMBERS.run(connection, own) if own else ():
        nik = open_numbers(vault, row.sealed_numbers, row.id).nik
        for number in slips_of(nik.reveal()) if nik else ():
            mistyped[vault.index(number)].add(row.id)
    found: set[Key] = set()
    for other in BEARING.run(connection, mistyped) if mistyped else ():
        name = open_name(vault, other.sealed_names, other.id)
        candidates = [one for id in mistyped[other.number] for one in own[id]]
        found.update(
            one.key for one in candidates if one.key[1] == other.programme_code and _may_have_the_name(one, name)
        )
    return found


def slips_of(number: str) -> set[str]:
    """What a number becomes by one wrong digit, or by two neighbours that traded places."""
    wrong = {number[:at] + digit + number[at + 1 :] for at in range(len(number)) for digit in "0123456789"}
    traded = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(len(number) - 1)}
    return (wrong | traded) - {number}


def _nowhere(connection: Connection, vault: Vault, gone: Sequence[Gone]) -> set[Key]:
    """Those whose name stands in a row without a readable NIK, of which nobody knows the kelurahan."""
    rows = NOWHERE.run(connection, {one.now_id for one in gone})
    if len(rows) > MOST_REFUSED:
        return {one.key for one in gone}
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        names[row.list_id].append(open_name(vault, row.sealed_names, row.id))
    return {one.key for one in gone if any(_may_have_the_name(one, name) for name in names[one.now_id])}


def _among_the_refused(connection: Connection, vault: Vault, gone: Sequence[Gone]) -> set[Key]:
    """Those whom a row may mean that the import refused, because it had no name, or no number at all."""
    lists = {one.now_id for one in gone}
    rows = REFUSED.run(connection, lists) if lists else []
    if len(rows) > MOST_REFUSED:
        return {one.key for one in gone}
    refused: dict[int, _Refused] = defaultdict(_Refused)
    for row in rows:
        refused[row.list_id].take(vault.open_json(row.sealed_cells, CELLS, row.id), vault)
    return {one.key for one in gone if refused[one.now_id].may_hold(one)}


class _Refused:
    """The refused rows of one list: what can be recognised in them without knowing their columns."""

    def __init__(self) -> None:
        self._numbers: set[bytes | None] = set()  # indexes of all that looks like a NIK or KK number
        self._rows: list[tuple[list[set[int]], list[str]]] = []  # what may be RT and RW, and names
        self._at: dict[tuple[int | None, int | None], list[str]] = {}

    def take(self, cells: Sequence[str], vault: Vault) -> None:
        """Take a row in."""
        digits = (re.sub(r"\D", "", cell) for cell in cells)
        self._numbers.update(vault.index(number) for number in digits if len(number) == DIGITS)
        self._rows.append((_neighbourhoods(cells), list(filter(has_letters, cells))))

    def may_hold(self, one: Gone) -> bool:
        """Whether one of their numbers stands here, or their name where no other RT and RW are written beside it."""
        if any(number in self._numbers for row in one.rows for number in (row.nik, row.kk)):
            return True
        if one.home not in self._at:
            home = set(one.home) - {None}
            self._at[one.home] = [
                text
                for pairs, texts in self._rows
                if not pairs or any(home <= pair for pair in pairs)
                for text in texts
            ]
        return any(_may_have_the_name(one, text) for text in self._at[one.home])


def _neighbourhoods(cells: Sequence[str]) -> list[set[int]]:
    """What may be an RT and its RW: two numbers in one cell, or in two that stand side by side."""
    numbers = [[int(found) for found in re.findall(r"\d+", cell)] if RT_RW.fullmatch(cell) else [] for cell in cells]
    together = [set(found) for found in numbers if len(found) > 1]
    beside = [{*one, *other} for one, other in pairwise(numbers) if len(one) == len(other) == 1]
    return together + beside


def _has_the_name(one: Gone, name: str) -> bool:
    """Whether a name is one of theirs; either may be the one that a list has cut short."""
    own = {row.name for row in one.rows}
    if name in own:
        return True
    read = read_name(name)
    known = map(read_name, own)
    return any(same_name(read, other) or same_name(other, read) for other in known)


def _may_have_the_name(one: Gone, name: str) -> bool:
    """Whether it is theirs, its beginning, or misspelt: enough to say nothing for certain, not to show a row."""
    return _has_the_name(one, name) or any(_alike(name, row.name) for row in one.rows)


def _alike(one: str, other: str) -> bool:
    """Whether one is the beginning of the other, or hardly a letter is another."""
    short, long = sorted(("".join(filter(str.isalpha, name.upper())) for name in (one, other)), key=len)
    if len(short) < LEAST_CUT:
        return False
    return long.startswith(short) or fuzz.ratio(short, long) >= NEARLY_ALL
