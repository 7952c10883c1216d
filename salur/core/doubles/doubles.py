"""People who stand twice where they should stand once, with the evidence side by side. Computed, never stored; what an
office found that looked into one is (`checks`).

A double is a question to the office, never a verdict; it changes no list. Whoever looks from a part of the city learns
of what stands outside it that it is there, and in which programme; no name, no place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from salur.core.doubles.answers import Check, Double, DoubleEntry, DoublesFound, WouldBeDouble
from salur.core.doubles.before import doubles_of_draft
from salur.core.doubles.checks import checks_of, digest_of, take_back_check, write_check
from salur.core.doubles.exclusions import disputed
from salur.core.doubles.kinds import CheckReason, DoubleKind
from salur.core.doubles.queries import (
    NUMBER,
    Clashes,
    Group,
    Listed,
    ListedElsewhere,
    ListedHere,
    current_clashes,
    doubled_statement,
    entries,
    groups,
    people_of,
)
from salur.core.doubles.similar_names import alike_in
from salur.core.errors import Refused
from salur.core.limits.kinds import Door
from salur.core.marks.kinds import READERS
from salur.core.names.parts import plain_words
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.people.sealed import birth_year, open_name
from salur.core.privacy.access_log import AccessLog
from salur.core.regions.region import VILLAGE
from salur.core.regions.territory import Territory
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault

PAGE = 50
MOST_ENTRIES = 10  # of one double: more are counted, not shown


def doubled(connection: Connection, scope: Scope, people: Collection[int]) -> set[int]:
    """Which of these people (ids, of the scope) stand twice by their NIK or KK number. For the list of a page.

    Names alike are left to `Doubles.page`: they would have to be opened.
    """
    within_one = len(scope.territory.region_code) == VILLAGE
    prepared, values = (Scope.to_prepare(**scope.shape), scope.values) if within_one else (scope, {})
    statement = doubled_statement(prepared, current_clashes(connection))
    return {row.id for row in statement.run(connection, people, values)} if people else set()


class Doubles:
    """Finds doubles."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock

    def of_draft(self, list_id: int) -> tuple[WouldBeDouble, ...]:
        """What publishing a draft would make double, counted; nobody is shown."""
        with self._database.reading() as connection:
            return doubles_of_draft(connection, list_id)

    def page(
        self,
        officer: Officer,
        kind: DoubleKind | None = None,
        *,
        kelurahan: str | None = None,
        page: int = 1,
        door: Door,
    ) -> DoublesFound:
        """The doubles of one kind that have a side in the officer's territory, or in one kelurahan of it; without a
        kind, of the first that has any.

        The look is recorded for everyone shown. Raises Refused(`not_your_role`).
        """
        within = self._within(officer, kelurahan)
        # A city takes a second or two to look through: nobody who writes should wait for that.
        with self._database.reading() as connection:
            kind = kind or self._first(connection, within)
            twice = self._twice(connection, officer, within, kind, page)
            keys = [digest_of(self._vault, kind, rows) for rows in twice]
            checks = checks_of(connection, self._vault, officer, keys)
        shown = [row.person_id for rows in twice for row in _inside(rows)[:MOST_ENTRIES]]
        with self._database.writing() as connection:
            self._access.record(connection, shown, officer, door=door, what="list")
        wanted = kind is DoubleKind.SIMILAR_NAME and len(within.territory.region_code) < VILLAGE
        each = iter(keys)

        def double(rows: Sequence[Listed]) -> Double:
            key = next(each)
            return self._double(rows, key.hex(), checks.get(key))

        return DoublesFound(kind, twice.map(double), kelurahan_wanted=wanted)

    def check(
        self,
        officer: Officer,
        kind: DoubleKind,
        key: str,
        reason: CheckReason | None,
        note: str | None = None,
        *,
        kelurahan: str | None = None,
        page: int = 1,
    ) -> int:
        """Say that a double of a page was looked into, by its `key`; gives the check's id. It stands as long as the
        same people stand in it on the same programmes.

        Raises: Refused with `not_your_role`, `no_such_double` (it changed since), `already_checked`; FieldRefused with
        `why_missing`, `note_missing`, `note_too_long`, `number_in_note`.
        """
        within = self._within(officer, kelurahan)
        with self._database.reading() as connection:
            twice = self._twice(connection, officer, within, kind, page)
            double = next((d for d in (digest_of(self._vault, kind, rows) for rows in twice) if d.hex() == key), None)
        if double is None:
            raise Refused("no_such_double")
        with self._database.writing() as connection:
            if checks_of(connection, self._vault, officer, [double]):
                raise Refused("already_checked")
            return write_check(connection, self._vault, officer, double, reason, note, self._clock())

    def take_back(self, officer: Officer, check: int) -> None:
        """Ask again, as the office that looked into it or one above. Raises NotThere(`no_such_check`)."""
        with self._database.writing() as connection:
            take_back_check(connection, officer, check, self._clock())

    @staticmethod
    def _within(officer: Officer, kelurahan: str | None) -> Scope:
        if officer.role not in READERS:
            raise Refused("not_your_role", role=officer.role)
        return Scope.of(officer, Territory(kelurahan) if kelurahan else None)

    def _twice(
        self, connection: Connection, officer: Officer, within: Scope, kind: DoubleKind, page: int
    ) -> Page[Sequence[Listed]]:
        if kind is DoubleKind.SIMILAR_NAME:
            return self._alike(connection, within, page)
        return self._same_number(connection, officer, within, kind, page)

    def _recognise(self, nik: bytes | None, kk: bytes | None, sealed_names: bytes, id: int) -> bytes:
        """Who that is, whatever list says so: by the numbers, and by the letters of the name."""
        letters = "".join(plain_words(open_name(self._vault, sealed_names, id)))
        return self._vault.digest("double:who", b"|".join((nik or b"", kk or b"", letters.encode())))

    def count(self, officer: Officer) -> Mapping[DoubleKind, int]:
        """How many doubles of each kind that shares a number there are in the officer's territory; opens nothing."""
        with self._database.reading() as connection:
            excluded = current_clashes(connection)
            counted = (groups(kind, officer.territory, excluded).subquery() for kind in NUMBER)
            numbers = [select(func.count()).select_from(each).scalar_subquery() for each in counted]
            return dict(zip(NUMBER, map(int, connection.execute(select(*numbers)).one()), strict=True))

    @staticmethod
    def _first(connection: Connection, within: Scope) -> DoubleKind:
        excluded = current_clashes(connection)
        for kind in NUMBER:
            if connection.execute(groups(kind, within.territory, excluded).limit(1)).first():
                return kind
        return DoubleKind.SAME_NIK

    def _same_number(
        self, connection: Connection, officer: Officer, within: Scope, kind: DoubleKind, page: int
    ) -> Page[Sequence[Listed]]:
        excluded = current_clashes(connection)
        twice = groups(kind, within.territory, excluded).subquery()
        order = (twice.c.programme_code, twice.c.period, twice.c.number)
        # All of them: to count them takes as long, and they are few.
        every = connection.execute(select(twice).order_by(*order)).all()
        keys = Page.cut(page, every, PAGE).map(Group._make)
        by_number = entries(connection, Scope.of(officer), kind, {key.number for key in keys}, self._recognise)
        return keys.map(lambda key: _of_the_group(by_number[key.number], key, excluded))

    def _alike(self, connection: Connection, within: Scope, page: int) -> Page[Sequence[Listed]]:
        if len(within.territory.region_code) < VILLAGE:
            return Page.cut(page, (), PAGE)
        rows = people_of(connection, within, self._recognise)
        opened = {row.person_id: self._name(row) for row in rows}
        return Page.cut(page, alike_in(rows, opened), PAGE)

    def _name(self, row: ListedHere) -> str:
        return open_name(self._vault, row.sealed_names, row.person_id)

    def _double(self, rows: Sequence[Listed], key: str, check: Check | None) -> Double:
        inside, outside = _inside(rows), [row for row in rows if isinstance(row, ListedElsewhere)]
        shown = inside[:MOST_ENTRIES]
        return Double(
            entries=tuple(self._entry(row) for row in shown),
            elsewhere=tuple(sorted({(row.programme_code, row.programme_name) for row in outside})),
            more=len(inside) - len(shown),
            same_nik=_the_same(row.nik_index for row in shown),
            same_kk=_the_same(row.kk_index for row in shown),
            disputed=disputed({row.programme_code for row in rows}),
            key=key,
            check=check,
        )

    def _entry(self, row: ListedHere) -> DoubleEntry:
        return DoubleEntry(
            name=self._name(row),
            birth_year=birth_year(self._vault, row.sealed_numbers, row.person_id),
            kelurahan=row.kelurahan,
            rw=row.rw,
            rt=row.rt,
            programme=row.programme_code,
            programme_name=row.programme_name,
            period=row.period,
            list_date=row.issued_on,
            decree=row.decree,
        )


def _inside(rows: Iterable[Listed]) -> list[ListedHere]:
    return [row for row in rows if isinstance(row, ListedHere)]


def _of_the_group(rows: Iterable[Listed], key: Group, excluded: Clashes) -> list[Listed]:
    """Of all entries under a number, those that the rule is about."""
    if key.programme_code is not None:
        return [row for row in rows if (row.programme_code, row.period) == (key.programme_code, key.period)]
    rows = list(rows)
    there = {(row.programme_code, row.period) for row in rows}
    against = {round for one, other in excluded if one in there and other in there for round in (one, other)}
    return [row for row in rows if (row.programme_code, row.period) in against]


def _the_same(numbers: Iterable[bytes | None]) -> bool | None:
    known = [number for number in numbers if number is not None]
    return len(set(known)) == 1 if len(known) > 1 else None
