"""From the rows of a schedule to what they change: which sittings are new, which replace one, which stand already.

Nothing is written here. The same steps are shown before publishing and done by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from salur.core.errors import Meanwhile
from salur.core.lists.periods import is_period, period_of
from salur.core.payouts.answers import NotUsed, PlaceKind
from salur.core.payouts.kinds import BESIDE, ScheduledSitting, SittingState, is_of_another
from salur.core.payouts.places.known import AT_HOME, Places, key_of
from salur.core.regions.territory import Territory
from salur.core.regions.zones import time_zone
from salur.core.storage.database import AnyRow
from salur.core.tables.payouts import SittingRow

Area = tuple[object, ...]  # programme, period, region, RW, RT
LEFT_OUT = frozenset({"repeated"})


@dataclass(frozen=True, slots=True)
class Step:
    """What one row does: it stands already, replaces a sitting, or (neither) is new."""

    sitting: ScheduledSitting
    same: AnyRow | None = None
    replaced: AnyRow | None = None

    @property
    def does(self) -> str:
        """In a word, for counting."""
        if self.same is not None:
            return "unchanged" if self.same.deadline == self.sitting.deadline else "deadline"
        return "added" if self.replaced is None else "changed"


def usable(
    sittings: Sequence[ScheduledSitting],
    programme: str | None,
    period: str | None,
    programmes: set[str],
    territory: Territory | None = None,
) -> tuple[list[ScheduledSitting], list[NotUsed]]:
    """The rows that say all that a sitting needs, filled up by what the operator said; and the others.

    `territory`: the area of the office that plans; what lies outside is none of its business.
    """
    good: dict[tuple[object, ...], ScheduledSitting] = {}
    out = []
    for row in sittings:
        sitting = _filled_up(row, programme, period)
        code = _missing(sitting, programmes)
        if is_of_another(row, programme, period):
            code = "other_programme_or_stage"
        if code is None and territory is not None and not territory.covers(Territory(sitting.region_code or "")):
            code = "not_your_area"
        said = (area_of(sitting), key_of(sitting), sitting.date, sitting.starts, sitting.ends)
        if code is None and said in good:
            code = "repeated"
        if code is None:
            good[said] = sitting
        else:
            out.append(NotUsed(row.row, code, code not in LEFT_OUT))
    return list(good.values()), out


def _filled_up(row: ScheduledSitting, programme: str | None, period: str | None) -> ScheduledSitting:
    period = row.period or period or (period_of(row.stage, row.date) if row.date else None)
    filled = replace(row, programme=row.programme or programme, period=period)
    if row.kind != PlaceKind.HOME:
        return filled
    # Schedules are public: whose home it is stays out of them.
    return replace(filled, place=AT_HOME, address=None, latitude=None, longitude=None, opening_hours=None)


def _missing(sitting: ScheduledSitting, programmes: set[str]) -> str | None:
    """The code of the first thing that a sitting lacks."""
    if sitting.programme not in programmes:
        return "programme_unknown"
    if sitting.region_code is None:
        return "region_unknown"
    if not sitting.place:
        return "place_missing"
    if sitting.date is None:
        return "date_unclear"
    if sitting.starts is None or sitting.ends is None or sitting.starts >= sitting.ends:
        return "hours_unclear"
    return None if sitting.period is not None and is_period(sitting.period) else "period_unclear"


def area_of(sitting: ScheduledSitting) -> Area:
    """For whom a sitting is, and of what."""
    return (sitting.programme, sitting.period, sitting.region_code, sitting.rw, sitting.rt)


def moments_of(sitting: ScheduledSitting) -> tuple[dt.datetime, dt.datetime]:
    """From when until when, in the zone of the place."""
    assert sitting.date
    assert sitting.starts
    assert sitting.ends
    assert sitting.region_code
    zone = time_zone(sitting.region_code)
    return dt.datetime.combine(sitting.date, sitting.starts, zone), dt.datetime.combine(
        sitting.date, sitting.ends, zone
    )


def steps(connection: Connection, sittings: Sequence[ScheduledSitting], places: Places) -> list[Step]:
    """What each row does. One whose area stands with another day, hour or place replaces the sitting most like it;
    sittings that no row mentions stay as they are, so a file of changes alone is enough."""
    by_area: dict[Area, list[ScheduledSitting]] = {}
    for sitting in sittings:
        if sitting.instead_of is None:
            by_area.setdefault(area_of(sitting), []).append(sitting)
    found = [step for area, rows in by_area.items() for step in _steps(standing(connection, area), rows, places)]
    by_hand = (sitting for sitting in sittings if sitting.instead_of is not None)
    return found + [_step_by_hand(connection, sitting, places) for sitting in by_hand]


def _step_by_hand(connection: Connection, sitting: ScheduledSitting, places: Places) -> Step:
    """What a planned row does: it says itself which sitting it takes the place of. Raises Meanwhile if that is gone."""
    wanted = (places.number(sitting), *moments_of(sitting))
    stand = standing(connection, area_of(sitting))
    same = next((row for row in stand if (row.place_id, row.starts_at, row.ends_at) == wanted), None)
    if same is not None and sitting.instead_of in (BESIDE, same.id):
        return Step(sitting, same=same)
    if sitting.instead_of == BESIDE:
        return Step(sitting)
    active = select(SittingRow.__table__).where(
        SittingRow.id == sitting.instead_of, SittingRow.state == SittingState.ACTIVE
    )
    replaced = connection.execute(active).one_or_none()
    if replaced is None:
        raise Meanwhile()
    return Step(sitting, replaced=replaced)


def _steps(stand: list[AnyRow], rows: Sequence[ScheduledSitting], places: Places) -> list[Step]:
    done, new = [], []
    for sitting in rows:
        wanted = (places.number(sitting), *moments_of(sitting))
        same = next((row for row in stand if (row.place_id, row.starts_at, row.ends_at) == wanted), None)
        if same is None:
            new.append(sitting)
        else:
            stand.remove(same)
            done.append(Step(sitting, same=same))
    for sitting in new:
        place, (starts, _) = places.number(sitting), moments_of(sitting)
        like = min(
            stand, key=lambda row: (row.place_id != place, abs((row.starts_at - starts).total_seconds())), default=None
        )
        if like is not None:
            stand.remove(like)
        done.append(Step(sitting, replaced=like))
    return done


def standing(connection: Connection, area: Area) -> list[AnyRow]:
    """The sittings that hold for exactly this area."""
    programme, period, region, rw, rt = area
    statement = select(SittingRow.__table__).where(
        SittingRow.programme_code == programme,
        SittingRow.period == period,
        SittingRow.region_code == region,
        SittingRow.rw == rw if rw is not None else SittingRow.rw.is_(None),
        SittingRow.rt == rt if rt is not None else SittingRow.rt.is_(None),
        SittingRow.state == SittingState.ACTIVE,
    )
    return list(connection.execute(statement.order_by(SittingRow.id)))
