"""What becomes of a plan by what happens after it was made: sittings moved, places merged, people written otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import Filter
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.payouts.planning.answers import WhenWhere
from salur.core.payouts.spreading.answers import Neighbourhood, WantedSitting, Wish
from salur.core.people.nik import Nik
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, a_kk

MONDAY, TUESDAY = dt.date(2026, 2, 23), dt.date(2026, 2, 24)
EIGHT, TWELVE = dt.time(8), dt.time(12)


class Planner:
    """Dinas Sosial Kota Bogor, in a line each."""

    def __init__(self, services, officer):
        self.services, self.officer = services, officer

    def place(self, name):
        """A hall of the kelurahan; gives its number."""
        facts = PlaceFacts(name, PlaceKind.VILLAGE_HALL, TEGAL_GUNDIL)
        return self.services.places.add(self.officer, facts, is_another=True)

    def merges(self, gone, into):
        """Two places are one."""
        kept = {one.id: one.seen for one in self.services.places.all(self.officer)}
        self.services.places.merge(self.officer, gone, into, (kept[gone], kept[into]))

    def plans(self, *sittings):
        """Propose that; gives the draft's number."""
        return self.services.spreading.propose(self.officer, Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), sittings))

    def looks(self, id):
        """A plan."""
        return self.services.spreading.look(self.officer, id)

    def revises(self, id):
        """A new draft from a published plan; gives its number."""
        return self.services.spreading.revise(self.officer, id)

    def publishes(self, draft):
        """Agree to whatever is asked."""
        self.services.spreading.publish(self.officer, draft, self.looks(draft).digest, agreed=True)
        return draft

    def moves(self, day, to):
        """What is held on a day is held another time."""
        board = self.services.planning.board(self.officer)
        (one,) = (one for one in board if one.sitting.starts.date() == day)
        draft = self.services.planning.move(self.officer, one.areas[0].sitting, to)
        seen = self.services.planning.look(self.officer, draft).digest
        self.services.planning.publish(self.officer, draft, seen, agreed=True)


@pytest.fixture
def planner(services, heads):
    """Somebody who plans."""
    return Planner(services, heads.create(Role.DINSOS))


@pytest.fixture
def hall(planner):
    """Where they plan for."""
    return planner.place("Aula Tegal Gundil")


@pytest.fixture
def reads(services):
    """`reads(family)`: its next sitting, as it is answered."""

    def asked(family):
        # Each from a place of their own, so that nobody has asked too often.
        asker = Asker.address(f"10.{family.rw}.{family.rt}.{int(family.nik[-3:]) % 250 + 1}")
        (aid,) = services.lookup.ask(Nik.parse(family.nik), family.name, asker=asker).present
        return aid.next_sitting

    return asked


def morning(place, day=MONDAY, per_hour=10):
    return WantedSitting(place, day, EIGHT, TWELVE, per_hour)


def families(**rws):
    """`families(rw5=12)`: so many in RW 5, three in each RT."""
    return [
        Recipient(rw=int(rw[2:]), rt=number // 3 + 1, address=f"Jl. Roda No. {number + 1}")
        for rw, count in rws.items() for number in range(count)
    ]  # fmt: skip


def test_a_sitting_that_was_moved_onto_another_is_one_with_it_when_the_plan_is_revised(office, planner, hall, reads):
    people, new = families(rw1=20, rw2=20), Recipient(rw=3, rt=1)
    office.publishes(*people)
    first = planner.publishes(planner.plans(morning(hall), morning(hall, TUESDAY)))
    planner.moves(MONDAY, WhenWhere(TUESDAY, EIGHT, TWELVE, None, hall))
    before = {family.nik: reads(family) for family in people}
    office.publishes(*people, new)
    second = planner.revises(first)
    plan = planner.looks(second)
    assert (len(plan.wish.sittings), plan.wish.sittings[0].capacity, plan.placed) == (1, 80, 41)
    assert plan.agrees
    planner.publishes(second)
    after = {family.nik: reads(family) for family in people}
    assert {nik: one.window for nik, one in after.items()} == {nik: one.window for nik, one in before.items()}
    assert reads(new).starts.date() == TUESDAY


def test_a_plan_goes_on_at_the_place_that_its_place_was_merged_into(office, planner, hall, reads):
    (one,) = people = families(rw1=1)
    office.publishes(*people)
    other = planner.place("SDN Tegal Gundil 3")
    draft = planner.plans(morning(hall), morning(hall, TUESDAY))
    planner.merges(hall, other)
    here = planner.looks(draft).shares[0].sitting
    draft = planner.services.spreading.put(planner.officer, draft, Neighbourhood(TEGAL_GUNDIL, 1, None), 1 - here)
    planner.publishes(draft)
    assert reads(one).place.id == other
    # Nobody comes to the other sitting, so that no schedule tells that its place is another one now.
    third = planner.place("Balai Warga")
    planner.merges(other, third)
    planner.publishes(planner.revises(draft))
    assert reads(one).place.id == third
    assert reads(one).window is not None


def test_a_long_day_that_becomes_a_short_one_leaves_nobody_without_time(office, planner, hall, reads):
    people = families(rw1=22)
    office.publishes(*people)
    planner.publishes(planner.plans(WantedSitting(hall, MONDAY, dt.time(7), dt.time(18), 2)))
    planner.moves(MONDAY, WhenWhere(TUESDAY, EIGHT, dt.time(8, 45), None, hall))
    windows = sorted({reads(family).window for family in people})
    assert len(windows) == 11
    assert all(one.starts < one.ends for one in windows)
    assert [one.ends for one in windows[:-1]] == [one.starts for one in windows[1:]]


@pytest.mark.parametrize("otherwise", [{"name": "SITI MAISAROH"}, {"care": True}, {"kk": a_kk()}])
def test_who_is_written_otherwise_on_a_newer_list_keeps_day_and_hour(services, office, planner, hall, reads, otherwise):
    one, *others = families(rw1=40, rw2=38)
    office.publishes(one, *others)
    plan = planner.publishes(planner.plans(morning(hall), morning(hall, TUESDAY)))
    before = reads(one)
    assert before.window is not None
    now = replace(one, **otherwise)
    newer = office.publishes(now, *others)
    assert reads(now) == before
    assert planner.looks(plan).agrees
    services.lists.undo(newer, "berkas salah")
    assert reads(one) == before


def test_a_corrected_name_keeps_day_and_hour(office, planner, hall, reads, koreksi):
    one, *others = families(rw1=40, rw2=38)
    one = replace(one, nik=None)
    office.publishes(one, *others)
    plan = planner.publishes(planner.plans(morning(hall), morning(hall, TUESDAY)))
    office.agrees(koreksi.drafts(one, name="SITI MAISAROH"))
    line = planner.services.neighbourhood.export(planner.officer, Filter(kelurahan=TEGAL_GUNDIL), door=Door.SITE).lines
    assert all(read.next_sitting.window is not None for read in line.items)
    assert planner.looks(plan).agrees


def test_who_moved_to_another_rw_keeps_nothing(office, planner, hall, reads):
    one, *others = families(rw1=20, rw2=20)
    office.publishes(one, *others)
    planner.publishes(planner.plans(morning(hall), morning(hall, TUESDAY)))
    now = replace(one, rw=2)
    office.publishes(now, *others)
    assert reads(now).starts == reads(others[-1]).starts
    assert reads(now).window is None


def test_whom_a_plan_leaves_without_a_sitting_reads_nobody_elses(office, planner, hall, reads, press):
    people = families(rw1=50)
    office.publishes(*people)
    plan = planner.publishes(planner.plans(morning(hall)))
    told = [reads(family) for family in people]
    assert told.count(None) == 10
    assert all(one.window is not None for one in told if one is not None)
    assert len(press.prints().letters) == 40
    # Whoever finds room later reads it, and everybody else what they read before.
    office.publishes(*people[:-1])
    looked = planner.looks(planner.revises(plan))
    assert (looked.listed, looked.placed + looked.left_out) == (49, 49)
    assert looked.agrees


def test_a_plan_that_was_deleted_lends_its_sittings_to_none_after_it(services, office, planner, hall, clock):
    office.publishes(*families(rw1=10))
    planner.publishes(planner.plans(morning(hall)))
    clock.passes(days=400)
    services.retention.purge()
    next_year = dt.date(2027, 4, 5)
    plan = planner.publishes(planner.plans(morning(hall, next_year)))
    assert {one.sitting.starts.date() for one in planner.looks(plan).stands} == {next_year}
