"""What officers read about their area: how many, how much, what became of it, and what waits; and the areas inside it.

Numbers only, exact ones, of nobody by name. They are those of the head's list (`neighbourhood`), line for line, and
the areas inside one add up to it, for people of whom it is not known where in it they live are a line of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection

from salur.core.errors import NotThere
from salur.core.figures.answers import Dashboard, KnownRound, Level, Part, RoundKey
from salur.core.figures.begun import Begun
from salur.core.figures.cells import Cells, cells_of, part_of
from salur.core.figures.counting import Count, count
from salur.core.figures.entered import Key, is_wide
from salur.core.figures.rounds import (
    Listed,
    View,
    files_of_payments,
    lists_around,
    rounds_of,
    view_in_force,
    view_of,
)
from salur.core.figures.work import MarkRead, ProposalRead, read_marks, read_proposals, sum_marks, sum_proposals
from salur.core.lists.programmes import Programmes
from salur.core.marks.kinds import READERS
from salur.core.officers.roles import Officer
from salur.core.officers.scope import Scope
from salur.core.proposals.kinds import LEVEL_OF
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.regions.directory import region_names
from salur.core.regions.region import LEVELS, VILLAGE
from salur.core.regions.territory import Territory
from salur.core.regions.zones import time_zone
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault

MOST_KEPT = 4  # counts of whole cities, a few megabytes each


class Dashboards:
    """Counts for officers."""

    def __init__(self, database: Database, vault: Vault, programmes: Programmes, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._programmes = programmes
        self._clock = clock
        self._counting = Lock()
        self._known: dict[object, tuple[object, Mapping[Key, Count]]] = {}

    def of(self, officer: Officer, area: Territory | None = None, round: RoundKey | None = None) -> Dashboard:
        """An area of the officer's, all of it where none is named: in all rounds in force, or in one that is kept.

        Raises: NotThere(`no_such_area`) for what lies outside, or does not exist; NotThere(`no_such_round`).
        """
        with self._database.reading() as connection:
            return self._read(connection, officer, area or officer.territory, round)

    def export(self, officer: Officer, area: Territory | None = None, round: RoundKey | None = None) -> Dashboard:
        """The same to take away, which is written down. Raises as `of`."""
        found = self.of(officer, area, round)
        with self._database.writing() as connection:
            note(connection, officer, RecordKind.FIGURES, "taken_away", self._clock(), territory=found.area)
        return found

    def _read(self, connection: Connection, officer: Officer, area: Territory, round: RoundKey | None) -> Dashboard:
        if not officer.territory.covers(area) or not _is_one(area):
            raise NotThere("no_such_area")
        way = _way(connection, officer.territory, area)
        now, lists = self._clock(), lists_around(connection, area)
        names = {programme.code: programme.name for programme in self._programmes.all()}
        known = tuple(KnownRound(key, names.get(key.programme, key.programme), held) for key, held in rounds_of(lists))
        wanted = next((one for one in known if one.key == round), None)
        if round is not None and wanted is None:
            raise NotThere("no_such_round")
        view = view_in_force(lists) if wanted is None else view_of(lists, wanted.key)
        # Who is one person is judged in the officer's whole area, or parts of it would not add up.
        scope = Scope.of(officer, Territory(area.region_code, officer.territory.rw, officer.territory.rt))
        counted = self._counted(connection, scope, view, lists)
        begun = Begun(connection, scope.territory, {key.period for key in counted}, now)
        cells = cells_of(area, counted, begun)
        within = Scope.of(officer, area)
        proposals = read_proposals(connection, within, now) if officer.role in LEVEL_OF else None
        marks = read_marks(connection, within) if officer.role in READERS else None
        return Dashboard(
            way=way,
            made_at=now.astimezone(time_zone(area.region_code)),
            known=known,
            wanted=wanted,
            rounds=cells.rounds(known),
            total=cells.total,
            parts=_parts(connection, area, cells, known, proposals or (), marks or ()),
            proposals=None if proposals is None else sum_proposals(proposals),
            marks=None if marks is None else sum_marks(marks),
        )

    def _counted(
        self, connection: Connection, scope: Scope, view: View, lists: Sequence[Listed]
    ) -> Mapping[Key, Count]:
        """Counted, or as it was counted before: of a whole city it takes long, and seldom changes."""
        if not is_wide(scope):
            return count(connection, scope, view, self._vault, self._clock())
        stamp = (tuple(lists), *files_of_payments(connection))
        of_what = (scope.territory, tuple(view.counted))
        with self._counting:
            known = self._known.get(of_what)
            if known is None or known[0] != stamp:
                found = count(connection, scope, view, self._vault, self._clock())
                self._known.pop(of_what, None)
                known = self._known[of_what] = (stamp, found)
                while len(self._known) > MOST_KEPT:
                    del self._known[next(iter(self._known))]
        return known[1]


def _is_one(area: Territory) -> bool:
    """Whether there can be such an area: an RW is one of a kelurahan, an RT one of an RW."""
    return area.rt is None if area.rw is None else len(area.region_code) == VILLAGE


def _way(connection: Connection, own: Territory, area: Territory) -> tuple[Level, ...]:
    """From the officer's own area down to this one. Raises NotThere(`no_such_area`) when there is no such region."""
    codes = [area.region_code[:length] for length in LEVELS if len(own.region_code) <= length <= len(area.region_code)]
    names = region_names(connection, codes)
    if len(names) < len(codes) or area.region_code not in names:
        raise NotThere("no_such_area")
    steps = [Territory(code) for code in codes]
    if area.rw is not None:
        steps.append(Territory(area.region_code, area.rw))
    if area.rt is not None:
        steps.append(area)
    return tuple(Level(step, names[step.region_code]) for step in steps if own.covers(step))


def _parts(
    connection: Connection,
    area: Territory,
    cells: Cells,
    known: Sequence[KnownRound],
    proposals: Iterable[ProposalRead],
    marks: Iterable[MarkRead],
) -> tuple[Part, ...]:
    """The areas of the next level, by name or number, those where nobody knows which last. An RT has none."""
    if area.rt is not None:
        return ()
    waiting: dict[Territory | None, list[ProposalRead]] = defaultdict(list)
    marked: dict[Territory | None, int] = defaultdict(int)
    for proposal in proposals:
        if proposal.took is None:
            where = proposal.place
            waiting[part_of(area, where.region_code, where.rw, where.rt)].append(proposal)
    for mark in marks:
        if mark.stands:
            where = mark.place
            marked[part_of(area, where.region_code, where.rw, where.rt)] += mark.marks
    found = cells.parts | waiting.keys() | marked.keys()
    names = region_names(connection, {one.region_code for one in found if one is not None})

    def order(one: Territory | None) -> tuple[object, ...]:
        return (one is None, *((names.get(one.region_code, ""), one.rw or 0, one.rt or 0) if one else ()))

    return tuple(
        Part(
            area=one,
            name=names.get(one.region_code, one.region_code) if one else "",
            sums=cells.of_part(one),
            rounds=cells.rounds_of(known, one),
            open_proposals=len(waiting[one]),
            late_proposals=sum(proposal.is_late for proposal in waiting[one]),
            marks=marked[one],
        )
        for one in sorted(found, key=order)
    )
