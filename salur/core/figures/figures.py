"""Totals of the lists in force by kecamatan and kelurahan, as everybody may know them.

They are counted by the same rules as the overview of officers (`neighbourhood.overview`), and told with the small ones
hidden. UU 14/2008 art. 17 h: lists by name are not public, totals are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock

from salur.core.figures.answers import Figures, Place, Round, Source, Total
from salur.core.figures.hiding import hidden_parts
from salur.core.figures.queries import Counts, Listing, counts_everywhere, lists_in_force
from salur.core.lists.programmes import Programmes
from salur.core.regions.directory import name_territories
from salur.core.regions.region import DISTRICT, VILLAGE, district_of
from salur.core.regions.territory import Territory
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault

KEPT = timedelta(minutes=5)  # between two counts: they go over every entry of every list
SHARE_OF = 100  # recipients at least, for their share to be told: a step of it is five families then
STEP = 5  # percent
NOWHERE = ""  # where lists do not say in which kecamatan, or kelurahan, somebody lives


class PublicFigures:
    """Counts, and keeps what was counted for a while."""

    def __init__(self, database: Database, vault: Vault, programmes: Programmes, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._programmes = programmes
        self._clock = clock
        self._counting = Lock()
        self._last: Figures | None = None

    def all(self) -> Figures:
        """Everything that is in force, five minutes old at most."""
        with self._counting:
            now = self._clock()
            if self._last is None or not timedelta(0) <= now - self._last.at < KEPT:
                self._last = self._count(now)
            return self._last

    def _count(self, now: datetime) -> Figures:
        with self._database.reading() as connection:
            counts, lists = counts_everywhere(connection), lists_in_force(connection)
            codes = {code for row in counts if (code := row.region_code) and len(code) in (DISTRICT, VILLAGE)}
            names = name_territories(connection, [Territory(code) for code in codes | set(map(district_of, codes))])
        programmes = {programme.code: programme.name for programme in self._programmes.all()}
        by_round: dict[tuple[str, str], list[Counts]] = defaultdict(list)
        for row in counts:
            by_round[row.programme, row.period].append(row)
        known = {area.region_code: (name.kelurahan or name.kecamatan or "") for area, name in names.items()}
        rounds = (
            self._round(programmes.get(programme, programme), rows, lists, known)
            for (programme, _), rows in sorted(by_round.items(), key=lambda item: item[0])
        )
        return Figures(now, tuple(rounds))

    def _round(self, name: str, rows: Sequence[Counts], lists: Iterable[Listing], names: Mapping[str, str]) -> Round:
        first = rows[0]
        inside: dict[str, dict[str, list[Counts]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            code = row.region_code or NOWHERE
            district = code[:DISTRICT] if len(code) >= DISTRICT else NOWHERE
            inside[district][code if len(code) == VILLAGE else NOWHERE].append(row)
        hidden: dict[str, frozenset[str]] = {}
        untold: set[str] = set()
        for district, parts in inside.items():
            listed = {code: _listed(found) for code, found in parts.items()}
            hidden[district], told = hidden_parts(listed, self._order)
            if not told:
                untold.add(district)
        all_listed = {d: sum(map(_listed, parts.values())) for d, parts in inside.items()}
        without, told = hidden_parts(all_listed, self._order, untold)
        districts = tuple(
            _place(district, inside[district], names, hidden[district], all_hidden=district in without)
            for district in sorted(inside, key=lambda code: (code == NOWHERE, names.get(code, code)))
        )
        sources = {Source(*one[2:]) for one in lists if (one.programme, one.period) == (first.programme, first.period)}
        newest = tuple(sorted(sources, key=lambda source: (source.issued_on, source.decree), reverse=True))
        return Round(first.programme, name, first.period, _total(rows, hidden=not told), districts, newest)

    def _order(self, code: str) -> bytes:
        """An order that nobody can work out, and that stays."""
        return self._vault.digest("figures", code.encode())


def _place(
    code: str,
    parts: Mapping[str, Sequence[Counts]],
    names: Mapping[str, str],
    hidden: Collection[str],
    *,
    all_hidden: bool,
) -> Place:
    kelurahan = (
        Place(part, names.get(part, part), _total(rows, hidden=all_hidden or part in hidden))
        for part, rows in parts.items()
    )
    inside = tuple(sorted(kelurahan, key=lambda place: (place.code == NOWHERE, place.name)))
    everybody = [row for rows in parts.values() for row in rows]
    return Place(code, names.get(code, code), _total(everybody, hidden=all_hidden), inside)


def _listed(rows: Iterable[Counts]) -> int:
    return sum(row.listed for row in rows)


def _total(rows: Sequence[Counts], *, hidden: bool) -> Total:
    """The sum of these, as it may be told."""
    if hidden:
        return Total(None, None, None)
    listed, paid = _listed(rows), sum(row.paid for row in rows)
    amounts = [row.amount for row in rows if row.amount is not None]
    share = paid * 100 // listed // STEP * STEP if listed >= SHARE_OF else None
    return Total(listed, sum(amounts) if amounts else None, share)
