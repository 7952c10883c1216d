"""What a draft would do, put as residents will read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from salur.core.payouts.answers import Area, Place, PlaceKind, Sitting
from salur.core.payouts.kinds import ScheduledSitting
from salur.core.payouts.places.known import Facts, Places, facts_of, key_name
from salur.core.payouts.planning.answers import Change, Plan, PlanKind, WhenWhere, Whom
from salur.core.payouts.planning.families import Families
from salur.core.payouts.sittings import read_sitting, sitting_columns, sitting_of
from salur.core.payouts.steps import Step, moments_of
from salur.core.payouts.timetable import TOLD, joined
from salur.core.tables.lists import ProgrammeRow
from salur.core.tables.payouts import PlaceRow, SittingRow
from salur.core.tables.regions import RegionRow

AT_ONCE = 500  # ids in a statement
SHOWN = 200  # things that are written out; of more, nobody reads the rest


def changes_of(
    connection: Connection, steps: Sequence[Step], cancels: Collection[int], places: Places
) -> tuple[Change, ...]:
    """What is new, changed, cancelled or stays, by time; those that differ only in their area are one."""
    named = select(ProgrammeRow.code, ProgrammeRow.name)
    names: dict[str, str] = {row.code: row.name for row in connection.execute(named)}
    codes = sorted({step.sitting.region_code or "" for step in steps})
    regions: dict[str, str] = {}
    for start in range(0, len(codes), AT_ONCE):
        named = select(RegionRow.code, RegionRow.name).where(RegionRow.code.in_(codes[start : start + AT_ONCE]))
        regions |= {row.code: row.name for row in connection.execute(named)}
    before = _standing(connection, [step.replaced.id for step in steps if step.replaced is not None])
    families = Families(connection)
    found: dict[object, Change] = {}
    for step in steps:
        planned = step.sitting
        old = before.get(step.replaced.id) if step.replaced is not None else None
        sitting = _as_it_will_read(planned, places, old)
        area = Area(regions.get(planned.region_code or "", ""), planned.rw, planned.rt, planned.region_code or "")
        key = (planned.programme, planned.period, step.does, sitting)
        if key in found:
            found[key] = replace(
                found[key],
                areas=(*found[key].areas, area),
                families=found[key].families + families.of(planned),
            )
        else:
            programme = planned.programme or ""
            told = (programme, names.get(programme, programme), planned.period or "", step.does)
            found[key] = Change(*told, (area,), families.of(planned), sitting)
    called_off = joined(connection.execute(TOLD.where(SittingRow.id.in_(list(cancels)))))
    for one in called_off:
        count = sum(families.inside(one.programme, one.period, a.region_code, a.rw, a.rt) for a in one.areas)
        gone = replace(one.sitting, cancelled=True)
        told = (one.programme, one.programme_name, one.period, "cancelled")
        found[gone] = Change(*told, one.areas, count, gone)
    return tuple(sorted(found.values(), key=lambda change: (change.does == "unchanged", change.sitting.starts)))


def plan_of(kept: Facts | None) -> Plan | None:
    """What was filled in by hand, as a draft keeps it."""
    if not kept:
        return None
    when, whom, (staying, going) = kept["when"], kept["whom"], kept["parts"]
    if when is not None:
        deadline = dt.date.fromisoformat(when["deadline"]) if when["deadline"] else None
        starts, ends = (dt.time.fromisoformat(when[name]) for name in ("starts", "ends"))
        when = WhenWhere(dt.date.fromisoformat(when["date"]), starts, ends, deadline, when["place"])
    if whom is not None:
        whom = Whom(whom["region_code"], tuple(whom["rws"]), tuple(whom["rts"]))
    told = (kept["sitting"], kept["programme"], kept["period"], when, whom)
    return Plan(PlanKind(kept["kind"]), *told, tuple(kept["going"]), (tuple(staying), tuple(going)))


def _as_it_will_read(planned: ScheduledSitting, places: Places, old: Sitting | None) -> Sitting:
    row = places.known(planned)
    told = {name: value for name, value in facts_of(planned).items() if value is not None}
    if row is None:
        facts = {"address": None, "latitude": None, "longitude": None, "opening_hours": None, **told}
        place = Place(id=0, name=key_name(planned), kind=planned.kind, **facts)
    else:
        known = Place(
            row.id, row.name, PlaceKind(row.kind), row.address, row.latitude, row.longitude, row.opening_hours
        )
        place = replace(known, **told)
    starts, ends = moments_of(planned)
    return Sitting(0, starts, ends, place, planned.deadline, old)


def _standing(connection: Connection, ids: Sequence[int]) -> dict[int, Sitting]:
    """Sittings by their number, without what they replaced themselves."""
    found: dict[int, Sitting] = {}
    for start in range(0, len(ids), AT_ONCE):
        statement = (
            select(*sitting_columns(SittingRow, PlaceRow, "sitting_"))
            .join(PlaceRow, PlaceRow.id == SittingRow.place_id)
            .where(SittingRow.id.in_(ids[start : start + AT_ONCE]))
        )
        for row in connection.execute(statement):
            sitting = sitting_of(read_sitting(row))
            found[sitting.id] = sitting
    return found
