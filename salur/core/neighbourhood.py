"""The list of a neighbourhood, as its head sees it: who stands on it, what becomes of it, who has not collected.

Names are sealed, so everyone in the area is opened in memory to sort and search; numbers only for those shown, and only
for their last four digits. Everyone shown gets a line in his access record before the answer leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from salur.core import neighbourhood_query as query
from salur.core.access import AccessLog
from salur.core.database import Database
from salur.core.doubles import doubled
from salur.core.errors import Refused
from salur.core.mark_kinds import READERS
from salur.core.neighbourhood_answers import (
    ON_A_PAGE,
    Filter,
    LineState,
    Overview,
    Page,
    ProgrammeFound,
    must_choose,
)
from salur.core.neighbourhood_lines import Entry, Neighbours, Sittings, entries, periods_to_collect
from salur.core.neighbourhood_overview import overview
from salur.core.neighbourhood_people import People
from salur.core.regions import time_zone
from salur.core.roles import Officer, Role, Territory
from salur.core.scope import Scope
from salur.core.vault import Vault


class Neighbourhoods:
    """Answers heads and offices."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock

    def page(
        self, officer: Officer, filter: Filter, page: int = 1, *, door: str = "web", size: int = ON_A_PAGE
    ) -> Page:
        """One page of the list; a page beyond the last gives the last.

        In Telegram no digits of a number leave the core: messages pass servers abroad.

        Raises: Refused(`kelurahan_missing`) when one has to be chosen first, Refused(`no_such_area`) for one that is
        not the officer's, which is what it says of one that does not exist too.
        """
        what = "search" if filter.is_search else "list"
        return self._answer(officer, filter, page, size, door=door, what=what)

    def export(self, officer: Officer, filter: Filter, door: str = "web") -> Page:
        """All lines that fit, as one page. Raises as `page`."""
        return self._answer(officer, filter, 1, None, door=door, what="export")

    def overview(self, officer: Officer) -> Overview:
        """How many stand on the lists in each kelurahan of the officer's territory. Nobody's name is in it."""
        with self._database.reading() as connection:
            return overview(connection, Scope.of(officer))

    def _answer(self, officer: Officer, filter: Filter, page: int, size: int | None, *, door: str, what: str) -> Page:
        area = _area(officer, filter)
        scope = Scope.of(officer, area)
        now = self._clock()
        with self._database.reading() as connection:
            place = query.name_of(connection, area)
            if place is None:
                raise Refused("no_such_area")
            neighbours = self._neighbours(connection, scope, officer, now)
            picked = _pick(neighbours, filter, page, size)
            people = {entry.row.person.id for entry in picked.shown}
            twice = self._twice(connection, scope, officer, people)
            areas = query.areas_in(connection, _around(officer, area)) if officer.role is not Role.RT else []
        # Written before anyone is shown. Not while names are opened: SQLite has one lock for all who write.
        with self._database.writing() as connection:
            self._access.record(connection, people, officer, door=door, what=what)
        digits = door == "web"
        return Page(
            lines=tuple(neighbours.line(entry, self._vault, digits=digits, doubles=twice) for entry in picked.shown),
            counts=picked.counts,
            waiting=picked.waiting,
            found=picked.found,
            page=picked.page,
            pages=picked.pages,
            area=area,
            place=place,
            programmes=tuple(ProgrammeFound(*known) for known in neighbours.programmes),
            rws=tuple(dict.fromkeys(rw for rw, _ in areas)),
            rts=tuple(sorted({rt for rw, rt in areas if rt is not None and filter.rw in (None, rw)})),
            any_list=bool(neighbours.entries),
            made_at=now.astimezone(time_zone(area.region_code)),
        )

    def _neighbours(self, connection: Connection, scope: Scope, officer: Officer, now: datetime) -> Neighbours:
        people = People(self._vault)
        own, elsewhere = query.listed_rows(connection, scope)
        found = entries(own, elsewhere, people, now)
        periods = periods_to_collect(found)
        sittings = Sittings(query.sitting_rows(connection, scope.territory, periods), now)
        return Neighbours(found, people, sittings, query.marks_by_person(connection, scope), officer.role in READERS)

    @staticmethod
    def _twice(connection: Connection, scope: Scope, officer: Officer, people: Collection[int]) -> set[int]:
        """Who of those shown is a double. Juru bayar look at the list only: it is none of their business."""
        return doubled(connection, scope, sorted(people)) if people and officer.role in READERS else set()


@dataclass(frozen=True, slots=True, repr=False)
class _Picked:
    """What of a neighbourhood is shown, and what is counted of it."""

    shown: Sequence[Entry]
    counts: Mapping[LineState, int]
    waiting: int
    found: int
    page: int
    pages: int


def _pick(neighbours: Neighbours, filter: Filter, page: int, size: int | None) -> _Picked:
    """One page (without `size` all) of what fits the filter, in its order."""
    wanted = neighbours.wanted(filter)
    waiting = [entry for entry in wanted if neighbours.is_waiting(entry)]
    found = waiting if filter.not_collected else wanted
    if filter.state is not None:
        found = [entry for entry in found if entry.state is filter.state]
    ordered = neighbours.sorted(found, filter.sort)
    pages = max(1, -(-len(ordered) // size)) if size else 1
    page = min(max(page, 1), pages)
    counted = Counter(entry.state for entry in wanted)
    return _Picked(
        shown=ordered[(page - 1) * size : page * size] if size else ordered,
        counts={state: counted[state] for state in LineState},
        waiting=len(waiting),
        found=len(ordered),
        page=page,
        pages=pages,
    )


def _area(officer: Officer, filter: Filter) -> Territory:
    if must_choose(officer) and filter.kelurahan is None:
        raise Refused("kelurahan_missing")
    area = filter.area_within(officer.territory)
    if area is None:
        raise Refused("no_such_area")
    return area


def _around(officer: Officer, area: Territory) -> Scope:
    """All that the officer could choose an RW and RT from, without the choice that is made."""
    own = officer.territory
    return Scope.of(officer, Territory(area.region_code, own.rw, own.rt))
