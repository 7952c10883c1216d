"""The list of a neighbourhood, as its head sees it: who stands on it, what becomes of it, who has not collected.

Names are sealed, so everyone in the area is opened in memory to sort and search, and what came of it is remembered
(`remembered`); numbers only for those shown, and only for the year of birth. Everyone shown gets a line in their access
record before the answer leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from salur.core.doubles.doubles import doubled
from salur.core.errors import NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.marks.kinds import READERS
from salur.core.neighbourhood import queries as query
from salur.core.neighbourhood.answers import (
    ON_A_PAGE,
    Filter,
    InSum,
    LineState,
    ListOfArea,
    Overview,
    ProgrammeFound,
    must_choose,
)
from salur.core.neighbourhood.areas import areas_in, name_of
from salur.core.neighbourhood.closed import closed
from salur.core.neighbourhood.lines import Entry
from salur.core.neighbourhood.neighbours import Neighbours, Sittings, periods_to_collect
from salur.core.neighbourhood.overview import count_by_kelurahan
from salur.core.neighbourhood.remembered import Remembered
from salur.core.neighbourhood.sitting_rows import parts_by_person, sitting_rows
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import Scope
from salur.core.pages import Page
from salur.core.payouts.answers import Sitting
from salur.core.privacy.access_log import AccessLog
from salur.core.regions.territory import Territory
from salur.core.regions.zones import time_zone
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault


class Neighbourhoods:
    """Answers heads and offices."""

    def __init__(self, database: Database, vault: Vault, access: AccessLog, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._access = access
        self._clock = clock
        self._remembered = Remembered(vault)

    def page(self, officer: Officer, filter: Filter, page: int = 1, *, door: Door, size: int = ON_A_PAGE) -> ListOfArea:
        """One page of the list; a page beyond the last gives the last.

        In Telegram no year of birth leaves the core: messages pass servers abroad.

        Raises: Refused(`kelurahan_missing`) when one has to be chosen first, Refused(`no_such_area`) for one that is
        not the officer's, which is what it says of one that does not exist too.
        """
        what = "search" if filter.is_search else "list"
        return self._answer(officer, filter, page, size, door=door, what=what)

    def export(self, officer: Officer, filter: Filter, *, door: Door) -> ListOfArea:
        """All lines that fit, as one page. Raises as `page`."""
        return self._answer(officer, filter, 1, None, door=door, what="export")

    def count_not_collected(self, officer: Officer) -> int:
        """How many lines `Filter(not_collected=True)` shows; none where a kelurahan has to be chosen first."""
        if must_choose(officer):
            return 0
        scope = Scope.of(officer)
        with self._database.reading() as connection:
            neighbours = self._neighbours(connection, scope, officer, self._clock())
            return sum(map(neighbours.is_waiting, neighbours.entries))

    def sum_up(self, officer: Officer) -> InSum:
        """How many lines are paid, and when sittings are to come; nobody's name is in it. For heads of RT and RW."""
        scope = Scope.of(officer)
        with self._database.reading() as connection:
            neighbours = self._neighbours(connection, scope, officer, self._clock())
            coming: dict[int, tuple[str, Sitting]] = {}
            for entry in neighbours.entries:
                sitting, _ = neighbours.sittings.next_or_missed(entry)
                if sitting is not None:
                    coming.setdefault(sitting.id, (entry.row.programme_name, sitting))
            paid = sum(entry.state is LineState.PAID for entry in neighbours.entries)
            return InSum(paid, tuple(coming.values()))

    def overview(self, officer: Officer) -> Overview:
        """How many stand on the lists in each kelurahan of the officer's territory. Nobody's name is in it."""
        with self._database.reading() as connection:
            return count_by_kelurahan(connection, Scope.of(officer))

    def _answer(
        self, officer: Officer, filter: Filter, page: int, size: int | None, *, door: Door, what: str
    ) -> ListOfArea:
        area = _area(officer, filter)
        scope = Scope.of(officer, area)
        now = self._clock()
        with self._database.reading() as connection:
            place = name_of(connection, area)
            if place is None:
                raise NotThere("no_such_area")
            neighbours = self._neighbours(connection, scope, officer, now)
            picked = _pick(neighbours, filter, page, size)
            people = {entry.row.person.id for entry in picked.shown}
            twice = self._twice(connection, scope, officer, people)
            sealed = closed(connection, scope, [entry.row.id for entry in picked.shown])
            areas = areas_in(connection, _around(officer, area)) if officer.role is not Role.RT else []
        # Written before anyone is shown. Not while names are opened: SQLite has one lock for all who write.
        with self._database.writing() as connection:
            self._access.record(connection, people, officer, door=door, what=what)
        years = door is not Door.CHAT
        return ListOfArea(
            lines=picked.shown.map(
                partial(neighbours.line, vault=self._vault, sealed=sealed, years=years, doubles=twice)
            ),
            counts=picked.counts,
            waiting=picked.waiting,
            area=area,
            place=place,
            programmes=tuple(ProgrammeFound(*known) for known in neighbours.programmes),
            rws=tuple(dict.fromkeys(rw for rw, _ in areas)),
            rts=tuple(sorted({rt for rw, rt in areas if rt is not None and filter.rw in (None, rw)})),
            any_list=bool(neighbours.entries),
            made_at=now.astimezone(time_zone(area.region_code)),
        )

    def _neighbours(self, connection: Connection, scope: Scope, officer: Officer, now: datetime) -> Neighbours:
        found = self._remembered.entries(connection, scope, now)
        periods = periods_to_collect(found)
        around = sitting_rows(connection, scope.territory, periods)
        plans = {row.sitting.plan_id for row in around if row.sitting.plan_id is not None}
        sittings = Sittings(around, now, parts_by_person(connection, scope, plans))
        return Neighbours(found, sittings, query.marks_by_person(connection, scope), officer.role in READERS)

    @staticmethod
    def _twice(connection: Connection, scope: Scope, officer: Officer, people: Collection[int]) -> set[int]:
        """Who of those shown is a double. Juru bayar look at the list only: it is none of their business."""
        return doubled(connection, scope, sorted(people)) if people and officer.role in READERS else set()


@dataclass(frozen=True, slots=True, repr=False)
class _Picked:
    """What of a neighbourhood is shown, and what is counted of it."""

    shown: Page[Entry]
    counts: Mapping[LineState, int]
    waiting: int


def _pick(neighbours: Neighbours, filter: Filter, page: int, size: int | None) -> _Picked:
    """One page (without `size` all) of what fits the filter, in its order."""
    wanted = neighbours.wanted(filter)
    waiting = [entry for entry in wanted if neighbours.is_waiting(entry)]
    found = waiting if filter.not_collected else wanted
    if filter.state is not None:
        found = [entry for entry in found if entry.state is filter.state]
    counted = Counter(entry.state for entry in wanted)
    return _Picked(
        shown=Page.cut(page, neighbours.sorted(found, filter.sort), size),
        counts={state: counted[state] for state in LineState},
        waiting=len(waiting),
    )


def _area(officer: Officer, filter: Filter) -> Territory:
    if must_choose(officer) and filter.kelurahan is None:
        raise Refused("kelurahan_missing")
    area = filter.area_within(officer.territory)
    if area is None:
        raise NotThere("no_such_area")
    return area


def _around(officer: Officer, area: Territory) -> Scope:
    """All that the officer could choose an RW and RT from, without the choice that is made."""
    own = officer.territory
    return Scope.of(officer, Territory(area.region_code, own.rw, own.rt))
