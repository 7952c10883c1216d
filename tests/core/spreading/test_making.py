"""Sittings out of a few words; a large plan for a runner; a published plan as it stands now."""

from __future__ import annotations

import datetime as dt

import pytest

from salur.core.errors import FieldRefused, NotThere
from salur.core.jobs.kinds import JobState
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.payouts.planning.answers import WhenWhere
from salur.core.payouts.spreading.answers import Pattern, WantedSitting, Wish
from tests.fixtures.office import TEGAL_GUNDIL, Recipient
from tests.fixtures.uploads import work_off

MONDAY, TUESDAY, SATURDAY = dt.date(2026, 2, 23), dt.date(2026, 2, 24), dt.date(2026, 2, 28)
MORNING, AFTERNOON = (dt.time(8), dt.time(12)), (dt.time(13), dt.time(15))


@pytest.fixture
def planner(heads):
    """Somebody at Dinas Sosial Kota Bogor."""
    return heads.create(Role.DINSOS)


@pytest.fixture
def hall(services, planner):
    """A hall that is open on weekdays, for 50 families an hour."""
    facts = PlaceFacts(
        "Aula", PlaceKind.VILLAGE_HALL, TEGAL_GUNDIL, opening_hours="Senin-Jumat 08.00-15.00", per_hour=50
    )
    return services.places.add(planner, facts)


def pattern(*places, **told):
    """Mornings and afternoons of a week, all days."""
    known = {"first": MONDAY, "last": SATURDAY, "weekdays": frozenset(range(7)), "hours": (MORNING, AFTERNOON)}
    return Pattern(places, **{**known, "per_hour": 30, "visits": 8, "officers": 1, **told})


def test_each_place_has_each_pair_of_hours_on_each_day_that_it_is_open(services, planner, hall):
    made = services.spreading.make(planner, pattern(hall, None))
    at_hall = [one for one in made.sittings if one.place == hall]
    assert len(at_hall) == 5 * 2
    assert [(one.day, one.place) for one in made.skipped] == [(SATURDAY, "Aula")]
    assert {(one.per_hour, one.capacity) for one in made.sittings if one.place is None} == {(8, 8)}
    assert sum(one.place is None for one in made.sittings) == 6 * 2


def test_no_place_is_asked_for_more_than_its_office_says_it_can(services, planner, hall):
    two = services.spreading.make(planner, pattern(hall, officers=2))
    assert {one.per_hour for one in two.sittings} == {25}
    assert {one.capacity for one in two.sittings if one.starts == MORNING[0]} == {200}


def test_a_holiday_is_named_and_left_out(services, planner, hall):
    nyepi = dt.date(2026, 3, 19)
    made = services.spreading.make(planner, pattern(hall, first=nyepi - dt.timedelta(days=3), last=nyepi))
    assert "Nyepi" in made.skipped[-1].about
    assert all(one.date != nyepi for one in made.sittings)


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        ({"last": MONDAY - dt.timedelta(days=1)}, "last", "days_unclear"),
        ({"last": MONDAY + dt.timedelta(days=400)}, "last", "too_many_sittings"),
        ({"first": SATURDAY}, "places", "no_sittings"),
        ({"places": (4711,)}, "places", "no_such_place"),
    ],
)
def test_a_pattern_that_makes_nothing_or_too_much_is_refused(services, planner, hall, told, field, code):
    others = {name: value for name, value in told.items() if name != "places"}
    with pytest.raises(FieldRefused) as refused:
        services.spreading.make(planner, pattern(*told.get("places", (hall,)), **others))
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_large_plan_is_worked_out_by_a_runner_and_seen_by_its_office_alone(
    services, office, heads, planner, hall, monkeypatch
):
    monkeypatch.setattr("salur.core.payouts.spreading.later.AT_A_GLANCE", 2)
    office.publishes(*(Recipient(rw=5, rt=1) for _ in range(3)))
    wish = Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), (WantedSitting(hall, MONDAY, *MORNING, 10),), TUESDAY)
    begun = services.large_plans.begin(planner, wish)
    assert begun.draft is None
    assert services.large_plans.show(planner, begun.job).wish == wish
    with pytest.raises(NotThere):
        services.large_plans.show(heads.create(Role.DINSOS, "32.01"), begun.job)
    work_off(services)
    done = services.large_plans.show(planner, begun.job)
    assert done.job.state is JobState.DONE
    assert services.spreading.look(planner, done.draft).placed == 3


def test_nothing_is_planned_for_an_account_that_was_closed_meanwhile(
    services, office, heads, planner, hall, monkeypatch
):
    monkeypatch.setattr("salur.core.payouts.spreading.later.AT_A_GLANCE", 2)
    office.publishes(*(Recipient(rw=5, rt=1) for _ in range(3)))
    wish = Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), (WantedSitting(hall, MONDAY, *MORNING, 10),))
    begun = services.large_plans.begin(planner, wish)
    services.accounts.close(None, planner.username)
    work_off(services)
    colleague = heads.create(Role.DINSOS)
    assert services.large_plans.show(colleague, begun.job).job.refused == "planner_gone"
    assert services.spreading.plans(colleague) == ()


def test_a_published_plan_tells_where_its_sittings_are_now(services, office, planner, hall):
    office.publishes(*(Recipient(rw=rw, rt=1) for rw in (1, 2, 3, 4) for _ in range(5)))
    days = [WantedSitting(hall, day, *MORNING, 3) for day in (MONDAY, TUESDAY)]
    draft = services.spreading.propose(planner, Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), tuple(days)))
    services.spreading.publish(planner, draft, services.spreading.look(planner, draft).digest, agreed=True)
    monday = next(one for one in services.planning.board(planner) if one.sitting.starts.date() == MONDAY)
    thursday = dt.date(2026, 2, 26)
    move = services.planning.move(
        planner, monday.areas[0].sitting, WhenWhere(thursday, dt.time(9), dt.time(13), None, hall)
    )
    services.planning.publish(planner, move, services.planning.look(planner, move).digest, agreed=True)
    tuesday = next(one for one in services.planning.board(planner) if one.sitting.starts.date() == TUESDAY)
    off = services.planning.cancel(planner, tuesday.areas[0].sitting)
    services.planning.publish(planner, off, services.planning.look(planner, off).digest, agreed=True)
    now = services.spreading.look(planner, draft)
    assert {one.date for one in now.wish.sittings} == {thursday, TUESDAY}
    assert {one.sitting.starts.date(): one.sitting.cancelled for one in now.stands} == {thursday: False, TUESDAY: True}
    called_off = {share.where.rw for share in now.shares if share.called_off}
    assert called_off == {area.rw for area in tuesday.areas}
    assert sum(now.by_sitting.values()) == 20 - 5 * len(called_off)


@pytest.mark.parametrize(
    ("minutes", "per_hour", "officers", "room"), [(65, 60, 7, 455), (245, 12, 5, 245), (45, 20, 1, 15), (50, 1, 1, 0)]
)
def test_what_a_sitting_has_room_for_is_counted_in_minutes(minutes, per_hour, officers, room):
    ends = dt.time(8 + minutes // 60, minutes % 60)
    assert WantedSitting(1, dt.date(2026, 2, 23), dt.time(8), ends, per_hour, officers).capacity == room
