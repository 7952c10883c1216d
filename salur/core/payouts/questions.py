"""What an operator is asked about a schedule before it is taken: rows that may be right, and mostly are a slip."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from sqlalchemy import Connection, select

from salur.core.payouts.answers import PlaceKind, Question
from salur.core.payouts.kinds import ScheduledSitting, SittingState
from salur.core.payouts.places.known import Key, Places, facts_of, key_of, lies_elsewhere
from salur.core.payouts.steps import Area, Step, area_of, moments_of
from salur.core.regions.zones import time_zone
from salur.core.tables.payouts import SittingRow

LONG_PAST, FAR_AHEAD = dt.timedelta(days=31), dt.timedelta(days=183)
LONGEST_TO_COLLECT = dt.timedelta(days=366)
MORNING, EVENING, NIGHT = dt.time(6), dt.time(18), dt.time(20)
LONGEST = dt.timedelta(hours=12)


def questions(connection: Connection, steps: Sequence[Step], places: Places, now: dt.datetime) -> tuple[Question, ...]:
    """Everything that is asked, in the order of the rows' kinds."""
    sittings = [step.sitting for step in steps if step.same is None or step.does == "deadline"]
    asked = [question for sitting in sittings for question in _of_itself(sitting, now)]
    asked += _of_places(connection, steps, places, now)
    asked += _of_one_area([step.sitting for step in steps])
    return tuple(dict.fromkeys(asked))


def _of_itself(sitting: ScheduledSitting, now: dt.datetime) -> Iterator[Question]:
    """Days and hours that nobody means, as a rule: a year that is wrong, 08.00 that became 20.00."""
    starts, ends = moments_of(sitting)
    today, day = now.astimezone(time_zone(sitting.region_code or "")).date(), starts.date()
    if day < today - LONG_PAST:
        yield Question(sitting.row, "sitting_long_past")
    if day > today + FAR_AHEAD:
        yield Question(sitting.row, "sitting_far_ahead")
    if sitting.deadline is not None and sitting.deadline < day:
        yield Question(sitting.row, "deadline_before")
    if sitting.deadline is not None and sitting.deadline > day + LONGEST_TO_COLLECT:
        yield Question(sitting.row, "deadline_far")
    if starts.time() < MORNING or starts.time() >= EVENING or ends.time() > NIGHT or ends - starts > LONGEST:
        yield Question(sitting.row, "hours_at_night")


def _of_places(connection: Connection, steps: Sequence[Step], places: Places, now: dt.datetime) -> Iterator[Question]:
    """Places that would lie elsewhere for sittings that this file does not speak of, or that it puts in two spots."""
    by_place: dict[Key, list[Step]] = defaultdict(list)
    for step in steps:
        by_place[key_of(step.sitting)].append(step)
    spoken_of = {row.id for step in steps for row in (step.same, step.replaced) if row is not None}
    for of_place in by_place.values():
        told = [facts_of(step.sitting) for step in of_place]
        for number, step in enumerate(of_place):
            if any(lies_elsewhere(before, told[number]) for before in told[:number]):
                yield Question(step.sitting.row, "place_twice")
            elif places.moves(step.sitting):
                place = places.known(step.sitting)
                others = select(SittingRow.id).where(
                    SittingRow.place_id == (place.id if place is not None else None),
                    SittingRow.state == SittingState.ACTIVE,
                    SittingRow.ends_at >= now,
                )
                if set(connection.execute(others).scalars()) - spoken_of:
                    yield Question(step.sitting.row, "place_would_move")


def _of_one_area(sittings: Sequence[ScheduledSitting]) -> Iterator[Question]:
    """The same people in two places at once; a visit at home is for others than those who come."""
    by_area: dict[Area, list[ScheduledSitting]] = defaultdict(list)
    for sitting in sittings:
        by_area[area_of(sitting)].append(sitting)
    for of_area in by_area.values():
        for one, other in combinations(of_area, 2):
            if (one.kind == PlaceKind.HOME) != (other.kind == PlaceKind.HOME) or key_of(one) == key_of(other):
                continue
            if one.slot is not None:  # a plan says of each family where it comes
                continue
            (starts, ends), (others_start, others_end) = moments_of(one), moments_of(other)
            if starts < others_end and others_start < ends:
                yield Question(other.row, "two_places_at_once")
