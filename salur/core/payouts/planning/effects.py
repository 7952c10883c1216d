"""What publishing a schedule writes, kept so that undoing it puts everything back as it was."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, insert, select, update

from salur.core.payouts.kinds import SittingState
from salur.core.payouts.places.kinds import PlaceEvent
from salur.core.payouts.places.known import FACTS, Facts, Places
from salur.core.payouts.steps import Step, moments_of
from salur.core.tables.payouts import PlaceEventRow, PlaceRow, SittingRow


def put_in_force(
    connection: Connection,
    todo: Sequence[Step],
    cancels: Collection[int],
    places: Places,
    file: int,
    by: int | None,
    now: dt.datetime,
) -> Facts:
    """Write what the steps say; gives what was changed, as `put_back` needs it."""
    done: Facts = {"added": [], "replaced": [], "deadlines": [], "places": [], "new_places": [], "at": []}
    done["planned"] = []  # sittings that stand, and by which plan and slot families came there before
    for step in todo:
        place, is_new, before = places.bring_in_step(step.sitting)
        if before:
            done["places"].append([place, before])
            _note(connection, place, before, file, by, now)
        if is_new:
            done["new_places"].append(place)
            _note(connection, place, {}, file, by, now)
        done["at"].append(place)
        if step.same is None:
            if step.replaced is not None:
                set_state(connection, [step.replaced.id], SittingState.REPLACED)
                done["replaced"].append(step.replaced.id)
            done["added"].append(_insert(connection, step, place, file))
            continue
        stands = update(SittingRow).where(SittingRow.id == step.same.id)
        if step.does == "deadline":
            connection.execute(stands.values(deadline=step.sitting.deadline))
            was = step.same.deadline
            done["deadlines"].append([step.same.id, was.isoformat() if was else None])
        if step.sitting.slot is not None:
            connection.execute(stands.values(plan_id=file, slot=step.sitting.slot))
            done["planned"].append([step.same.id, step.same.plan_id, step.same.slot])
    done["at"] = sorted(set(done["at"]))
    done["replaced"] = sorted(set(done["replaced"]))
    set_state(connection, cancels, SittingState.CANCELLED)
    done["cancelled"] = sorted(cancels)
    return done


def put_back(connection: Connection, done: Facts, file: int, now: dt.datetime) -> None:
    """Undo what `put_in_force` wrote. Of a place that an office changed since, what the office says stays."""
    set_state(connection, done["added"], SittingState.UNDONE)
    set_state(connection, [*done["replaced"], *done.get("cancelled", ())], SittingState.ACTIVE)
    for id, was in done["deadlines"]:
        day = dt.date.fromisoformat(was) if was else None
        connection.execute(update(SittingRow).where(SittingRow.id == id).values(deadline=day))
    for id, plan, slot in done.get("planned", ()):
        connection.execute(update(SittingRow).where(SittingRow.id == id).values(plan_id=plan, slot=slot))
    kept = _changed_at_the_desk(connection, [*(id for id, _ in done["places"]), *done["new_places"]], file)
    for id, before in reversed(done["places"]):
        if id not in kept:
            connection.execute(update(PlaceRow).where(PlaceRow.id == id).values(before))
    _forget_facts(connection, [id for id in done["new_places"] if id not in kept])
    undone = update(PlaceEventRow).where(
        PlaceEventRow.what == PlaceEvent.BY_SCHEDULE, PlaceEventRow.before == _told(file)
    )
    connection.execute(undone.values(undone_at=now))
    for id, before in done["places"]:
        its = PlaceEventRow.before == _told(file, before)
        connection.execute(update(PlaceEventRow).where(PlaceEventRow.place_id == id, its).values(undone_at=now))


def changed(done: Facts) -> set[tuple[str, int]]:
    """The sittings that a schedule changed, and the places of which it said otherwise than was known."""
    sittings = [*done["added"], *done["replaced"], *done.get("cancelled", ()), *(id for id, _ in done["deadlines"])]
    sittings += [id for id, *_ in done.get("planned", ())]
    return {("sitting", id) for id in sittings} | {("place", id) for id, _ in done["places"]}


def built_on(done: Facts) -> set[tuple[str, int]]:
    """The same, and the places that it named as they were."""
    return changed(done) | {("place", id) for id in done["at"]}


def set_state(connection: Connection, ids: Collection[int], state: SittingState) -> None:
    """Let sittings stand in a state."""
    for id in ids:
        connection.execute(update(SittingRow).where(SittingRow.id == id).values(state=state))


def _told(file: int, before: Facts | None = None) -> str:
    return json.dumps({"facts": before or {}, "file": file})


def _note(connection: Connection, place: int, before: Facts, file: int, by: int | None, now: dt.datetime) -> None:
    values = {"place_id": place, "what": PlaceEvent.BY_SCHEDULE, "at": now, "account_id": by}
    connection.execute(insert(PlaceEventRow).values(**values, before=_told(file, before)))


def _changed_at_the_desk(connection: Connection, places: Collection[int], file: int) -> set[int]:
    """The places of which an office said something after this schedule did."""
    kept = set()
    for id in places:
        events = select(PlaceEventRow.id, PlaceEventRow.what, PlaceEventRow.before).where(
            PlaceEventRow.place_id == id, PlaceEventRow.undone_at.is_(None)
        )
        rows = connection.execute(events.order_by(PlaceEventRow.id)).all()
        ours = [row.id for row in rows if row.what == PlaceEvent.BY_SCHEDULE and json.loads(row.before)["file"] == file]
        if any(row.what == PlaceEvent.CHANGED and (not ours or row.id > ours[0]) for row in rows):
            kept.add(id)
    return kept


def _insert(connection: Connection, step: Step, place: int, file: int) -> int:
    sitting, before = step.sitting, step.replaced
    # Whoever was placed in a sitting comes to the one that takes its place.
    plan, slot = (before.plan_id, before.slot) if before is not None else (None, None)
    if sitting.slot is not None:
        plan, slot = file, sitting.slot
    starts, ends = moments_of(sitting)
    values = {
        "programme_code": sitting.programme,
        "period": sitting.period,
        "region_code": sitting.region_code,
        "rw": sitting.rw,
        "rt": sitting.rt,
        "place_id": place,
        "starts_at": starts,
        "ends_at": ends,
        "deadline": sitting.deadline,
        "state": SittingState.ACTIVE,
        "replaces_id": before.id if before is not None else None,
        "plan_id": plan,
        "slot": slot,
    }
    return int(connection.execute(insert(SittingRow).values(values).returning(SittingRow.id)).scalar_one())


def _forget_facts(connection: Connection, places: Collection[int]) -> None:
    """What a schedule said of new places goes with it, unless another has announced sittings there since."""
    for id in places:
        used = select(SittingRow.id).where(SittingRow.place_id == id, SittingRow.state != SittingState.UNDONE)
        if connection.execute(used.limit(1)).scalar() is None:
            connection.execute(update(PlaceRow).where(PlaceRow.id == id).values(dict.fromkeys(FACTS)))
