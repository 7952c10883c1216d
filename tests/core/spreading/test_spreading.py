"""Families are spread over sittings: everybody is counted, neighbours come together, nothing overflows."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from salur.core.errors import Asked, FieldRefused, Meanwhile, NotThere, Refused
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import State
from salur.core.neighbourhood.answers import Filter
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.payouts.planning.answers import WhenWhere
from salur.core.payouts.spreading.answers import Left, Neighbourhood, Spot, WantedSitting, Wish
from salur.core.people.nik import Nik
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, Reported

MONDAY, TUESDAY = dt.date(2026, 2, 23), dt.date(2026, 2, 24)
EIGHT, TEN, TWELVE = dt.time(8), dt.time(10), dt.time(12)
BANTARJATI = "32.71.05.1001"


@pytest.fixture
def planner(heads):
    """Somebody at Dinas Sosial Kota Bogor."""
    return heads.create(Role.DINSOS)


@pytest.fixture
def hall(services, planner):
    """The kelurahan's hall."""
    facts = PlaceFacts(
        "Kantor Kelurahan Tegal Gundil", PlaceKind.VILLAGE_HALL, TEGAL_GUNDIL, latitude=-6.5712, longitude=106.8206
    )
    return services.places.add(planner, facts)


@pytest.fixture
def school(services, planner):
    """A school at the other end of it."""
    facts = PlaceFacts("SDN Tegal Gundil 3", PlaceKind.SCHOOL, TEGAL_GUNDIL, latitude=-6.5812, longitude=106.8206)
    return services.places.add(planner, facts)


@pytest.fixture
def publish(services, planner):
    """`publish(draft)`: look, agree, publish."""

    def publishes(draft):
        return services.spreading.publish(planner, draft, services.spreading.look(planner, draft).digest, agreed=True)

    return publishes


def morning(place, day=MONDAY, **told):
    """Four hours for ten families an hour."""
    return WantedSitting(place, day, EIGHT, TWELVE, 10, **told)


def wish(*sittings, regions=(TEGAL_GUNDIL,), **told):
    return Wish("PKH", "2026-T1", regions, sittings, **told)


def families(**rws):
    """`families(rw5=12)`: so many in RW 5, three in each RT."""
    return [
        Recipient(rw=int(rw[2:]), rt=number // 3 + 1, address=f"Jl. Roda No. {number + 1}")
        for rw, count in rws.items() for number in range(count)
    ]  # fmt: skip


@pytest.fixture
def answer(services):
    """`answer(family)`: what a family reads of its one aid."""

    def asked(family):
        # Each from a place of their own, so that nobody has asked too often.
        asker = Asker.address(f"10.{family.rw}.{family.rt}.{int(family.nik[-3:]) % 250 + 1}")
        (aid,) = services.lookup.ask(Nik.parse(family.nik), family.name, asker=asker).present
        return aid

    return asked


@pytest.fixture
def line(services, planner):
    """`line(family)`: the same family on the list of a head."""

    def read(family):
        lines = services.neighbourhood.export(planner, Filter(kelurahan=TEGAL_GUNDIL), door=Door.SITE).lines
        return [one for one in lines.items if (one.rw, one.rt) == (family.rw, family.rt)]

    return read


def test_everybody_is_placed_or_left_with_a_reason_and_the_sums_agree(services, office, planner, hall):
    paid, halted, nowhere = Recipient(), Recipient(state=State.SUSPENDED), Recipient(rw=None, rt=None)
    office.publishes(*families(rw5=20, rw6=15), paid, halted, nowhere)
    office.hears(Reported(nik=paid.nik))
    draft = services.spreading.propose(planner, wish(morning(hall)))
    plan = services.spreading.look(planner, draft)
    assert (plan.listed, plan.placed, plan.left_out) == (38, 35, 3)
    assert plan.agrees
    assert {why: sum(some.values()) for why, some in plan.left.items()} == {
        Left.PAID: 1, Left.SUSPENDED: 1, Left.NOWHERE: 1,
    }  # fmt: skip


def test_neighbours_come_together_and_no_sitting_overflows(services, office, planner, hall):
    office.publishes(*families(rw1=18, rw2=13, rw3=9, rw4=20, rw5=20))
    draft = services.spreading.propose(planner, wish(morning(hall), morning(hall, TUESDAY)))
    plan = services.spreading.look(planner, draft)
    assert plan.placed == 80 == sum(plan.by_sitting.values())
    assert max(plan.by_sitting.values()) <= 40
    days = defaultdict(set)
    for share in plan.shares:
        days[share.where.rw].add(share.sitting)
    assert sum(len(some) > 1 for some in days.values()) <= 1  # one RW at most is cut, for 80 of 80 places are taken


def test_who_finds_no_room_is_told_of_and_nobody_else_is_put_in_their_place(services, office, planner, hall):
    office.publishes(*families(rw5=50))
    plan = services.spreading.look(planner, services.spreading.propose(planner, wish(morning(hall))))
    assert plan.placed == 40
    assert sum(plan.left[Left.NO_ROOM].values()) == 10
    assert plan.agrees
    assert plan.asked[-1].code == "families_without_sitting"
    assert plan.asked[-1].about == "10"


def test_families_walk_to_the_nearest_place_that_is_open_to_them(services, office, planner, hall, school):
    office.publishes(*families(rw1=10, rw2=10))
    services.spots.tell(planner, {
        Neighbourhood(TEGAL_GUNDIL, 1, None): Spot(-6.5712, 106.8210),
        Neighbourhood(TEGAL_GUNDIL, 2, None): Spot(-6.5810, 106.8206),
    })  # fmt: skip
    near = wish(morning(hall), morning(school))
    plan = services.spreading.look(planner, services.spreading.propose(planner, near))
    assert {(share.where.rw, share.sitting) for share in plan.shares} == {(1, 0), (2, 1)}
    assert plan.walk is not None
    assert plan.walk < 0.1
    assert plan.walks_known == 20
    closed = wish(morning(hall), morning(school, regions=(BANTARJATI,)))
    plan = services.spreading.look(planner, services.spreading.propose(planner, closed))
    assert {share.sitting for share in plan.shares} == {0}


def test_who_needs_care_is_visited_in_rounds_that_one_officer_walks(services, office, planner, hall):
    frail = [replace(one, care=True) for one in families(rw1=5, rw2=4, rw3=6)]
    office.publishes(*families(rw5=12), *frail)
    visits = WantedSitting(None, TUESDAY, EIGHT, TWELVE, 8, officers=2)
    draft = services.spreading.propose(planner, wish(morning(hall), visits))
    plan = services.spreading.look(planner, draft)
    at_home = [share for share in plan.shares if share.sitting == 1]
    assert sum(share.families for share in at_home) == 15
    sizes = Counter[int]()
    for share in at_home:
        sizes[share.party] += share.families
    assert set(sizes) == {1, 2}
    assert max(sizes.values()) <= 8
    assert plan.by_sitting[0] == 12


def test_each_family_reads_its_own_sitting_and_hour_everywhere(services, office, planner, hall, publish, answer, line):
    people = families(rw5=20, rw6=20)
    office.publishes(*people)
    publish(services.spreading.propose(planner, wish(morning(hall), morning(hall, TUESDAY))))
    windows = Counter[dt.datetime]()
    for family in people:
        sitting = answer(family).next_sitting
        assert sitting.window is not None
        assert sitting.starts <= sitting.window.starts < sitting.window.ends <= sitting.ends
        assert sitting.window.ends - sitting.window.starts == dt.timedelta(hours=1)
        windows[sitting.window.starts] += 1
        assert sitting in [one.next_sitting for one in line(family)]
    assert len(windows) == 8
    assert max(windows.values()) <= 10


def test_a_moved_sitting_takes_its_families_along_and_says_from_where(
    services, office, planner, hall, publish, answer, line
):
    people = families(rw5=20, rw6=20)
    office.publishes(*people)
    publish(services.spreading.propose(planner, wish(morning(hall), morning(hall, TUESDAY))))
    before = {family.nik: answer(family).next_sitting for family in people}
    moved = next(one for one in services.planning.board(planner) if one.sitting.starts.date() == MONDAY)
    later = WhenWhere(dt.date(2026, 2, 26), dt.time(13), dt.time(15), None, hall)
    draft = services.planning.move(planner, moved.areas[0].sitting, later)
    services.planning.publish(planner, draft, services.planning.look(planner, draft).digest, agreed=True)
    for family in people:
        was, now = before[family.nik], answer(family).next_sitting
        if was.starts.date() == MONDAY:
            assert (now.starts.day, now.starts.hour, now.replaced.window) == (26, 13, was.window)
            share = (was.window.starts - was.starts) / (was.ends - was.starts)
            assert (now.window.starts - now.starts) / (now.ends - now.starts) == share
        else:
            assert now == was
        assert now in [one.next_sitting for one in line(family)]
    services.planning.take_back(planner, draft)
    assert {family.nik: answer(family).next_sitting for family in people} == before


def test_an_rw_put_into_another_sitting_leaves_all_others_where_they_were(services, office, planner, hall):
    office.publishes(*families(rw1=10, rw2=10, rw3=10))
    draft = services.spreading.propose(planner, wish(morning(hall), morning(hall, TUESDAY)))
    before = {share.where.rw: share.sitting for share in services.spreading.look(planner, draft).shares}
    other = 1 - before[2]
    changed = services.spreading.put(planner, draft, Neighbourhood(TEGAL_GUNDIL, 2, None), other)
    after = {share.where.rw: share.sitting for share in services.spreading.look(planner, changed).shares}
    assert after == {**before, 2: other}
    assert [one.id for one in services.spreading.plans(planner)] == [changed]
    with pytest.raises(Refused, match="nobody_there"):
        services.spreading.put(planner, changed, Neighbourhood(TEGAL_GUNDIL, 9, None), 0)


def test_what_is_full_takes_nobody_more(services, office, planner, hall):
    office.publishes(*families(rw1=30, rw2=30))
    draft = services.spreading.propose(planner, wish(morning(hall), morning(hall, TUESDAY)))
    where = services.spreading.look(planner, draft).shares[0].sitting
    with pytest.raises(Refused, match="sitting_full") as refused:
        services.spreading.put(planner, draft, Neighbourhood(TEGAL_GUNDIL, 1, None), 1 - where)
    assert refused.value.facts == {"sitting": 1 - where, "families": 30, "room": 10}


def test_a_revised_plan_keeps_who_has_a_sitting_and_places_who_has_none(
    services, office, planner, hall, publish, answer
):
    old = families(rw5=12)
    office.publishes(*old)
    first = services.spreading.propose(planner, wish(morning(hall), morning(hall, TUESDAY)))
    publish(first)
    before = {family.nik: answer(family).next_sitting for family in old}
    new = Recipient(rw=5, rt=9)
    office.publishes(*old, new)
    assert answer(new).next_sitting.window is None  # of the RW's sitting, but of no hour
    second = services.spreading.revise(planner, first)
    plan = services.spreading.look(planner, second)
    assert (plan.placed, plan.left_out, plan.asked) == (13, 0, ())
    assert not plan.does["changed"] + plan.does["cancelled"]
    publish(second)
    assert answer(new).next_sitting.window is not None
    after = {family.nik: answer(family).next_sitting for family in old}
    assert {nik: one.window for nik, one in after.items()} == {nik: one.window for nik, one in before.items()}
    with pytest.raises(Refused, match="plan_newer") as refused:
        services.spreading.revise(planner, first)
    assert refused.value.facts == {"plan": second}
    with pytest.raises(Refused, match="undo_first"):
        services.planning.take_back(planner, first)
    services.planning.take_back(planner, second)
    assert {family.nik: answer(family).next_sitting for family in old} == before


def test_whose_sitting_was_cancelled_is_told_so_until_they_are_placed_anew(
    services, office, planner, hall, publish, answer
):
    people = families(rw5=20, rw6=20)
    office.publishes(*people)
    first = services.spreading.propose(planner, wish(morning(hall), morning(hall, TUESDAY)))
    publish(first)
    monday = next(one for one in services.planning.board(planner) if one.sitting.starts.date() == MONDAY)
    theirs = [family for family in people if answer(family).next_sitting.starts.date() == MONDAY]
    off = services.planning.cancel(planner, monday.areas[0].sitting)
    services.planning.publish(planner, off, services.planning.look(planner, off).digest, agreed=True)
    for family in theirs:
        aid = answer(family)
        assert aid.next_sitting is None
        assert aid.cancelled_sitting.starts.date() == MONDAY
    second = services.spreading.revise(planner, first)
    publish(second)
    for family in theirs:
        assert answer(family).next_sitting.starts.date() == TUESDAY


def test_lists_that_changed_meanwhile_are_asked_about(services, office, planner, hall):
    old = families(rw5=3)
    office.publishes(*old)
    draft = services.spreading.propose(planner, wish(morning(hall)))
    seen = services.spreading.look(planner, draft)
    assert seen.asked == ()
    office.publishes(*old, Recipient(rw=5, rt=9))
    with pytest.raises(Meanwhile):
        services.spreading.publish(planner, draft, seen.digest, agreed=False)
    seen = services.spreading.look(planner, draft)
    assert [one.code for one in seen.asked] == ["families_without_sitting"]
    with pytest.raises(Asked):
        services.spreading.publish(planner, draft, seen.digest, agreed=False)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ([], "no_sittings"),
        ([WantedSitting(None, MONDAY, TWELVE, EIGHT, 5)], "hours_unclear"),
        ([WantedSitting(None, dt.date(2025, 12, 1), EIGHT, TWELVE, 5)], "sitting_past"),
        ([WantedSitting(4_711, MONDAY, EIGHT, TWELVE, 5)], "no_such_place"),
        ([WantedSitting(None, MONDAY, EIGHT, TWELVE, 5)] * 2, "sitting_repeated"),
        ([WantedSitting(None, MONDAY, EIGHT, TWELVE, 0)], "no_capacity"),
    ],
)
def test_what_cannot_be_held_is_refused_in_a_word(services, office, planner, wanted, code):
    office.publishes(Recipient())
    with pytest.raises(FieldRefused) as refused:
        services.spreading.propose(planner, wish(*wanted))
    assert (refused.value.field, refused.value.code) == ("sittings", code)


def test_a_plan_is_its_own_offices_alone(services, office, heads, planner, hall):
    office.publishes(*families(rw5=3))
    elsewhere = heads.create(Role.DINSOS, "32.01")
    with pytest.raises(FieldRefused, match="not_your_area"):
        services.spreading.propose(elsewhere, wish(WantedSitting(None, MONDAY, EIGHT, TWELVE, 5)))
    draft = services.spreading.propose(planner, wish(morning(hall)))
    with pytest.raises(NotThere):
        services.spreading.look(elsewhere, draft)
    assert services.spreading.plans(elsewhere) == ()
    assert [one.id for one in services.spreading.plans(planner)] == [draft]
