"""A calendar that follows an answer reads what holds when it asks, and its address is all that opens it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict

import pytest
from sqlalchemy import select

from salur.core.errors import NotThere, Refused, TooManyAttempts
from salur.core.following.kinds import EntryKind
from salur.core.limits.asker import Asker
from salur.core.limits.sendings import AT_LEAST
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.payouts.planning.answers import WhenWhere
from salur.core.payouts.spreading.answers import Neighbourhood, WantedSitting, Wish
from salur.core.people.nik import Nik
from salur.core.tables.following import FollowRow
from salur.wiring import build
from tests.fixtures.databases import raw_bytes
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported

PHONE = Asker.address("203.0.113.7")
ON_WEDNESDAY = dt.date(2026, 2, 25)


@pytest.fixture
def mother(office):
    """Somebody who is on a list."""
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother)
    return mother


@pytest.fixture
def makes(services):
    """`makes(family)`: ask rightly, and let a calendar follow; gives the word of its address."""

    def begins(family, asker=PHONE):
        answer = services.lookup.ask(Nik.parse(family.nik), family.name, asker=asker)
        return services.calendars.make(answer.way_back, "id", asker=asker)

    return begins


@pytest.fixture
def only(services):
    """`only(token)`: the one entry that the calendar reads, and how often it has changed."""

    def read(token):
        calendar = services.calendars.read(token)
        (entry,) = calendar.entries
        return entry, calendar.changes

    return read


def test_it_reads_day_place_and_papers_and_nobody(services, office, mother, makes, only):
    token = makes(mother)
    assert services.calendars.read(token).entries == ()  # no day is set
    office.announces(Announced())
    entry, _ = only(token)
    assert (entry.kind, entry.programme_name) == (EntryKind.COMING, "Program Keluarga Harapan")
    assert entry.sitting.starts == dt.datetime(2026, 2, 24, 1, tzinfo=dt.UTC)
    assert entry.sitting.place.name == "Kantor Kelurahan Tegal Gundil"
    assert entry.bring == ("letter", "ktp", "kk")
    assert not re.search(r"SITI|S\. ?M\.|600.?000|3271\d{12}", repr(asdict(entry)))


def test_it_stays_one_entry_that_moves_there_and_back_and_goes_when_paid(office, clock, services, mother, makes, only):
    told = []
    token = makes(mother)

    def reads():
        clock.passes(minutes=1)
        entry, changes = only(token)
        told.append((entry.uid, changes))
        return entry.kind, entry.sitting.starts.day

    office.announces(Announced())
    assert reads() == (EntryKind.COMING, 24)
    moved = office.announces(Announced(date=ON_WEDNESDAY))
    assert reads() == (EntryKind.COMING, 25)
    services.schedules.undo(moved)
    assert reads() == (EntryKind.COMING, 24)
    own = office.announces(Announced(rw=5, rt=3, date=dt.date(2026, 2, 26)))  # nearer than the kelurahan's
    assert reads() == (EntryKind.COMING, 26)
    services.schedules.undo(own)
    assert reads() == (EntryKind.COMING, 24)
    clock.now = dt.datetime(2026, 2, 24, 4, 1, tzinfo=dt.UTC)
    assert reads() == (EntryKind.MISSED, 24)
    assert len({uid for uid, _ in told}) == 1
    changes = [n for _, n in told]
    assert changes[:-1] == sorted(set(changes))  # each change is newer than the one before, also one back
    office.hears(Reported(nik=mother.nik, date=dt.date(2026, 2, 24)))
    assert services.calendars.read(token).entries == ()


@pytest.fixture
def planner(services, heads):
    """Somebody at Dinas Sosial Kota Bogor."""
    return heads.create(Role.DINSOS)


def test_a_plan_moves_the_family_and_a_sitting_that_is_not_held_says_so(
    services, office, clock, planner, mother, makes, only
):
    neighbours = [Recipient(rw=6, rt=1) for _ in range(5)]
    office.publishes(mother, *neighbours)
    plans, planning = services.spreading, services.planning
    hall = services.places.add(planner, PlaceFacts("Aula Tegal Gundil", PlaceKind.VILLAGE_HALL, TEGAL_GUNDIL))
    wanted = tuple(WantedSitting(hall, dt.date(2026, 2, day), dt.time(8), dt.time(12), 10) for day in (23, 24))
    plan = plans.propose(planner, Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), wanted))
    plans.publish(planner, plan, plans.look(planner, plan).digest, agreed=True)
    token = makes(mother)
    before, changes = only(token)
    assert before.sitting.window
    clock.passes(minutes=1)

    elsewhere = 24 - before.sitting.starts.day
    revised = plans.put(planner, plans.revise(planner, plan), Neighbourhood(TEGAL_GUNDIL, 5, None), elsewhere)
    plans.publish(planner, revised, plans.look(planner, revised).digest, agreed=True)
    after, changed = only(token)
    assert after.uid == before.uid
    assert after.sitting.starts.day == {23: 24, 24: 23}[before.sitting.starts.day]
    assert changed > changes

    held = next(one for one in planning.board(planner) if 5 in {area.rw for area in one.areas})
    later = WhenWhere(dt.date(2026, 2, 26), dt.time(13), dt.time(15), None, hall)
    move = planning.move(planner, held.areas[0].sitting, later)
    clock.passes(minutes=1)
    planning.publish(planner, move, planning.look(planner, move).digest, agreed=True)
    moved, moved_at = only(token)
    assert (moved.uid, moved.sitting.starts.day) == (before.uid, 26)
    assert moved_at > changed

    held = next(one for one in planning.board(planner) if one.sitting.starts.day == 26)
    off = planning.cancel(planner, held.areas[0].sitting)
    clock.passes(minutes=1)
    planning.publish(planner, off, planning.look(planner, off).digest, agreed=True)
    cancelled, cancelled_at = only(token)
    assert (cancelled.uid, cancelled.kind, cancelled.sitting.starts.day) == (before.uid, EntryKind.CANCELLED, 26)
    assert cancelled_at > moved_at


def test_two_aids_at_one_sitting_and_two_calendars_in_one_phone_never_collide(services, office, makes):
    mother = Recipient()
    for programme in ("PKH", "SEMBAKO"):
        office.publishes(mother, programme=programme)
        office.announces(Announced(programme=programme))
    entries = [one for token in (makes(mother), makes(mother)) for one in services.calendars.read(token).entries]
    assert len(entries) == 4 == len({one.uid for one in entries})


def test_it_reads_of_nobody_else(services, office, mother, makes):
    office.announces(Announced(rw=6))
    assert services.calendars.read(makes(mother)).entries == ()


def test_unknown_mistyped_and_ended_are_the_same(services, mother, makes):
    token = makes(mother)
    other = makes(mother)
    services.calendars.end(token)
    for word in (token, other[:-1], other.upper(), f"{other} ", "", "x" * 9_000, "\0", "ö"):
        for asks in (services.calendars.read, services.calendars.end):
            with pytest.raises(NotThere, match="no_such_calendar"):
                asks(word)
    assert services.calendars.read(other)
    services.calendars.end(other)
    with services.database.reading() as connection:
        assert connection.execute(select(FollowRow.__table__)).all() == []


def test_its_word_stands_nowhere_in_the_database(services, mother, makes):
    token = makes(mother)
    assert re.fullmatch("[a-z2-7]{32}", token)
    assert token.encode() not in raw_bytes(services)
    assert token != makes(mother)


def test_nobody_fills_the_table(services, clock, office, mother, makes):
    stranger = Asker.address("203.0.113.1")
    for _ in range(10):
        makes(mother, stranger)
    with pytest.raises(Refused, match="calendars_enough") as refused:
        makes(mother, stranger)
    assert refused.value.facts == {"most": 10}
    for _ in range(AT_LEAST):
        makes(mother, Asker.address("203.0.113.99"))  # from elsewhere: herself
    with pytest.raises(Refused, match="calendars_enough"):
        makes(mother, Asker.address("203.0.113.99"))
    clock.passes(hours=25)
    makes(mother)
    people = [Recipient() for _ in range(21)]
    office.publishes(mother, *people)
    chat = Asker.page_of(4711)
    for one in people[:20]:
        makes(one, chat)
    with pytest.raises(TooManyAttempts):
        makes(people[20], chat)


def test_a_pass_that_is_forged_or_old_begins_nothing(services, clock, mother):
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=PHONE)
    clock.passes(minutes=16)
    for way_back in ("AAAA", answer.way_back, answer.key):
        with pytest.raises(Refused, match="key_expired"):
            services.calendars.make(way_back, None, asker=PHONE)


def test_that_one_was_made_stands_in_the_record_of_whom_it_is_about(services, mother, makes):
    makes(mother)
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=PHONE)
    looks = services.my_data.history(answer.key, asker=PHONE).looks
    assert ("web", "follow_calendar") in {(str(look.door), look.what) for look in looks}


def test_it_is_deleted_with_the_people_it_is_about(services, office, clock, mother, makes):
    other = Recipient()
    office.publishes(mother, other)
    token, kept = makes(mother), makes(other)
    office.publishes(other)
    clock.passes(days=395)
    services.retention.purge()
    services.following.sweep()
    assert services.calendars.read(token).entries == ()
    clock.passes(days=1)
    services.retention.purge()
    clock.passes(minutes=10)
    services.following.sweep()
    with pytest.raises(NotThere):
        services.calendars.read(token)
    assert services.calendars.read(kept) is not None


def test_it_reads_on_under_a_new_key(services, office, clock, mother, makes):
    token = makes(mother)
    office.announces(Announced())
    services.rotation.rotate()
    services.rotation.retire()
    renewed = build(services.settings, clock=clock)
    assert len(renewed.calendars.read(token).entries) == 1
    renewed.database.dispose()
