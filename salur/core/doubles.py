"""People who stand twice where they should stand once, with the evidence side by side. Computed, never stored.

A double is a question to the office, never a verdict; it changes no list. Whoever looks from a part of the city learns
of what stands outside it that it is there, and in which programme; no name, no place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from salur.core.access import AccessLog
from salur.core.database import AnyRow, Database
from salur.core.doubles_query import NUMBER, Clashes, current_clashes, doubled_statement, entries, groups, people_of
from salur.core.errors import Refused
from salur.core.exclusions import DoubleKind, disputed
from salur.core.listed_people import NAMES
from salur.core.mark_kinds import READERS
from salur.core.mark_query import last_four
from salur.core.names_alike import alike_in
from salur.core.roles import VILLAGE, Officer, Territory
from salur.core.scope import Scope
from salur.core.vault import Vault

PAGE = 50
AT_ONCE = 256  # people asked for in one statement
MOST_ENTRIES = 10  # of one double: more are counted, not shown


@dataclass(frozen=True, slots=True, repr=False)
class DoubleEntry:
    """One side: a person as one list writes him."""

    name: str
    last_four: str | None
    kelurahan: str | None
    rw: int | None
    rt: int | None
    programme: str
    programme_name: str
    period: str
    list_date: date
    decree: str


@dataclass(frozen=True, slots=True, repr=False)
class Double:
    """Entries held against each other. `elsewhere` names the programmes (code, name) of those outside the territory;
    `same_nik` and `same_kk` are None where fewer than two of the entries shown have such a number."""

    entries: tuple[DoubleEntry, ...]
    elsewhere: tuple[tuple[str, str], ...]
    more: int  # entries that are not shown, for there are too many
    same_nik: bool | None
    same_kk: bool | None
    disputed: bool  # programmes of which it is unsure that they exclude each other


@dataclass(frozen=True, slots=True, repr=False)
class DoublesPage:
    """A page of doubles of one kind. `kelurahan_wanted`: names alike are looked for in one kelurahan at a time."""

    kind: DoubleKind
    doubles: tuple[Double, ...]
    found: int
    page: int
    pages: int
    kelurahan_wanted: bool = False


def doubled(connection: Connection, scope: Scope, people: Collection[int]) -> set[int]:
    """Which of these people (ids, of the scope) stand twice by their NIK or KK number. For the list of a page.

    Names alike are left to `Doubles.page`: they would have to be opened.
    """
    within_one = len(scope.territory.region_code) == VILLAGE
    prepared, values = (Scope.to_prepare(**scope.shape), scope.values) if within_one else (scope, {})
    excluded, found, wanted = current_clashes(connection), set(), list(people)
    for start in range(0, len(wanted), AT_ONCE):
        ids = wanted[start : start + AT_ONCE]
        size = 1 << (len(ids) - 1).bit_length()  # few sizes make few statements: the last id fills the rest
        slots = {f"person{i}": ids[min(i, len(ids) - 1)] for i in range(size)}
        statement = doubled_statement(prepared, excluded, size)
        found |= {row.id for row in statement.run(connection, {**values, **slots})}
    return found


class Doubles:
    """Finds doubles."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock

    def page(
        self,
        officer: Officer,
        kind: DoubleKind | None = None,
        *,
        kelurahan: str | None = None,
        page: int = 1,
        door: str = "web",
    ) -> DoublesPage:
        """The doubles of one kind that have a side in the officer's territory, or in one kelurahan of it; without a
        kind, of the first that has any.

        The look is recorded for everyone shown. Raises Refused(`not_your_role`).
        """
        if officer.role not in READERS:
            raise Refused("not_your_role", role=officer.role)
        within = Scope.of(officer, Territory(kelurahan) if kelurahan else None)
        # A city takes a second or two to look through: nobody who writes should wait for that.
        with self._database.reading() as connection:
            kind = kind or self._first(connection, within)
            if kind is DoubleKind.SIMILAR_NAME:
                found, twice = self._alike(connection, within, page)
            else:
                found, twice = self._same_number(connection, officer, within, kind, page)
        shown = [row.person_id for rows in twice for row in _inside(rows)[:MOST_ENTRIES]]
        with self._database.writing() as connection:
            self._access.record(connection, shown, officer, door=door, what="list")
        wanted = kind is DoubleKind.SIMILAR_NAME and len(within.territory.region_code) < VILLAGE
        doubles = tuple(self._double(rows) for rows in twice)
        return DoublesPage(kind, doubles, found, page, max(1, -(-found // PAGE)), kelurahan_wanted=wanted)

    @staticmethod
    def _first(connection: Connection, within: Scope) -> DoubleKind:
        excluded = current_clashes(connection)
        for kind in NUMBER:
            if connection.execute(groups(kind, within.territory, excluded).limit(1)).first():
                return kind
        return DoubleKind.SAME_NIK

    def _same_number(
        self, connection: Connection, officer: Officer, within: Scope, kind: DoubleKind, page: int
    ) -> tuple[int, list[list[AnyRow]]]:
        excluded = current_clashes(connection)
        twice = groups(kind, within.territory, excluded).subquery()
        order = (twice.c.programme_code, twice.c.period, twice.c.number)
        wanted = select(twice, func.count().over().label("found"))
        keys = connection.execute(wanted.order_by(*order).limit(PAGE).offset((page - 1) * PAGE)).all()
        rows = entries(connection, Scope.of(officer), kind, {key.number for key in keys})
        by_number = defaultdict(list)
        for row in rows:
            by_number[row.number].append(row)
        found = [_of_the_group(by_number[key.number], key, excluded) for key in keys]
        return (keys[0].found if keys else 0), found

    def _alike(self, connection: Connection, within: Scope, page: int) -> tuple[int, list[list[AnyRow]]]:
        if len(within.territory.region_code) < VILLAGE:
            return 0, []
        rows = people_of(connection, within)
        opened = {row.person_id: self._name(row) for row in rows}
        pairs = alike_in(rows, opened)
        return len(pairs), pairs[(page - 1) * PAGE : page * PAGE]

    def _name(self, row: AnyRow) -> str:
        name: str = self._vault.open_json(row.sealed_names, NAMES, row.person_id)["name"]
        return name

    def _double(self, rows: Sequence[AnyRow]) -> Double:
        inside, outside = _inside(rows), [row for row in rows if row.person_id is None]
        shown = inside[:MOST_ENTRIES]
        return Double(
            entries=tuple(self._entry(row) for row in shown),
            elsewhere=tuple(sorted({(row.programme_code, row.programme_name) for row in outside})),
            more=len(inside) - len(shown),
            same_nik=_the_same(row.nik_index for row in shown),
            same_kk=_the_same(row.kk_index for row in shown),
            disputed=disputed({row.programme_code for row in rows}),
        )

    def _entry(self, row: AnyRow) -> DoubleEntry:
        return DoubleEntry(
            name=self._name(row),
            last_four=last_four(self._vault, row.sealed_numbers, row.person_id),
            kelurahan=row.kelurahan,
            rw=row.rw,
            rt=row.rt,
            programme=row.programme_code,
            programme_name=row.programme_name,
            period=row.period,
            list_date=row.issued_on,
            decree=row.decree,
        )


def _inside(rows: Iterable[AnyRow]) -> list[AnyRow]:
    return [row for row in rows if row.person_id is not None]


def _of_the_group(rows: Iterable[AnyRow], key: AnyRow, excluded: Clashes) -> list[AnyRow]:
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
