"""What a list covers: the kelurahan, RW or RT it speaks for, and which list speaks for someone.

A list covers what it holds, not all of the kelurahan that its people live in: it supersedes other lists there, and
nowhere else. Whoever asks which list is in force for someone asks here: `speaks_for` in a statement, `Speakers` for
many people at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from salur.core.errors import Refused
from salur.core.lists.kinds import Coverage, Draft, ListState, Tally, Unit
from salur.core.regions.region import LEVELS, VILLAGE
from salur.core.storage.prepared import columns_of, constant
from salur.core.storage.statements import AnyColumn, AnySelect
from salur.core.tables.lists import CoverageRow, ListRow
from salur.core.tables.people import PersonRow

# A few rows of another place, or mistyped ones, do not make a city's list a province's.
AREA_SHARE = 0.95
# So many in one RW, or RT, make a file that RW's list. Taken too narrow, nobody is taken off; too wide, many are.
PART_SHARE = 0.8
STRAY_SHARE = 0.05  # of what the middle one holds; with less a place is mistyped, and the list does not speak for it

_same_area = aliased(ListRow, name="same_area")


def area_of(counted: Mapping[str | None, int]) -> str:
    """The smallest region that holds nearly all of so many people of each region; empty when there is none."""
    known = Counter({code: count for code, count in counted.items() if code})
    for length in reversed(LEVELS):
        larger = Counter[str]()
        for code, count in known.items():
            if len(code) >= length:
                larger[code[:length]] += count
        for code, count in larger.most_common(1):
            if count >= AREA_SHARE * known.total():
                return code
    return ""


def coverage_of(draft: Draft) -> Coverage:
    """What a list seems to cover, by its rows: of a round of files each is looked at, and the widest counts."""
    found = {_coverage_of(tally) for tally in draft.files or (draft.tally,)}
    return next((wide for wide in (Coverage.KELURAHAN, Coverage.RW) if wide in found), Coverage.RT)


def units_of(tally: Tally, coverage: Coverage) -> tuple[Unit, ...]:
    """The places that a list of these people covers. Raises Refused(`coverage_unknown`) when its rows name none."""
    area = area_of(tally.regions)
    counted = _units(tally, coverage)
    if len(area) == VILLAGE:
        counted = Counter({unit: count for unit, count in counted.items() if unit.region_code == area})
    if not counted and coverage is Coverage.KELURAHAN:
        return (Unit(area),)
    if not counted:
        raise Refused("coverage_unknown", coverage=str(coverage))
    least = STRAY_SHARE * median(counted.values())
    return tuple(sorted(unit for unit, count in counted.items() if count >= least))


def within(units: Iterable[Unit]) -> ColumnElement[bool]:
    """Of `person`: who lives in one of these places."""
    whole = [unit.region_code for unit in units if not unit.rw]
    parts = [
        and_(PersonRow.region_code == unit.region_code, PersonRow.rw == unit.rw, *_rt(unit))
        for unit in units
        if unit.rw
    ]
    return or_(PersonRow.region_code.in_(whole), *parts)


def speaks_for() -> AnyColumn:
    """The id of the list in force for the person of a row (`person`, `recipient_list`), or NULL.

    Of those that cover the place the narrowest, for it came later: a wider one would have superseded it. Who lives
    nowhere that a list names is spoken for by the one of the same area. A list out of which a person's part was taken
    says nothing of them.
    """
    covering = (
        select(CoverageRow.list_id)
        .where(
            CoverageRow.in_force,
            CoverageRow.programme_code == ListRow.programme_code,
            CoverageRow.region_code == PersonRow.region_code,
            CoverageRow.rw.in_((constant(0), PersonRow.rw)),
            CoverageRow.rt.in_((constant(0), PersonRow.rt)),
        )
        .order_by(CoverageRow.rw.desc(), CoverageRow.rt.desc())
        .limit(constant(1))
        .correlate(ListRow, PersonRow)
        .scalar_subquery()
    )
    return func.nullif(func.coalesce(covering, same_area()), ListRow.part_of)


def same_area() -> AnyColumn:
    """The id of the newest list in force of the programme and area of a row of `recipient_list`, or NULL.

    What corrects a list speaks for no place.
    """
    return (
        select(func.max(_same_area.id))
        .where(
            _same_area.programme_code == ListRow.programme_code,
            _same_area.area == ListRow.area,
            _same_area.state == constant(ListState.PUBLISHED),
            _same_area.corrects.is_(None),
        )
        .correlate(ListRow)
        .scalar_subquery()
    )


class Speaker(NamedTuple):
    """A list in force in one kelurahan, for all of it or a part."""

    list_id: int
    programme_code: str
    period: str
    rw: int
    rt: int


class Speakers:
    """Which list is in force for whom, in one kelurahan: as `speaks_for`, for many people."""

    def __init__(self, rows: Iterable[Speaker]) -> None:
        self._at: Mapping[tuple[str, int, int], Speaker] = {(r.programme_code, r.rw, r.rt): r for r in rows}

    def of(self, programme: str, rw: int | None, rt: int | None) -> Speaker | None:
        """The list in force for someone who lives there."""
        for place in ((rw or 0, rt or 0), (rw or 0, 0), (0, 0)):
            if (found := self._at.get((programme, *place))) is not None:
                return found
        return None


def speakers_in(region_code: ColumnElement[str]) -> AnySelect:
    """The statement whose rows are the speakers of a kelurahan."""
    return (
        select(
            *columns_of(
                Speaker,
                list_id=CoverageRow.list_id,
                programme_code=CoverageRow.programme_code,
                period=ListRow.period,
                rw=CoverageRow.rw,
                rt=CoverageRow.rt,
            )
        )
        .join(ListRow, ListRow.id == CoverageRow.list_id)
        .where(CoverageRow.in_force, CoverageRow.region_code == region_code)
    )


def _coverage_of(tally: Tally) -> Coverage:
    for coverage in (Coverage.RT, Coverage.RW):
        known = _units(tally, coverage)
        # Where most rows do not say it, the few that do are no sign of a part.
        if known.total() * 2 > tally.people and max(known.values()) >= PART_SHARE * known.total():
            return coverage
    return Coverage.KELURAHAN


def _units(tally: Tally, coverage: Coverage) -> Counter[Unit]:
    counted = Counter[Unit]()
    for (code, rw, rt), count in tally.places.items():
        if (unit := _unit_of(code, rw, rt, coverage)) is not None:
            counted[unit] += count
    return counted


def _unit_of(code: str | None, rw: int | None, rt: int | None, coverage: Coverage) -> Unit | None:
    if code is None or len(code) != VILLAGE:
        return None
    if coverage is Coverage.KELURAHAN:
        return Unit(code)
    if not rw or (coverage is Coverage.RT and not rt):
        return None
    return Unit(code, rw, rt or 0) if coverage is Coverage.RT else Unit(code, rw)


def _rt(unit: Unit) -> tuple[ColumnElement[bool], ...]:
    column: InstrumentedAttribute[int | None] = PersonRow.rt
    return (column == unit.rt,) if unit.rt else ()
