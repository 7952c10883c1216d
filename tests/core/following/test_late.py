"""What could not go out when it was said is still true when it does, or is not said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from salur.core.following.answers import News
from salur.core.following.kinds import NewsKind
from salur.core.limits.asker import Asker
from salur.core.notices.answers import LEASE
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import LONGEST_PAUSE
from salur.core.people.nik import Kk
from tests.core.following.conftest import CHAT, at, kinds
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported


@pytest.fixture
def queued(services):
    """`queued()`: look, and send nothing; gives how many are told something."""
    return lambda: services.following.sweep().told


@pytest.fixture
def date_waits(office, clock, mother, follow, queued):
    """That there is a date waits to be sent to who follows the mother; gives the date's file."""
    office.publishes(mother)
    follow(mother)
    file = office.announces(Announced())
    clock.passes(minutes=10)
    assert queued() == 1
    return file


def days(told):
    """The days of what is told."""
    return [(one.kind, one.day and one.day.starts.day, one.was and one.was.starts.day) for one in told]


def test_what_waits_for_the_morning_and_is_otherwise_by_then_is_told_once_as_it_is(
    services, office, clock, mother, follow, told, queued
):
    office.publishes(mother)
    follow(mother)
    clock.now = at(20, 40)
    office.announces(Announced())
    clock.now = at(20, 55)
    assert queued() == 1  # and nine o'clock comes before its turn
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.now = at(21, 10)
    assert told() == []
    clock.now = at(6, day=21)
    assert days(told()) == [(NewsKind.DATE_SET, 26, None)]
    clock.now = at(12, day=21)
    assert told() == []


def test_what_was_moved_in_the_night_and_back_is_told_as_it_was_meant(
    services, office, clock, mother, follow, told, queued
):
    office.publishes(mother)
    follow(mother)
    clock.now = at(20, 40)
    office.announces(Announced())
    clock.now = at(20, 55)
    assert queued() == 1
    file = office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.now = at(21, 10)
    assert told() == []
    services.schedules.undo(file)
    clock.now = at(6, day=21)
    assert days(told()) == [(NewsKind.DATE_SET, 24, None)]


def test_what_nobody_was_told_yet_and_is_called_off_is_not_told(services, office, clock, date_waits, told):
    services.schedules.undo(date_waits)
    clock.passes(minutes=10)
    assert told() == []
    clock.passes(hours=2)
    office.announces(Announced())
    clock.passes(minutes=10)
    assert days(told()) == [(NewsKind.DATE_SET, 24, None)]


def test_no_day_of_before_comes_after_the_day_of_now(services, office, clock, date_waits, told):
    (notice,) = services.notices.take()
    services.notices.failed(notice.id)  # it may have been read all the same
    clock.passes(hours=1)
    (notice,) = services.notices.take()
    services.notices.failed(notice.id)
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=9)
    assert services.notices.take() == []
    clock.passes(minutes=1)
    assert days(told()) == [(NewsKind.DATE_MOVED, 26, 24)]
    clock.passes(hours=LONGEST_PAUSE.total_seconds() / 3600)
    assert told() == []


def test_what_failed_and_still_holds_is_told_with_what_is_new(services, office, clock, mother, follow, told, queued):
    office.publishes(mother)
    office.publishes(replace(mother), programme="SEMBAKO")
    follow(mother)
    office.hears(Reported(nik=mother.nik), programme="SEMBAKO")
    clock.passes(minutes=10)
    assert queued() == 1
    (notice,) = services.notices.take()
    services.notices.failed(notice.id)
    for _ in range(3):  # it fails all evening
        clock.passes(hours=1)
        for notice in services.notices.take():
            services.notices.failed(notice.id)
    clock.now = at(20, 40)
    office.announces(Announced())
    clock.now = at(20, 55)
    assert queued() == 1
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.now = at(21, 10)
    assert told() == []
    clock.now = at(6, day=21)
    found = told()
    assert kinds(found).count(NewsKind.PAID) == 1
    assert found[-1].day.starts.day == 26


def test_what_is_brought_at_this_moment_is_not_said_once_more(services, office, clock, mother, follow, told, queued):
    office.publishes(mother)
    follow(mother)
    office.hears(Reported(nik=mother.nik, status="failed"))
    clock.passes(minutes=10)
    assert queued() == 1
    office.publishes(replace(mother), programme="SEMBAKO")
    clock.passes(minutes=70)
    (notice,) = services.notices.take()
    assert queued() == 0  # it may fail yet
    services.notices.sent(notice.id)
    clock.now += LEASE
    assert kinds(told()) == [NewsKind.LISTED]


def test_what_a_bot_took_and_did_not_live_to_send_is_told_as_it_is_by_then(services, office, clock, date_waits):
    assert len(services.notices.take()) == 1
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(hours=1)
    assert clock() > at(12, 10) + LEASE
    services.following.sweep()
    (notice,) = services.notices.take()
    assert days([News.read(one) for one in notice.facts["news"]]) == [(NewsKind.DATE_MOVED, 26, 24)]


def test_what_waits_of_one_who_is_now_followed_with_the_family_is_not_told_beside_what_is_so(
    services, office, clock, mother, follow, told, queued
):
    child = Recipient(row=3, name="SULTAN MAULANA", kk=mother.kk)
    office.publishes(mother, child)
    follow(mother)
    clock.now = at(20, 40)
    office.announces(Announced())
    clock.now = at(20, 55)
    assert queued() == 1
    clock.now = at(21)
    answer = services.lookup.ask(Kk.parse(mother.kk), mother.name, asker=Asker.chat(int(CHAT)))
    assert services.following.follow(Channel.TELEGRAM, CHAT, None, answer.way_back)  # and reads of the 24th
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.now = at(6, day=21)
    assert days(told()) == [(NewsKind.DATE_MOVED, 26, 24)] * 2


def test_who_stops_following_answers_is_told_all_else_that_waits(services, office, clock, mother, follow, queued):
    office.publishes(mother)
    follow(mother)
    office.announces(Announced())
    clock.now = at(20, 55)
    assert queued() == 1
    clock.now = at(22)
    with services.database.writing() as connection:
        services.notices.to_chat(connection, int(CHAT), "proposal_step", "id", region=TEGAL_GUNDIL)
        services.notices.to_chat(connection, int(CHAT), "proposal_waiting", "id")
    assert services.following.stop(Channel.TELEGRAM, CHAT) == 1
    clock.now = at(6, day=21)
    assert sorted(notice.code for notice in services.notices.take()) == ["proposal_step", "proposal_waiting"]


def test_what_fails_while_something_else_is_found_does_not_come_after_it(
    services, office, clock, date_waits, told, queued
):
    clock.passes(minutes=45)
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(minutes=14, seconds=30)
    (notice,) = services.notices.take()  # its sender waits for an answer
    clock.passes(seconds=30)
    queued()
    services.notices.failed(notice.id)
    clock.passes(minutes=2)
    assert days(told()) == [(NewsKind.DATE_MOVED, 26, 24)]
    clock.passes(hours=1)
    assert told() == []
